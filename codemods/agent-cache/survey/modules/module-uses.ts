import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { exportedNameAt } from '../code/exports.ts';
import { type Exports, partAt } from '../code/exported-paths.ts';
import { writtenName } from '../code/written-name.ts';

/** What a file does with an export of another module. */
export type ModuleUse<Value> =
  | { form: 'call'; value: Value; rest: string; at: NodePath<t.CallExpression> }
  /** It goes where nobody follows it: passed on, kept, named as a type. */
  | { form: 'value'; value: Value; at: NodePath }
  /** It is exported again, under a path of the file's own. */
  | { form: 'export'; path: string; part: Exports<Value> };

/** The path of what the instances of a class have; a class may be the whole module of CommonJS. */
const OF_INSTANCES = /^(default\.)?prototype\./;

/**
 * What becomes of an expression that stands for `part` of another module's exports. Every way that is not known to be
 * harmless is a `value`, so that nothing is overlooked.
 */
export function usesOf<Value>(expression: NodePath, part: Exports<Value>, rest = ''): ModuleUse<Value>[] {
  const { parentPath: parent, key } = expression;
  if (part.size === 0 || !parent || isUnused(expression)) return [];
  const path = exportedNameAt(expression) ?? spreadExport(expression);
  if (path !== undefined) return [{ form: 'export', path, part }];
  if (parent.isClass() && key === 'superClass')
    return [...usesOfInherited(parent, partAt(part, 'prototype')), ...valuesAt(expression, staticPart(part))];
  // What instances have is looked for by its name.
  if ([...part.keys()].every((each) => OF_INSTANCES.test(each))) return [];
  const own = part.get('');
  // `new Repository()` and `x instanceof Repository` use nothing that the class has beside its instances'.
  if (own === undefined && isConstructed(expression)) return [];
  if (parent.isMemberExpression() && key === 'object') {
    return usesOfMember(parent, writtenName(parent.node.property, parent.node.computed), part, rest);
  }
  if (parent.isTSQualifiedName() && key === 'left')
    return usesOfMember(parent, parent.node.right.name, part, rest);
  if (parent.isCallExpression() && key === 'callee')
    return own === undefined ? [] : [{ form: 'call', value: own, rest, at: parent }];
  // A type of an imported module names no binding, whatever Babel says.
  if (parent.isTSImportType() || (parent.isTSTypeQuery() && isAwaitedResult(parent))) return [];
  if (parent.isSpreadElement()) return valuesAt(expression, notSetBehind(parent, part));
  if (parent.isVariableDeclarator() && key === 'init' && parent.node.id.type === 'ObjectPattern')
    return valuesAt(expression, pickedBy(parent.node.id, part));
  return valuesAt(expression, part);
}

function isConstructed({ parentPath: parent, key }: NodePath): boolean {
  if (parent?.isBinaryExpression({ operator: 'instanceof' })) return key === 'right';
  return key === 'callee' && parent?.isNewExpression() === true;
}

/** What a class has beside its instances': those that extend it have it too, by names that nobody follows. */
function staticPart<Value>(part: Exports<Value>): Exports<Value> {
  return new Map([...part].filter(([path]) => !OF_INSTANCES.test(path)));
}

/** What a class does with the members of one that it extends. */
function usesOfInherited<Value>(extending: NodePath<t.Class>, part: Exports<Value>): ModuleUse<Value>[] {
  const found: ModuleUse<Value>[] = [];
  if (part.size === 0) return found;
  extending.get('body').traverse({
    MemberExpression(member) {
      const { property, computed, object } = member.node;
      const value = part.get(writtenName(property, computed) ?? '');
      if (value === undefined || (object.type !== 'ThisExpression' && object.type !== 'Super')) return;
      if (member.findParent((each) => each.isClass())?.node !== extending.node) return;
      const { parentPath: parent } = member;
      if (parent.isCallExpression() && member.key === 'callee')
        found.push({ form: 'call', value, rest: 'prototype', at: parent });
      else found.push({ form: 'value', value, at: member });
    },
  });
  return found;
}

function usesOfMember<Value>(
  member: NodePath,
  name: string | undefined,
  part: Exports<Value>,
  rest: string,
): ModuleUse<Value>[] {
  if (name === undefined) return valuesAt(member, part);
  const inner = partAt(part, name);
  if (inner.size > 0) return usesOf(member, inner, rest === '' ? name : `${rest}.${name}`);
  const own = part.get('');
  // `makeAgent.call(…)`, `makeAgent.name`
  return own === undefined ? [] : [{ form: 'value', value: own, at: member }];
}

function valuesAt<Value>(at: NodePath, part: Exports<Value>): ModuleUse<Value>[] {
  return [...new Set(part.values())].map((value) => ({ form: 'value', value, at }));
}

/** A statement of its own, which only loads the module. */
function isUnused({ parentPath: parent }: NodePath): boolean {
  return Boolean(parent?.isExpressionStatement());
}

/** `module.exports = { ...expression }` */
function spreadExport({ parentPath: spread }: NodePath): string | undefined {
  const object = spread?.isSpreadElement() ? spread.parentPath : undefined;
  return object?.isObjectExpression() ? exportedNameAt(object) : undefined;
}

/** What is left of a spread behind which an object has properties of its own: `{ ...actual, open: fake }`. */
function notSetBehind<Value>(spread: NodePath<t.SpreadElement>, part: Exports<Value>): Exports<Value> {
  const object = spread.parentPath;
  if (!object?.isObjectExpression()) return part;
  const names = object.node.properties
    .slice(Number(spread.key) + 1)
    .map((each) => ('key' in each ? writtenName(each.key, each.computed) : undefined));
  return new Map([...part].filter(([path]) => !names.includes(path.split('.')[0])));
}

/** What an object pattern takes of it; everything, when that is not written out. */
function pickedBy<Value>({ properties }: t.ObjectPattern, part: Exports<Value>): Exports<Value> {
  const picked = new Map<string, Value>();
  for (const property of properties) {
    const name =
      property.type === 'ObjectProperty' ? writtenName(property.key, property.computed) : undefined;
    if (name === undefined) return part;
    for (const [path, value] of partAt(part, name)) picked.set(`${name}.${path}`, value);
  }
  return picked;
}

/** `Awaited<ReturnType<typeof makeAgent>>` is the agent, whether the factory gives it or its promise. */
function isAwaitedResult(query: NodePath<t.TSTypeQuery>): boolean {
  const result = query.parentPath.parentPath;
  return isTypeNamed(result, 'ReturnType') && isTypeNamed(result?.parentPath?.parentPath, 'Awaited');
}

function isTypeNamed(type: NodePath | null | undefined, name: string): boolean {
  if (!type?.isTSTypeReference()) return false;
  const { typeName } = type.node;
  return typeName.type === 'Identifier' && typeName.name === name;
}
