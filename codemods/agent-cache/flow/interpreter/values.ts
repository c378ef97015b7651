import type * as t from '@babel/types';
import type { Global } from '../../survey/values/global-values.ts';

/** Where what a value holds comes from; bits, since it may come from several. */
export const FROM = {
  /** It is, or was computed from, an argument of the call. */
  argument: 1,
  /** It is what code that cannot be read gave for such an argument. */
  answer: 2,
  /** It was read where requests differ: an AsyncLocalStorage, a variable that handlers set. */
  ambient: 4,
  /** It was read from what earlier calls left behind. */
  state: 8,
  /** It may be text, a number or the like, and not only an object. */
  plain: 16,
  /** It was made new when an instance was: a time, an identity, a random value. */
  making: 32,
} as const;

/** What differs by the caller. */
export const CALLERS = FROM.argument | FROM.answer | FROM.ambient;

/**
 * How an object was reached: `0` made by the code that runs, or given to it · `1` from the instance, from a variable or
 * an object that outlives the call · `2` given by code that cannot be read, of an object that was reached so.
 */
export type Reach = 0 | 1 | 2;

/** What an expression may be: any of some objects, or plain data. */
export interface Value {
  readonly things: ReadonlyMap<Thing, Reach>;
  readonly from: number;
}

/** Whose an object is that outlives a call: the instance's, or its module's, which all instances share anyway. */
export type Region = 'call' | 'instance' | 'module';

/** Where an object is found again in the code of the tree. */
export interface Origin {
  /** The literal, the call or the declaration that makes it; the file, for what that exports. */
  made?: t.Node;
  /** What all files share without loading it. */
  shared?: Global;
  /** Of a part of that: the names by which it is had. */
  within?: readonly string[];
}

/** One object of the code: all that are made at one place by one call are taken for one. */
export interface Thing {
  readonly id: number;
  kind:
    | 'object'
    | 'array'
    | 'collection'
    | 'function'
    | 'class'
    | 'instance'
    | 'opaque'
    | 'native'
    | 'module';
  /** What a reader knows it by. */
  label: string;
  /** In which run it was made. */
  readonly epoch: string;
  readonly file: string;
  readonly origin?: Origin;
  region: Region;
  /** It was made with an instance, and a module keeps it for all. */
  isBeside?: true;
  /** Properties by their name; `*` those of unknown names, and the elements of lists and collections. */
  readonly props: Map<string, Value>;
  readonly accessors: Map<string, { get?: Thing; set?: Thing }>;
  /** Where a property is looked for that it does not have itself. */
  proto: Thing | undefined;
  code?: Code;
  /** Of a module: its variables, and which of them it exports under which names. */
  locals?: { frame: Frame; names: Map<string, string> };
  /** Of what cannot be read: the functions of the tree that it was made of, which it may run, and keep what they gave. */
  given?: Value;
  /** The functions that it was told to call later: listeners, hooks. */
  heard?: Value;
  /** Some function says what of an argument it goes by: `{ serialize: ({ id }) => id }`. */
  isKeyedByCode?: true;
  /** They were given by themselves, and not among options. */
  isMadeOfCode?: true;
  /** Of an instance or a prototype: what it extends that cannot be read. */
  base?: string;
}

/** The code of a function or a class, and what it sees. */
export interface Code {
  node: t.Function | t.Class;
  frame: Frame;
  /** The object whose method it is: where `super` looks from. */
  home?: Thing;
  /** Of `f.bind(self, …)`: what stands for `this`, and the first arguments. */
  bound?: { self: Value; args: readonly Value[] };
}

/** The variables of one run of a function, or of a module. */
export interface Frame {
  readonly id: number;
  readonly epoch: string;
  readonly file: string;
  readonly region: Region;
  readonly parent: Frame | undefined;
  readonly vars: Map<string, Variable>;
  /** Of a block: the frame of the function that it is of. */
  readonly code?: Frame;
  /** The frames of the blocks in it that declare something. */
  blocks?: Map<t.Node, Frame>;
  /** What `this` is; of an arrow function, that of the frame around it. */
  self: Value;
  /** The method's own object, for `super`. */
  home: Thing | undefined;
  /** The class whose constructor runs. */
  built?: { type: Thing; instance: Value };
  args: readonly Value[];
  returned: Value;
  /** Nobody uses what it returns. */
  dropped: boolean;
}

export interface Variable {
  value: Value;
  /** What the code declares it with, and never sets again. */
  init?: t.Node;
  /** Of an import: finds what it names, at its first use. */
  find?: () => Value;
}

const NO_THINGS: ReadonlyMap<Thing, Reach> = new Map();

/** Nothing: `undefined`, or what the code never sets. */
export const NOTHING: Value = { things: NO_THINGS, from: 0 };
/** Plain data that is written out in the code. */
export const PLAIN: Value = { things: NO_THINGS, from: FROM.plain };

export function plain(from: number): Value {
  return { things: NO_THINGS, from: from | FROM.plain };
}

export function only(thing: Thing, reach: Reach = 0, from = 0): Value {
  return { things: new Map([[thing, reach]]), from };
}

/** What may be either. */
export function join(...values: readonly Value[]): Value {
  let largest = NOTHING;
  let from = 0;
  for (const each of values) {
    from |= each.from;
    if (each.things.size > largest.things.size || largest === NOTHING) largest = each;
  }
  // Copied once, and only where one of them has more: values of many objects are joined over and over.
  let things: Map<Thing, Reach> | undefined;
  for (const each of values) {
    if (each === largest) continue;
    for (const [thing, reach] of each.things) {
      const known: Reach | undefined = (things ?? largest.things).get(thing);
      const joined = stronger(known, reach);
      if (joined === known) continue;
      things ??= new Map(largest.things);
      things.set(thing, joined);
    }
  }
  if (things) return { things, from };
  return from === largest.from ? largest : { things: largest.things, from };
}

function stronger(one: Reach | undefined, other: Reach): Reach {
  if (one === undefined) return other;
  return one === 1 || other === 1 ? 1 : one === 2 || other === 2 ? 2 : 0;
}

/** Whether all that `part` may be is in `whole` already. */
export function includes(whole: Value, part: Value): boolean {
  if ((whole.from | part.from) !== whole.from) return false;
  for (const [thing, reach] of part.things) {
    const known = whole.things.get(thing);
    if (known === undefined || stronger(known, reach) !== known) return false;
  }
  return true;
}

/** Whether something that `whole` may be is reached in another way when `part` joins it. */
export function changesReach(whole: Value, part: Value): boolean {
  for (const [thing, reach] of part.things) {
    const known = whole.things.get(thing);
    if (known !== undefined && stronger(known, reach) !== known) return true;
  }
  return false;
}

/** The same objects, reached in another way. */
export function reached(value: Value, reach: Reach): Value {
  if (value.things.size === 0 || reach === 0) return value;
  return {
    things: new Map([...value.things].map(([thing, own]) => [thing, stronger(own, reach)])),
    from: value.from,
  };
}

export function withFrom(value: Value, from: number): Value {
  return (value.from | from) === value.from ? value : { things: value.things, from: value.from | from };
}
