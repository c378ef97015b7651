import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import type { Held } from './exported-values.ts';
import { commonJsTarget } from '../code/exports.ts';
import { exportsNamed } from '../code/exports-named.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';
import { bindingOf } from '../code/bindings.ts';

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

/** How many modules hand a value on. */
const MAX_MODULES = 8;

/** Where a name was given its only value, and what of that it is. */
export interface Declared {
  /** Undefined for what is exported without a name. */
  binding: Binding | undefined;
  /** The whole value; undefined for functions and classes. */
  init: NodePath | undefined;
  names: readonly string[];
  /** What a pattern gives in place of nothing. */
  fallback?: NodePath;
  /** It is read of an object that others may write to: `exports.url = url`. */
  isProperty?: true;
}

/** A name that a package, or a module that cannot be read, exports; or the whole of a module. */
export interface OfPackage {
  module: string;
  /** The names that are read of the module. */
  names: readonly string[];
  /** Where the module is called by that name: another file may mean another one by it. */
  from: NodePath;
  /** What holds it there; undefined where it is loaded and read at once. */
  binding: Binding | undefined;
}

/** Where a name was given its only value; undefined for parameters, and for names that are given others. */
export function declarationOf(binding: Binding, source: Reading): Declared | OfPackage | undefined {
  const { path } = binding;
  if (!binding.constant || binding.kind === 'param') return undefined;
  if (path.parentPath?.isImportDeclaration()) return importedBinding(binding, source);
  if (path.isFunctionDeclaration() || path.isClassDeclaration() || path.isTSEnumDeclaration())
    return { binding, init: undefined, names: [] };
  if (path.isTSImportEqualsDeclaration()) return importedByEquals(path, binding, source);
  if (!path.isVariableDeclarator()) return undefined;
  const init = path.get('init') as NodePath;
  if (!init.node) return undefined;
  const names = namesOfPattern(path.get('id') as NodePath, binding);
  if (!names) return undefined;
  const module = names.fallback ? undefined : loadedModule(init);
  if (module)
    return exported({ module: module.name, from: init, binding }, [...module.names, ...names.names], source);
  return { binding, init, ...names };
}

/** `import config = require('x');` */
function importedByEquals(
  path: NodePath<t.TSImportEqualsDeclaration>,
  binding: Binding,
  source: Reading,
): OfPackage | Declared | undefined {
  const { moduleReference: reference } = path.node;
  if (reference.type !== 'TSExternalModuleReference') return undefined;
  return exported({ module: reference.expression.value, from: path, binding }, [], source);
}

/** `require('x').a.b`: the module that is loaded, and what is read of it. */
export function loadedModule(path: NodePath): { name: string; names: string[] } | undefined {
  const names: string[] = [];
  let root = withoutTypes(path);
  while (isMember(root)) {
    const name = propertyName(root.node);
    if (name === undefined) return undefined;
    names.unshift(name);
    root = withoutTypes(root.get('object') as NodePath);
  }
  const required = root.isCallExpression() ? requiredModule(root.node) : undefined;
  return required && { name: required.module.value, names };
}

/** Where a pattern takes a name from; undefined where that is not a path of names. */
export function namesOfPattern(
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

function importedBinding(binding: Binding, source: Reading): Declared | OfPackage | undefined {
  const { path } = binding;
  const statement = path.parentPath;
  if (!statement?.isImportDeclaration()) return undefined;
  const named = { module: statement.node.source.value, from: path as NodePath, binding };
  if (path.isImportNamespaceSpecifier()) return exported(named, [], source);
  const name = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
  return name === undefined ? undefined : exported(named, [name], source);
}

/** What a module exports under the first of the names, and the names that are read of that. */
export function exported(
  named: Omit<OfPackage, 'names'>,
  names: readonly string[],
  source: Reading,
  steps = MAX_MODULES,
): Declared | OfPackage | undefined {
  const { module, from } = named;
  const program = programOfModule(module, from, source);
  if (!program) {
    const target = source.project?.resolve(fileOf(from, source), module);
    const isInTree = module.startsWith('.') || (target !== undefined && !target.includes('/node_modules/'));
    return isInTree ? undefined : { ...named, names };
  }
  const [name, ...rest] = names;
  if (name === undefined) return { ...named, names };
  if (steps === 0) return undefined;
  for (const found of exportsNamed(program, name)) {
    const behind = found.member === undefined ? rest : [found.member, ...rest];
    if (!('module' in found)) {
      const declared = ofExport(found.value, behind, source, steps);
      const isProperty = found.member === undefined && name !== 'default' && !hasExports(program);
      return declared && isProperty && !('module' in declared) ? { ...declared, isProperty } : declared;
    }
    const next = { module: found.module, from: program, binding: undefined };
    const inner = exported(next, behind, source, steps - 1);
    // What is handed on as a whole may be another name than that which is asked for.
    if (inner || found.member !== name) return inner;
  }
  // `import config from './config.cjs'` is the whole of what that exports.
  if (name !== 'default') return wholeOf(program, names, source, steps);
  if (rest[0] === 'default' || !exportsByName(program)) return undefined;
  return exported(named, rest, source, steps - 1);
}

/** A member of what a module of CommonJS exports as a whole. */
function wholeOf(
  program: NodePath<t.Program>,
  names: readonly string[],
  source: Reading,
  steps: number,
): Declared | OfPackage | undefined {
  if (hasExports(program)) return undefined;
  for (const found of exportsNamed(program, 'default'))
    if ('value' in found) return ofExport(found.value, names, source, steps);
  return undefined;
}

/** Whether a module says `export`: its default export is none of its names then, and has none of them as members. */
function hasExports(program: NodePath<t.Program>): boolean {
  return program.node.body.some(({ type }) => type.startsWith('Export'));
}

/** Whether a module is one of CommonJS that gives its exports one by one: `exports.a = …`. */
function exportsByName(program: NodePath<t.Program>): boolean {
  if (hasExports(program)) return false;
  return program.node.body.some(
    (each) =>
      each.type === 'ExpressionStatement' &&
      each.expression.type === 'AssignmentExpression' &&
      (commonJsTarget(each.expression.left) ?? '') !== '',
  );
}

function ofExport(
  value: NodePath,
  names: readonly string[],
  source: Reading,
  steps: number,
): Declared | OfPackage | undefined {
  const plain = withoutTypes(value);
  const loaded = loadedModule(plain);
  if (loaded) {
    const all = [...loaded.names, ...names];
    return exported(
      { module: loaded.name, from: plain, binding: undefined },
      all.length === 0 ? ['default'] : all,
      source,
      steps - 1,
    );
  }
  if (!plain.isIdentifier()) return { binding: undefined, init: plain, names };
  const binding = bindingOf(plain);
  const declared = binding && declarationOf(binding, source);
  if (!declared) return undefined;
  const all = [...declared.names, ...names];
  // The whole of a module, of which a name is read.
  if ('module' in declared && declared.names.length === 0 && names.length > 0)
    return exported(declared, names, source, steps - 1);
  return { ...declared, names: all };
}

/** What is asked for, where somebody may write to it. */
export function heldBy({ binding, init }: Declared): Held {
  return binding ? { binding, value: binding.path } : { value: init as NodePath };
}
