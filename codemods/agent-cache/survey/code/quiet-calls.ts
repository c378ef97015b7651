import type * as t from '@babel/types';
import { declaredWithin } from './declared-within.ts';
import type { Kind } from './kinds.ts';
import { callOfNode, isOwnName } from './node-calls.ts';
import { globalCall, type KnownCall, logCall, methodCall } from './known-calls.ts';
import { propertyName } from './members.ts';
import { initOf, isGlobal, type Names } from './names-in-code.ts';
import { patternNames } from './pattern-names.ts';
import { kindOf } from './value-kinds.ts';

/** The call of a function or a method that is known not to fail; `quiet` answers that for the value of a method. */
export function knownCall(
  { callee, arguments: given }: t.CallExpression | t.OptionalCallExpression,
  names: Names,
  quiet: (node: t.Node) => boolean,
): KnownCall | undefined {
  const kind = (node: t.Node) => kindOf(node, names);
  const ofNode = isOwnName(callee, names) ? undefined : callOfNode(callee, given, names.scope);
  if (ofNode) return ofNode;
  if (callee.type === 'Identifier')
    return isGlobal(callee.name, names)
      ? globalCall(callee.name, given, kind, (name) => initOf(name, names))
      : undefined;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  const name = propertyName(callee) ?? '';
  const { object } = callee;
  const log = logCall(object, name);
  if (log) return log;
  if (object.type === 'Identifier' && isGlobal(object.name, names))
    return globalCall(`${object.name}.${name}`, given, kind);
  if (!quiet(object)) return undefined;
  // What has a name may have been written out before, and fails the second time.
  if (kind(object) === 'hash' && object.type !== 'CallExpression') return undefined;
  const isSkipped = callee.type === 'OptionalMemberExpression' && callee.optional && kind(object) === 'data';
  return methodCall(isSkipped ? 'present' : kind(object), name, given, kind);
}

/** The body of a callback, and what is known of the names in it; undefined where taking what it is given may fail. */
export function callbackNames(
  node: t.Node,
  given: readonly (Kind | undefined)[],
  names: Names,
): { body: t.Node; within: Pick<Names, 'inner' | 'shown'> } | undefined {
  if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return undefined;
  if (node.async || node.generator) return undefined;
  const taken = new Map<string, Kind | undefined>();
  for (const [index, param] of node.params.entries()) {
    // `([key, value]) => …` of pairs.
    const isPair = param.type === 'ArrayPattern' && given[index] === 'list';
    if (
      param.type !== 'Identifier' &&
      !(isPair && param.elements.every((each) => each?.type === 'Identifier'))
    )
      return undefined;
    if (param.type === 'Identifier') taken.set(param.name, given[index]);
    else for (const name of patternNames(param)) taken.set(name, undefined);
  }
  const declared = [...declaredWithin(node.body)];
  // What was shown of a name says nothing of another one that hides it.
  const hidden = new Set([...declared, ...taken.keys()]);
  const shown = new Map([...(names.shown ?? [])].filter(([path]) => !hidden.has(path.split('.')[0] ?? '')));
  const own = declared.map((name) => [name, undefined] as const);
  return { body: node.body, within: { inner: new Map([...names.inner, ...own, ...taken]), shown } };
}

/** `String.raw`. */
export function isRawText(tag: t.Node, names: Names): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag.object.type === 'Identifier' &&
    tag.object.name === 'String' &&
    isGlobal('String', names) &&
    propertyName(tag) === 'raw'
  );
}
