import path from 'node:path';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { absolutePath, explainedPlace, type SettledFile, settledOf } from './report.ts';
import type { Settle } from './settle.ts';
import { isSettled, leftFor, type Rewritten, settleTogether } from './settle-together.ts';

interface Waiting extends Rewritten {
  dependsOn: readonly string[];
  /** Its place among the reports. */
  index: number;
}

/**
 * Settles files as they come. One that depends on others is kept until those have been settled, and is left where one
 * of them was: a factory must not give promises to callers that stayed as they were. Files that depend on each other
 * are settled together.
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
    const index = this.#reports.push(settledOf(result)) - 1;
    if (output === undefined) this.#note(result, index, settledOf(result));
    else if (dependsOn.length === 0) this.#note(result, index, await this.#settle.settle(result, output));
    else this.#waiting.set(absolutePath(result.path), { result, output, dependsOn, index });
  }

  /** Settles what is still waiting. The reports are in the order in which the files came. */
  async finish(): Promise<SettledFile[]> {
    for (const file of this.#waiting.keys()) await this.#settleWaiting(file);
    return this.#reports;
  }

  async #settleWaiting(file: string): Promise<void> {
    const group = this.#circleAround(file);
    const needed = new Set([...group.values()].flatMap(({ dependsOn }) => dependsOn));
    for (const each of needed) if (!group.has(each)) await this.#settleWaiting(each);
    for (const each of group.keys()) this.#waiting.delete(each);
    const left = [...needed].find((each) => !group.has(each) && !this.#done.has(each));
    const files = [...group.values()];
    const reports =
      left === undefined
        ? await settleTogether(files, this.#settle)
        : files.map(({ result }) => leftFor(result, this.#nameOf(left)));
    for (const [place, { result, index }] of files.entries()) {
      const report = reports[place];
      if (report) this.#note(result, index, report);
    }
  }

  /** The waiting files that a file depends on and that depend on it, by whatever others; itself among them. */
  #circleAround(file: string): ReadonlyMap<string, Waiting> {
    const reached = new Set<string>();
    const pending = [file];
    const callers = new Map<string, string[]>();
    for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
      const waiting = this.#waiting.get(each);
      if (!waiting || reached.has(each)) continue;
      reached.add(each);
      for (const needed of waiting.dependsOn) {
        callers.set(needed, [...(callers.get(needed) ?? []), each]);
        pending.push(needed);
      }
    }
    const circle = new Map<string, Waiting>();
    pending.push(file);
    for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
      const waiting = this.#waiting.get(each);
      if (!waiting || circle.has(each)) continue;
      circle.set(each, waiting);
      pending.push(...(callers.get(each) ?? []));
    }
    return circle;
  }

  /** A file as the run names it. */
  #nameOf(file: string): string {
    const known = this.#reports.find((each) => absolutePath(each.path) === file);
    return known?.path ?? path.relative(process.cwd(), file);
  }

  #note(result: FileResult, index: number, report: SettledFile): void {
    this.#reports[index] = report;
    if (isSettled(result, report)) this.#done.add(absolutePath(result.path));
    tellFault(report);
  }
}

/** A fault with one file is told at once and never stops the others. */
function tellFault({ path: file, status, occurrences }: SettledFile): void {
  if (status !== 'error') return;
  const [place] = occurrences;
  const {
    line = 1,
    column = 1,
    reason = 'it was left as it was',
  } = place ? explainedPlace(place, { file: absolutePath(file) }) : {};
  process.stderr.write(`${file}:${line}:${column}: ${reason}\n`);
}
