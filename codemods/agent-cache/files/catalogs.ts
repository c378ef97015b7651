import path from 'node:path';
import { parse } from 'yaml';
import { foldersAbove, readText } from './files.ts';
import { objectOf } from './json-with-comments.ts';
import { manifestOf } from './packages.ts';

/**
 * The range that `catalog:` or `catalog:name` stands for in a package: of pnpm (pnpm-workspace.yaml), Yarn
 * (.yarnrc.yml) or Bun (`workspaces` of a package.json), in its folder or the nearest one above that has the catalog.
 * Undefined where nobody lists the package in it.
 */
export function catalogRange(reference: string, dependency: string, folder: string): string | undefined {
  const name = reference.slice('catalog:'.length).trim() || 'default';
  for (const above of foldersAbove(path.posix.join(folder, 'package.json'))) {
    for (const holder of holdersIn(above)) {
      const range = entriesOf(holder, name)[dependency];
      if (typeof range === 'string') return range;
    }
  }
  return undefined;
}

/** What may hold catalogs in a folder, each with `catalog` and `catalogs`. */
function holdersIn(folder: string): Record<string, unknown>[] {
  const manifest = manifestOf(folder);
  const files = ['pnpm-workspace.yaml', '.yarnrc.yml'].map((name) => yamlAt(path.posix.join(folder, name)));
  return [...files, objectOf(manifest.workspaces), manifest];
}

function entriesOf({ catalog, catalogs }: Record<string, unknown>, name: string): Record<string, unknown> {
  const named = objectOf(objectOf(catalogs)[name]);
  return name === 'default' ? { ...named, ...objectOf(catalog) } : named;
}

/** A YAML file as an object; empty where there is none, or where it is malformed. */
export function yamlAt(file: string): Record<string, unknown> {
  const text = readText(file);
  if (text === undefined) return {};
  try {
    return objectOf(parse(text));
  } catch {
    return {};
  }
}
