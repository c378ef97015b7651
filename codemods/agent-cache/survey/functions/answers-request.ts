import type * as t from '@babel/types';
import type { FunctionPath } from '../code/placement.ts';
import { returnsIn } from '../code/returned-values.ts';

const RESPONSE = /^_?(res|response|reply|rep)$/i;
const NO_VALUE = /^TS(Void|Undefined|Any|Unknown|Never)Keyword$/;
const RESPONSE_TYPE = /^(Promise|Response|ServerResponse|FastifyReply)$/;

/**
 * Whether a function with the parameters of a handler gives nothing that a caller could use: it answers by its response
 * or calls the next handler. One that returns a value (a key, a verdict, locals of a view) is somebody's helper.
 */
export function answersRequest(fn: FunctionPath): boolean {
  const { node } = fn;
  if (node.returnType?.type === 'TSTypeAnnotation' && !isNoValueType(node.returnType.typeAnnotation))
    return false;
  const params = new Set(node.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
  if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement')
    return isNoValue(node.body, params);
  return returnsIn(fn).every(({ node: { argument } }) => !argument || isNoValue(argument, params));
}

function isNoValueType(type: t.TSType): boolean {
  if (NO_VALUE.test(type.type)) return true;
  if (type.type === 'TSUnionType') return type.types.every(isNoValueType);
  if (type.type !== 'TSTypeReference') return false;
  const { typeName } = type;
  const name =
    typeName.type === 'TSQualifiedName'
      ? typeName.right.name
      : typeName.type === 'Identifier'
        ? typeName.name
        : '';
  return RESPONSE_TYPE.test(name);
}

/** `res.json(…)`, `next()`, `void …`, nothing: what handlers return for the sake of leaving. */
function isNoValue(node: t.Expression, params: ReadonlySet<string>): boolean {
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  if (node.type === 'Identifier') return node.name === 'undefined' || RESPONSE.test(node.name);
  if (node.type === 'NullLiteral') return true;
  if (node.type === 'AwaitExpression') return isNoValue(node.argument, params);
  if (node.type === 'ConditionalExpression')
    return isNoValue(node.consequent, params) && isNoValue(node.alternate, params);
  if (node.type === 'LogicalExpression') return isNoValue(node.right, params);
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return params.has(callee.name);
  return RESPONSE.test(rootOf(callee) ?? '') || isPromiseChain(callee);
}

/** `agent.load().then(…)`: a promise that is returned for whoever waits. */
function isPromiseChain(callee: t.Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    /^(then|catch|finally)$/.test(callee.property.name)
  );
}

/** The identifier that a chain of members and calls starts from. */
function rootOf(node: t.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'CallExpression' ? rootOf(node.callee) : undefined;
}
