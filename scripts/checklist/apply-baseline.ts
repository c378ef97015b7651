import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TodaysPlace } from './accepted-places.ts';
import type { BaselineEntry } from './baseline.ts';
import type { Commands } from './commands.ts';
import type { Finding, ItemReport } from './report.ts';

/** How the entries of a baseline and the places of today belong together, one to one. */
export interface Matching {
  /** Entries with what they stand for now: a file that moved has another path. */
  kept: BaselineEntry[];
  stale: BaselineEntry[];
  /** Places without an entry. */
  fresh: TodaysPlace[];
}

/**
 * Finds what each entry stands for today: the same place, wherever its lines are; one that is alike in a file that
 * was moved. An entry of a file that cannot be read is neither there nor gone.
 *
 * @param isUnreadable whether a file does not parse today
 */
export function match(
  root: string,
  entries: readonly BaselineEntry[],
  today: readonly TodaysPlace[],
  isUnreadable: (file: string) => boolean,
): Matching {
  const left = new Set(today);
  const kept: BaselineEntry[] = [];
  let open = [...entries];
  const take = (isFor: (entry: BaselineEntry, place: TodaysPlace) => boolean) => {
    open = open.filter((entry) => {
      const place = [...left].find((each) => isFor(entry, each));
      if (place === undefined) return true;
      left.delete(place);
      const { why, more } = entry;
      kept.push({ ...place, ...(why === undefined ? {} : { why }), ...(more === undefined ? {} : { more }) });
      return false;
    });
  };
  const isThere = (entry: BaselineEntry, place: TodaysPlace) =>
    entry.path === place.path && entry.kind === place.kind && entry.in === place.in;
  take((entry, place) => isThere(entry, place) && entry.text === place.text);
  // A formatter breaks long lines, and joins short ones.
  const isRead = ({ text }: BaselineEntry, place: TodaysPlace) => text !== undefined && place.reads(text);
  take((entry, place) => isThere(entry, place) && isRead(entry, place));
  // Baselines of old know no more than path and kind.
  take(
    (entry, place) =>
      entry.text === undefined &&
      entry.in === undefined &&
      entry.path === place.path &&
      entry.kind === place.kind,
  );
  take(
    (entry, place) =>
      isThere({ ...entry, path: place.path }, place) &&
      (isRead(entry, place) || (entry.text !== undefined && entry.text === place.text)) &&
      !existsSync(path.join(root, entry.path)),
  );
  for (const entry of open) if (isUnreadable(entry.path)) kept.push(entry);
  return { kept, stale: open.filter((entry) => !isUnreadable(entry.path)), fresh: [...left] };
}

/** Accepts the items of which every place has an entry in the baseline, whether listed or not. */
export function accept(
  items: readonly ItemReport[],
  today: readonly TodaysPlace[],
  { fresh, kept }: Matching,
): ItemReport[] {
  const isFresh = new Set(fresh.map((entry) => entry.path));
  const isKnown = new Set(today.map((entry) => entry.path));
  return items.map((item) => {
    if (!isKnown.has(item.path) || isFresh.has(item.path) || item.ok) return item;
    const why = kept.find((entry) => entry.path === item.path && entry.why !== undefined)?.why;
    // A tick that is not true is a fault of the guide, which no baseline excuses.
    return {
      ...item,
      accepted: true,
      ok: !item.findings.some((finding) => finding.rule === 'tick'),
      ...(why === undefined ? {} : { reason: why }),
    };
  });
}

/** Entries that stand for nothing any more: the ratchet holds only when they go. */
export function findStale(file: string, stale: readonly BaselineEntry[], commands: Commands): Finding[] {
  return stale.map(({ path: itemPath, kind, in: around, line = 1 }) => ({
    file,
    line,
    column: 1,
    rule: 'baseline' as const,
    id: 'baseline-stale',
    message: `the baseline still accepts a ${kind} in ${itemPath}${around === undefined ? '' : ` (${around})`}, which is gone`,
    fix: commands.updateBaseline(file),
  }));
}
