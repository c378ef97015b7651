import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { parsedSource } from '../../source/parse.ts';
import { commonJsTarget } from '../code/exports.ts';
import { keyName } from '../code/members.ts';
import { writtenName } from '../code/written-name.ts';

/** The values that a module exports by name; `open` when it may export others, which its syntax does not tell. */
export interface ModuleExports {
  names: ReadonlySet<string>;
  open: boolean;
}

const OPEN: ModuleExports = { names: new Set(), open: true };
const known = new WeakMap<Project, Map<string, ModuleExports>>();

/** What a module exports, by its syntax; re-exports are followed. */
export function moduleExports(file: string, project: Project): ModuleExports {
  const files = known.get(project) ?? new Map<string, ModuleExports>();
  known.set(project, files);
  const present = files.get(file);
  if (present) return present;
  // Two modules may re-export each other: the one that is being read adds nothing to the other.
  files.set(file, { names: new Set(), open: false });
  const found = readExports(file, project);
  files.set(file, found);
  return found;
}

function readExports(file: string, project: Project): ModuleExports {
  const text = project.read(file)?.replace(/^\uFEFF/, '');
  if (text === undefined) return OPEN;
  try {
    const { body } = parsedSource(file, text).program;
    const parts = body.map((statement) => exportsOf(statement, file, project));
    const found = {
      names: new Set(parts.flatMap(({ names }) => [...names])),
      open: parts.some(({ open }) => open),
    };
    if (!/\bexports\b/.test(text)) return found;
    // Exports of CommonJS may be made in any place of the program, and be added to.
    const understood = body.filter((statement) => commonJsNames(statement) !== undefined).length;
    const mentions = text.match(/\bexports\b/g)?.length ?? 0;
    return { ...found, open: found.open || mentions > understood };
  } catch {
    return OPEN;
  }
}

function exportsOf(statement: t.Statement, file: string, project: Project): ModuleExports {
  if (statement.type === 'ExportAllDeclaration') {
    const target = project.resolve(file, statement.source.value);
    return target === undefined ? OPEN : withoutDefault(moduleExports(target, project));
  }
  if (statement.type === 'ExportDefaultDeclaration') return closed(['default']);
  if (statement.type === 'TSExportAssignment') return OPEN;
  if (statement.type === 'ExportNamedDeclaration') return closed(namesExportedBy(statement));
  return closed(commonJsNames(statement) ?? []);
}

function closed(names: readonly string[]): ModuleExports {
  return { names: new Set(names), open: false };
}

function withoutDefault({ names, open }: ModuleExports): ModuleExports {
  return { names: new Set([...names].filter((name) => name !== 'default')), open };
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
