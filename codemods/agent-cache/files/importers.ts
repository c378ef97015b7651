import path from 'node:path';
import { hasCommands } from './command-files.ts';
import type { PackageSource } from './sources-below.ts';

/** The importers of each file that namings lead to, and those that lead to none. */
interface Led {
  importers: ReadonlyMap<string, ReadonlySet<string>>;
  nowhere: readonly Naming[];
}

/** Where a specifier leads from a file. */
interface Leads {
  resolve(file: string, specifier: string): string | undefined;
  /** What else it means where other conditions hold. */
  otherwise(file: string, specifier: string): readonly string[];
}

/** A file, and a module that it names. */
export interface Naming {
  file: string;
  specifier: string;
}

/**
 * Which source files name which modules, tests included. Reads each file once, at the first question; a file that is
 * written later may be named although it no longer imports anything.
 */
export class ImportIndex {
  readonly #sources: () => Iterable<PackageSource>;
  readonly #modulesOf: (file: string) => readonly string[];
  readonly #leads: Leads;
  /** By the last name of the modules that files name by a path. */
  #byName: Map<string, Naming[]> | undefined;
  /** By the package and the modules that files name by anything else: packages, and aliases of the tree. */
  readonly #byAlias = new Map<string, Naming[]>();
  /** The same by the last name of those modules. */
  readonly #aliasesByName = new Map<string, Naming[][]>();
  /** Where the names of one group lead, once that is asked. */
  readonly #resolved = new Map<string, Led>();
  #otherwise: ReadonlyMap<string, Naming[]> | undefined;

  constructor(
    sources: () => Iterable<PackageSource>,
    modulesOf: (file: string) => readonly string[],
    leads: Leads,
  ) {
    this.#sources = sources;
    this.#modulesOf = modulesOf;
    this.#leads = leads;
  }

  /** The files that import a file directly. */
  importersOf(target: string): string[] {
    const byName = this.#index();
    const groups = [
      ...namesOf(target).map((name) => this.#led(`by ${name}`, () => byName.get(name) ?? [])),
      this.#led('alias', () => this.#aliases()),
    ];
    const found = new Set(groups.flatMap(({ importers }) => [...(importers.get(target) ?? [])]));
    found.delete(target);
    return [...found].sort();
  }

  /**
   * The imports that may mean a file: those that end as one of it would, lead to no file at all and are not explained, and
   * those that mean it by other conditions than the ones by which they are followed.
   */
  unsure(target: string, isExplained: (naming: Naming) => boolean): Naming[] {
    const nowhere = this.#unresolved(target).filter((each) => !isExplained(each));
    return [...nowhere, ...(this.#meantOtherwise().get(target) ?? [])];
  }

  #meantOtherwise(): ReadonlyMap<string, Naming[]> {
    if (this.#otherwise) return this.#otherwise;
    this.#index();
    const found = new Map<string, Naming[]>();
    this.#otherwise = found;
    for (const namings of this.#byAlias.values()) {
      const [first] = namings;
      for (const target of first ? this.#leads.otherwise(first.file, first.specifier) : [])
        found.set(target, [...(found.get(target) ?? []), ...namings]);
    }
    return found;
  }

  #unresolved(target: string): Naming[] {
    const byName = this.#index();
    const names = namesOf(target);
    const aliases = (name: string) => (this.#aliasesByName.get(name) ?? []).flat();
    return [
      ...names.map((name) => this.#led(`by ${name}`, () => byName.get(name) ?? [])),
      ...names.map((name) => this.#led(`alias of ${name}`, () => aliases(name))),
    ]
      .flatMap(({ nowhere }) => nowhere)
      .filter(({ file }) => file !== target && !hasCommands(path.posix.basename(file)));
  }

  #led(group: string, namings: () => readonly Naming[]): Led {
    const present = this.#resolved.get(group);
    if (present) return present;
    const importers = new Map<string, Set<string>>();
    const nowhere: Naming[] = [];
    for (const naming of namings()) {
      const target = this.#leads.resolve(naming.file, naming.specifier);
      if (target === undefined) nowhere.push(naming);
      else importers.set(target, (importers.get(target) ?? new Set()).add(naming.file));
    }
    const led = { importers, nowhere };
    this.#resolved.set(group, led);
    return led;
  }

  /** An alias means the same everywhere in a package: what leads nowhere from one of its files does so from all. */
  #aliases(): Naming[] {
    return [...this.#byAlias.values()].flatMap((namings) => {
      const [first] = namings;
      const target = first && this.#leads.resolve(first.file, first.specifier);
      return target === undefined ? [] : namings;
    });
  }

  #index(): ReadonlyMap<string, Naming[]> {
    if (this.#byName) return this.#byName;
    const byName = new Map<string, Naming[]>();
    this.#byName = byName;
    for (const { file, packageFolder } of this.#sources()) {
      for (const specifier of this.#modulesOf(file)) {
        if (specifier.startsWith('.')) {
          add(byName, lastName(specifier), { file, specifier });
          // Commands run where their package is.
          if (hasCommands(path.posix.basename(file)))
            add(byName, lastName(specifier), {
              file,
              specifier: path.posix.join(packageFolder, specifier),
            });
        }
        if (!specifier.startsWith('.') && !specifier.startsWith('node:'))
          add(this.#byAlias, `${packageFolder}\n${specifier}`, { file, specifier });
      }
    }
    for (const namings of this.#byAlias.values()) {
      const name = lastName(namings[0]?.specifier ?? '');
      const present = this.#aliasesByName.get(name);
      if (present) present.push(namings);
      else this.#aliasesByName.set(name, [namings]);
    }
    return byName;
  }
}

function add(groups: Map<string, Naming[]>, key: string, { file, specifier }: Naming): void {
  const present = groups.get(key);
  // Copies of their own: a part of a text would keep the whole text in memory.
  if (present)
    present.push({
      file,
      specifier: present[0]?.specifier === specifier ? present[0].specifier : copyOf(specifier),
    });
  else groups.set(copyOf(key), [{ file, specifier: copyOf(specifier) }]);
}

function copyOf(text: string): string {
  return Buffer.from(text).toString();
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
