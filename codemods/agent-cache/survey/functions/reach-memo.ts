import type * as t from '@babel/types';
import type { ReachedUse } from './reached-use.ts';

/** Stands for what a function comes to while that is found. */
export const RUNS: readonly ReachedUse[] = [];

/** How far calls are followed from a function on. */
export interface Depth {
  /** By how many calls, where one may be of what only a name tells. */
  calls: number;
  /** All calls before were of functions that are seen: such are followed to their end. */
  isSeen: boolean;
}

/** What functions come to, by how far their calls were followed. */
export class ReachMemo {
  readonly #known = new Map<t.Node, Map<string, readonly ReachedUse[]>>();

  get(fn: t.Node, { calls, isSeen }: Depth): readonly ReachedUse[] | undefined {
    return this.#known.get(fn)?.get(`${calls} ${isSeen}`);
  }

  set(fn: t.Node, { calls, isSeen }: Depth, uses: readonly ReachedUse[]): void {
    const known = this.#known.get(fn) ?? new Map<string, readonly ReachedUse[]>();
    this.#known.set(fn, known.set(`${calls} ${isSeen}`, uses));
  }

  /** How much is known of a function. */
  sizeOf(fn: t.Node): number {
    return [...(this.#known.get(fn)?.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
  }
}
