import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { modelOf, type ModuleModel } from '../code/module-model.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { keptWith } from '../../source/kept-with.ts';
import { aliasOfNamespace, mergedWith } from '../../source/namespaces.ts';
import { absolutePath } from '../../source/specifiers.ts';

/** Where a value is kept, whichever file asks: a variable or an exported expression of some file, and a part of it. */
export interface KeptState {
  /** File and offset of what declares it; the name of what is global. */
  root: string;
  /** The names of the properties on the way to it. */
  parts: readonly string[];
  /** The variable; none of an expression that a module exports. */
  binding?: Binding;
  /** A node of the file that declares it. */
  declared?: NodePath;
  /** The objects on the way to it that methods of theirs know as `this`. */
  owners?: readonly Owner[];
  /** Nothing tells what the object is that has it: another name may be one for the same. */
  isUnseen?: boolean;
}

/** An object that a state is a part of, as far as the code that comes to it tells. */
export interface Owner {
  /** File and offset of the class or object whose method comes to it; undefined where only a property is named. */
  of: string | undefined;
  /** How the object was got, where that is all that is known of it. */
  by?: string;
  /** The way from the object to the state. */
  parts: readonly string[];
  /** The class or object. */
  declared?: NodePath;
}

/** The root of what some call or some object gave, and nothing tells which object that is. */
export const UNSEEN = 'unseen';

/** Where what a name has under some properties is kept, behind imports and barrels. */
export function keptState(binding: Binding, parts: readonly string[], source: Source): KeptState {
  const loaded = loadedBy(binding);
  const alias = aliasOfNamespace(binding);
  if (alias) return keptState(alias.binding, [...alias.parts, ...parts], source);
  const inside = exportOfNamespace(binding.path, parts);
  if (inside) return keptState(inside.binding, inside.parts, source);
  const own = {
    root: idOf(binding.path, binding.identifier, source),
    parts,
    binding,
    declared: binding.path,
  };
  if (!loaded) return own;
  const program = programOfModule(loaded.specifier, binding.path, source);
  return (program && exportedState(program, [loaded.name, ...parts], source)) ?? own;
}

/** The variable of a namespace that a part of it is: `current` of `Tenants.current`. */
function exportOfNamespace(
  declared: NodePath,
  [name, ...parts]: readonly string[],
): { binding: Binding; parts: readonly string[] } | undefined {
  if (name === undefined) return undefined;
  const declarations = [...(declared.isTSModuleDeclaration() ? [declared] : []), ...mergedWith(declared)];
  for (const each of declarations) {
    const body = each.get('body') as NodePath;
    // `namespace Outer.Inner { … }`
    const inner = body.isTSModuleDeclaration() && body.get('id').isIdentifier({ name });
    const binding = body.isTSModuleDeclaration() ? undefined : body.scope.getOwnBinding(name);
    const found = inner ? exportOfNamespace(body, parts) : binding && { binding, parts };
    if (found) return found;
  }
  return undefined;
}

function exportedState(
  program: NodePath<t.Program>,
  [name = '', ...rest]: readonly string[],
  source: Source,
  seen = new Set<string>(),
): KeptState | undefined {
  const asked = [fileOf(program, source), name, ...rest].join(' ');
  if (seen.has(asked)) return undefined;
  seen.add(asked);
  const model = modelAt(program);
  if (name === '*') {
    const [first] = rest;
    if (
      first !== undefined &&
      first !== 'default' &&
      !model.exports.has(first) &&
      model.exports.has('default')
    )
      return exportedState(program, ['default', ...rest], source, seen);
    return exportedState(program, rest, source, seen);
  }
  const follow = (specifier: string, path: readonly string[]) => {
    const next = programOfModule(specifier, program, source);
    return next && exportedState(next, path, source, seen);
  };
  const exported = model.exports.get(name);
  if (!exported) {
    for (const specifier of name === 'default' ? [] : model.handsOn) {
      const found = follow(specifier, [name, ...rest]);
      if (found) return found;
    }
    return undefined;
  }
  if ('specifier' in exported) return follow(exported.specifier, [exported.name, ...rest]);
  if ('node' in exported)
    return { root: idOf(program, exported.node, source), parts: rest, declared: program };
  const imported = model.imports.get(exported.local);
  if (imported) return follow(imported.specifier, [imported.name, ...rest]);
  const binding = program.scope.getBinding(exported.local);
  return binding && keptState(binding, rest, source);
}

function idOf(from: NodePath, { start }: t.Node, source: Source): string {
  return `${absolutePath(fileOf(from, source))}#${start ?? 0}`;
}

function modelAt(program: NodePath<t.Program>): ModuleModel {
  return keptWith(program, 'module model', () => modelOf('', program.node));
}

/** Whether one is the other, a part of it, or what that is a part of; where an object is not known, whether it may be. */
export function isSameState(one: Named, other: Named): boolean {
  const isUnseen = one.root === UNSEEN || other.root === UNSEEN;
  if (!isUnseen && one.root === other.root && isOnWay(one.parts, other.parts)) return true;
  if (!one.isUnseen && !other.isUnseen) return false;
  return (one.owners ?? []).some((a) => (other.owners ?? []).some((b) => mayBeOne(a, b)));
}

type Named = Pick<KeptState, 'root' | 'parts' | 'owners' | 'isUnseen'>;

function mayBeOne(one: Owner, other: Owner): boolean {
  const isOfOne =
    one.of === undefined && other.of === undefined
      ? one.by === other.by
      : one.of === undefined || other.of === undefined || one.of === other.of;
  return isOfOne && isOnWay(one.parts, other.parts);
}

function isOnWay(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((part, at) => part === other[at]);
}

/** Whether it is the same of the same object. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  return one.of === other.of && one.by === other.by && isSameWay(one.parts, other.parts);
}

function isSameWay(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}
