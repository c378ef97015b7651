import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { runsAtOnce, type StateUse } from '../code/shared-state.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { APP, OWN } from './caller-names.ts';
import { type KeptState, UNSEEN } from './state-origin.ts';
import { isGotUnseen, isUnseen } from './unseen-objects.ts';

/** `container.get('service').id`, read or set: parts of what a call gives that nothing shows to have made it. */
export function partsOfCallsIn(fn: FunctionPath, source: Source): StateUse[] {
  const found: StateUse[] = [];
  fn.traverse({
    Function(inner) {
      if (!runsAtOnce(inner)) inner.skip();
    },
    MemberExpression(member) {
      const name = propertyName(member.node);
      const object = member.get('object') as NodePath;
      const isCallee = member.key === 'callee' && member.parentPath.isCallExpression();
      if (name === undefined || isCallee || !isGotUnseen(object, source)) return;
      found.push({ state: `${UNSEEN}.${name}`, binding: undefined, at: member, isWrite: isWritten(member) });
    },
  });
  return found;
}

/** `registry.service.id`: of an object that no code shows, the method of some class may come to the same. */
export function unseenOwner(
  kept: KeptState,
  at: NodePath,
  source: Source,
): Pick<KeptState, 'owners' | 'isUnseen'> {
  const part = kept.parts.at(-1);
  if (kept.root.startsWith('param') || (OWN.test(kept.root) && kept.parts.length < 2)) return {};
  if (!isMember(at) || part === undefined || propertyName(at.node) !== part) return {};
  const object = at.get('object') as NodePath;
  if (kept.root !== UNSEEN && !isUnseen(object, source)) return {};
  return { owners: [{ of: undefined, by: textBy(object), parts: [part] }], isUnseen: true };
}

/** How an object is got, whatever the request is called by which the app is come to. */
function textBy(object: NodePath): string {
  const value = withoutTypes(object);
  const binding = value.isIdentifier() ? value.scope.getBinding(value.node.name) : undefined;
  const init = binding?.path.isVariableDeclarator() ? (binding.path.get('init') as NodePath) : undefined;
  return wordsOf(withoutTypes(init?.node ? init : value).node).replace(/^\w+\.app\b/, APP);
}

function wordsOf(node: t.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'StringLiteral') return `'${node.value}'`;
  if (node.type === 'MemberExpression') return `${wordsOf(node.object)}.${propertyName(node) ?? '?'}`;
  if (node.type !== 'CallExpression') return node.type;
  return `${wordsOf(node.callee)}(${node.arguments.map(wordsOf).join()})`;
}
