import { readFileSync } from 'node:fs';
import { reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Palette } from '../cli/colour.ts';
import { fileLine } from './console-view.ts';
import { leftFile, type SettledFile, settledOf } from './report.ts';
import { reasonOf } from '../cli/system-error.ts';
import { replaceFile, WriteRefusedError } from '../cli/write-file.ts';

/** Decides what becomes of each rewritten file: written, shown, or asked about. */
export interface Settle {
  settle(result: FileResult, output: string): SettledFile | Promise<SettledFile>;
  /** Takes back what became of a file, since another one stays which has to change with it. @throws what kept it */
  putBack(result: FileResult, output: string): void;
  close(): void;
}

const NOTHING = () => {};

/** Writes every file. */
export function writeEach(palette: Palette): Settle {
  return {
    settle: (result, output) => write(result, output, palette),
    putBack(result, output) {
      replaceFile(result.path, output, result.source ?? output);
      process.stdout.write(`put back   ${result.path}\n`);
    },
    close: NOTHING,
  };
}

/** Writes nothing, prints the diff of every file. */
export async function previewEach(palette: Palette): Promise<Settle> {
  const { unifiedDiff } = await import('./unified-diff.ts');
  return {
    settle(result, output) {
      process.stdout.write(unifiedDiff(result.path, textRead(result), output, palette));
      return settledOf(result);
    },
    putBack: NOTHING,
    close: NOTHING,
  };
}

/** Writes nothing, names every file that would change. */
export function nameEach(palette: Palette): Settle {
  return {
    settle(result) {
      const report = { ...settledOf(result), moved: result.moved };
      process.stdout.write(`would be ${fileLine(report, palette)}`);
      return settledOf(result);
    },
    putBack: NOTHING,
    close: NOTHING,
  };
}

function write(result: FileResult, output: string, palette: Palette): SettledFile {
  const read = textRead(result);
  try {
    replaceFile(result.path, read, output);
  } catch (error) {
    const why = error instanceof WriteRefusedError ? error.message : reasonOf(error);
    return leftFile(result, 'error', reason('not-written', [], { why }));
  }
  const { moved } = result;
  const report: SettledFile = { ...settledOf(result), moved, textRead: read };
  process.stdout.write(fileLine(report, palette));
  return report;
}

/** The text that a result was computed from. */
export function textRead({ path, source }: FileResult): string {
  return source ?? readFileSync(path, 'utf8');
}
