import path from 'node:path';
import { DEPENDENCIES } from './explained-specifiers.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

/** `workspace:@shop/core@*`, `npm:@shop/core@^1.0.0`: a package by another name. */
const BY_NAME = /^(?:workspace|npm):((?:@[\w.~-]+\/)?[\w.~-]+)@/;
/** `file:../core`, `link:../core`, `portal:../core`, `workspace:../core`: a package by its folder. */
const BY_FOLDER = /^(?:file|link|portal|workspace):(\.{1,2}(?:\/.*)?|\/.*)$/;

/**
 * The packages that a package knows by names of its own, with their folders: what its package.json lists under another
 * name, or by a folder.
 * @param packages those of the workspace, by their names
 */
export function linkedPackages(
  folder: string,
  packages: ReadonlyMap<string, string>,
  files: Files,
): Map<string, string> {
  const manifest = files.objectAt(path.posix.join(folder, 'package.json'));
  const linked = new Map<string, string>();
  for (const [name, asked] of DEPENDENCIES.flatMap((kind) => Object.entries(objectOf(manifest[kind])))) {
    if (typeof asked !== 'string') continue;
    const [, other] = BY_NAME.exec(asked) ?? [];
    const [, way] = BY_FOLDER.exec(asked) ?? [];
    const target =
      way === undefined
        ? other === undefined
          ? undefined
          : packages.get(other)
        : path.posix.resolve(folder, way);
    if (target !== undefined && files.isFile(path.posix.join(target, 'package.json')))
      linked.set(name, target);
  }
  return linked;
}
