import { resolve } from 'node:path';
import { UsageError } from '../cli/usage-error.ts';
import type { TodaysPlace } from './accepted-places.ts';
import { accept, findStale, match } from './apply-baseline.ts';
import { type Baseline, type BaselineEntry, readBaseline, writeBaseline } from './baseline.ts';
import type { Commands } from './commands.ts';
import { toItemPath } from './item-paths.ts';
import type { ChecklistOptions } from './options.ts';
import type { Finding, ItemReport } from './report.ts';

type Options = Pick<ChecklistOptions, 'root' | 'baseline' | 'updateBaseline' | 'mergeBaseline' | 'accept'>;

/**
 * Reads the baseline that a run asks for.
 *
 * @throws UsageError when it is not there and nobody starts one
 */
export function readAccepted(options: Options): Baseline | undefined {
  const { root, baseline: file, updateBaseline, mergeBaseline } = options;
  if (file === undefined) return undefined;
  const read = readBaseline(root, file, updateBaseline || mergeBaseline);
  if (read === undefined && !updateBaseline && options.accept === undefined)
    throw new UsageError(`there is no baseline ${file}: start one with --update-baseline`);
  return read;
}

export interface Ratchet {
  items: ItemReport[];
  findings: Finding[];
}

/** Holds the items against the baseline, and writes it where that was asked for. */
export function turnRatchet(
  options: Options,
  baseline: Baseline | undefined,
  items: readonly ItemReport[],
  today: readonly TodaysPlace[],
  isUnreadable: (file: string) => boolean,
  commands: Commands,
): Ratchet {
  const { root, baseline: file, updateBaseline, mergeBaseline } = options;
  if (file === undefined) return { items: [...items], findings: [] };
  const entries = baseline?.entries ?? (updateBaseline ? [...today] : []);
  const matching = match(root, entries, today, isUnreadable);
  const added = options.accept === undefined ? [] : accepted(root, options.accept, matching.fresh);
  const fresh = matching.fresh.filter((place) => !added.some((each) => each.place === place));
  const kept = [...matching.kept, ...added.map(({ entry }) => entry)];
  const drops = updateBaseline || mergeBaseline;
  if (drops || added.length > 0)
    writeBaseline(root, file, drops ? kept : [...kept, ...matching.stale], baseline);
  return {
    items: accept(items, today, { ...matching, kept, fresh }),
    findings: drops ? [] : findStale(file, matching.stale, commands),
  };
}

/** The places of a path (`src/a.ts`, or one of it, `src/a.ts:12`) that are accepted from now on. */
function accepted(
  root: string,
  { path, why }: { path: string; why: string },
  fresh: readonly TodaysPlace[],
): { place: TodaysPlace; entry: BaselineEntry }[] {
  const [, file = path, line] = /^(.*?)(?::(\d+)(?::\d+)?)?$/.exec(path) ?? [];
  const named = toItemPath(root, resolve(root, file.replaceAll('\\', '/')));
  const places = fresh.filter(
    (place) => place.path === named && (line === undefined || place.line === Number(line)),
  );
  if (places.length === 0)
    throw new UsageError(`--accept ${path}: nothing there is left to accept; a report names what is`);
  return places.map((place) => ({ place, entry: { ...place, why } }));
}
