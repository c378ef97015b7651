import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { declarationOf, exported, heldBy, loadedModule, withoutFreeze } from './declared-values.ts';
import { mayBeWritten } from './written-values.ts';
import { bindingOf } from '../code/bindings.ts';

/** The literal that a spread expression stands for, where nothing writes to it. */
export function literalBehind(
  path: NodePath,
  source: Source,
  steps: number,
): NodePath<t.ObjectExpression> | undefined {
  const value = withoutFreeze(path);
  if (value.isObjectExpression()) return value;
  const declared = declaredBehind(value, source);
  if (!declared || declared.names.length > 0 || steps <= 0) return undefined;
  if (mayBeWritten(heldBy(declared), [], source)) return undefined;
  return declared.init && literalBehind(declared.init, source, steps - 1);
}

function declaredBehind(value: NodePath, source: Source) {
  const binding = bindingOf(value);
  const loaded = binding ? undefined : loadedModule(value);
  const taken = loaded
    ? { module: loaded.name, names: loaded.names, from: value, binding: undefined }
    : binding && declarationOf(binding, source);
  if (!taken || !('module' in taken)) return taken;
  // `require('./settings.json')` is the whole of what that exports.
  const found = exported(taken, taken.names.length === 0 ? ['default'] : taken.names, source);
  return found && 'module' in found ? undefined : found;
}
