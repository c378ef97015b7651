import { readdirSync } from 'node:fs';
import path from 'node:path';
import { hasCommands, holdsCommands } from './command-files.ts';
import { hasSourceInside, isForeignFolder, isSource, mayBeScript } from './excluded.ts';
import { isOwnPackage } from './packages.ts';

/** A source file, tests, components with a script and files of commands included, and the folder of the package that it belongs to. */
export interface PackageSource {
  file: string;
  packageFolder: string;
}

/**
 * The source files below a folder, tests included. Packages below it are other packages, and are left out unless
 * `entersPackage` says that they matter: a stray package.json far above would make the whole disk one package.
 */
export function* sourcesBelow(
  folder: string,
  entersPackage: (folder: string) => boolean = () => false,
  packageFolder = folder,
): Iterable<PackageSource> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const isOther =
    folder !== packageFolder &&
    isOwnPackage(
      folder,
      entries.map(({ name }) => name),
    );
  if (isOther && !entersPackage(folder)) return;
  const own = isOther ? folder : packageFolder;
  for (const entry of entries) {
    const full = path.posix.join(folder, entry.name);
    if (entry.isDirectory() && (!isForeignFolder(entry.name) || holdsCommands(entry.name)))
      yield* sourcesBelow(full, entersPackage, own);
    else if (entry.isFile() && isRead(entry.name, folder)) yield { file: full, packageFolder: own };
  }
}

function isRead(name: string, folder: string): boolean {
  return isSource(name) || hasSourceInside(name) || hasCommands(name) || mayBeScript(name, folder);
}
