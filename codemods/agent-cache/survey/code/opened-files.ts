import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { sourcesOf } from '../../source/sources.ts';
import { toPosix } from '../../source/specifiers.ts';

/** Under which name a program keeps where it was read. */
const FILE = 'file';

/** The program of the file that a module specifier leads to, as it is written where `from` stands. */
export function programOfModule(
  specifier: string,
  from: NodePath,
  migration: Source,
): NodePath<t.Program> | undefined {
  const file = migration.project?.resolve(fileOf(from, migration), specifier);
  return file === undefined || file.includes('/node_modules/') ? undefined : programOfFile(file, migration);
}

/** The file itself, and the files of its package that mention a name. */
export function* programsMentioning(name: string, migration: Source): Iterable<NodePath<t.Program>> {
  yield migration.program;
  for (const file of migration.project?.filesMentioning(migration.path, name) ?? []) {
    const program = programOfFile(file, migration);
    if (program) yield program;
  }
}

/** The file in which a node stands, and the files that get at its exports and have a name, or what a pattern asks for, in their text. */
export function* programsReaching(
  at: NodePath,
  name: string | RegExp | undefined,
  migration: Source,
): Iterable<NodePath<t.Program>> {
  const { project } = migration;
  const file = fileOf(at, migration);
  yield at.scope.getProgramParent().path as NodePath<t.Program>;
  for (const other of project?.dependentsOf(file) ?? []) {
    const text = name === undefined ? undefined : project?.read(other);
    if (text !== undefined && name !== undefined && !hasName(text, name)) continue;
    const program = programOfFile(other, migration);
    if (program) yield program;
  }
}

function hasName(text: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? text.includes(name) : name.test(text);
}

/** The path of the file that a node stands in: the migration's own, or that of one it looked into. */
export function fileOf({ scope }: NodePath, migration: Source): string {
  const program = scope.getProgramParent();
  const file: unknown = program.path.getData(FILE);
  return typeof file === 'string' && program.block !== migration.program.node ? file : migration.path;
}

/** Whether two nodes are one, of a file that may have been read twice. */
export function isSameNode(one: NodePath, other: NodePath, migration: Source): boolean {
  if (one.node === other.node) return true;
  const [a, b] = [one, other].map((each) => path.resolve(fileOf(each, migration)));
  return one.node.start === other.node.start && a === b;
}

/** The program of a file of the tree; undefined when it does not parse. */
export function programOfFile(file: string, migration: Source): NodePath<t.Program> | undefined {
  if (file === toPosix(path.resolve(migration.path))) return migration.program;
  try {
    const { project } = migration;
    const text = (project?.read(file) ?? '').replace(/^\uFEFF/, '');
    const program = sourcesOf(project).program(file, text);
    program.setData(FILE, file);
    return program;
  } catch {
    return undefined;
  }
}
