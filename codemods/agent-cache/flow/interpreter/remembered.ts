import type * as t from '@babel/types';
import type { Thing } from './values.ts';

/** Decorators that remember what a method gave. */
const REMEMBERS = /^(?:memo\w*|once|cache\w*|lazy\w*)$/i;
/** Those among them that give the same whatever is asked. */
const ONCE = /^(?:once|lazy\w*)$/i;

/** The decorator by which a method gives again what it gave before. */
export function rememberedBy({ code }: Thing): t.Decorator | undefined {
  const node = code?.node;
  const decorators = node && 'decorators' in node ? (node.decorators ?? []) : [];
  return decorators.find((each) => REMEMBERS.test(nameOf(each)));
}

/**
 * The same of a method that may give what it gave for something else: such decorators tell calls apart by the first
 * argument, or by none, if they are not told otherwise.
 */
export function rememberedForLess(fn: Thing): t.Decorator | undefined {
  const found = rememberedBy(fn);
  const node = fn.code?.node;
  const taken = node && 'params' in node ? node.params.length : 0;
  return found && taken > (ONCE.test(nameOf(found)) ? 0 : 1) ? found : undefined;
}

function nameOf({ expression }: t.Decorator): string {
  const named = expression.type === 'CallExpression' ? expression.callee : expression;
  const name = named.type === 'MemberExpression' ? named.property : named;
  return name.type === 'Identifier' ? name.name : '';
}
