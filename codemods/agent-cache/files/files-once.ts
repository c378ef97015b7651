import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { modulesNamed } from './command-files.ts';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';
import { isFile, moduleCandidates, probeModule, readText } from './files.ts';
import { type WordFilter, WordFilters } from './word-filter.ts';

/** How many characters of text are kept; what is read after that is read again at the next question. */
const MAX_CHARACTERS = 32_000_000;

/** How a project looks at files. Paths are absolute, with forward slashes. */
export interface Files {
  /** The text of a file, or undefined when it cannot be read. */
  read(file: string): string | undefined;
  /** The words of that text. */
  wordsOf(file: string): WordFilter;
  /** The modules that it imports, requires or re-exports. */
  modulesOf(file: string): readonly string[];
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
  wordsOf: (file) => new WordFilters().of(readText(file) ?? ''),
  modulesOf: (file) => modulesNamed(file, readText(file) ?? ''),
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
  readonly #filters = new WordFilters();
  readonly #words = new Map<string, WordFilter>();
  readonly #modules = new Map<string, readonly string[]>();
  readonly #specifiers = new Map<string, string>();
  readonly #folders = new Map<string, ReadonlyMap<string, boolean>>();
  readonly #objects = new Map<string, Record<string, unknown>>();
  readonly #found = new Map<string, unknown>();
  #characters = 0;

  read(file: string): string | undefined {
    const known = this.#texts.get(file);
    if (known !== undefined || this.#texts.has(file)) return known;
    const text = readText(file);
    if (this.#characters < MAX_CHARACTERS) this.keep(file, text);
    else this.#note(file, text);
    return text;
  }

  /** Keeps the text of a file whatever was kept before, since all will be asked of it. */
  keep(file: string, text: string | undefined): void {
    if (this.#texts.has(file)) return;
    this.#texts.set(file, text);
    this.#characters += text?.length ?? 0;
  }

  wordsOf(file: string): WordFilter {
    const known = this.#words.get(file) ?? this.#filters.of(this.read(file) ?? '');
    this.#words.set(file, known);
    return known;
  }

  modulesOf(file: string): readonly string[] {
    const known = this.#modules.get(file) ?? modulesNamed(file, this.read(file) ?? '');
    this.#modules.set(file, known);
    return known;
  }

  /** What is asked of every file is found while its text is at hand. */
  #note(file: string, text: string | undefined): void {
    if (this.#words.has(file)) return;
    this.#words.set(file, this.#filters.of(text ?? ''));
    this.#modules.set(
      file,
      modulesNamed(file, text ?? '').map((each) => this.#shared(each)),
    );
  }

  /** One copy of a specifier: a part of a text would keep the whole text in memory. */
  #shared(specifier: string): string {
    const known = this.#specifiers.get(specifier);
    if (known !== undefined) return known;
    const copy = Buffer.from(specifier).toString();
    this.#specifiers.set(copy, copy);
    return copy;
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
