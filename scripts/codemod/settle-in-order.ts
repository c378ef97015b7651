import path from 'node:path';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { absolutePath, explainedPlace, type SettledFile, settledOf } from './report.ts';
import type { Settle } from './settle.ts';
import { isSettled, leftFor, type Rewritten, settleTogether } from './settle-together.ts';

interface Waiting extends Rewritten {
  /** The files that have to be written before it or with it. */
  needs: readonly string[];
  /** Its place among the reports. */
  index: number;
}

/**
 * Settles files as they come. One that needs others is kept until those have been settled, and is left where one of
 * them was: a factory must not give promises to callers that stayed as they were, nor may callers wait for one that
 * stayed. Files that need each other are settled together.
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
    const { output, dependsOn = [], restsOn = [] } = result;
    const needs = [...dependsOn, ...restsOn];
    const index = this.#reports.push(settledOf(result)) - 1;
    if (output === undefined) this.#note(result, index, settledOf(result));
    else if (needs.length === 0) this.#note(result, index, await this.#settle.settle(result, output));
    else this.#waiting.set(absolutePath(result.path), { result, output, needs, index });
  }

  /** Settles what is still waiting. The reports are in the order in which the files came. */
  async finish(): Promise<SettledFile[]> {
    for (const file of this.#waiting.keys()) await this.#settleWaiting(file);
    return this.#reports;
  }

  async #settleWaiting(file: string): Promise<void> {
    const group = this.#circleAround(file);
    const needed = new Set([...group.values()].flatMap(({ needs }) => needs));
    for (const each of needed) if (!group.has(each)) await this.#settleWaiting(each);
    for (const each of group.keys()) this.#waiting.delete(each);
    const left = [...needed].find((each) => !group.has(each) && !this.#done.has(each));
    const files = callersFirst(group);
    const reports =
      left === undefined
        ? await settleTogether(files, this.#settle)
        : files.map(({ result }) => leftFor(result, { file: left, name: this.#nameOf(left) }));
    for (const [place, { result, index }] of files.entries()) {
      const report = reports[place];
      if (report) this.#note(result, index, report);
    }
  }

  /** The waiting files that a file needs and that need it, by whatever others; itself among them. */
  #circleAround(file: string): ReadonlyMap<string, Waiting> {
    const reached = new Set<string>();
    const pending = [file];
    const callers = new Map<string, string[]>();
    for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
      const waiting = this.#waiting.get(each);
      if (!waiting || reached.has(each)) continue;
      reached.add(each);
      for (const needed of waiting.needs) {
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

/** Files that need each other, each after those that call its factories, as far as they do not call each other's. */
function callersFirst(group: ReadonlyMap<string, Waiting>): Waiting[] {
  const remaining = new Map([...group].sort(([, a], [, b]) => a.index - b.index));
  const ordered: Waiting[] = [];
  while (remaining.size > 0) {
    const files = [...remaining];
    const isFree = ([, { result }]: (typeof files)[number]) =>
      result.dependsOn?.some((caller) => remaining.has(caller)) !== true;
    const free = files.filter(isFree);
    for (const [file, waiting] of free.length > 0 ? free : files.slice(0, 1)) {
      remaining.delete(file);
      ordered.push(waiting);
    }
  }
  return ordered;
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
