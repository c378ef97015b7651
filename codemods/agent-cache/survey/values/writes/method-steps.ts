import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { calledDefinition, type Definition, definitionIn, definitionOf } from '../../code/definitions.ts';
import { childrenOf } from '../../../source/children.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { all, patternSteps } from './pattern-steps.ts';
import type { Asked, Outcome, Step } from './outcome.ts';
import { selvesOf } from './setters-of.ts';
import { CALLED, copied, heldBy, into, MAPPED, pairOf, SOME, type Way } from './way.ts';

type Member = t.MemberExpression | t.OptionalMemberExpression;

/** Methods that change what they are called on, where it is no more than a list, a map or an object of settings. */
const CHANGES =
  /^(add|set|put|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|merge|load\w*|reload|override|update\w*|refresh|reset\w*|__defineGetter__|__defineSetter__)$/;
/** Those that give an element. */
const ELEMENT = /^(at|find|findLast|get|pop|shift|next|deref)$/;
/** Those that give a list of the same elements, and the value itself. */
const LIST = /^(slice|concat|filter|flat|toSorted|toReversed|toSpliced|with|values|entries|sort|reverse)$/;
const ITSELF = /^(valueOf|catch|finally|tap)$/;
/** Those that call a function with each element. */
const EACH = /^(map|flatMap|forEach|filter|some|every|find|findIndex|findLast|findLastIndex|sort|toSorted)$/;

/** What a method does with the value that it is called on, and what it gives of that. */
export function methodSteps(
  member: NodePath<Member>,
  name: string,
  call: NodePath,
  way: Way,
  asked: Asked,
): Outcome {
  if (way.names[0] === MAPPED) return mapSteps(name, call, way, asked);
  const [first, second, ...names] = way.names;
  if (second === CALLED && (first === name || first === SOME))
    return [{ kind: 'value', at: call, way: { names, free: Math.max(0, way.free - 2) } }];
  const found = calledDefinition(member, asked.source) ?? methodOfWhole(name, way, asked);
  if (found?.kind === 'function') return ownMethod(found.path, way);
  if (CHANGES.test(name) && way.free === 0 && first !== CALLED) return 'written';
  return all([elementSteps, resultSteps], (stepsOfPart) => stepsOfPart(name, call, way, asked));
}

/** What is done with a value of which some method is called, whichever that is: `settings[name](token)`. */
export function anyMethodSteps(member: NodePath<Member>, way: Way, { source, whole }: Asked): Outcome {
  if (way.names[0] === CALLED) return [];
  const isWhole = way.free === 0 && way.names.length === whole?.names.length;
  const is = definitionOf(member.get('object') as NodePath, source) ?? (isWhole ? whole.is : undefined);
  if (!is) return way.free === 0 ? 'untold' : [];
  return selvesOf(is, source).map((at) => ({ kind: 'value', at, way }));
}

/** What a method of a map gives of what it has. */
function mapSteps(name: string, call: NodePath, way: Way, asked: Asked): Outcome {
  const [, ...names] = way.names;
  const value = { names, free: Math.max(0, way.free - 1) };
  if (name === 'get') return [{ kind: 'value', at: call, way: value }];
  if (name === 'values') return [{ kind: 'value', at: call, way: heldBy(value, SOME) }];
  if (name === 'entries') return [{ kind: 'value', at: call, way: heldBy(pairOf(way), SOME) }];
  if (name === 'set') return [{ kind: 'value', at: call, way }];
  if (name !== 'forEach') return /^(has|keys|delete|clear)$/.test(name) ? [] : 'untold';
  return elementSteps(name, call, heldBy(value, SOME), asked);
}

/** A method of the value itself, by whatever name that goes here. */
function methodOfWhole(name: string, way: Way, { whole, source }: Asked): Definition | undefined {
  const isWhole = way.free === 0 && way.names.length === whole?.names.length;
  return whole && isWhole ? definitionIn(whole.is, name, source) : undefined;
}

/** What a method of the tree does with what it is called on. */
function ownMethod(fn: FunctionPath, way: Way): Outcome {
  const isOfField = /^Class(Private)?Property$/.test(fn.parent.type);
  if (fn.isArrowFunctionExpression() && !isOfField) return [];
  const found: Step[] = [];
  fn.traverse({
    Function(inner) {
      if (!inner.isArrowFunctionExpression()) inner.skip();
    },
    ThisExpression: (at) => void found.push({ kind: 'value', at, way }),
  });
  return found;
}

/** What the functions are given that a method calls. */
function elementSteps(name: string, call: NodePath, way: Way, asked: Asked): Outcome {
  const isThen = /^(then|tap|thru)$/.test(name);
  const isReduce = /^reduce(Right)?$/.test(name);
  if (!isThen && !isReduce && !EACH.test(name)) return [];
  const inner = isThen ? way : into(way, SOME, asked.leaf);
  if (!inner) return [];
  const [callback] = call.get('arguments') as NodePath[];
  if (!callback) return [];
  const found = definitionOf(callback, asked.source);
  if (found?.kind !== 'function' || readsArguments(found.path)) return 'untold';
  const params = found.path.get('params') as NodePath[];
  const taking = isReduce ? params.slice(0, 2) : params.slice(0, /[sS]ort/.test(name) ? 2 : 1);
  return all(taking, (param) => patternSteps(param, inner, asked.leaf));
}

/** What a method gives of the value. */
function resultSteps(name: string, call: NodePath, way: Way, { leaf }: Asked): Outcome {
  const isIt = ITSELF.test(name);
  const isList = LIST.test(name);
  const next = isIt ? way : isList ? copied(way) : ELEMENT.test(name) ? into(way, SOME, leaf) : undefined;
  if (!next) return [];
  // What an iterator gives holds the element.
  if (name === 'next') return [{ kind: 'value', at: call, way: heldBy(next, 'value') }];
  return [
    { kind: 'value', at: call, way: name === 'entries' ? { ...next, names: [SOME, ...next.names] } : next },
  ];
}

/** Whether a function gets at what it is given by other ways than its parameters. */
export function readsArguments(fn: FunctionPath): boolean {
  const body: t.Node = fn.node.body;
  return !fn.isArrowFunctionExpression() && speaksOf(body);
}

function speaksOf(node: t.Node): boolean {
  if (node.type === 'Identifier') return node.name === 'arguments';
  if (/^Function|^ObjectMethod|^Class/.test(node.type)) return false;
  return childrenOf(node).some(speaksOf);
}
