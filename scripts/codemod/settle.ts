import { readFileSync } from 'node:fs';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Palette } from './colour.ts';
import { fileLine } from './console-view.ts';
import { createPrompt } from './interactive.ts';
import { notesIn, placesIn } from './places-in.ts';
import { leftReport, reportOf, type SettledFile } from './report.ts';
import { reasonOf } from './system-error.ts';
import { replaceFile, WriteRefusedError } from './write-file.ts';

const UNASKED = 'it was not migrated: nobody was asked about it, since the questions were ended before';

/** Decides what becomes of each rewritten file: written, shown, or asked about. */
export interface Settle {
  settle(result: FileResult, output: string): SettledFile | Promise<SettledFile>;
  close(): void;
}

/** Writes every file. */
export function writeEach(palette: Palette): Settle {
  return { settle: (result, output) => write(result, output, palette), close: () => {} };
}

/** Writes nothing, prints the diff of every file. */
export async function previewEach(palette: Palette): Promise<Settle> {
  const { unifiedDiff } = await import('./unified-diff.ts');
  return {
    settle(result, output) {
      process.stdout.write(unifiedDiff(result.path, textRead(result), output, palette));
      return reportOf(result);
    },
    close: () => {},
  };
}

/** Writes nothing, names every file that would change. */
export function nameEach(palette: Palette): Settle {
  return {
    settle(result) {
      const report = { ...reportOf(result), moved: result.moved };
      process.stdout.write(`would be ${fileLine(report, palette)}`);
      return reportOf(result);
    },
    close: () => {},
  };
}

/**
 * Shows the diff of every file and asks whether to write it.
 *
 * @param total how many files there are to ask about
 */
export async function askEach(palette: Palette, total: number): Promise<Settle> {
  const { unifiedDiff } = await import('./unified-diff.ts');
  const prompt = createPrompt(process.stdin, process.stdout);
  let decided: 'all' | 'quit' | undefined;
  let asked = 0;
  return {
    async settle(result, output) {
      if (decided === undefined) {
        process.stdout.write(unifiedDiff(result.path, textRead(result), output, palette));
      }
      if (decided === 'quit') return leftReport(result, 'manual', UNASKED, 'run again to be asked');
      asked += 1;
      const answer = decided ?? (await prompt.ask(`Migrate ${result.path}? (${asked} of ${total})`));
      if (answer === 'all' || answer === 'quit') decided = answer;
      if (answer === 'yes' || answer === 'all') return write(result, output, palette);
      return leftReport(result, 'manual', 'it was not migrated, as answered', 'run again and answer yes');
    },
    close: () => prompt.close(),
  };
}

async function write(result: FileResult, output: string, palette: Palette): Promise<SettledFile> {
  const read = textRead(result);
  try {
    replaceFile(result.path, read, output);
  } catch (error) {
    const reason = `not written: ${error instanceof WriteRefusedError ? error.message : reasonOf(error)}`;
    return leftReport(result, 'error', reason, 'see to the reason and run again');
  }
  const { moved } = result;
  const placesNow = await placesIn(output, result);
  const notesNow = await notesIn(output, result);
  const report: SettledFile = { ...reportOf(result), moved, placesNow, notesNow, textRead: read };
  process.stdout.write(fileLine(report, palette));
  return report;
}

function textRead({ path, source }: FileResult): string {
  return source ?? readFileSync(path, 'utf8');
}
