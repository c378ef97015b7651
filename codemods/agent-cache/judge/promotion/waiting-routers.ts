import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { packageOf } from '../../survey/code/package-of.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** Routers that wait for their handlers, whatever version of Express they extend. */
const WAITING = /^(express-(promise|async)-router|@awaitjs\/express)$/;
const PLAIN = /^express$/;

/** Whether every router that a file makes waits for its handlers, and it makes one. */
export function hasWaitingRouters(program: NodePath<t.Program>): boolean {
  const { waiting, plain } = routersOf(program);
  return waiting && !plain;
}

/** Whether the router of a registration waits for its handlers. */
export function isWaitingRoute(registration: NodePath): boolean {
  const program = programAround(registration);
  const call = registration.find((each) => each.isCallExpression());
  const maker = call?.isCallExpression() ? makerOf(call) : undefined;
  if (maker !== undefined) return WAITING.test(maker);
  return hasWaitingRouters(program);
}

interface Routers {
  waiting: boolean;
  plain: boolean;
}

function routersOf(program: NodePath<t.Program>): Routers {
  return keptWith(program, 'routers', () => {
    const found: Routers = { waiting: false, plain: false };
    program.traverse({
      CallExpression(call) {
        const module = packageOf(rootOf(call.get('callee') as NodePath)) ?? '';
        found.waiting ||= WAITING.test(module);
        found.plain ||= PLAIN.test(module) && isOfRouters(call.get('callee') as NodePath);
      },
      NewExpression(made) {
        found.waiting ||= WAITING.test(packageOf(rootOf(made.get('callee') as NodePath)) ?? '');
      },
    });
    return found;
  });
}

/** `express()`, `Router()` and `express.Router()`, not `express.json()`. */
function isOfRouters(callee: NodePath): boolean {
  if (!callee.isMemberExpression()) return true;
  const { property } = callee.node;
  return property.type === 'Identifier' && property.name === 'Router';
}

/** The package whose function made the router that a chain of calls starts from. */
function makerOf(call: NodePath<t.CallExpression>): string | undefined {
  const root = rootOf(call.get('callee') as NodePath);
  const path = bindingOf(root)?.path;
  const init = path?.isVariableDeclarator() ? withoutTypes(path.get('init') as NodePath) : undefined;
  if (!init?.isCallExpression() && !init?.isNewExpression()) return undefined;
  return packageOf(rootOf(init.get('callee') as NodePath));
}

/** The name that a chain of members and calls starts from. */
function rootOf(value: NodePath): NodePath {
  if (value.isMemberExpression() || value.isOptionalMemberExpression())
    return rootOf(value.get('object') as NodePath);
  if (value.isCallExpression() && !packageOf(value)) return rootOf(value.get('callee') as NodePath);
  return value;
}
