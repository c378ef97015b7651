import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingOf, initBehind } from '../../code/bindings.ts';
import { isMember, keyName, propertyName } from '../../code/members.ts';
import { withoutTypes } from '../../code/wrappers.ts';
import type { Outcome } from './outcome.ts';
import { CALLED, heldBy, MAPPED, SOME, type Way } from './way.ts';

/** How methods are named that keep what they are given, or give it to others of the tree, by a key that others say. */
const BY_KEY = /^(set|register\w*|provide|bind|emit|decorate|to\w*Value)$/;
/** How those are named that do so by no key. */
const ADDS = /^(set|put|add|push|unshift|publish|next|resolve|enqueue|share|attach|use\w*Value)$/;
/** What may be looked for in texts. */
const KEY = /^\w(?:[\w.:-]*\w)?$/;

/** What a method that cannot be read gives others of what it is given; undefined for one that gives nobody anything. */
export function givenOnSteps(callee: NodePath, call: NodePath, index: number, way: Way): Outcome | undefined {
  if (!isMember(callee)) return undefined;
  const name = propertyName(callee.node) ?? '';
  if (!BY_KEY.test(name) && !ADDS.test(name)) return undefined;
  const receiver = callee.get('object') as NodePath;
  if (!BY_KEY.test(name) || (name === 'set' && !isApplication(receiver))) return 'untold';
  const given = call.get('arguments') as NodePath[];
  const [own] = given;
  const key = textOf(index > 0 ? own : keyOfBinding(receiver));
  return key === undefined ? partsByKey(given[index], way) : byKey(key, way);
}

/** `container.register({ settings: asValue(settings) })` */
function partsByKey(given: NodePath | undefined, { names: [name, ...names], free }: Way): Outcome {
  if (!given?.isObjectExpression() || name === undefined || free === 0) return 'untold';
  return byKey(name, { names, free: Math.max(0, free - 1) });
}

export function byKey(key: string, way: Way): Outcome {
  return KEY.test(key) ? [{ kind: 'named', name: key, isKey: true, way }] : 'untold';
}

/** `all.push(settings)`, `all.set('ads', settings)`, where the code shows the list or the map. */
export function collectionSteps(callee: NodePath, index: number, way: Way): Outcome | undefined {
  const name = isMember(callee) ? propertyName(callee.node) : undefined;
  const init = isMember(callee) ? initBehind(bindingOf(callee.get('object') as NodePath)) : undefined;
  if (!init || name === undefined) return undefined;
  const { callee: type } = init.isNewExpression() ? init.node : {};
  const made = init.isArrayExpression() ? 'Array' : type?.type === 'Identifier' ? type.name : '';
  const added = { Array: /^(push|unshift)$/, Set: /^add$/, Map: /^set$/ }[made];
  if (!added?.test(name) || (made === 'Map' && index !== 1)) return undefined;
  return [{ kind: 'value', at: init, way: heldBy(way, made === 'Map' ? MAPPED : SOME) }];
}

/** An Express application, which has a `get` for its settings: none of the maps that others may walk through. */
function isApplication(receiver: NodePath): boolean {
  const value = withoutTypes(receiver);
  const name = isMember(value)
    ? propertyName(value.node)
    : value.isIdentifier()
      ? value.node.name
      : undefined;
  return /^(app|application|server|expressApp)$/.test(name ?? '');
}

/** `'settings'` of `container.bind('settings').toConstantValue(settings)` */
function keyOfBinding(receiver: NodePath): NodePath | undefined {
  const value = withoutTypes(receiver);
  return value.isCallExpression() ? (value.get('arguments')[0] as NodePath | undefined) : undefined;
}

/** `{ provide: 'settings', useValue: settings }`, also where the key is given beside: `register('settings', { … })`. */
export function providedSteps(property: NodePath<t.ObjectProperty>, way: Way): Outcome | undefined {
  const name = keyName(property.node);
  const isMade = name === 'useFactory' && way.names[0] === CALLED;
  if (name !== 'useValue' && !isMade) return undefined;
  const given = isMade ? { names: way.names.slice(1), free: Math.max(0, way.free - 1) } : way;
  const object = property.parentPath as NodePath<t.ObjectExpression>;
  const provided = object.get('properties').find(({ node }) => keyName(node) === 'provide');
  const { parentPath: call } = object;
  const beside = call?.isCallExpression() ? (call.get('arguments')[0] as NodePath) : undefined;
  const key = textOf(provided?.isObjectProperty() ? (provided.get('value') as NodePath) : beside);
  return key === undefined ? 'untold' : byKey(key, given);
}

function textOf(path: NodePath | undefined): string | undefined {
  const value = path && withoutTypes(path);
  return value?.isStringLiteral() ? value.node.value : undefined;
}
