import { paletteFor } from '../cli/colour.ts';
import { createProgress } from '../codemod/progress.ts';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import { writeFileAtomically } from '../cli/write-file.ts';
import { keepHistory } from './history.ts';
import type { ChecklistOptions } from './options.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Report } from './report.ts';

/** Where a run reads its surroundings and leaves its words. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean };
}

/**
 * Runs the checklist as the command line asks.
 *
 * @param argv the arguments after the script's name
 * @returns the exit code: 0 all done, 1 something is not, 2 it could not run
 */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  try {
    const options = parseArguments(argv, surroundings.env);
    if ('text' in options) {
      surroundings.stdout.write(options.text);
      return 0;
    }
    // Whoever asks for help alone waits for nothing else.
    const { runGate } = await import('./gate.ts');
    const bar = createProgress(surroundings.stderr);
    const report = await runGate(options, surroundings.env, undefined, {
      scanned: (phase, done, total) => bar.update(phase, done, total),
    }).finally(() => bar.clear());
    await publish(report, options, surroundings);
    return report.ok ? 0 : 1;
  } catch (error) {
    const message = error instanceof UsageError ? error.message : `it failed: ${reasonOf(error)}`;
    surroundings.stderr.write(`checklist: ${message.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
    return 2;
  }
}

async function publish(
  report: Report,
  options: ChecklistOptions,
  { env, stdout }: Surroundings,
): Promise<void> {
  const { headline, locator } = await import('./formats/presentation.ts');
  const { rendererOf } = await import('./formats/render.ts');
  const { root, format, outputFile } = options;
  const locate = locator(root, env);
  const plain = paletteFor({ isTTY: false }, {});
  const palette = outputFile === undefined ? paletteFor(stdout, env) : plain;
  const text = (await rendererOf(format))(report, {
    palette,
    locate,
    ...(outputFile === undefined ? {} : { outputFile }),
    ...(options.history === undefined ? {} : { history: keepHistory(options.history, report, new Date()) }),
  });
  if (format === 'github' && env.GITHUB_STEP_SUMMARY) {
    const { appendStepSummary } = await import('./formats/step-summary.ts');
    const summary = await rendererOf('markdown');
    appendStepSummary(env.GITHUB_STEP_SUMMARY, summary(report, { palette: plain, locate }));
  }
  if (outputFile === undefined) {
    stdout.write(text);
    return;
  }
  writeReport(outputFile, text);
  stdout.write(`${headline(report)} (report in ${outputFile})\n`);
}

function writeReport(file: string, text: string): void {
  try {
    writeFileAtomically(file, text);
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${file}: ${reasonOf(error)}`);
  }
}
