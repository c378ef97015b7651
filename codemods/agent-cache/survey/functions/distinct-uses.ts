import type * as t from '@babel/types';
import type { ReachedUse } from './reached-use.ts';
import type { Owner } from './state-origin.ts';

/**
 * The uses without those that are the same by another way: a function that calls two which call a third comes to what
 * that does twice, and so on at each call above it. What they are parts of is that of all of these ways.
 */
export function distinctUses(uses: readonly ReachedUse[]): readonly ReachedUse[] {
  const found: ReachedUse[] = [];
  const places = new Map<t.Node, Map<string, number>>();
  const owners = new Map<number, Map<string, Owner>>();
  for (const use of uses) {
    const known = places.get(use.at.node) ?? new Map<string, number>();
    places.set(use.at.node, known);
    const key = keyOf(use);
    const same = known.get(key);
    if (same === undefined) {
      known.set(key, found.length);
      found.push(use);
    } else if (use.owners?.length) {
      const merged = owners.get(same) ?? ownersOf(found[same]);
      owners.set(same, merged);
      for (const each of use.owners) if (!merged.has(keyOfOwner(each))) merged.set(keyOfOwner(each), each);
    }
  }
  for (const [at, each] of owners)
    if (each.size > (found[at]?.owners?.length ?? 0))
      found[at] = { ...(found[at] as ReachedUse), owners: [...each.values()] };
  return found;
}

function keyOf({ by, root, parts, isWrite, isUnseen, isByPlainName, mayBeSetBy }: ReachedUse): string {
  const told = [isWrite, isUnseen === true, isByPlainName === true, mayBeSetBy?.node.start ?? ''];
  return [by.node.start, by.node.end, ...told, root, ...parts].join(' ');
}

function ownersOf(use: ReachedUse | undefined): Map<string, Owner> {
  return new Map((use?.owners ?? []).map((each) => [keyOfOwner(each), each]));
}

/** Each owner is handed on by all that come to what it has. */
const keys = new WeakMap<Owner, string>();

function keyOfOwner(owner: Owner): string {
  const key = keys.get(owner) ?? JSON.stringify([owner.of, owner.by, owner.parts]);
  keys.set(owner, key);
  return key;
}
