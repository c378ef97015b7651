import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { versionIgnoringPromises } from './express.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { childrenOf } from '../../survey/code/quiet.ts';

/**
 * Whether a handler that Express would not wait for can become async with its errors given to its own `next`: what it
 * threw at once Express gave to `next` itself.
 */
export function canPassErrors(fn: FunctionPath, migration: Migration): boolean {
  if (versionIgnoringPromises(migration) === undefined || fn.node.async || !isHandler(fn)) return false;
  const { body, params } = fn.node;
  const next = nextOf(fn.node);
  if (body.type !== 'BlockStatement' || params.length !== 3 || next === undefined) return false;
  // Its lines get another indentation, which is part of texts that go over several.
  return fn.scope.getOwnBinding(next)?.constant === true && !body.body.some(spansText);
}

/** The name of a handler's third parameter, which may be given an error. */
export function nextOf({ params: [, , next] }: t.Function): string | undefined {
  if (next?.type !== 'Identifier') return undefined;
  const annotation = next.typeAnnotation;
  const isOdd =
    annotation?.type === 'TSTypeAnnotation' && annotation.typeAnnotation.type !== 'TSTypeReference';
  return isOdd ? undefined : next.name;
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
