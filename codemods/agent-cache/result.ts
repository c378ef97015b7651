import type { Reason } from './reasons/reason.ts';
import type { Assumption } from './options.ts';

/** How a comment begins that marks a place which is left for a person. */
export const MARK = 'agent-cache: manual';

/** What happened to one place: its code was rewired, removed, or is left for a person. */
export type Action = 'rewired' | 'removed' | 'manual';

/** Stable names of the places that the codemod knows. */
export type OccurrenceKind =
  | 'construction'
  | 'factory'
  | 'factory-call'
  | 'factory-reference'
  | 'class-reference'
  | 'dynamic-import'
  | 'mark';

/** One place that builds or obtains an agent. */
export interface Occurrence {
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units, as editors count. */
  column: number;
  kind: OccurrenceKind;
  action: Action;
  /** Why the place is left. Only with `manual`. */
  left?: Reason;
  /** How the place is rewired, in code: `await getFacebookAgent()`. Only of a place that gets an agent. */
  plan?: string;
  /** What the rewriting rests on that a person vouches for. */
  assumptions?: readonly Assumption[];
}

/** Something about a rewritten file that a person should look at, though nothing is left to do for sure. */
export interface Note {
  /** 1-based, in the text that was read. */
  line: number;
  /** Half a sentence, without a full stop. */
  text: string;
}

/**
 * `migrated`: everything was rewired · `partial`: some was, some is left · `manual`: all is left for a person ·
 * `unchanged`: the file only mentions the agent · `error`: it could not be read as source.
 */
export type FileStatus = 'migrated' | 'partial' | 'manual' | 'unchanged' | 'error';

export interface FileResult {
  path: string;
  status: FileStatus;
  occurrences: Occurrence[];
  /** One line, with `status: 'error'` only. */
  error?: string;
  /** The new text, present only when it differs from the old. */
  output?: string;
  /** With `output`: what is worth a look in it. */
  notes?: readonly Note[];
  /** With `output`: how many of its places were moved to where the agent is first called. */
  moved?: number;
  /** With `output`: the text it was computed from (a BOM included), so that a writer can tell a file that changed since. */
  source?: string;
  /**
   * With `output`: absolute paths of files that have to be written before it. They call its factories, which give
   * promises from then on; where one of them stays as it was, so has this file to.
   */
  dependsOn?: readonly string[];
  /**
   * With `output`: absolute paths of files whose factories it calls and expects to give promises from then on. Where
   * one of them stays as it was, so has this file to.
   */
  restsOn?: readonly string[];
}
