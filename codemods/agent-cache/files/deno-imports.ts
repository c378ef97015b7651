import path from 'node:path';
import { foldersAbove } from './files.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

const CONFIGS = ['deno.json', 'deno.jsonc'];

/**
 * The files that `imports` of a deno.json above a file, or of the map that it names, give specifiers, by the folder that
 * they are seen from. A specifier that ends in a slash stands for all below it.
 */
export function denoImports(file: string, files: Files): { base: string; imports: [string, string][] }[] {
  return [...foldersAbove(file)].flatMap((folder) =>
    CONFIGS.flatMap((name) => {
      const config = path.posix.join(folder, name);
      if (!files.isFile(config)) return [];
      const { imports, importMap } = files.objectAt(config);
      const map = typeof importMap === 'string' ? path.posix.resolve(folder, importMap) : undefined;
      return [
        { base: folder, imports: pathsIn(imports) },
        ...(map === undefined
          ? []
          : [{ base: path.posix.dirname(map), imports: pathsIn(files.objectAt(map).imports) }]),
      ];
    }),
  );
}

/** Those of a table that are paths, and no packages of a registry. */
function pathsIn(imports: unknown): [string, string][] {
  return Object.entries(objectOf(imports)).flatMap(([name, target]): [string, string][] =>
    typeof target === 'string' && /^\.{0,2}\//.test(target) ? [[name, target]] : [],
  );
}
