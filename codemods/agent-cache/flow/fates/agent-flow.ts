import type { NodePath } from '@babel/traverse';
import type { Judged, Problem } from '../../migration.ts';
import type { Frame } from './flow.ts';
import { Walk } from './walk.ts';
import { type FunctionPath, placementOf } from '../../survey/code/placement.ts';

/** Where an agent goes from the place that got it. */
export interface AgentFlow {
  /** The code treats the agent as its own. */
  problem: Problem | undefined;
  /** The references by which the function uses the agent, in the order of the text. */
  uses: NodePath[];
  /** The function gives the agent to its caller. */
  returned: boolean;
  /** What was followed. */
  origin: NodePath;
  /** Where the agent is in what the function returns, when that only holds it. */
  given: readonly (readonly string[])[];
  /** Where it is in what the function returns of what it was given. */
  givenOn?: readonly (readonly string[])[];
}

/**
 * Follows an agent to whatever the code does with it: through variables, objects and lists, properties of the request,
 * and into the functions, methods and classes that it is given to, in this file or another one. Code that cannot be
 * read is judged by its name.
 */
export function followAgent(expression: NodePath, migration: Judged): AgentFlow {
  const placement = placementOf(expression);
  if ('problem' in placement)
    return { origin: expression, problem: placement.problem, uses: [], returned: false, given: [] };
  const frame: Frame = { fn: placement.fn, call: undefined, owner: undefined, depth: 0, returned: [] };
  const walk = new Walk(frame, migration);
  walk.follow(expression, { path: [], part: false, indirect: false, frame });
  const uses = walk.uses.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
  const returned = frame.returned.filter(({ part }) => !part);
  const isHeld = returned.every(({ path }) => path.length > 0);
  const given = isHeld ? returned.map(({ path }) => path) : [];
  return { origin: expression, problem: walk.problem, uses, returned: returned.length > 0, given };
}

/**
 * Follows what holds an agent from the call that gave it. `uses` are the places that use the agent by it, and it is
 * `returned` when the caller gives it on, in any form.
 */
export function followHeld(
  call: NodePath,
  given: AgentFlow['given'],
  fn: FunctionPath | undefined,
  migration: Judged,
): AgentFlow {
  const frame: Frame = { fn, call: undefined, owner: undefined, depth: 0, returned: [] };
  const walk = new Walk(frame, migration, call);
  for (const path of given) walk.follow(call, { path, part: false, indirect: true, frame });
  const uses = walk.uses.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
  const givenOn = frame.returned.filter(({ part }) => !part).map(({ path }) => path);
  return { origin: call, problem: walk.problem, uses, returned: walk.givesOn, given, givenOn };
}

/**
 * Follows an agent that its place gets at once, wherever that stands: an instance may keep it in a field, whose uses are
 * followed as well. `fn` is the function that the place runs in; undefined where it runs with its module.
 */
export function followAtOnce(
  expression: NodePath,
  { fn, owner }: Pick<Frame, 'fn' | 'owner'>,
  migration: Judged,
): AgentFlow {
  const frame: Frame = { fn, call: undefined, owner, depth: 0, returned: [] };
  const walk = new Walk(frame, migration);
  walk.follow(expression, { path: [], part: false, indirect: false, frame });
  const returned = frame.returned.filter(({ part }) => !part).map(({ path }) => path);
  return {
    origin: expression,
    problem: walk.problem,
    uses: walk.uses,
    returned: returned.length > 0,
    given: returned,
  };
}
