import { readdirSync } from 'node:fs';
import path from 'node:path';
import { toPosix } from '../source/specifiers.ts';
import { isFile, readText } from './files.ts';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';

/**
 * Tells the JavaScript that the TypeScript compiler wrote: what lies in the `outDir` of the nearest tsconfig, unless
 * that holds the tsconfig too, as where files are compiled in place. An `outDir` above `given` does not count, since
 * somebody names it all the same.
 */
export function buildOutput(given: string): (file: string) => boolean {
  const folder = toPosix(path.resolve(given));
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
    const absolute = toPosix(path.resolve(file));
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
  const outputs = configs.flatMap((name) => outDirOf(path.posix.join(folder, name), folder, 8) ?? []);
  return outputs.filter((output) => output !== folder && !isBelow(folder, output));
}

/** `leaf` is the folder of the config that extends this one, which a config may call `${configDir}`. */
function outDirOf(config: string, leaf: string, depth: number): string | undefined {
  const parsed = objectOf(parseJsonWithComments(readText(config) ?? ''));
  const { outDir } = objectOf(parsed.compilerOptions);
  const folder = path.posix.dirname(config);
  if (typeof outDir === 'string') return path.posix.resolve(folder, outDir.replace(/^\$\{configDir\}/, leaf));
  for (const parent of [parsed.extends].flat()) {
    if (typeof parent !== 'string' || !parent.startsWith('.') || depth === 0) continue;
    const file = [parent, `${parent}.json`].map((name) => path.posix.join(folder, name)).find(isFile);
    const inherited = file && outDirOf(file, leaf, depth - 1);
    if (inherited) return inherited;
  }
  return undefined;
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}
