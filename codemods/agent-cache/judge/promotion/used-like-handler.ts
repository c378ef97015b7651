import type { NodePath } from '@babel/traverse';
import { looksLikeRequest } from '../../survey/functions/handlers.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { isGivenToRegistration, isRegistration } from '../../survey/functions/registrations.ts';

/** Given to a route, bare or in calls, or called with a request and a response. */
export function isUsedLikeHandler(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (!parent) return false;
  if (isMember(parent)) return isMethodUsedLikeHandler(parent);
  if (parent.isArrayExpression()) return isGivenToRegistration(parent);
  if (!parent.isCallExpression()) return false;
  if (value.key === 'callee') return isGivenRequest(parent.node.arguments);
  return isRegistration(parent) || isUsedLikeHandler(parent);
}

/** `handler.bind(owner)`, `handler.call(owner, req, res)` */
function isMethodUsedLikeHandler(member: NodePath): boolean {
  const { parentPath: call } = member;
  if (!isMember(member) || !call?.isCallExpression() || member.key !== 'callee') return false;
  const name = propertyName(member.node);
  if (name === 'bind') return isUsedLikeHandler(call);
  return name === 'call' && isGivenRequest(call.node.arguments.slice(1));
}

function isGivenRequest([first, second]: readonly { type: string; name?: unknown }[]): boolean {
  return [first, second].every((each) => typeof each?.name === 'string' && looksLikeRequest(each.name));
}
