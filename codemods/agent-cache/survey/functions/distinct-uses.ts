import type * as t from '@babel/types';
import type { ReachedUse } from './reached-use.ts';
import { isSameOwner, isSameWay, type Owner } from './state-origin.ts';

/**
 * The uses without those that are the same by another way: a function that calls two which call a third comes to what
 * that does twice, and so on at each call above it. What they are parts of is that of all of these ways.
 */
export function distinctUses(uses: readonly ReachedUse[]): readonly ReachedUse[] {
  const found: ReachedUse[] = [];
  const places = new Map<t.Node, number[]>();
  for (const use of uses) {
    const known = places.get(use.at.node) ?? [];
    const same = known.find((index) => isSameUse(found[index] as ReachedUse, use));
    if (same === undefined) {
      places.set(use.at.node, [...known, found.length]);
      found.push(use);
    } else found[same] = withOwners(found[same] as ReachedUse, use.owners ?? []);
  }
  return found;
}

function isSameUse(one: ReachedUse, other: ReachedUse): boolean {
  return (
    one.by.node === other.by.node &&
    one.isWrite === other.isWrite &&
    one.root === other.root &&
    one.isUnseen === other.isUnseen &&
    one.isByPlainName === other.isByPlainName &&
    one.mayBeSetBy === other.mayBeSetBy &&
    isSameWay(one.parts, other.parts)
  );
}

function withOwners(use: ReachedUse, others: readonly Owner[]): ReachedUse {
  const owners = use.owners ?? [];
  const added = others.filter((other) => !owners.some((own) => isSameOwner(own, other)));
  return added.length === 0 ? use : { ...use, owners: [...owners, ...added] };
}
