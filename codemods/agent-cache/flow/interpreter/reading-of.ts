import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';

/** The program of a file; undefined for what does not parse, which runs nowhere. */
export function programOf(file: string, project: Project): NodePath<t.Program> | undefined {
  const text = project.read(file);
  if (text === undefined) return undefined;
  try {
    return sourcesOf(project).program(file, text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A file of the tree, to be asked what its code stands for; undefined where it does not parse. */
export function readingOf(file: string, project: Project): Reading | undefined {
  const program = programOf(file, project);
  return program && { path: file, text: project.read(file) ?? '', project, program };
}
