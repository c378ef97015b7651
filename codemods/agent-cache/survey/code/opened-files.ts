import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { FILE, sourcesOf } from '../../source/sources.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { programAround } from './program-around.ts';
import { codeOf } from '../../source/code-of.ts';

/** The program of the file that a module specifier leads to, as it is written where `from` stands. */
export function programOfModule(
  specifier: string,
  from: NodePath,
  source: Reading,
): NodePath<t.Program> | undefined {
  const file = source.project?.resolve(fileOf(from, source), specifier);
  return file === undefined || file.includes('/node_modules/') ? undefined : programOfFile(file, source);
}

/** The file itself, and the files of its package that mention a name. */
export function* programsMentioning(name: string, source: Reading): Iterable<NodePath<t.Program>> {
  yield source.program;
  for (const file of source.project?.filesMentioning(source.path, name) ?? []) {
    const program = programOfFile(file, source);
    if (program) yield program;
  }
}

/**
 * The file in which a node stands, and the files that get at its exports and have a name, or what a pattern asks for, in
 * their text. Of facts that a file holds by itself, `FileFacts` remembers which files have none.
 */
export function* programsReaching(
  at: NodePath,
  name: string | RegExp | undefined,
  source: Reading,
): Iterable<NodePath<t.Program>> {
  const { project } = source;
  const file = fileOf(at, source);
  yield programAround(at);
  for (const other of project?.dependentsOf(file) ?? []) {
    const text = name === undefined ? undefined : project?.read(other);
    if (text !== undefined && name !== undefined && !hasName(text, name)) continue;
    const program = programOfFile(other, source);
    if (program) yield program;
  }
}

function hasName(text: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? text.includes(name) : name.test(text);
}

/** The path of the file that a node stands in: the migration's own, or that of one it looked into. */
export function fileOf({ scope }: NodePath, source: Reading): string {
  const program = scope.getProgramParent();
  const file: unknown = program.path.getData(FILE);
  return typeof file === 'string' && program.block !== source.program.node ? file : source.path;
}

/** Whether two nodes are one, of a file that may have been read twice. */
export function isSameNode(one: NodePath, other: NodePath, source: Reading): boolean {
  if (one.node === other.node) return true;
  const [a, b] = [one, other].map((each) => path.resolve(fileOf(each, source)));
  return one.node.start === other.node.start && a === b;
}

/** Another file of the tree, to be asked what one's own is; undefined when it does not parse. */
export function sourceAt<From extends Reading>(file: string, source: From): From | undefined {
  const program = programOfFile(file, source);
  return program && { ...source, path: file, text: codeOf(file, source.project), program };
}

/** The program of a file of the tree; undefined when it does not parse. */
export function programOfFile(file: string, source: Reading): NodePath<t.Program> | undefined {
  if (file === absolutePath(source.path)) return source.program;
  try {
    const { project } = source;
    const text = codeOf(file, project);
    return sourcesOf(project).program(file, text);
  } catch {
    return undefined;
  }
}
