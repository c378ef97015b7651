import path from 'node:path';
import { importedModules } from '../source/imported-modules.ts';
import { isMigratableFile } from './excluded.ts';
import { readText } from './files.ts';
import { sourcesBelow } from './sources-below.ts';

type Resolve = (file: string, specifier: string) => string | undefined;

/**
 * Which source files below a folder name which modules, tests included. Reads each file once, at the first question;
 * a file that is written later may be named although it no longer imports anything.
 */
export class ImportIndex {
  readonly #root: string;
  readonly #resolve: Resolve;
  readonly #entersPackage: (folder: string) => boolean;
  /** The files by the last name of the modules that they name by a path. */
  #byName: Map<string, Set<string>> | undefined;
  /** The files by their package and the modules that they name by anything else: packages, and aliases of the tree. */
  readonly #byAlias = new Map<string, Set<string>>();
  readonly #aliasTargets = new Map<string, string | undefined>();

  /** @param entersPackage whether a package below the folder belongs to it */
  constructor(root: string, resolve: Resolve, entersPackage: (folder: string) => boolean) {
    this.#root = root;
    this.#resolve = resolve;
    this.#entersPackage = entersPackage;
  }

  /** The files that import a file directly. */
  importersOf(target: string): string[] {
    const byName = this.#read();
    const found = new Set<string>();
    for (const name of namesOf(target)) {
      for (const file of byName.get(name) ?? []) {
        const specifiers = importedModules(readText(file) ?? '').filter((each) => each.startsWith('.'));
        if (specifiers.some((each) => this.#resolve(file, each) === target)) found.add(file);
      }
    }
    for (const [alias, files] of this.#byAlias) {
      if (this.#aliasTarget(alias, files) === target) for (const file of files) found.add(file);
    }
    found.delete(target);
    return [...found].sort();
  }

  /** An alias means the same everywhere in a package. */
  #aliasTarget(alias: string, files: ReadonlySet<string>): string | undefined {
    const [first] = files;
    if (!this.#aliasTargets.has(alias)) {
      const specifier = alias.slice(alias.indexOf('\n') + 1);
      this.#aliasTargets.set(alias, first === undefined ? undefined : this.#resolve(first, specifier));
    }
    return this.#aliasTargets.get(alias);
  }

  #read(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#byName) return this.#byName;
    const byName = new Map<string, Set<string>>();
    this.#byName = byName;
    for (const { file, packageFolder } of sourcesBelow(this.#root, this.#entersPackage)) {
      for (const specifier of importedModules(readText(file) ?? '')) {
        if (specifier.startsWith('.')) add(byName, lastName(specifier), file);
        else if (!specifier.startsWith('node:')) add(this.#byAlias, `${packageFolder}\n${specifier}`, file);
      }
    }
    return byName;
  }
}

function add(files: Map<string, Set<string>>, key: string, file: string): void {
  const present = files.get(key);
  if (present) present.add(file);
  // A copy of its own: a part of a text would keep the whole text in memory.
  else files.set(Buffer.from(key).toString(), new Set([file]));
}

/** The source files below `root` that contain a name as a word; tests do not count. */
export function findMentions(name: string, root: string): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  const sources = [...sourcesBelow(root)].map(({ file }) => file);
  return sources.filter((file) => {
    if (!isMigratableFile(path.posix.basename(file))) return false;
    const text = readText(file) ?? '';
    return text.includes(name) && word.test(text);
  });
}

/** What an import of the file ends in: its name, or its folder's when it is an index. */
function namesOf(file: string): string[] {
  const name = lastName(file);
  // `import '.'` and `import '..'` name neither.
  return name === 'index' ? [name, path.posix.basename(path.posix.dirname(file)), '.', '..', ''] : [name];
}

function lastName(modulePath: string): string {
  return modulePath.slice(modulePath.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
}
