import { resolve } from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../project.ts';
import { parseSource } from './parse.ts';
import { absolutePath } from './specifiers.ts';
import { declareNamespaces } from './namespaces.ts';
import { declareParameterProperties } from './parameter-properties.ts';
import { traverse } from './traverse.ts';

/** Under which name a program keeps where it was read. */
export const FILE = 'file';

/**
 * How many characters of source are kept as syntax trees; with paths and scopes, a tree is some hundred times as large. What
 * was found out about a file goes with its tree: in a tree of files that all reach one another, letting go costs most.
 */
const MAX_CHARACTERS = 4_000_000;

interface Kept {
  text: string;
  /** What parsing gave, or the error that it ended in. */
  file: t.File | { error: unknown };
  program: NodePath<t.Program> | undefined;
}

/** The syntax trees of a project's files: each file is parsed, and its scopes are made, once while it is kept. */
export class Sources {
  readonly #kept = new Map<string, Kept>();
  #characters = 0;

  /**
   * The syntax tree of one file, as `parseSource` gives it. Nobody changes the nodes.
   * @throws SyntaxError when no parser that fits the extension accepts the text
   */
  tree(path: string, text: string): t.File {
    const { file } = this.#entry(path, text);
    if ('error' in file) throw file.error;
    return file;
  }

  /**
   * The program of one file, with its scopes and bindings.
   * @throws SyntaxError when the text does not parse
   */
  program(path: string, text: string): NodePath<t.Program> {
    const entry = this.#entry(path, text);
    if ('error' in entry.file) throw entry.file.error;
    if (!entry.program) {
      entry.program = programOf(entry.file, text);
      // What is kept of it may be asked for by other files.
      entry.program.setData(FILE, absolutePath(path));
    }
    return entry.program;
  }

  /** Lets go of a file that is done, where no other was looked into but such as nobody asks for again. */
  doneWith(path: string, isDone: (file: string) => boolean): void {
    const own = resolve(path);
    if ([...this.#kept.keys()].every((file) => file === own || isDone(file))) this.release();
  }

  /** Lets go of every tree. */
  release(): void {
    this.#kept.clear();
    this.#characters = 0;
  }

  #entry(path: string, text: string): Kept {
    // The same file may be given by a path from here and by an absolute one.
    const key = resolve(path);
    const present = this.#kept.get(key);
    if (present?.text === text) {
      // What was asked for last goes last.
      this.#kept.delete(key);
      this.#kept.set(key, present);
      return present;
    }
    const entry = { text, file: parsed(path, text), program: undefined };
    if (present) this.#drop(key, present);
    this.#kept.set(key, entry);
    this.#characters += text.length;
    for (const [oldest, each] of this.#kept) {
      if (this.#characters <= MAX_CHARACTERS || oldest === key) break;
      this.#drop(oldest, each);
    }
    return entry;
  }

  #drop(key: string, { text }: Kept): void {
    this.#kept.delete(key);
    this.#characters -= text.length;
  }
}

const known = new WeakMap<Project, Sources>();

/** The syntax trees of a project; without one, those of a file that is looked at alone. */
export function sourcesOf(project: Project | undefined): Sources {
  if (!project) return new Sources();
  const sources = known.get(project) ?? new Sources();
  known.set(project, sources);
  return sources;
}

function parsed(path: string, text: string): Kept['file'] {
  try {
    return parseSource(path, text);
  } catch (error) {
    return { error };
  }
}

/** The program with its scopes and bindings. */
function programOf(file: t.File, text: string): NodePath<t.Program> {
  let program: NodePath<t.Program> | undefined;
  traverse(file, {
    Program(found) {
      program = found;
      found.stop();
    },
  });
  if (!program) throw new SyntaxError('The file has no program.');
  declareNamespaces(program);
  declareParameterProperties(program, text);
  return program;
}
