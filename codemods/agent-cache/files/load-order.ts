import path from 'node:path';
import { type Load, loadedModules } from '../source/loaded-modules.ts';
import { importedModules } from '../source/imported-modules.ts';
import { isExplained } from './explained-specifiers.ts';
import { filesNow } from './files-once.ts';
import { readText } from './files.ts';

/** What loads what, and when, among the files of a service, as far as a module is concerned that patches its routers. */
export class LoadOrder {
  readonly #module: string;
  readonly #files: ReadonlySet<string>;
  readonly #loads = new Map<string, readonly Load[]>();
  readonly #early = new Map<string, ReadonlySet<string>>();
  #led: ReadonlySet<string> | undefined;

  constructor(module: string, files: readonly string[]) {
    this.#module = module;
    this.#files = new Set(files);
  }

  /** What a file loads, first things first. */
  #of(file: string): readonly Load[] {
    const known = this.#loads.get(file) ?? loadedModules(file, readText(file) ?? '');
    this.#loads.set(file, known);
    return known;
  }

  isLoadedBy(file: string): boolean {
    if (!(readText(file) ?? '').includes(this.#module)) return false;
    return this.#of(file).some((load) => this.#isIt(load));
  }

  /** Whether another file names it, by a relative path, or as an alias may. */
  isLed(file: string): boolean {
    this.#led ??= new Set([...this.#files].flatMap((from) => this.#ledFrom(from)));
    return this.#led.has(file) || this.#led.has(nameOf(file));
  }

  #ledFrom(file: string): string[] {
    return named(file).flatMap((each) =>
      each.startsWith('.') ? this.#targets(file, each) : isUnknown(each, file) ? nameOf(each) : [],
    );
  }

  /** Whether a file names other parts of the service, or makes a server itself. */
  loadsParts(file: string): boolean {
    return named(file).some((each) => /^\.|^express$/.test(each));
  }

  /** Whether a start has the routes of a file made before the module is there. */
  isTooLate(start: string, file: string): boolean {
    const early = this.#early.get(start) ?? this.#earlyFrom(start);
    this.#early.set(start, early);
    return early.has(file);
  }

  /** The files that ask Express for routers before the module is there, with all that these load. */
  #earlyFrom(start: string): ReadonlySet<string> {
    const seen = new Set<string>();
    const early = new Set<string>();
    let isThere = false;
    // What an alias leads to may make all of the routes.
    let isUnsure = false;
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      let isBehindRoutes = false;
      for (const load of this.#of(file)) {
        if (this.#isIt(load)) {
          isBehindRoutes ||= !isThere && load.isBehindRoutes;
          isThere = true;
        } else if (isUnknown(load.specifier, file)) isUnsure = true;
        else for (const target of this.#targets(file, load.specifier)) visit(target);
        if (isThere) break;
      }
      const asks = this.#of(file).some(({ specifier }) => specifier === 'express');
      if (asks && (!isThere || isBehindRoutes)) this.#addWithLoaded(file, early);
    };
    visit(start);
    return isUnsure ? this.#files : early;
  }

  #addWithLoaded(file: string, found: Set<string>): void {
    if (found.has(file)) return;
    found.add(file);
    for (const each of this.#targetsOf(file)) this.#addWithLoaded(each, found);
  }

  #isIt({ specifier, waits }: Load): boolean {
    return specifier === this.#module && waits;
  }

  #targetsOf(file: string): string[] {
    return this.#of(file).flatMap(({ specifier }) => this.#targets(file, specifier));
  }

  #targets(from: string, specifier: string): string[] {
    if (!specifier.startsWith('.')) return [];
    const stem = path.posix.join(path.posix.dirname(from), specifier);
    const bare = stem.replace(/\.[cm]?jsx?$/, '');
    const endings = ['', '.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];
    const names = [stem, bare, `${stem}/index`].flatMap((each) => endings.map((ending) => each + ending));
    const found = names.find((each) => this.#files.has(each) && each !== from);
    return found === undefined ? [] : [found];
  }
}

function named(file: string): string[] {
  return importedModules(readText(file) ?? '');
}

/** Whether nothing tells what a module is: an alias of the tree, and no package that it lists. */
function isUnknown(specifier: string, file: string): boolean {
  return !specifier.startsWith('.') && !isExplained(specifier, file, filesNow);
}

/** What a module is called, or the folder of which it is the index. */
function nameOf(modulePath: string): string {
  const stem = modulePath.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return path.posix.basename(stem);
}
