import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { propertyName } from './members.ts';

const REGISTERS = /^(get|post|put|patch|delete|head|options|all)$/;

/** `:id` as a part that a path cannot do without: `{/:id}` of Express 5 and `:id?` of Express 4 are none. */
const REQUIRED = /:(\w+)(?![\w?*+])/g;

/**
 * The parameters that each request of a route has, each a text: those of `router.get('/:id', (req, res) => …)` in its
 * own handler. None for a handler that has a name, since more than one route may call that.
 */
export function routeParams(handler: NodePath): ReadonlySet<string> {
  const { parentPath: call, listKey } = handler;
  if (!call?.isCallExpression() || listKey !== 'arguments') return new Set();
  const [route] = call.node.arguments;
  const isRoute = REGISTERS.test(nameOf(call.node.callee)) && route?.type === 'StringLiteral';
  return new Set(isRoute ? required(route.value) : []);
}

function required(route: string): string[] {
  const always = route.replace(/\{[^{}]*\}/g, '');
  // Nested groups, and what the one and the other version read otherwise.
  return /[{}()[\]\\]/.test(always) ? [] : [...always.matchAll(REQUIRED)].map(([, name = '']) => name);
}

function nameOf(callee: t.Node): string {
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}
