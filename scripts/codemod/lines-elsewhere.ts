import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type LineNow, movedLines } from './moved-lines.ts';
import type { PlaceReport, SettledFile } from './report.ts';

const ELSEWHERE = /\bline (\d+) of (\S+\.[cm]?[jt]sx?)\b/g;

/**
 * The files of a run with the reasons of their places as they are to be printed: what those say of lines in other
 * files that were written is where it is now.
 */
export async function withLinesElsewhere(files: readonly SettledFile[]): Promise<SettledFile[]> {
  const lines = new Map<SettledFile, LineNow>();
  const printed: SettledFile[] = [];
  for (const file of files) {
    const places = file.placesNow ?? file.occurrences;
    for (const { reason } of places)
      for (const [, , shown = ''] of reason?.matchAll(ELSEWHERE) ?? []) {
        const named = writtenAs(shown, file, files);
        if (named?.textRead === undefined || lines.has(named)) continue;
        lines.set(named, await movedLines(named.textRead, readFileSync(named.path, 'utf8')));
      }
    printed.push({ ...file, placesNow: places.map((place) => moved(place, file, files, lines)) });
  }
  return printed;
}

function moved(
  place: PlaceReport,
  file: SettledFile,
  files: readonly SettledFile[],
  lines: ReadonlyMap<SettledFile, LineNow>,
): PlaceReport {
  const reason = place.reason?.replace(ELSEWHERE, (all, line: string, shown: string) => {
    const named = writtenAs(shown, file, files);
    const now = named && lines.get(named);
    return now ? `line ${now(Number(line))} of ${shown}` : all;
  });
  return reason === undefined ? place : { ...place, reason };
}

/** The written file that a message about another one shows: of several, the one that is nearest to that. */
function writtenAs(shown: string, near: SettledFile, files: readonly SettledFile[]): SettledFile | undefined {
  const own = path.resolve(near.path);
  const named = files
    .filter((file) => file.textRead !== undefined && file !== near)
    .map((file) => ({ file, full: path.resolve(file.path).split(path.sep).join('/') }))
    .filter(({ full }) => full.endsWith(`/${shown}`));
  return named.sort((a, b) => sharedLength(own, b.full) - sharedLength(own, a.full))[0]?.file;
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
