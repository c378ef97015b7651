import path from 'node:path';
import { catalogRange, yamlAt } from './catalogs.ts';
import { DEPENDENCIES } from './explained-specifiers.ts';
import { foldersAbove } from './files.ts';
import { repositoryOf } from './git.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

/** `workspace:@shop/core@*`, `npm:@shop/core@^1.0.0`, `npm:@shop/core`: a package by another name. */
const BY_NAME = /^(?:workspace|npm):((?:@[\w.~-]+\/)?[\w.~-]+)(?:@|$)/;
/** `file:../core`, `file:packages/core`, `link:../core`, `portal:../core`, `workspace:../core`: a package by its folder. */
const BY_FOLDER = /^(?:(?:file|link|portal):(?:\/\/)?(.+)|(?:workspace:)?(\.{1,2}(?:\/.*)?|\/.*))$/;
/** What an override is about: `core`, `@shop/core@1`, `@shop/api>@shop/core`, `**\/core`. */
const ABOUT = /((?:@[^/@>]+\/)?[^/@>]+)(?:@[^/>]*)?$/;

/**
 * The packages that a package knows by names of its own, with their folders: what its package.json, or one above it,
 * lists under another name, or by a folder, and what the root of its workspace puts in the place of what is asked for.
 * @param root the folder of its workspace, or its own
 * @param packages those of the workspace, by their names
 */
export function linkedPackages(
  folder: string,
  root: string,
  packages: ReadonlyMap<string, string>,
  files: Files,
): Map<string, string> {
  const top = repositoryOf(folder) ?? root;
  const linked = new Map<string, string>();
  const seen = new Set<string>();
  const note = (name: string, asked: string, base: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const target = folderOf(asked, base, packages);
    if (target !== undefined && files.isFile(path.posix.join(target, 'package.json')))
      linked.set(name, target);
  };
  for (const [key, asked] of overridesOf(root, files)) {
    const name = ABOUT.exec(key)?.[1];
    if (name !== undefined) note(name, asked, root);
  }
  for (const each of foldersAbove(path.posix.join(folder, 'package.json'))) {
    for (const [name, asked] of listedIn(each, files)) {
      const range = asked.startsWith('catalog:') ? (catalogRange(asked, name, each) ?? asked) : asked;
      note(name, range, range === asked ? each : root);
    }
    if (each === top) break;
  }
  return linked;
}

/** The folder that a dependency is asked for by; undefined for one that is asked for by a range. */
function folderOf(asked: string, base: string, packages: ReadonlyMap<string, string>): string | undefined {
  const [, linked, other = linked] = BY_FOLDER.exec(asked) ?? [];
  if (other !== undefined) return path.posix.resolve(base, other);
  const [, name] = BY_NAME.exec(asked) ?? [];
  return name === undefined ? undefined : packages.get(name);
}

function listedIn(folder: string, files: Files): [string, string][] {
  const manifest = files.objectAt(path.posix.join(folder, 'package.json'));
  return DEPENDENCIES.flatMap((kind) => textsIn(objectOf(manifest[kind])));
}

/** What the root of a workspace puts in the place of dependencies: `overrides` of npm, pnpm and Bun, `resolutions` of Yarn. */
function overridesOf(root: string, files: Files): [string, string][] {
  const manifest = files.objectAt(path.posix.join(root, 'package.json'));
  const asked = new Map(listedIn(root, files));
  const tables = [
    manifest.overrides,
    manifest.resolutions,
    objectOf(manifest.pnpm).overrides,
    yamlAt(path.posix.join(root, 'pnpm-workspace.yaml')).overrides,
  ];
  return tables
    .flatMap((table) => textsIn(objectOf(table)))
    .flatMap(([key, value]): [string, string][] => {
      // `$core` is what the root itself asks for.
      const range = value.startsWith('$') ? asked.get(value.slice(1)) : value;
      return range !== undefined && folderOf(range, root, new Map([[nameIn(range), root]])) !== undefined
        ? [[key, range]]
        : [];
    });
}

function nameIn(asked: string): string {
  return BY_NAME.exec(asked)?.[1] ?? '';
}

/** The texts of a table, and of those in it. */
function textsIn(table: Record<string, unknown>): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[key, value]] : textsIn(objectOf(value)),
  );
}
