import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import type { Problem, Surveyed } from '../../migration.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';

/**
 * Why a place is left whose `catch` asks what failed: today that is what the constructor throws, and where the cache
 * connects what it awaits fails there as well, which the code met where it first called the agent.
 */
export function toldApartProblem(
  expression: NodePath,
  fn: FunctionPath,
  { uses }: AgentFlow,
  migration: Surveyed,
): Problem | undefined {
  const tries = handlersAround(expression, fn).flatMap((each) => (each.isTryStatement() ? [each] : []));
  if (tries.length === 0 || creationOnlyBuilds(migration)) return undefined;
  const beyond = tries.filter((each) => uses.some((use) => !use.isDescendant(each.get('block'))));
  const asked = beyond.map(testOfError).find(Boolean);
  return asked && reasonAt('failure-told-apart', asked, migration);
}

const DECIDES = /Statement$|^ConditionalExpression$/;

/** What a `catch` goes by of the error: `if (error.code === 'ENOKEY')`. That it is one at all tells nothing. */
function testOfError(around: NodePath<t.TryStatement>): NodePath | undefined {
  const handler = around.get('handler');
  if (!handler.isCatchClause()) return undefined;
  const names = Object.values(handler.scope.bindings).filter(({ path }) => path.node === handler.node);
  const uses = names.flatMap(({ referencePaths }) => referencePaths);
  return uses.find((use) => {
    const test = use.find(
      ({ key, parent }) => /^(test|discriminant)$/.test(String(key)) && DECIDES.test(parent.type),
    );
    return test !== null && !isErrorAtAll(use);
  });
}

function isErrorAtAll({ parent }: NodePath): boolean {
  return (
    parent.type === 'BinaryExpression' &&
    parent.operator === 'instanceof' &&
    parent.right.type === 'Identifier' &&
    parent.right.name === 'Error'
  );
}
