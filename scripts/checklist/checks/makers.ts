import type { Node } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

/**
 * What routes hang on: a server, a router that somebody has to mount, something that may be either, or what a function is
 * given, which is one where somebody registers the function.
 */
export type OwnerKind = 'server' | 'router' | 'unknown' | 'plugin';

const SERVERS = /^(?:express|fastify|Fastify|Hono|OpenAPIHono|Koa|restify|createServer|polka|Elysia)$/;
const ROUTERS = /^(?:Router|KoaRouter|PromiseRouter|router)$/;

/** What an expression makes, when it makes a server or a router: `express()`, `new Router()`, `require('express')()`. */
export function madeBy(node: Node | null | undefined): OwnerKind | undefined {
  switch (node?.type) {
    case 'AwaitExpression':
      return madeBy(node.argument);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return madeBy(node.expression);
    case 'CallExpression':
    case 'NewExpression': {
      const { callee } = node;
      if (callee.type === 'CallExpression' && requires(callee, 'express')) return 'server';
      const name = lastName(callee);
      if (ROUTERS.test(name)) return 'router';
      if (SERVERS.test(name)) return 'server';
      // A chain: `Router().get(…).use(…)`.
      return callee.type === 'MemberExpression' ? madeBy(callee.object) : undefined;
    }
    default:
      return undefined;
  }
}

/** The call at the beginning of a chain that makes a server or a router. */
export function chainRoot(node: Node): Node | undefined {
  if (node.type === 'AwaitExpression') return chainRoot(node.argument);
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const { callee } = node;
  const deeper = callee.type === 'MemberExpression' ? chainRoot(callee.object) : undefined;
  if (deeper !== undefined) return deeper;
  const isRequired = callee.type === 'CallExpression' && requires(callee, 'express');
  const name = lastName(callee);
  return isRequired || ROUTERS.test(name) || SERVERS.test(name) ? node : undefined;
}

/** The last name of `a.b.c`. */
export function lastName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? (writtenName(node.property, node.computed) ?? '') : '';
}

function requires(call: Extract<Node, { type: 'CallExpression' }>, module: string): boolean {
  const [argument] = call.arguments;
  return (
    call.callee.type === 'Identifier' &&
    call.callee.name === 'require' &&
    argument?.type === 'StringLiteral' &&
    argument.value === module
  );
}

const OWNER_NAME = /(?:app|router|routes?|server|fastify)$/i;
/** What clients of HTTP are called as well. */
const DOUBTFUL_NAME = /api$/i;

/** Whether something is called like what routes hang on; `perhaps` where clients of HTTP are called so as well. */
export function ownerNamed(name: string): boolean | 'perhaps' {
  return OWNER_NAME.test(name) || (DOUBTFUL_NAME.test(name) && 'perhaps');
}
