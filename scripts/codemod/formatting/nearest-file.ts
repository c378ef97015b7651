import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Finds the first of some names in a folder or, one by one, in those above it; undefined for none. */
export type NearestFile = (folder: string, names: readonly string[]) => string | undefined;

/** Creates a search that reads each folder once: a run asks for every folder in which it writes. */
export function createNearestFile(): NearestFile {
  const folders = new Map<string, ReadonlySet<string>>();
  const nearestFile: NearestFile = (folder, names) => {
    const present = folders.get(folder) ?? namesIn(folder);
    folders.set(folder, present);
    const found = names.find((name) => present.has(name));
    if (found !== undefined) return path.join(folder, found);
    const parent = path.dirname(folder);
    return parent === folder ? undefined : nearestFile(parent, names);
  };
  return nearestFile;
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}
