/** What ends in exit code 0 for an agent that is rightly its place's own. */
export const KEEP_OWN =
  "To keep it as it is, exclude the file in agent-cache.config.json, or accept it in the checklist's --baseline.";

/** The same, said once of all places that a list tells of. */
export const KEEP_ONE =
  "To keep one of them as it is, exclude its file in agent-cache.config.json, or accept it in the checklist's --baseline.";

/** What a list says once of how its places are kept as they are; undefined where no hint of theirs speaks of that. */
export function keepingOf(hints: Iterable<string | undefined>): string | undefined {
  for (const hint of hints) if (hint?.includes(KEEP_OWN)) return KEEP_ONE;
  return undefined;
}

/** A hint without what a list says once of all its places; undefined where nothing else is said. */
export function withoutKeeping(hint: string | undefined): string | undefined {
  const rest = hint?.replace(KEEP_OWN, '').trim();
  return rest === '' ? undefined : rest;
}

/** What one reason says. */
export interface ReasonEntry {
  /**
   * One sentence. `{name}` is one of the reason's names; `{ on line 1}` is a phrase about its first place, which goes
   * where there is no such place, and gets `of <file>` behind the line where that is in another file than the place
   * that is left (`{ on line 1 of file 1}`: always).
   */
  text: string;
  /** What a person can do about it, in a sentence or two; with the same holes as the text. */
  hint: string;
  /** How a person does that, in Markdown, for the page of all reasons. */
  recipe: string;
  /** What shows it: `<topic>/<case>` of the fixtures, the name of a behaviour tree, or the path of a test. */
  shown: string;
}

/** The entries of one topic, each under its id. */
export function entries<const Entries extends Readonly<Record<string, ReasonEntry>>>(each: Entries): Entries {
  return each;
}
