import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import type { Holding } from './flow.ts';
import { isLocalTo } from './flow-by-name.ts';
import { bindingOf, constantBehind } from '../../survey/code/bindings.ts';
import { definitionOf } from '../../survey/code/definitions.ts';
import { loadedBy } from '../../survey/code/loaded-by.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';

/** How code hands something to whoever listens. */
export const TELLS = /^(emit|dispatchEvent|next)$|^emit[A-Z]/;

const LISTENS = /^(on|once|addListener|prepend(Once)?Listener|addEventListener)$/;
const HARMLESS = /^(off|remove\w+|listenerCount|eventNames|setMaxListeners)$/;

/**
 * The functions that listen to an emitter which the function itself made, and gives to nobody; undefined where it is not
 * known who listens.
 */
export function knownListeners(
  emitter: NodePath,
  { frame }: Holding,
  source: Source,
): NodePath[] | undefined {
  const listeners = isLocalTo(emitter, frame.fn) ? listenersOf(emitter) : undefined;
  return listeners?.every((each) => definitionOf(each, source)?.kind === 'function') ? listeners : undefined;
}

/** All listeners of a variable that has an emitter of Node's; undefined where others may know it. */
function listenersOf(emitter: NodePath): NodePath[] | undefined {
  const binding = bindingOf(emitter);
  const made = constantBehind(binding);
  if (!binding || !made || !isEmitter(withoutTypes(made))) return undefined;
  const listeners: NodePath[] = [];
  for (const { parentPath: member, key } of binding.referencePaths) {
    const name = isMember(member) && key === 'object' ? (propertyName(member.node) ?? '') : '';
    const call =
      member?.key === 'callee' && member.parentPath?.isCallExpression() ? member.parentPath : undefined;
    const listener = call?.get('arguments')[1];
    if (call && LISTENS.test(name) && listener) listeners.push(listener);
    else if (!call || !(TELLS.test(name) || HARMLESS.test(name))) return undefined;
  }
  return listeners;
}

function isEmitter(made: NodePath): boolean {
  if (!made.isNewExpression()) return false;
  const binding = bindingOf(made.get('callee'));
  if (!binding) return made.get('callee').isIdentifier({ name: 'EventTarget' });
  return /^(node:)?events$/.test(loadedBy(binding)?.specifier ?? '');
}
