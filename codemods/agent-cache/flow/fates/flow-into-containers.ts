import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { ANY, type Flow, type Holding, heldIn, isAgent } from './flow.ts';
import { followArgument, followDefault } from './flow-into-calls.ts';
import { followField } from './flow-into-classes.ts';
import { followThrown } from './flow-to-catchers.ts';
import { iteratedProblem } from './iterated.ts';
import { CONVERTS } from '../interpreter/written-out.ts';
import { keyName } from '../../survey/code/members.ts';
import { reasonAt } from '../../survey/code/place-at.ts';

/** Follows a value into the expression that it is a part of: a choice, a literal, a loop, a comparison, a field. */
export function followContainer(flow: Flow, value: NodePath, parent: NodePath, holding: Holding): void {
  const { path } = holding;
  const outer = parent.parentPath;
  if (parent.isConditionalExpression() || parent.isLogicalExpression()) {
    if (value.key !== 'test') flow.follow(parent, holding);
  } else if (parent.isAssignmentPattern()) {
    if (value.key === 'right') followDefault(flow, parent, holding);
  } else if (parent.isObjectProperty()) {
    if (outer && value.key === 'value')
      flow.follow(outer, { ...holding, path: [keyName(parent.node) ?? ANY, ...path] });
  } else if (parent.isSpreadElement() && isAgent(holding) && !outer?.isObjectExpression()) {
    followIteration(flow, parent);
  } else if (parent.isSpreadElement() && parent.listKey === 'arguments' && outer) {
    const held = heldIn(holding, undefined);
    if (held) followArgument(flow, parent, outer, held);
  } else if (parent.isSpreadElement()) {
    // A copy: its properties are the agent's own, or the same as those of what held it.
    const copied =
      path.length === 0
        ? { path: [ANY], part: true }
        : { path: outer?.isArrayExpression() ? [ANY, ...path.slice(1)] : path };
    if (outer) flow.follow(outer, { ...holding, ...copied });
    if (isAgent(holding)) flow.showsState(parent, undefined);
  } else if (parent.isArrayExpression())
    flow.follow(parent, { ...holding, path: [String(value.key), ...path] });
  else if (parent.isForOfStatement() && value.key === 'right') followLoop(flow, parent, holding);
  else if (parent.isForInStatement() && value.key === 'right' && isAgent(holding))
    flow.showsState(parent, undefined);
  else if (isAgent(holding) && parent.isYieldExpression() && parent.node.delegate)
    followIteration(flow, parent);
  else if (parent.isThrowStatement()) followThrown(flow, parent, holding);
  else if (isAgent(holding) && (isChoice(value, parent) || isComparison(parent)))
    flow.fail(reasonAt('agent-compared', parent, flow.migration));
  else if (isAgent(holding) && asksForText(parent)) CONVERTS.some((name) => flow.showsState(parent, name));
  else if (holding.part) return;
  else if (parent.isClassProperty() || parent.isClassPrivateProperty()) followField(flow, parent, holding);
  else if (parent.isExportDefaultDeclaration()) flow.fail(reasonAt('agent-kept', parent, flow.migration));
}

function followLoop(flow: Flow, loop: NodePath<t.ForOfStatement>, holding: Holding): void {
  if (isAgent(holding)) followIteration(flow, loop);
  const left = loop.get('left');
  const target = left.isVariableDeclaration() ? left.get('declarations')[0]?.get('id') : left;
  const held = heldIn(holding, undefined);
  // `for (using agent of agents)` closes each of them.
  if (held && left.isVariableDeclaration() && /using/i.test(left.node.kind) && !held.part) {
    flow.fail(reasonAt('agent-closed', loop, flow.migration));
    return;
  }
  if (target && held) flow.followTarget(target as NodePath, held);
}

function followIteration(flow: Flow, place: NodePath): void {
  const problem = iteratedProblem(place, flow.migration);
  if (problem) flow.fail(problem);
}

function asksForText(parent: NodePath): boolean {
  return (
    parent.isTemplateLiteral() ||
    (parent.isBinaryExpression() && !/^([!=]==?|in|instanceof)$/.test(parent.node.operator))
  );
}

/** `switch (agent) { case other: … }` */
function isChoice({ key }: NodePath, parent: NodePath): boolean {
  return parent.isSwitchStatement() ? key === 'discriminant' : parent.isSwitchCase() && key === 'test';
}

/** Whether the code tells one object from another: a comparison with nothing (`null`, `undefined`) does not. */
function isComparison({ node }: NodePath): boolean {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return false;
  return [node.left, node.right].every(
    (side) => !side.type.endsWith('Literal') && !(side.type === 'Identifier' && side.name === 'undefined'),
  );
}
