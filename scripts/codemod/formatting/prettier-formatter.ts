import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Prettier from 'prettier';
import type { Formatter } from './formatter.ts';
import type { NearestFile } from './nearest-file.ts';

const SETTINGS = [
  '.prettierrc',
  ...['json', 'yml', 'yaml', 'json5', 'toml', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map(
    (extension) => `.prettierrc.${extension}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((extension) => `prettier.config.${extension}`),
  '.editorconfig',
];

/** Prettier as the tree around the folder has it, or ours where it has settings alone; undefined where it has none. */
export function prettierFormatter(folder: string, nearestFile: NearestFile): Formatter | undefined {
  if (nearestFile(folder, SETTINGS) === undefined && !isAskedForByPackage(folder, nearestFile))
    return undefined;
  const prettier = prettierOf(folder);
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
function isAskedForByPackage(folder: string, nearestFile: NearestFile): boolean {
  const manifest = nearestFile(folder, ['package.json']);
  if (manifest === undefined) return false;
  if (/"prettier"\s*:/.test(readFileSync(manifest, 'utf8'))) return true;
  const above = path.dirname(path.dirname(manifest));
  return above !== path.dirname(manifest) && isAskedForByPackage(above, nearestFile);
}

function prettierOf(folder: string): typeof Prettier {
  const require = createRequire(import.meta.url);
  try {
    return require(createRequire(path.join(folder, 'package.json')).resolve('prettier'));
  } catch {
    return require('prettier');
  }
}
