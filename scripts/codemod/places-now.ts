import { readFileSync } from 'node:fs';
import type { Place } from '../../codemods/agent-cache/reasons/reason.ts';
import { type LineNow, movedLines } from './moved-lines.ts';
import { absolutePath, explainedPlace, type FileReport, type SettledFile } from './report.ts';

/**
 * The files of a run with the places that are left as they stand in the texts that were written: edits move lines, and a
 * person looks for a place, and for what its reason names, in the new texts.
 */
export async function placesNow(files: readonly SettledFile[]): Promise<FileReport[]> {
  const lineNow = await linesNow(files);
  return files.map((file) => {
    const own = absolutePath(file.path);
    const lineOf = (place: Pick<Place, 'file' | 'line'>) =>
      lineNow.get(place.file)?.(place.line) ?? place.line;
    const occurrences = file.occurrences.map((each) => {
      if (each.action !== 'manual') return explainedPlace(each, { file: own });
      return explainedPlace({ ...each, line: lineOf({ file: own, line: each.line }) }, { file: own, lineOf });
    });
    const notes = file.notes?.map((note) => ({ ...note, line: lineOf({ file: own, line: note.line }) }));
    return { path: file.path, status: file.status, occurrences, ...(notes ? { notes } : {}) };
  });
}

/** Compares the written files that a place which is left stands in or speaks of with what they were. */
async function linesNow(files: readonly SettledFile[]): Promise<ReadonlyMap<string, LineNow>> {
  const named = new Set(files.flatMap(filesNamed));
  const lines = new Map<string, LineNow>();
  for (const { path, textRead } of files) {
    if (textRead === undefined || !named.has(absolutePath(path))) continue;
    lines.set(absolutePath(path), await movedLines(textRead, readFileSync(path, 'utf8')));
  }
  return lines;
}

function filesNamed({ path, occurrences, notes = [] }: SettledFile): string[] {
  const left = occurrences.filter(({ action }) => action === 'manual');
  const elsewhere = left.flatMap((each) => each.left?.at ?? []).map(({ file }) => file);
  return left.length + notes.length > 0 ? [absolutePath(path), ...elsewhere] : [];
}
