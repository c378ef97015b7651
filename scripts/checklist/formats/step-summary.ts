import { appendFileSync } from 'node:fs';
import { reasonOf } from '../../cli/system-error.ts';
import { UsageError } from '../../cli/usage-error.ts';

/** GitHub drops a step's summary as a whole when it is larger than 1 MiB. */
const LARGEST_BYTES = 1_000_000;

/** Appends to the job's step summary; what does not fit is cut at a line, and said. */
export function appendStepSummary(file: string, markdown: string): void {
  try {
    appendFileSync(file, cut(markdown));
  } catch (error) {
    throw new UsageError(`GITHUB_STEP_SUMMARY cannot be written: ${reasonOf(error)}`);
  }
}

function cut(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= LARGEST_BYTES) return markdown;
  const lastLine = bytes.lastIndexOf('\n', LARGEST_BYTES);
  return `${bytes.subarray(0, lastLine).toString('utf8')}\n\n… cut: the whole report is larger than a step summary may be\n`;
}
