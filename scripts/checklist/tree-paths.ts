import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { toItemPath } from './item-paths.ts';

/** What stands at a path of the tree. */
export interface Place {
  kind: 'file' | 'folder' | 'other' | 'absent';
  /** The path in the tree that it leads to; starts with `../` when a link leads out of the tree. */
  real: string;
}

/** Looks at paths of a tree, through links, which the codemod itself does not follow. */
export class TreePaths {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #folders = new Map<string, string>();

  /** @param root absolute */
  constructor(root: string) {
    this.#root = root;
    this.#realRoot = realpathSync(root);
  }

  look(itemPath: string): Place {
    const absolute = path.join(this.#root, itemPath);
    const own = stats(lstatSync, absolute);
    const target = own?.isSymbolicLink() === true ? stats(statSync, absolute) : own;
    if (own === undefined || target === undefined) return { kind: 'absent', real: itemPath };
    const real =
      own === target
        ? path.join(this.#realFolder(path.dirname(absolute)), path.basename(absolute))
        : realpathSync(absolute);
    return { kind: kindOf(target), real: toItemPath(this.#realRoot, real) };
  }

  #realFolder(folder: string): string {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const real = realpathSync(folder);
    this.#folders.set(folder, real);
    return real;
  }
}

/** A file where a folder should be, or a loop of links, is as absent as nothing at all. */
function stats(look: typeof lstatSync, file: string): Stats | undefined {
  try {
    return look(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function kindOf(target: Stats): Place['kind'] {
  if (target.isFile()) return 'file';
  return target.isDirectory() ? 'folder' : 'other';
}
