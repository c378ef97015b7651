import path from 'node:path';
import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { modelOf, type ModuleModel } from '../code/module-model.ts';
import { fileOf, programOfModule } from '../code/opened-files.ts';
import { keptWith } from '../../source/kept-with.ts';
import { toPosix } from '../../source/specifiers.ts';

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
}

/** How many modules may hand a name on. */
const MAX_MODULES = 6;

/** Where what a name has under some properties is kept, behind imports and barrels. */
export function keptState(binding: Binding, parts: readonly string[], source: Source): KeptState {
  const loaded = loadedBy(binding);
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

function exportedState(
  program: NodePath<t.Program>,
  [name = '', ...rest]: readonly string[],
  source: Source,
  steps = MAX_MODULES,
): KeptState | undefined {
  if (steps === 0) return undefined;
  const model = modelAt(program);
  if (name === '*') {
    const [first] = rest;
    if (
      first !== undefined &&
      first !== 'default' &&
      !model.exports.has(first) &&
      model.exports.has('default')
    )
      return exportedState(program, ['default', ...rest], source, steps - 1);
    return exportedState(program, rest, source, steps - 1);
  }
  const follow = (specifier: string, path: readonly string[]) => {
    const next = programOfModule(specifier, program, source);
    return next && exportedState(next, path, source, steps - 1);
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
  return `${toPosix(path.resolve(fileOf(from, source)))}#${start ?? 0}`;
}

function modelAt(program: NodePath<t.Program>): ModuleModel {
  return keptWith(program, 'module model', () => modelOf('', program.node));
}

/** Whether one is the other, a part of it, or what that is a part of. */
export function isSameState(
  one: Pick<KeptState, 'root' | 'parts'>,
  other: Pick<KeptState, 'root' | 'parts'>,
): boolean {
  const length = Math.min(one.parts.length, other.parts.length);
  return one.root === other.root && one.parts.slice(0, length).every((part, at) => part === other.parts[at]);
}
