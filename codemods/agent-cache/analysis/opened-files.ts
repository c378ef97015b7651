import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { openFile } from '../open-file.ts';

/** The other files that a file's own migration looked into. */
const known = new WeakMap<Migration, Map<string, NodePath<t.Program> | undefined>>();
const pathsOfPrograms = new WeakMap<t.Node, string>();

/** The program of the file that a module specifier leads to, as it is written where `from` stands. */
export function programOfModule(
  specifier: string,
  from: NodePath,
  migration: Migration,
): NodePath<t.Program> | undefined {
  const file = migration.project?.resolve(fileOf(from, migration), specifier);
  return file === undefined || file.includes('/node_modules/') ? undefined : opened(file, migration);
}

/** The file itself, and the files of its package that mention a name. */
export function* programsMentioning(name: string, migration: Migration): Iterable<NodePath<t.Program>> {
  yield migration.program;
  for (const file of migration.project?.filesMentioning(migration.path, name) ?? []) {
    const program = opened(file, migration);
    if (program) yield program;
  }
}

/** The path of the file that a node stands in: the migration's own, or that of one it looked into. */
export function fileOf({ scope }: NodePath, migration: Migration): string {
  return pathsOfPrograms.get(scope.getProgramParent().block) ?? migration.path;
}

function opened(file: string, migration: Migration): NodePath<t.Program> | undefined {
  const files = known.get(migration) ?? new Map<string, NodePath<t.Program> | undefined>();
  known.set(migration, files);
  if (!files.has(file)) files.set(file, open(file, migration));
  return files.get(file);
}

function open(file: string, { project, options }: Migration): NodePath<t.Program> | undefined {
  try {
    const text = (project?.read(file) ?? '').replace(/^\uFEFF/, '');
    const { program } = openFile(file, text, options, project);
    pathsOfPrograms.set(program.node, file);
    return program;
  } catch {
    return undefined;
  }
}
