import { readFileSync } from 'node:fs';
import { reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Palette } from '../cli/colour.ts';
import { fileLine } from './console-view.ts';
import { createPrompt } from './interactive.ts';
import { leftFile, type SettledFile, settledOf } from './report.ts';
import { reasonOf } from '../cli/system-error.ts';
import { replaceFile, WriteRefusedError } from '../cli/write-file.ts';

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
      return settledOf(result);
    },
    close: () => {},
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
      if (decided === 'quit') return leftFile(result, 'manual', reason('unasked'));
      asked += 1;
      const answer = decided ?? (await prompt.ask(`Migrate ${result.path}? (${asked} of ${total})`));
      if (answer === 'all' || answer === 'quit') decided = answer;
      if (answer === 'yes' || answer === 'all') return write(result, output, palette);
      return leftFile(result, 'manual', reason('declined'));
    },
    close: () => prompt.close(),
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

function textRead({ path, source }: FileResult): string {
  return source ?? readFileSync(path, 'utf8');
}
