import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import type { Held } from './written-values.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { keyName, propertyName } from '../code/members.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';

/** `Object.freeze(x)` is `x`. */
export function withoutFreeze(path: NodePath): NodePath {
  const value = withoutTypes(path);
  if (!value.isCallExpression() || value.node.arguments.length !== 1) return value;
  const { callee } = value.node;
  const isFreeze =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    propertyName(callee) === 'freeze' &&
    !value.scope.hasBinding('Object', true);
  return isFreeze ? withoutFreeze(value.get('arguments')[0] as NodePath) : value;
}

/** Where a name was given its only value, and what of that it is. */
export interface Declared {
  /** Undefined for what is exported without a name. */
  binding: Binding | undefined;
  /** The whole value; undefined for functions and classes. */
  init: NodePath | undefined;
  names: readonly string[];
  /** What a pattern gives in place of nothing. */
  fallback?: NodePath;
}

/** A name that a package, or a module that cannot be read, exports. */
export interface OfPackage {
  module: string;
  /** The names that are read of the module. */
  names: readonly string[];
  binding: Binding;
}

/** Where a name was given its only value; undefined for parameters, and for names that are given others. */
export function declarationOf(binding: Binding, source: Source): Declared | OfPackage | undefined {
  const { path } = binding;
  if (!binding.constant || binding.kind === 'param') return undefined;
  if (path.parentPath?.isImportDeclaration()) return importedBinding(binding, source);
  if (path.isFunctionDeclaration() || path.isClassDeclaration() || path.isTSEnumDeclaration())
    return { binding, init: undefined, names: [] };
  if (!path.isVariableDeclarator()) return undefined;
  const init = path.get('init') as NodePath;
  if (!init.node) return undefined;
  const names = namesOfPattern(path.get('id') as NodePath, binding);
  if (!names) return undefined;
  const required = requiredModule(init.node);
  if (required) {
    const all = [...(required.property === undefined ? [] : [required.property]), ...names.names];
    return exported(required.module.value, all, binding, source);
  }
  return { binding, init, ...names };
}

/** Where a pattern takes a name from; undefined where that is not a path of names. */
function namesOfPattern(
  id: NodePath,
  binding: Binding,
): { names: string[]; fallback?: NodePath } | undefined {
  if (id.isIdentifier()) return id.node === binding.identifier ? { names: [] } : undefined;
  if (!id.isObjectPattern()) return undefined;
  for (const property of id.get('properties')) {
    if (!property.isObjectProperty()) continue;
    const name = keyName(property.node);
    const target = property.get('value') as NodePath;
    const isDefault = target.isAssignmentPattern();
    const found = namesOfPattern(isDefault ? (target.get('left') as NodePath) : target, binding);
    if (!found || name === undefined) continue;
    // A default within a default would have to be read along the way.
    if (isDefault && found.names.length > 0) return undefined;
    return {
      names: [name, ...found.names],
      ...(isDefault ? { fallback: target.get('right') as NodePath } : found.fallback && found),
    };
  }
  return undefined;
}

function importedBinding(binding: Binding, source: Source): Declared | OfPackage | undefined {
  const { path } = binding;
  const statement = path.parentPath;
  if (!statement?.isImportDeclaration()) return undefined;
  const module = statement.node.source.value;
  if (path.isImportNamespaceSpecifier()) return exported(module, [], binding, source);
  const name = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
  return name === undefined ? undefined : exported(module, [name], binding, source);
}

/** What a module exports under the first of the names, and the names that are read of that. */
export function exported(
  module: string,
  names: readonly string[],
  binding: Binding,
  migration: Source,
  from: NodePath = binding.path,
): Declared | OfPackage | undefined {
  const program = programOfModule(module, from, migration);
  if (!program) {
    const target = migration.project?.resolve(fileOf(from, migration), module);
    const isInTree = module.startsWith('.') || (target !== undefined && !target.includes('/node_modules/'));
    return isInTree ? undefined : { module, names, binding };
  }
  const [name, ...rest] = names;
  if (name === undefined) return { module, names, binding };
  for (const source of exportsNamed(program, name)) {
    const behind = source.member === undefined ? rest : [source.member, ...rest];
    if ('module' in source) return exported(source.module, behind, binding, migration, program);
    return ofExport(source.value, behind, migration);
  }
  // `import config from './config.cjs'` is the whole of what that exports.
  return name === 'default' ? undefined : wholeOf(program, names, migration);
}

/** A member of what a module of CommonJS exports as a whole. */
function wholeOf(
  program: NodePath<t.Program>,
  names: readonly string[],
  migration: Source,
): Declared | undefined {
  for (const source of exportsNamed(program, 'default'))
    if ('value' in source) return ofExport(source.value, names, migration);
  return undefined;
}

function ofExport(value: NodePath, names: readonly string[], source: Source): Declared | undefined {
  const plain = withoutTypes(value);
  if (!plain.isIdentifier()) return { binding: undefined, init: plain, names };
  const binding = plain.scope.getBinding(plain.node.name);
  const declared = binding && declarationOf(binding, source);
  if (!declared || 'module' in declared) return undefined;
  return { ...declared, names: [...declared.names, ...names] };
}

/** What is asked for, where somebody may write to it. */
export function heldBy({ binding, init }: Declared): Held {
  return binding ? { binding, value: binding.path } : { value: init as NodePath };
}
