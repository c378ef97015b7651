import type * as t from '@babel/types';
import type { ReachedUse } from './reached-use.ts';
import { isSameOwner, type Owner } from './state-origin.ts';

/**
 * The uses without those that are the same by another way: a function that calls two which call a third comes to what
 * that does twice, and so on at each call above it. What they are parts of is that of all of these ways.
 */
export function distinctUses(uses: readonly ReachedUse[]): readonly ReachedUse[] {
  const found: ReachedUse[] = [];
  const places = new Map<t.Node, Map<string, number>>();
  for (const use of uses) {
    const known = places.get(use.at.node) ?? new Map<string, number>();
    places.set(use.at.node, known);
    const key = keyOf(use);
    const same = known.get(key);
    if (same === undefined) {
      known.set(key, found.length);
      found.push(use);
    } else found[same] = withOwners(found[same] as ReachedUse, use.owners ?? []);
  }
  return found;
}

function keyOf({ by, root, parts, isWrite, isUnseen, isByPlainName, mayBeSetBy }: ReachedUse): string {
  const told = [isWrite, isUnseen === true, isByPlainName === true, mayBeSetBy?.node.start ?? ''];
  return [by.node.start, by.node.end, ...told, root, ...parts].join(' ');
}

function withOwners(use: ReachedUse, others: readonly Owner[]): ReachedUse {
  const owners = use.owners ?? [];
  const added = others.filter((other) => !owners.some((own) => isSameOwner(own, other)));
  return added.length === 0 ? use : { ...use, owners: [...owners, ...added] };
}
