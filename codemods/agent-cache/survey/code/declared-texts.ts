import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { constructorRun } from './class-chain.ts';
import { calledDefinition } from './definitions.ts';

const TEXTS = /^TS(String|Number|Boolean|BigInt|Undefined|Null)Keyword$|^TSLiteralType$/;

/**
 * Whether a call, or a construction, takes a text, a number or a flag in a position, as its types say: nothing of such a
 * value can be changed by who else has it.
 * @param position of the argument, from 0
 */
export function takesText(
  call: NodePath<t.NewExpression | t.CallExpression>,
  position: number,
  source: Reading,
): boolean {
  const found = calledDefinition(call.get('callee') as NodePath, source);
  const fn = found?.kind === 'class' ? constructorRun(found.path, source) : found?.path;
  const param = fn?.isFunction() ? fn.node.params[position] : undefined;
  const type = param && typeOf(param);
  return type !== undefined && isText(type);
}

function typeOf(param: t.Node): t.TSType | undefined {
  if (param.type === 'TSParameterProperty') return typeOf(param.parameter);
  if (param.type === 'AssignmentPattern') return typeOf(param.left);
  if (param.type !== 'Identifier' || param.typeAnnotation?.type !== 'TSTypeAnnotation') return undefined;
  return param.typeAnnotation.typeAnnotation;
}

function isText(type: t.TSType): boolean {
  return type.type === 'TSUnionType' ? type.types.every(isText) : TEXTS.test(type.type);
}
