import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { withoutOverflow } from './agent-effects.ts';
import { inRun } from './class-runs.ts';
import { interpret } from './interpreter.ts';
import { readWhileBuilding, type Read } from './judge-construction.ts';

/**
 * What building an instance reads, of what it is given, that is shown to differ by request: `new Client(settings)`, whose
 * constructor takes `settings.token`, behind which a getter looks up the request around it.
 * @param file the file in which it is built
 */
export function readOfGiven(
  file: string,
  construction: NodePath<t.NewExpression | t.CallExpression>,
  agentClass: string,
  project: Project,
): Read | undefined {
  return withoutOverflow(() => {
    const { machine, modules } = interpret(project);
    const frame = modules.frameOf(file);
    if (!frame) return undefined;
    const code = withItsVariables(construction);
    const { events } = inRun({ machine }, 'new', () => machine.run.evaluate(code, frame));
    return readWhileBuilding(events, agentClass, project);
  });
}

/** A construction in a function knows the variables of that: a call of it, where it stands. */
function withItsVariables(construction: NodePath<t.NewExpression | t.CallExpression>): t.Expression {
  const fn = construction.getFunctionParent()?.node;
  if (!fn) return construction.node;
  const { body, params, async = false, generator = false, start, end, loc } = fn;
  const type = fn.type === 'ArrowFunctionExpression' ? fn.type : 'FunctionExpression';
  const callee = { type, params, body, async, generator, start, end, loc } as t.FunctionExpression;
  return { type: 'CallExpression', callee, arguments: [], start, end, loc } as unknown as t.CallExpression;
}
