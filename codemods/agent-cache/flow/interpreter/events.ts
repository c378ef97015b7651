import type { Frame, Region, Thing } from './values.ts';

/** A place where something is kept from one call to the next: a property of an object, or a variable. */
export interface Cell {
  key: string;
  /** As messages name it: `account`, `headers.*`. */
  name: string;
  region: Region;
  file: string;
  owner: Thing | Frame;
}

/** A line of code, as the offset in its file. */
export interface At {
  file: string;
  offset: number;
}

/** Where something is written, and what of the caller's its key is made of, where the code computes that. */
export interface Target extends At {
  keyFrom?: number;
}

export interface WriteEvent extends Target {
  cell: Cell;
  from: number;
  /** Nothing is written, or what stands for it: `undefined`, `null`, `false`. */
  empty: boolean;
  /** The objects that are written were all made by the code that runs, or given to it by code that cannot be read. */
  fresh: boolean;
  hasThings: boolean;
  /** The cells that are known to be empty there. */
  guards: readonly string[];
  how: 'assign' | 'change' | 'own';
  /** It is written where something failed. */
  failed: boolean;
}

export interface ReadEvent extends At {
  cell: Cell;
  /** It is read for no more than to call something on it. */
  toCall: boolean;
  /** No more is taken of it than a part. */
  isTakenApart: boolean;
  /** It is read for no more than a line of a log, or the text of an error. */
  isTold: boolean;
}

/** A call of code that cannot be read, on what outlives the call or with it. */
export interface UnknownCall extends At {
  name: string;
  /** What of the caller's it is given. */
  from: number;
  /** Nobody uses its result. */
  dropped: boolean;
}

/** What one run was seen to do. */
export interface Events {
  writes: Map<string, WriteEvent>;
  reads: Map<string, ReadEvent>;
  unknown: Map<string, UnknownCall>;
  /** What differs by request and was read. */
  ambient: Map<string, At & { what: string; isShown: boolean }>;
  /** Variables of the environment that were read, and that no code of the tree sets by their names. */
  environment: Map<string, At & { what: string }>;
  /** Files and the like that were read and may be written. */
  settings: Map<string, At & { what: string }>;
  /** What was called, or looked into, of packages that are not read. */
  foreign: Map<string, At>;
  /** Something was called that cannot be read: it does more than to change what it has. */
  works: boolean;
}

export function emptyEvents(): Events {
  return {
    writes: new Map(),
    reads: new Map(),
    unknown: new Map(),
    ambient: new Map(),
    environment: new Map(),
    settings: new Map(),
    foreign: new Map(),
    works: false,
  };
}
