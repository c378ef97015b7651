import { type BaselineEntry, entryKey, sortEntries } from './baseline.ts';
import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import type { Finding, ItemReport } from './report.ts';

/** What is unfinished today: one entry for each place, by its file and kind. Files that do not parse have none. */
export function entriesOf({ unfinished }: Detection): BaselineEntry[] {
  return sortEntries(
    Array.from(unfinished, ([path, { occurrences }]) =>
      occurrences.map(({ kind }) => ({ path, kind })),
    ).flat(),
  );
}

/** The entries that still stand for something; with `baseline` undefined, all of today's. */
export function shrink(
  baseline: readonly BaselineEntry[] | undefined,
  today: readonly BaselineEntry[],
): BaselineEntry[] {
  if (baseline === undefined) return [...today];
  const gone = new Set(beyond(baseline, today));
  return baseline.filter((entry) => !gone.has(entry));
}

/** Accepts the items of which every place has an entry in the baseline, whether listed or not. */
export function accept(
  items: readonly ItemReport[],
  baseline: readonly BaselineEntry[],
  today: readonly BaselineEntry[],
): ItemReport[] {
  const fresh = new Set(beyond(today, baseline).map((entry) => entry.path));
  const known = new Set(today.map((entry) => entry.path));
  return items.map((item) => {
    if (!known.has(item.path) || fresh.has(item.path)) return item;
    // A tick that is not true is a fault of the guide, which no baseline excuses.
    return { ...item, accepted: true, ok: !item.findings.some((finding) => finding.rule === 'tick') };
  });
}

/** Entries that stand for nothing any more: the ratchet holds only when they go. */
export function findStale(
  file: string,
  baseline: readonly BaselineEntry[],
  today: readonly BaselineEntry[],
  commands: Commands,
): Finding[] {
  return beyond(baseline, today).map(({ path, kind, line = 1 }) => ({
    file,
    line,
    column: 1,
    rule: 'baseline' as const,
    message: `the baseline still accepts a ${kind} in ${path}, which is gone`,
    fix: commands.updateBaseline(file),
  }));
}

/** The entries that others do not match one to one: two of a kind in a file stand for two places. */
function beyond(entries: readonly BaselineEntry[], others: readonly BaselineEntry[]): BaselineEntry[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(entryKey(other), (left.get(entryKey(other)) ?? 0) + 1);
  return entries.filter((entry) => {
    const matches = left.get(entryKey(entry)) ?? 0;
    left.set(entryKey(entry), matches - 1);
    return matches <= 0;
  });
}
