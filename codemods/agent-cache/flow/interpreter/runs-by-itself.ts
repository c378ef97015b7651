import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember } from '../../survey/code/members.ts';
import { calledName, waitsForCallbacks } from '../../survey/functions/later-callbacks.ts';

const TIMER = /^(setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/;
const WATCH = /^(watch|watchFile)$/;
const LISTENS = /^(on|once|addListener)$/;

/**
 * Whether a call has what it is given run by the clock, when a file changes, by a signal or once a server is up: for no
 * other request than the one that may have made the call.
 */
export function runsByItself(call: NodePath<t.CallExpression>): boolean {
  const name = calledName(call);
  const [first] = call.node.arguments;
  if (TIMER.test(name)) return true;
  if (/^schedule(Job)?$/.test(name)) return first?.type === 'StringLiteral' && / /.test(first.value);
  if (WATCH.test(name)) return first !== undefined && !/Function/.test(first.type);
  if (name === 'listen') return first?.type !== 'StringLiteral';
  const callee = call.get('callee') as NodePath;
  const object = isMember(callee) && LISTENS.test(name) ? (callee.get('object') as NodePath) : undefined;
  if (object?.isCallExpression()) return WATCH.test(calledName(object));
  return object?.isIdentifier({ name: 'process' }) === true && !object.scope.hasBinding('process', true);
}

/** Whether it runs for who waits for the call: the callbacks of lists and promises, which are methods. */
export function runsForReceiver(call: NodePath<t.CallExpression>): boolean {
  return isMember(call.get('callee') as NodePath) && waitsForCallbacks(call);
}
