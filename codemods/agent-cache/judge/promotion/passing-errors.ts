import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { versionIgnoringPromises } from './express.ts';
import { isHandler, looksLikeRequest } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { childrenOf } from '../../source/children.ts';

/**
 * Whether a handler that Express would not wait for can become async with its errors given to its own `next`: what it
 * threw at once Express gave to `next` itself.
 */
export function canPassErrors(fn: FunctionPath, source: Source): boolean {
  if (versionIgnoringPromises(source) === undefined || fn.node.async || !isHandler(fn)) return false;
  const { body } = fn.node;
  const next = nextOf(fn.node);
  if (body.type !== 'BlockStatement' || next === undefined) return false;
  // Its lines get another indentation, which is part of texts that go over several.
  return fn.scope.getOwnBinding(next)?.constant === true && !body.body.some(spansText);
}

/**
 * The name of the parameter that may be given an error: the third of a handler, and of one for a parameter of the path;
 * the fourth of one for errors.
 */
export function nextOf({ params }: t.Function): string | undefined {
  if (params.length !== 3 && params.length !== 4) return undefined;
  const [first, second] = params;
  const isForErrors = params.length === 4 && !isRequest(first) && isRequest(second);
  if (params.length === 4 && !isForErrors && !isRequest(first)) return undefined;
  const next = isForErrors ? params[3] : params[2];
  if (next?.type !== 'Identifier') return undefined;
  const annotation = next.typeAnnotation;
  const isOdd =
    annotation?.type === 'TSTypeAnnotation' && annotation.typeAnnotation.type !== 'TSTypeReference';
  return isOdd ? undefined : next.name;
}

function isRequest(param: t.Node | undefined): boolean {
  return param?.type === 'Identifier' && looksLikeRequest(param.name);
}

/** Whether a function returns values itself, functions within it aside. */
export function returnsValues(node: t.Node): boolean {
  if (node.type === 'ReturnStatement') return Boolean(node.argument);
  return !/Function|Method/.test(node.type) && childrenOf(node).some(returnsValues);
}

function spansText(node: t.Node): boolean {
  const isText = /^(TemplateLiteral|StringLiteral|DirectiveLiteral|JSXText)$/.test(node.type);
  if (isText && node.loc && node.loc.start.line !== node.loc.end.line) return true;
  return childrenOf(node).some(spansText);
}
