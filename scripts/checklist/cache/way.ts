import type { Node } from '@babel/types';

/** What a call is given, as far as the text of the call says; neither key where it does not. */
export interface Given {
  value?: string | number | boolean | null | undefined;
  properties?: Record<string, Given>;
  /** Whether it is another one at each call. */
  isNew?: boolean;
  /** Whether it is what the framework makes for each request. */
  isOfRequest?: boolean;
  /** Where it stands. */
  node?: Node;
  /** What it is, where that is something of the modules that are asked about. */
  way?: Way;
  /** Whether it is a function that goes this way when it is called, rather than what is at its end. */
  isFunction?: boolean;
}

/** One step from what a module exports to what is used in the end. */
export type Step =
  | { kind: 'member' | 'write'; name: string | undefined }
  | {
      kind: 'call' | 'new' | 'bind';
      args: readonly Given[];
      /** Whether it is taken when the module that uses the way is loaded, and never again. */
      isOnce?: boolean;
    };

/** An exported name, and the steps from it: `agents.fresh()` of `new Agents()` is `new`, `fresh`, `call`. */
export interface Way {
  file: string;
  /** The exported name; `*` for the module itself. */
  name: string;
  steps: readonly Step[];
}

/** As many arguments as any client takes, of which nothing is told: whatever the caller gives. */
export const UNTOLD: readonly Given[] = [{}, {}, {}, {}];

/** The same text for ways that do the same. */
export function wayKey(way: Way): string {
  return JSON.stringify(way, (key, value: unknown) =>
    key === 'node' ? undefined : value === undefined ? '?' : value,
  );
}
