import { type BaselineEntry, entryKey, sortEntries } from './baseline.ts';
import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import type { Finding, ItemReport } from './report.ts';

/** What is unfinished today: one entry for each kind of place in each file. Files that do not parse have none. */
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
  const alive = new Set(today.map(entryKey));
  return baseline.filter((entry) => alive.has(entryKey(entry)));
}

/** Accepts the items of which every kind of place is in the baseline, whether listed or not. */
export function accept(
  items: readonly ItemReport[],
  baseline: readonly BaselineEntry[],
  today: readonly BaselineEntry[],
): ItemReport[] {
  const accepted = new Set(baseline.map(entryKey));
  const fresh = new Set(today.filter((entry) => !accepted.has(entryKey(entry))).map((entry) => entry.path));
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
  const alive = new Set(today.map(entryKey));
  return baseline
    .filter((entry) => !alive.has(entryKey(entry)))
    .map(({ path, kind, line = 1 }) => ({
      file,
      line,
      column: 1,
      rule: 'baseline' as const,
      message: `the baseline still accepts a ${kind} in ${path}, which is gone`,
      fix: commands.updateBaseline(file),
    }));
}
