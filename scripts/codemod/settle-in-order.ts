import path from 'node:path';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { type FileReport, leftReport, reportOf, type SettledFile } from './report.ts';
import type { Settle } from './settle.ts';

interface Waiting {
  result: FileResult;
  output: string;
  dependsOn: readonly string[];
  /** Its place among the reports. */
  index: number;
}

/**
 * Settles files as they come. One that depends on others is kept until those have been settled, and is left where one
 * of them was: a factory must not give promises to callers that stayed as they were.
 */
export class SettleInOrder {
  readonly #settle: Settle;
  readonly #reports: SettledFile[] = [];
  readonly #waiting = new Map<string, Waiting>();
  readonly #done = new Set<string>();

  constructor(settle: Settle) {
    this.#settle = settle;
  }

  async take(result: FileResult): Promise<void> {
    const { output, dependsOn = [] } = result;
    const index = this.#reports.push(reportOf(result)) - 1;
    if (output === undefined) this.#note(result, index, reportOf(result));
    else if (dependsOn.length === 0) this.#note(result, index, await this.#settle.settle(result, output));
    else this.#waiting.set(absolute(result.path), { result, output, dependsOn, index });
  }

  /** Settles what is still waiting. The reports are in the order in which the files came. */
  async finish(): Promise<SettledFile[]> {
    for (const file of this.#waiting.keys()) await this.#settleWaiting(file);
    return this.#reports;
  }

  async #settleWaiting(file: string): Promise<void> {
    const waiting = this.#waiting.get(file);
    if (!waiting) return;
    // Files that wait for each other find nothing done, and are left.
    this.#waiting.delete(file);
    const { result, output, dependsOn, index } = waiting;
    for (const each of dependsOn) await this.#settleWaiting(each);
    const left = dependsOn.find((each) => !this.#done.has(each));
    const report = left === undefined ? await this.#settle.settle(result, output) : leftFor(result, left);
    this.#note(result, index, report);
  }

  #note(result: FileResult, index: number, report: SettledFile): void {
    this.#reports[index] = report;
    if (report.status === result.status && report.status !== 'error') this.#done.add(absolute(result.path));
    tellFault(report);
  }
}

function leftFor(result: FileResult, dependency: string): FileReport {
  const name = path.relative(process.cwd(), dependency);
  const reason = `it was not migrated, since ${name}, which calls its factory, was not`;
  return leftReport(result, 'manual', reason, 'see to that file and run again');
}

/** A fault with one file is told at once and never stops the others. */
function tellFault({ path: file, status, occurrences }: FileReport): void {
  if (status !== 'error') return;
  const { line, column, reason } = occurrences[0] ?? { line: 1, column: 1, reason: 'it was left as it was' };
  process.stderr.write(`${file}:${line}:${column}: ${reason}\n`);
}

function absolute(file: string): string {
  return path.resolve(file).split(path.sep).join('/');
}
