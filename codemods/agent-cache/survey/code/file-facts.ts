import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { keptWith } from '../../source/kept-with.ts';
import type { Source } from '../../migration.ts';
import { fileOf, programOfFile } from './opened-files.ts';
import { programAround } from './program-around.ts';

type Found<Fact> = (program: NodePath<t.Program>, source: Source) => readonly Fact[];

/**
 * Facts of one kind that a file holds by itself. What is found is kept with the program; of a file that has none its
 * name is kept, so that it is not opened again: in a tree where all reach all, a question is about all files, and
 * their syntax trees together are more than is kept.
 */
export class FileFacts<Fact> {
  readonly #name: string;
  readonly #pattern: RegExp | undefined;
  readonly #find: Found<Fact>;
  readonly #without = new WeakMap<Project, Set<string>>();

  /**
   * @param name under which they are kept with a program.
   * @param pattern what the text of a file has that may have some; undefined where any may.
   */
  constructor(name: string, pattern: RegExp | undefined, find: Found<Fact>) {
    this.#name = name;
    this.#pattern = pattern;
    this.#find = find;
  }

  /** Those of an open file. */
  ofProgram(program: NodePath<t.Program>, source: Source): readonly Fact[] {
    return keptWith(program, this.#name, () => this.#find(program, source));
  }

  /** Those of files of the tree. */
  ofFiles(files: Iterable<string>, source: Source): Fact[] {
    const { project } = source;
    if (!project) return [];
    const without = this.#without.get(project) ?? new Set<string>();
    this.#without.set(project, without);
    const found: Fact[] = [];
    for (const file of files) {
      if (without.has(file)) continue;
      const mayHave = !this.#pattern || this.#pattern.test(project.read(file) ?? '');
      const program = mayHave ? programOfFile(file, source) : undefined;
      const facts = program ? this.ofProgram(program, source) : [];
      if (facts.length === 0) without.add(file);
      found.push(...facts);
    }
    return found;
  }

  /** Those of the file in which a node stands, and of the files that get at its exports. */
  reaching(at: NodePath, source: Source): Fact[] {
    const own = this.ofProgram(programAround(at), source);
    const others = source.project?.dependentsOf(fileOf(at, source)) ?? [];
    return [...own, ...this.ofFiles(others, source)];
  }
}
