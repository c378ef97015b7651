import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Problem } from '../../migration.ts';
import { ANY, type Holding } from './flow.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { wordsOf } from '../../survey/code/words.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import type { Call } from '../../survey/functions/called-by.ts';

/** What tells two values apart by being two, or keeps something by one, whatever place it is given them at. */
const TELLS_APART =
  /^(isEqual(With)?|eq|equals?|includes|contains?|indexOf|lastIndexOf|(not)?(deep|strict|deepStrict|same)?equal|notStrictEqual|notDeepStrictEqual|isDeepStrictEqual|toBe|toEqual|toStrictEqual|toContain(Equal)?|uniq|union|difference|intersection|xor|without|pull(All)?)$/i;
/** Those that do so with what comes first: the members of a set, the keys of a map. */
const BY_FIRST = /^(has|get|delete|set|getOrInsert(Computed)?)$/;
const COLLECTIONS = /^(Weak)?(Set|Map)$/;

/** Why a place is left whose agent is given to what tells it from others: two agents that become one are no longer two. */
export function toldApart(
  call: Call,
  value: NodePath,
  holding: Holding,
  { migration }: { migration: Judged },
): Problem | undefined {
  if (holding.part || !(call.isNewExpression() ? countsIn(call, value, holding) : asks(call, value, holding)))
    return undefined;
  return reasonAt('agent-compared', call, migration);
}

/** A set of several, or a map with agents for keys; of a single one a set is no more than a list. */
function countsIn(call: Call, value: NodePath, { path }: Holding): boolean {
  const { callee } = call.node;
  if (callee.type !== 'Identifier' || !COLLECTIONS.test(callee.name)) return false;
  const isOne = withoutTypes(value).isArrayExpression() && elementsOf(value).length < 2;
  if (isOne || path.length === 0) return false;
  return callee.name.endsWith('Set')
    ? path.length === 1
    : path.length === 2 && /^(0|\*)$/.test(path[1] ?? '');
}

function elementsOf(list: NodePath): readonly unknown[] {
  const { node } = withoutTypes(list);
  const { elements } = node as t.ArrayExpression;
  return elements.some((each) => each?.type === 'SpreadElement') ? [0, 1] : elements;
}

function asks(call: Call, value: NodePath, { path }: Holding): boolean {
  const callee = call.get('callee') as NodePath;
  const name = isMember(callee) ? propertyName(callee.node) : callee.isIdentifier() ? callee.node.name : '';
  if (name === undefined || path.length > 1) return false;
  const isElement = path.length === 1 && /^(\d+|\*)$/.test(path[0] ?? ANY);
  if (TELLS_APART.test(name)) return path.length === 0 || isElement;
  if (name === 'groupBy' && isMember(callee) && (callee.node.object as t.Identifier).name === 'Map')
    return isElement;
  if (wordsOf(callee.node) === 'Object.is') return path.length === 0;
  if (value.key !== 0 || !isMember(callee) || path.length > 0) return false;
  if (name === 'add') return !isOnlyOne(call, callee.get('object') as NodePath);
  return BY_FIRST.test(name) && (name === 'set') === call.node.arguments.length > 1;
}

/** Whether a call adds the one member that a set of the function ever has. */
function isOnlyOne(call: Call, set: NodePath): boolean {
  const binding = bindingOf(set);
  const made = binding?.path.isVariableDeclarator() ? binding.path.node.init : undefined;
  if (!binding || made?.type !== 'NewExpression' || made.arguments.length > 0) return false;
  const fn = call.getFunctionParent();
  const isOnce = binding.scope.getFunctionParent()?.block === fn?.node && !isLooped(call, fn);
  const adding = binding.referencePaths.filter(
    ({ parent }) => parent.type === 'MemberExpression' && propertyName(parent) === 'add',
  );
  return isOnce && adding.length === 1;
}

function isLooped(call: Call, fn: NodePath | null): boolean {
  return call.findParent((each) => each.isLoop() || each.node === fn?.node)?.isLoop() === true;
}
