import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { openFile } from '../open-file.ts';
import type { Project } from '../project.ts';
import type { FunctionPath } from './placement.ts';

/** The other files that a file's own migration looked into. */
const known = new WeakMap<Migration, Map<string, Migration | undefined>>();

/** The function that an imported name stands for, from the file that declares it; undefined when that is not seen. */
export function importedFunction(
  name: NodePath<t.Identifier>,
  migration: Migration,
): FunctionPath | undefined {
  const { project, path } = migration;
  const specifier = name.scope.getBinding(name.node.name)?.path;
  const statement = specifier?.parentPath;
  if (!project || !specifier?.isImportSpecifier() || !statement?.isImportDeclaration()) return undefined;
  const file = project.resolve(path, statement.node.source.value);
  const other =
    file === undefined || file.includes('/node_modules/') ? undefined : opened(file, project, migration);
  const { imported } = specifier.node;
  const binding = other?.program.scope.getBinding(
    imported.type === 'Identifier' ? imported.name : imported.value,
  );
  if (binding?.path.isFunctionDeclaration()) return binding.path;
  const init = binding?.path.isVariableDeclarator() ? binding.path.get('init') : undefined;
  return init?.isArrowFunctionExpression() || init?.isFunctionExpression() ? init : undefined;
}

/** The file itself, and the files of its package that mention a name. */
export function* programsMentioning(name: string, migration: Migration): Iterable<NodePath<t.Program>> {
  yield migration.program;
  const { project, path } = migration;
  for (const file of project?.filesMentioning(path, name) ?? []) {
    const other = project && opened(file, project, migration);
    if (other) yield other.program;
  }
}

function opened(file: string, project: Project, migration: Migration): Migration | undefined {
  const files = known.get(migration) ?? new Map<string, Migration | undefined>();
  known.set(migration, files);
  if (!files.has(file)) files.set(file, open(file, project, migration.options));
  return files.get(file);
}

function open(file: string, project: Project, options: Migration['options']): Migration | undefined {
  try {
    return openFile(file, (project.read(file) ?? '').replace(/^\uFEFF/, ''), options, project);
  } catch {
    return undefined;
  }
}
