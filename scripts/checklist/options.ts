import type { CodemodFlags } from '../codemod/arguments.ts';
import type { Format } from './formats/format.ts';
import type { LiveOptions } from './live/options.ts';

/** What the command line asks the gate to do. */
export interface ChecklistOptions {
  /** Absolute. */
  root: string;
  /** Relative to the root. */
  guide: string;
  format: Format;
  /** Absolute. */
  outputFile?: string;
  write: boolean;
  force: boolean;
  strict: boolean;
  /** Relative to the root. */
  baseline?: string;
  updateBaseline: boolean;
  live?: LiveOptions;
  /** Options of the codemod that were given as flags. */
  detection: CodemodFlags;
}
