/** Stands in a way for what a call without arguments gives. */
export const CALLED = '()';

/** Stands in a way for an element of a list, or for a member by a name that nothing tells. */
export const SOME = '[]';

/** Stands in a way for what a map has under a key. */
export const MAPPED = '{}';

/**
 * How a value that is looked at leads to the one that is asked for: by the members `names`; none of them where it is that
 * one, or a part of it. The members of the first `free` steps are not those of what is asked for: they belong to a copy
 * of it, or to what holds it, and may be given others.
 */
export interface Way {
  names: readonly string[];
  free: number;
}

/** What is known of the value that is asked for: a `text` has no members, and those of a `flat` object have none. */
export type Leaf = 'text' | 'flat' | 'object' | 'unknown';

/** The way from a member of a value on; undefined where that leads past what is asked for. */
export function into({ names, free }: Way, name: string | undefined, leaf: Leaf): Way | undefined {
  const [first, ...rest] = names;
  const inner = Math.max(0, free - 1);
  if (first === undefined) return leaf === 'text' || leaf === 'flat' ? undefined : { names: [], free: inner };
  return isStep(first, name) ? { names: rest, free: inner } : undefined;
}

/** Whether somebody who gives a member of a value another value changes what is asked for. */
export function isHit({ names, free }: Way, name: string | undefined, leaf: Leaf): boolean {
  if (free > 0) return false;
  const [first] = names;
  return first === undefined ? leaf !== 'text' : isStep(first, name);
}

function isStep(step: string, name: string | undefined): boolean {
  return (
    step !== CALLED &&
    step !== MAPPED &&
    (name === undefined || name === SOME || step === SOME || step === name)
  );
}

/** The way to a value by what holds it: a member, an element, or a function that gives it. */
export function heldBy({ names, free }: Way, name: string): Way {
  return { names: [name, ...names], free: free + 1 };
}

/** The same of a copy, whose members are its own and hold what those of the value do. */
export function copied({ names, free }: Way): Way {
  return { names, free: Math.max(1, free) };
}

/** The way from a key of a map and what that has. */
export function pairOf({ names: [, ...names], free }: Way): Way {
  return { names: [SOME, ...names], free };
}

/** What walks through a map gets pairs of it. */
export function asList(way: Way): Way {
  return way.names[0] === MAPPED ? heldBy(pairOf(way), SOME) : way;
}

/** Whether nothing that is done by a way can change what is asked for. */
export function isHarmless({ names, free }: Way, leaf: Leaf): boolean {
  if (leaf === 'text') return free >= names.length;
  return leaf === 'flat' && free > names.length;
}

/** What tells a way from others. */
export function keyOf({ names, free }: Way): string {
  return `${free} ${names.join('\n')}`;
}
