import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptOf } from '../../source/kept-with.ts';
import { FILE } from '../../source/sources.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import type { ReachedUse } from './reached-use.ts';

/** How far calls are followed from a function on. */
export interface Depth {
  /** By how many calls, where one may be of what only a name tells. */
  calls: number;
  /** All calls before were of functions that are seen: such are followed to their end. */
  isSeen: boolean;
}

type Uses = readonly ReachedUse[];

/** What a function comes to, as far as that is known while it is found. */
interface Open {
  fn: FunctionPath;
  key: string;
  /** Its place among those that are open. */
  at: number;
  /** The first of them that what it calls comes back to. */
  lowest: number;
  round: number;
  runs: boolean;
  uses: Uses;
}

/**
 * What functions come to, each found once, whoever asks. Functions that come to themselves know at first nothing of what
 * they hand on, and are gone through until nothing is added: which of them was asked for does not matter.
 */
export class ReachMemo {
  /** Whether functions are gone through that come to themselves. */
  isInCircle = false;
  readonly #open: Open[] = [];
  readonly #openOf = new Map<t.Node, Map<string, Open>>();
  #round = 0;
  #rounds = 0;
  #lowest = Number.POSITIVE_INFINITY;

  of(fn: FunctionPath, { calls, isSeen }: Depth, find: () => Uses): Uses {
    const key = `${calls} ${isSeen}`;
    const present = answersOf(fn).get(key);
    if (present) return present;
    const known = this.#openOf.get(fn.node)?.get(key);
    if (known && (known.runs || known.round === this.#round)) {
      this.#lowest = Math.min(this.#lowest, known.lowest);
      return known.uses;
    }
    const around = this.#lowest;
    const open = known ?? this.#begin(fn, key);
    const isCircle = this.#run(open, find);
    const isFirst = !known && open.lowest === open.at;
    if (isFirst && isCircle) this.#settle(open, find);
    if (isFirst) this.#close(open.at);
    this.#lowest = isFirst ? around : Math.min(around, open.lowest);
    return open.uses;
  }

  #begin(fn: FunctionPath, key: string): Open {
    const at = this.#open.length;
    const open = { fn, key, at, lowest: at, round: 0, runs: false, uses: [] };
    const others = this.#openOf.get(fn.node) ?? new Map<string, Open>();
    this.#openOf.set(fn.node, others.set(key, open));
    this.#open.push(open);
    return open;
  }

  /** @returns whether it came to itself, or to what it is called by */
  #run(open: Open, find: () => Uses): boolean {
    open.runs = true;
    this.#lowest = Number.POSITIVE_INFINITY;
    open.uses = find();
    open.runs = false;
    open.round = this.#round;
    const isCircle = this.#lowest <= open.at;
    open.lowest = Math.min(this.#lowest, open.at);
    return isCircle;
  }

  /** Goes through all that come to one another, from nothing on, until nothing is added. */
  #settle(first: Open, find: () => Uses): void {
    const all = this.#open.slice(first.at);
    const around = this.#round;
    for (const each of all) each.uses = [];
    this.isInCircle = true;
    let size = 0;
    let before: number;
    do {
      before = size;
      this.#rounds += 1;
      this.#round = this.#rounds;
      this.#run(first, find);
      size = all.reduce((sum, { uses }) => sum + sizeOf(uses), 0);
    } while (size !== before);
    this.isInCircle = false;
    this.#round = around;
    for (const each of all) each.uses = inOrder(each.uses);
  }

  #close(at: number): void {
    for (const { fn, key, uses } of this.#open.splice(at)) {
      answersOf(fn).set(key, uses);
      this.#openOf.get(fn.node)?.delete(key);
    }
  }
}

function answersOf(fn: FunctionPath): Map<string, Uses> {
  return keptOf(programAround(fn), 'comes to', fn.node, () => new Map<string, Uses>());
}

/** How much is known of uses: nothing is taken from it while they are gone through. */
function sizeOf(uses: Uses): number {
  return uses.reduce((sum, { owners }) => sum + 1 + (owners?.length ?? 0), 0);
}

/** In the order of the code, whichever function of a circle was gone through first. */
function inOrder(uses: Uses): Uses {
  const keyed = uses.map((use) => ({ use, key: orderOf(use) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ use }) => use);
}

function orderOf({ by, at, root, parts, isWrite }: ReachedUse): string {
  return [...placeOf(by), programAround(at).getData(FILE), ...placeOf(at), isWrite, root, ...parts].join(' ');
}

function placeOf({ node: { start, end } }: NodePath): string[] {
  return [start, end].map((each) => String(each ?? 0).padStart(9, '0'));
}
