import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { declarationOf, exported, heldBy, loadedModule, withoutFreeze } from './declared-values.ts';
import { heldResult, plainResult, refuses } from './function-results.ts';
import { mayBeWritten } from './written-values.ts';
import { CALLED } from './writes/way.ts';
import { calledDefinition } from '../code/definitions.ts';
import { bindingOf } from '../code/bindings.ts';

/** The literal that a spread expression stands for, where nothing writes to it. */
export function literalBehind(
  path: NodePath,
  source: Source,
  steps: number,
): NodePath<t.ObjectExpression> | undefined {
  const value = withoutFreeze(path);
  if (value.isObjectExpression()) return value;
  if (value.isCallExpression() && !loadedModule(value)) return resultLiteral(value, source);
  const declared = declaredBehind(value, source);
  if (!declared || declared.names.length > 0 || steps <= 0) return undefined;
  if (mayBeWritten(heldBy(declared), [], source, 'object')) return undefined;
  return declared.init && literalBehind(declared.init, source, steps - 1);
}

/** The literal that a function of the tree gives at each call, which takes nothing and only reads. */
function resultLiteral(
  call: NodePath<t.CallExpression>,
  source: Source,
): NodePath<t.ObjectExpression> | undefined {
  const found = calledDefinition(call.get('callee') as NodePath, source);
  if (found?.kind !== 'function' || call.node.arguments.length > 0 || refuses(found.path)) return undefined;
  const held = heldResult(found.path);
  const plain =
    held && !mayBeWritten(held, [CALLED], source, 'object') ? plainResult(found.path, source) : undefined;
  return plain?.isObjectExpression() ? plain : undefined;
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
