import type { CodemodFlags } from '../codemod/arguments.ts';
import type { Format } from './formats/format.ts';
import type { LiveOptions } from './live/options.ts';

/** What the command line asks the gate to do. */
export interface ChecklistOptions {
  /** Absolute. */
  root: string;
  /** Relative to the root; the first one counts for what belongs to none. */
  guides: readonly [string, ...string[]];
  format: Format;
  /** Absolute. */
  outputFile?: string;
  write: boolean;
  /** With `write`: list the files that the guide forgot. */
  add: boolean;
  /** Write the first guide from the tree. */
  initGuide: boolean;
  /** Judge what the index of git has. */
  staged: boolean;
  /** Load the cache module in a process of its own and call it twice. */
  verifyCache: boolean;
  /** Absolute; where each run leaves a line of how far the list is. */
  history?: string;
  force: boolean;
  strict: boolean;
  /** Relative to the root. */
  baseline?: string;
  updateBaseline: boolean;
  mergeBaseline: boolean;
  /** A path of the tree, also with a line, whose places are accepted from now on, and why. */
  accept?: { path: string; why: string };
  live?: LiveOptions;
  /** Options of the codemod that were given as flags. */
  detection: CodemodFlags;
}
