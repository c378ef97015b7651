import path from 'node:path';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import type { Place } from '../reasons/reason.ts';
import {
  fileOfKey,
  type FileRecord,
  type ImportedUse,
  keyOf,
  type Position,
  recordOf,
} from './file-record.ts';
import { filesAround, type FilesAround } from './reaching-files.ts';
import { type UnexplainedUse, unexplainedUseOf } from '../survey/modules/unexplained-use.ts';

/** Where a factory is used in a way that keeps it from giving a promise. */
export interface BlockingUse {
  at: Place;
  /** The file is not among those that the run migrates. */
  isLeftOut: boolean;
}

/** What other files make of a factory. */
export interface FactoryImporters {
  /** The files whose calls of it have to be rewritten before it may give a promise. */
  following: string[];
  blocking: BlockingUse | undefined;
  /** A place of which nothing tells whether it uses the factory. */
  unexplained?: UnexplainedUse;
}

/** A factory stays for what is seen of itself, for one that is built of it, or for one that it is built of. */
export type Kept = 'itself' | 'above' | 'below';

/** A factory of the project, in the graph over which being kept spreads. */
interface Node {
  /** Why it stays as it is. */
  kept: Kept | undefined;
  /** The factories that it is built of: they stay where it does. */
  builtOf: Node[];
  /** The factories that wait for it from then on: they stay where it does, if it gives its agent at once. */
  waiting: Node[];
  async: boolean;
  waits: boolean;
}

type Uses = readonly (readonly [importer: string, use: ImportedUse | undefined])[];

const settlements = new WeakMap<Project, Settlement>();

/**
 * What the files that can reach an exported factory make of it, by whatever import and behind whatever barrel. The
 * first use that cannot follow when the factory gives a promise blocks it.
 * @param file absolute, with forward slashes
 */
export function importersOfFactory(
  file: string,
  name: string,
  project: Project,
  options: CodemodOptions,
): FactoryImporters {
  return settlementOf(project, options).importersOf(file, name);
}

/**
 * Why a factory stays as it is; undefined for one that does not.
 * @param file absolute, with forward slashes
 * @param index its place among the factories of the file
 */
export function keptFor(
  file: string,
  index: number,
  project: Project,
  options: CodemodOptions,
): Kept | undefined {
  return settlementOf(project, options).keptFor(file, index);
}

/** Whether a factory of another file stays as it is, of those that give their agent at once. */
export function isKeptByName(file: string, name: string, project: Project, options: CodemodOptions): boolean {
  const factories = recordOf(file, project, options)?.factories ?? [];
  return factories.some((each, index) => each.name === name && keptFor(file, index, project, options));
}

function settlementOf(project: Project, options: CodemodOptions): Settlement {
  const settlement = settlements.get(project) ?? new Settlement(project, options);
  settlements.set(project, settlement);
  return settlement;
}

/**
 * Which factories of a project stay as they are, as far as anybody has asked. One stays for what its own file shows, for
 * a use of it in another, or because one stays that is built of it, wherever that is and in whatever circle.
 */
class Settlement {
  readonly #project: Project;
  readonly #options: CodemodOptions;
  readonly #nodes = new Map<string, Node[]>();
  readonly #explored = new Set<string>();
  readonly #around = new Map<string, FilesAround>();
  readonly #uses = new Map<string, Uses>();

  constructor(project: Project, options: CodemodOptions) {
    this.#project = project;
    this.#options = options;
  }

  importersOf(file: string, name: string): FactoryImporters {
    this.#explore(file);
    const following: string[] = [];
    const unexplained = this.#unexplainedUse(file, name);
    if (unexplained) return { following, blocking: undefined, unexplained };
    for (const [importer, use] of this.#usesOf(file, name)) {
      if (!use) return { following, blocking: this.#placeOf(importer, { line: 1, column: 1 }) };
      const kept = use.over.find(({ factory }) => this.#nodesOf(importer)[factory]?.kept);
      const at = use.blocked ?? kept?.at;
      if (at) return { following, blocking: this.#placeOf(importer, at) };
      if (use.follows) following.push(importer);
    }
    return { following, blocking: undefined };
  }

  keptFor(file: string, index: number): Kept | undefined {
    this.#explore(file);
    return this.#nodesOf(file)[index]?.kept;
  }

  /**
   * Looks at the factories of a file, at all that are built of them and at those that they are built of, and spreads
   * what is kept among those.
   */
  #explore(file: string): void {
    const kept: Node[] = [];
    const files = [file];
    for (let each = files.pop(); each !== undefined; each = files.pop()) {
      if (this.#explored.has(each)) continue;
      this.#explored.add(each);
      const nodes = this.#nodesOf(each);
      for (const [index, { name, exported, blocked, over }] of this.#factoriesOf(each).entries()) {
        const node = nodes[index];
        const uses = exported ? this.#usesOf(each, name) : [];
        const above = [
          ...over.map((factory) => nodes[factory]),
          ...uses.flatMap(([importer, use]) =>
            (use?.over ?? []).map(({ factory }) => this.#nodesOf(importer)[factory]),
          ),
        ];
        if (!node) continue;
        const staysItself =
          blocked ||
          uses.some(([, use]) => !use || use.blocked !== undefined) ||
          (exported && this.#unexplainedUse(each, name) !== undefined);
        if (staysItself) node.kept = 'itself';
        for (const other of above) other?.builtOf.push(node);
        node.waiting.push(...above.flatMap((other) => (other?.waits ? [other] : [])));
        if (above.some((other) => other?.kept)) node.kept ??= 'above';
        if (node.kept) kept.push(node);
        files.push(...uses.flatMap(([importer, use]) => (use && use.over.length > 0 ? importer : [])));
      }
      files.push(...this.#filesBelow(each));
    }
    for (let node = kept.pop(); node; node = kept.pop()) {
      for (const each of node.builtOf) keep(each, 'above', kept);
      if (!node.async) for (const each of node.waiting) keep(each, 'below', kept);
    }
  }

  /** The files of the factories that a file's own are built of. */
  #filesBelow(file: string): string[] {
    const uses = recordOf(file, this.#project, this.#options)?.uses ?? new Map<string, ImportedUse>();
    return [...uses].flatMap(([key, { over }]) => (over.length > 0 ? fileOfKey(key) : []));
  }

  #factoriesOf(file: string): FileRecord['factories'] {
    return recordOf(file, this.#project, this.#options)?.factories ?? [];
  }

  #nodesOf(file: string): Node[] {
    const present = this.#nodes.get(file);
    if (present) return present;
    const nodes = this.#factoriesOf(file).map(
      ({ async, waits }): Node => ({ kept: undefined, builtOf: [], waiting: [], async, waits }),
    );
    this.#nodes.set(file, nodes);
    return nodes;
  }

  #usesOf(file: string, name: string): Uses {
    const key = keyOf(file, name);
    const present = this.#uses.get(key);
    if (present) return present;
    const found = this.#filesAround(file, key).reaching.flatMap((importer): Uses => {
      const record = recordOf(importer, this.#project, this.#options);
      const use = record?.uses.get(key);
      return record && !use ? [] : [[importer, use]];
    });
    this.#uses.set(key, found);
    return found;
  }

  #filesAround(file: string, key: string): FilesAround {
    const found = this.#around.get(key) ?? filesAround(file, key, this.#project, this.#options);
    this.#around.set(key, found);
    return found;
  }

  #unexplainedUse(file: string, name: string): UnexplainedUse | undefined {
    const { exporting } = this.#filesAround(file, keyOf(file, name));
    for (const [each, names] of exporting) {
      const found = unexplainedUseOf(each, names, this.#project);
      if (found) return found;
    }
    return undefined;
  }

  #placeOf(importer: string, at: Position): BlockingUse {
    const project = this.#project;
    const root = project.packageRootOf(importer) ?? path.posix.dirname(importer);
    const isLeftOut = project.isCacheFile(importer) || !project.isToMigrate(importer);
    return { at: { file: importer, shown: path.posix.relative(root, importer), ...at }, isLeftOut };
  }
}

function keep(node: Node, why: Kept, kept: Node[]): void {
  if (node.kept) return;
  node.kept = why;
  kept.push(node);
}
