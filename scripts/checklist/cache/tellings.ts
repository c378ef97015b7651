import { OTHER, SAMPLE } from './values.ts';

/** What two callers give who differ in one thing, and what is made of that. */
export interface Tellings {
  /** What was made that does not tell all apart, as texts. */
  readonly made: Set<string>;
  /** That of them in which both differ all the same. */
  differing?: string | undefined;
  /** Whether it is made for the one of two callers who differs. */
  isOfOther: boolean;
  /** Whether it is asked what is made at all. */
  isCollecting: boolean;
  /** Whether what nobody knows is taken not to tell them apart. */
  isDoubted: boolean;
  /** What was made of which nobody knows. */
  readonly untold: Set<string>;
  /** The parts that were taken of a text, or of an object. */
  readonly parts: Map<string, Set<string>>;
}

export function newTellings(): Tellings {
  return {
    made: new Set(),
    isOfOther: false,
    isCollecting: false,
    isDoubted: false,
    untold: new Set(),
    parts: new Map(),
  };
}

/** What both callers have in common of a text that is made of what they give. */
export function commonText(text: string): string {
  return text.replaceAll(`${SAMPLE}${OTHER}`, SAMPLE);
}

/** What is made for the one of two callers who differs, of what both have in common: it is another one all the same. */
export function otherText(text: string): string {
  return differs(text) ? text : text.replaceAll(SAMPLE, `${SAMPLE}${OTHER}`);
}

/** Whether two callers who differ gave what a text is made of. */
export function differs(text: string): boolean {
  return text.includes(`${SAMPLE}${OTHER}`);
}
