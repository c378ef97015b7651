import { readdirSync } from 'node:fs';
import path from 'node:path';
import { absolutePath } from '../source/specifiers.ts';
import { compilerConfig } from './compiler-config.ts';
import { isFile } from './files.ts';
import { filesNow } from './files-once.ts';

/**
 * Tells the JavaScript that the TypeScript compiler wrote: what lies in the `outDir` of the nearest tsconfig, unless
 * that holds the tsconfig too, as where files are compiled in place. An `outDir` above `given` does not count, since
 * somebody names it all the same.
 */
export function buildOutput(given: string): (file: string) => boolean {
  const folder = absolutePath(given);
  const known = new Map<string, readonly string[]>();
  const outputsFor = (below: string): readonly string[] => {
    const present = known.get(below);
    if (present) return present;
    const parent = path.posix.dirname(below);
    const found = hasConfig(below) ? outputFolders(below) : parent === below ? [] : outputsFor(parent);
    known.set(below, found);
    return found;
  };
  return (file) => {
    if (!/\.[cm]?jsx?$/.test(file)) return false;
    const absolute = absolutePath(file);
    return outputsFor(path.posix.dirname(absolute)).some(
      (output) => isBelow(absolute, output) && output !== folder && !isBelow(folder, output),
    );
  };
}

function hasConfig(folder: string): boolean {
  return isFile(path.posix.join(folder, 'tsconfig.json'));
}

/** The `outDir` of every `tsconfig*.json` of a folder, outside of which the folder itself lies. */
function outputFolders(folder: string): string[] {
  const configs = readdirSync(folder).filter((name) => /^tsconfig(\.[\w-]+)?\.json$/.test(name));
  const outputs = configs.flatMap(
    (name) => compilerConfig(path.posix.join(folder, name), (file) => filesNow.objectAt(file)).outDir ?? [],
  );
  return outputs.filter((output) => output !== folder && !isBelow(folder, output));
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}
