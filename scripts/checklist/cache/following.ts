/** The next decisions in order, of which each is tried as true first; undefined behind the last. */
export function following(decisions: readonly boolean[]): boolean[] | undefined {
  const last = decisions.lastIndexOf(true);
  return last === -1 ? undefined : [...decisions.slice(0, last), false];
}
