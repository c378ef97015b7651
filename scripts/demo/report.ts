import type { LoadResult } from './load.ts';

/** What one side of the comparison cost. */
export interface Measurement extends LoadResult {
  agentsCreated: number;
  graphValidations: number;
}

export interface CodemodOutcome {
  exitCode: number;
  summary: { scanned: number; migrated: number; partial: number; manual: number; errors: number };
}

export interface ChecklistOutcome {
  exitCode: number;
  ok: boolean;
  summary: unknown;
}

export interface DemoResult {
  before: Measurement;
  after: Measurement;
  codemod: CodemodOutcome;
  checklist: { before: ChecklistOutcome; after: ChecklistOutcome };
  /** Milliseconds that a request spent on getting its agent, on average. */
  overhead: { beforeMs: number; afterMs: number; reductionPercent: number };
}

/** The table that `npm run demo` ends with: measured, beside what the guide promises. */
export function formatReport(result: DemoResult): string {
  const { before, after, overhead } = result;
  const rows: string[][] = [
    ['', 'before', 'after', 'change', 'promised'],
    ['mean latency', ms(before.meanMs), ms(after.meanMs), change(before.meanMs, after.meanMs), ''],
    ['p50 latency', ms(before.p50Ms), ms(after.p50Ms), change(before.p50Ms, after.p50Ms), ''],
    ['p99 latency', ms(before.p99Ms), ms(after.p99Ms), change(before.p99Ms, after.p99Ms), ''],
    [
      'agent overhead a request',
      ms(overhead.beforeMs),
      ms(overhead.afterMs),
      change(overhead.beforeMs, overhead.afterMs),
      '400 ms → 40 ms, -90 %',
    ],
    ['agents created', count(before.agentsCreated), count(after.agentsCreated), '', 'one per TTL'],
    [
      'Graph validation calls',
      count(before.graphValidations),
      count(after.graphValidations),
      '',
      'one per TTL',
    ],
    ['requests (errors)', requests(before), requests(after), '', ''],
  ];
  return [table(rows), '', codemodLine(result.codemod), checklistLine(result.checklist)].join('\n');
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return rows
    .flatMap((row, index) => [line(row).join('  ').trimEnd(), ...(index === 0 ? [rule] : [])])
    .join('\n');
}

function codemodLine({ exitCode, summary }: CodemodOutcome): string {
  return `codemod    ${summary.migrated} files migrated, ${summary.partial + summary.manual} left to a person (exit ${exitCode})`;
}

function checklistLine({ before, after }: DemoResult['checklist']): string {
  const word = (outcome: ChecklistOutcome) => `${outcome.ok ? 'green' : 'red'} (exit ${outcome.exitCode})`;
  return `checklist  ${word(before)} before, ${word(after)} after`;
}

const ms = (value: number) => `${value.toFixed(1)} ms`;
const count = (value: number) => String(value);
const requests = ({ requests, errors }: Measurement) => `${requests} (${errors})`;

function change(before: number, after: number): string {
  const percent = Math.round((after / before - 1) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}
