import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';
import { isFile, moduleCandidates, probeModule, readText } from './files.ts';

/** How many characters of text are kept; what was read before is read again after that. */
const MAX_CHARACTERS = 32_000_000;

/** How a project looks at files. Paths are absolute, with forward slashes. */
export interface Files {
  /** The text of a file, or undefined when it cannot be read. */
  read(file: string): string | undefined;
  /** Whether there is a file (no folder) at the path. */
  isFile(file: string): boolean;
  /** The source file that a module path without a sure extension means, as Node and TypeScript look for it. */
  probeModule(modulePath: string): string | undefined;
  /** What a file of JSON, comments allowed, has; empty where there is none. */
  objectAt(file: string): Record<string, unknown>;
  /** What is found out from files, and is true for as long as they are: asked for once under a key. */
  once<Value>(key: string, find: () => Value): Value;
}

/** The files as they are at each question. */
export const filesNow: Files = {
  read: readText,
  isFile,
  probeModule,
  objectAt,
  once: (_key, find) => find(),
};

function objectAt(file: string): Record<string, unknown> {
  return objectOf(parseJsonWithComments(readText(file) ?? ''));
}

/**
 * What is on disk, each text, folder and manifest read once: a run sees one state of a tree, whatever is written to it
 * meanwhile.
 */
export class FilesOnce implements Files {
  readonly #texts = new Map<string, string | undefined>();
  readonly #folders = new Map<string, ReadonlyMap<string, boolean>>();
  readonly #objects = new Map<string, Record<string, unknown>>();
  readonly #found = new Map<string, unknown>();
  #characters = 0;

  read(file: string): string | undefined {
    const known = this.#texts.get(file);
    if (known !== undefined || this.#texts.has(file)) return known;
    const text = readText(file);
    this.keep(file, text);
    return text;
  }

  /** Keeps the text of a file that was read already. */
  keep(file: string, text: string | undefined): void {
    this.#texts.set(file, text);
    this.#characters += text?.length ?? 0;
    for (const [oldest, each] of this.#texts) {
      if (this.#characters <= MAX_CHARACTERS) break;
      this.#texts.delete(oldest);
      this.#characters -= each?.length ?? 0;
    }
  }

  isFile(file: string): boolean {
    const folder = path.posix.dirname(file);
    return folder !== file && this.#namesIn(folder).get(path.posix.basename(file)) === true;
  }

  probeModule(modulePath: string): string | undefined {
    const names = this.#namesIn(path.posix.dirname(modulePath));
    if (names.size === 0) return undefined;
    return moduleCandidates(modulePath, names.get(path.posix.basename(modulePath)) === false).find((file) =>
      this.isFile(file),
    );
  }

  objectAt(file: string): Record<string, unknown> {
    const known = this.#objects.get(file) ?? objectAt(file);
    this.#objects.set(file, known);
    return known;
  }

  once<Value>(key: string, find: () => Value): Value {
    if (!this.#found.has(key)) this.#found.set(key, find());
    return this.#found.get(key) as Value;
  }

  /** What a folder has, by name: whether that is a file; links count as what they lead to. */
  #namesIn(folder: string): ReadonlyMap<string, boolean> {
    const known = this.#folders.get(folder) ?? listed(folder);
    this.#folders.set(folder, known);
    return known;
  }
}

function listed(folder: string): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const target = entry.isSymbolicLink()
        ? statSync(path.posix.join(folder, entry.name), { throwIfNoEntry: false })
        : entry;
      if (target?.isFile()) found.set(entry.name, true);
      else if (target?.isDirectory()) found.set(entry.name, false);
    }
  } catch {
    // A folder that is not there has nothing.
  }
  return found;
}
