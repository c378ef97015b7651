import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Prettier from 'prettier';
import type { Formatter } from './formatter.ts';
import { nearestFile } from './nearest-file.ts';

const SETTINGS = [
  '.prettierrc',
  ...['json', 'yml', 'yaml', 'json5', 'toml', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map(
    (extension) => `.prettierrc.${extension}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((extension) => `prettier.config.${extension}`),
  '.editorconfig',
];

/** Prettier as the tree around the folder has it, or ours where it has settings alone; undefined where it has none. */
export async function prettierFormatter(folder: string): Promise<Formatter | undefined> {
  if (nearestFile(folder, SETTINGS) === undefined && !isAskedForByPackage(folder)) return undefined;
  const prettier = await prettierOf(folder);
  return {
    async format(file, text) {
      const ignorePath = nearestFile(folder, ['.prettierignore']);
      const { ignored } = await prettier.getFileInfo(file, ignorePath === undefined ? {} : { ignorePath });
      if (ignored) return text;
      const settings = await prettier.resolveConfig(file, { editorconfig: true });
      // Line endings are git's business as often as the formatter's: the file keeps those that it has.
      return await prettier.format(text, { ...settings, filepath: file, endOfLine: 'auto' });
    },
  };
}

/** Whether a package.json above the folder has settings of Prettier, or names it among its dependencies. */
function isAskedForByPackage(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (existsSync(manifest) && /"prettier"\s*:/.test(readFileSync(manifest, 'utf8'))) return true;
    if (at === path.dirname(at)) return false;
  }
}

async function prettierOf(folder: string): Promise<typeof Prettier> {
  let own: string | undefined;
  try {
    own = createRequire(path.join(folder, 'package.json')).resolve('prettier');
  } catch {
    return await import('prettier');
  }
  const loaded: typeof Prettier & { default?: typeof Prettier } = await import(pathToFileURL(own).href);
  return loaded.default ?? loaded;
}
