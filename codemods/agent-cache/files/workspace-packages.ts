import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isForeignFolder } from './excluded.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';
import { isWorkspace, manifestOf } from './packages.ts';

/** Where packages of a workspace have the source of what they publish, in the order in which it is looked for. */
const SOURCE_FOLDERS = ['src', 'lib', ''];

/** Where packages have what was built of it. */
const BUILT = /^\/?(dist|build|out|lib)\//;

/** The packages of a workspace by their names; none where the folder is no workspace. */
export function workspacePackages(root: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!isWorkspace(root)) return found;
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const { name } = manifestOf(folder);
    if (typeof name === 'string') found.set(name, folder);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !isForeignFolder(entry.name))
        pending.push(path.posix.join(folder, entry.name));
    }
  }
  return found;
}

/**
 * The source files that `@acme/fb` or `@acme/fb/make` may mean in a workspace, the likeliest first: what is published is
 * built from them. Others are meant by other conditions of `exports`.
 */
export function workspaceModules(
  specifier: string,
  packages: ReadonlyMap<string, string>,
  files: Files,
): string[] {
  const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
  const folder = packages.get(name);
  if (folder === undefined) return [];
  const inner = specifier.slice(name.length + 1);
  const sourceOf = (entry: string) => {
    const unbuilt = entry.replace(/^\.\//, '').replace(BUILT, '');
    const sources = SOURCE_FOLDERS.map((source) => path.posix.join(folder, source, unbuilt));
    return [path.posix.join(folder, entry), ...sources].flatMap((each) => probeSource(each, files) ?? [])[0];
  };
  const found = (entries: readonly string[]) => entries.flatMap((each) => sourceOf(each) ?? []);
  const exported = found(exportedAs(inner === '' ? '.' : `./${inner}`, folder, files));
  const [entry] = found(inner === '' ? [...entriesOf(folder, files), 'index'] : [inner]);
  const [first = entry] = inner === '' ? [entry, ...exported] : exported;
  return first === undefined ? [] : [...new Set([first, ...exported])];
}

/** A package of a workspace, seen from another one. */
export interface PackageView {
  name: string;
  /** Its folder. */
  folder: string;
  /** Any file of it may be imported by its path: it has no \`exports\`. */
  open: boolean;
  /** What others may write to import from it, the package's own name first. */
  specifiers: readonly string[];
}

/** The package of a workspace that a file is part of, with the specifiers by which others may get at that file. */
export function packageAround(file: string, packages: ReadonlyMap<string, string>): PackageView | undefined {
  const around = [...packages].filter(([, folder]) => file.startsWith(`${folder}/`));
  const [name, folder] = around.sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (name === undefined || folder === undefined) return undefined;
  const { exports } = manifestOf(folder);
  const paths = objectOf(exports);
  const deep = file.slice(folder.length + 1).replace(/(\/index)?\.[cm]?[jt]sx?$/, '');
  // Without `exports`, every file of a package may be named.
  const inner = exports === undefined ? [deep] : Object.keys(paths).filter((each) => each.startsWith('./'));
  return {
    name,
    folder,
    open: exports === undefined,
    specifiers: [
      name,
      ...inner
        .flatMap((each) => filled(each.replace(/^\.\//, ''), paths, deep))
        .map((each) => `${name}/${each}`),
    ],
  };
}

/** A subpath of `exports`; one with a `*` as it reads for a file, where its pattern may mean that. */
function filled(subpath: string, paths: Record<string, unknown>, deep: string): string[] {
  if (!subpath.includes('*')) return [subpath];
  return stringsIn(paths[`./${subpath}`]).flatMap((target) => {
    const plain = target.replace(/^\.\//, '').replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
    const middle =
      middleOf(plain, deep) ?? middleOf(plain.replace(BUILT, ''), deep.replace(/^(src|lib)\//, ''));
    return middle === undefined ? [] : [subpath.replace('*', () => middle)];
  });
}

/** What the `*` of a pattern stands for in a path. */
function middleOf(pattern: string, deep: string): string | undefined {
  const [before = '', after = ''] = pattern.split('*');
  const isMatch =
    deep.startsWith(before) && deep.endsWith(after) && deep.length >= before.length + after.length;
  return isMatch ? deep.slice(before.length, deep.length - after.length) : undefined;
}

/** The files that `exports` gives a subpath, by whatever condition. */
function exportedAs(subpath: string, folder: string, files: Files): string[] {
  const { exports } = files.objectAt(path.posix.join(folder, 'package.json'));
  const paths = objectOf(exports);
  if (subpath === '.' && !Object.keys(paths).some((each) => each.startsWith('.'))) return stringsIn(exports);
  if (subpath in paths) return stringsIn(paths[subpath]);
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*');
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) return [];
    const middle = subpath.slice(before.length, subpath.length - after.length);
    return stringsIn(targets).map((target) => target.replace('*', () => middle));
  });
}

/** The source of a module; what a declaration file declares, when that is what is named. */
function probeSource(modulePath: string, files: Files): string | undefined {
  const found = files.probeModule(modulePath.replace(/\.d\.([cm]?ts)$/, '.$1'));
  return found !== undefined && files.isFile(found) && !/\/(dist|build|out)\//.test(found)
    ? found
    : undefined;
}

/** The files that a package.json names as its own entry, by whatever field. */
function entriesOf(folder: string, files: Files): string[] {
  const { source, module, main, types } = files.objectAt(path.posix.join(folder, 'package.json'));
  return [source, ...exportedAs('.', folder, files), module, main, types].filter(
    (each) => typeof each === 'string',
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
