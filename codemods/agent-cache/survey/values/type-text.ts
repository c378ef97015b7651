import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { writtenName } from '../code/written-name.ts';
import { programAround } from '../code/program-around.ts';

/** How many modules hand a type on. */
const MAX_MODULES = 8;
/** What says where a node stands, or how it is written, and not what it is. */
const ABOUT_THE_TEXT = /^(start|end|loc|range|extra|\w*[cC]omments|trailingComma)$/;

/**
 * A text that two types share when they are the same one: names count as what they stand for, in whatever file, and
 * spaces and comments do not count.
 */
export function typeText(type: NodePath, source: Source): string {
  return JSON.stringify(type.node, (key, value: unknown) => {
    if (ABOUT_THE_TEXT.test(key)) return undefined;
    return isIdentifier(value) ? nameText(value.name, type, source) : value;
  });
}

function isIdentifier(value: unknown): value is t.Identifier {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Identifier';
}

function nameText(name: string, at: NodePath, source: Source): string {
  const owner = at.findParent(({ node }) => declaresParameter(node, name));
  if (owner) return `${fileOf(at, source)}#${owner.node.start ?? 0}.${name}`;
  const program = programAround(at);
  return declaredAs(name, program, source, MAX_MODULES) ?? name;
}

function declaresParameter(node: t.Node, name: string): boolean {
  const parameters = 'typeParameters' in node ? node.typeParameters : undefined;
  if (parameters?.type !== 'TSTypeParameterDeclaration') return false;
  return parameters.params.some((each: t.TSTypeParameter) => each.name === name);
}

/** What a name at the top of a file stands for; undefined for one that all files know. */
function declaredAs(
  name: string,
  program: NodePath<t.Program>,
  source: Source,
  modules: number,
): string | undefined {
  const binding = program.scope.getBinding(name);
  const statement = binding?.path.parentPath;
  if (!binding || !statement?.isImportDeclaration())
    return declares(program, name) ? `${fileOf(program, source)}#${name}` : undefined;
  const { path } = binding;
  const imported = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
  const module = statement.node.source.value;
  if (path.isImportNamespaceSpecifier() || imported === undefined) return `${module}#*`;
  return exportedAs(imported, module, program, source, modules) ?? `${module}#${imported}`;
}

function exportedAs(
  name: string,
  module: string,
  from: NodePath<t.Program>,
  source: Source,
  modules: number,
): string | undefined {
  const program = modules === 0 ? undefined : programOfModule(module, from, source);
  if (!program) return undefined;
  for (const found of exportsNamed(program, name)) {
    if ('value' in found) {
      const { node } = found.value;
      const local = node.type === 'Identifier' ? node.name : name;
      return declaredAs(local, program, source, modules - 1) ?? `${fileOf(program, source)}#${local}`;
    }
    const behind = exportedAs(found.member ?? name, found.module, program, source, modules - 1);
    if (behind !== undefined) return behind;
  }
  return declares(program, name) ? `${fileOf(program, source)}#${name}` : undefined;
}

function declares(program: NodePath<t.Program>, name: string): boolean {
  if (program.scope.hasOwnBinding(name)) return true;
  return program.node.body.some((statement) => {
    const declared = 'declaration' in statement && statement.declaration ? statement.declaration : statement;
    return (
      /^TS(Interface|TypeAlias|Enum|Module)Declaration$|^ClassDeclaration$/.test(declared.type) &&
      'id' in declared &&
      declared.id?.type === 'Identifier' &&
      declared.id.name === name
    );
  });
}
