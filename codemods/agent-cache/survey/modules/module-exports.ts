import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { commonJsTarget } from '../code/exports.ts';
import type { Exports } from '../code/exported-paths.ts';
import { keyName } from '../code/members.ts';
import { KnownExports } from './known-exports.ts';
import { writtenName } from '../code/written-name.ts';

/** The values that a module exports by name; `open` when it may export others, which its syntax does not tell. */
export interface ModuleExports {
  names: ReadonlySet<string>;
  open: boolean;
}

/** Stands for exports that the syntax does not tell. */
const REST = '*';
const OPEN: Exports<true> = new Map([[REST, true]]);
const known = new WeakMap<Project, KnownExports<true>>();

/** What a module exports, by its syntax; re-exports are followed. */
export function moduleExports(file: string, project: Project): ModuleExports {
  const found = exportsOfFile(file, project);
  return { names: new Set([...found.keys()].filter((name) => name !== REST)), open: found.has(REST) };
}

function exportsOfFile(file: string, project: Project): Exports<true> {
  const files = known.get(project) ?? new KnownExports<true>((each) => () => readExports(each, project));
  known.set(project, files);
  return files.of(file);
}

function readExports(file: string, project: Project): Exports<true> {
  const text = project.read(file)?.replace(/^\uFEFF/, '');
  if (text === undefined) return OPEN;
  try {
    const { body } = sourcesOf(project).tree(file, text).program;
    const found = body.flatMap((statement) => [...exportsOf(statement, file, project)]);
    // Exports of CommonJS may be made in any place of the program, and be added to.
    const mentions = text.match(/\bexports\b/g)?.length ?? 0;
    const understood = body.filter((statement) => commonJsNames(statement) !== undefined).length;
    return new Map(mentions > understood ? [...found, ...OPEN] : found);
  } catch {
    return OPEN;
  }
}

function exportsOf(statement: t.Statement, file: string, project: Project): Exports<true> {
  if (statement.type === 'ExportAllDeclaration') {
    const target = project.resolve(file, statement.source.value);
    const theirs = target === undefined ? OPEN : exportsOfFile(target, project);
    return new Map([...theirs].filter(([name]) => name !== 'default'));
  }
  if (statement.type === 'ExportDefaultDeclaration') return closed(['default']);
  if (statement.type === 'TSExportAssignment') return OPEN;
  if (statement.type === 'ExportNamedDeclaration') return closed(namesExportedBy(statement));
  return closed(commonJsNames(statement) ?? []);
}

function closed(names: readonly string[]): Exports<true> {
  return new Map(names.map((name) => [name, true]));
}

/** The values that a statement exports by name. */
export function namesExportedBy({ declaration, specifiers, exportKind }: t.ExportNamedDeclaration): string[] {
  if (exportKind === 'type') return [];
  const named = specifiers.flatMap((specifier) => {
    if (specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type') return [];
    return writtenName(specifier.exported) ?? [];
  });
  if (!declaration) return named;
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => namesInPattern(id));
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

function namesInPattern(pattern: t.Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesInPattern(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesInPattern(element) : []));
    case 'AssignmentPattern':
      return namesInPattern(pattern.left);
    default:
      return [];
  }
}

/** The names of `exports.name = …` and `module.exports = { … }`; undefined for every other statement. */
function commonJsNames(statement: t.Statement): string[] | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined;
  const { expression } = statement;
  if (expression.type !== 'AssignmentExpression') return undefined;
  const target = commonJsTarget(expression.left);
  if (target !== '') return target === undefined ? undefined : [target];
  const { right } = expression;
  if (right.type !== 'ObjectExpression') return undefined;
  const names = right.properties.map(keyName);
  return names.every((name) => name !== undefined) ? names : undefined;
}
