import { existsSync } from 'node:fs';
import path from 'node:path';

/** The first of the names that is found in the folder or, one by one, in those above it; undefined for none. */
export function nearestFile(folder: string, names: readonly string[]): string | undefined {
  const found = names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
  const parent = path.dirname(folder);
  return found ?? (parent === folder ? undefined : nearestFile(parent, names));
}
