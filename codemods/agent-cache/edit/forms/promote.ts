import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { returnTypesOf } from '../../survey/code/return-types.ts';
import { takesPromise, typeIn } from '../../survey/code/written-types.ts';
import { declaredTypeOf, resultOf } from '../../survey/functions/declared-type.ts';
import type { Migration, Source } from '../../migration.ts';
import { rangeOf, textOf } from '../../source/edit.ts';
import { documentationOf, typesOfComment } from '../text/jsdoc.ts';

/** Makes a function async, once; its declared return type becomes a promise of itself, and what it gives is awaited. */
export function promote(migration: Migration, fn: NodePath<t.Function>): void {
  if (fn.node.async || migration.promoted.has(fn.node)) return;
  migration.promoted.add(fn.node);
  migration.edits.appendLeft(startOfHead(migration, fn), 'async ');
  for (const { node } of returnTypesOf(fn, migration.text))
    migration.edits.update(rangeOf(node).start, rangeOf(node).end, `Awaited<${textOf(migration, node)}>`);
  documentPromise(migration, fn);
  const own = typeIn(fn.node.returnType);
  if (own) promiseOf(migration, own);
  const declared = declaredTypeOf(fn);
  const result = declared && resultOf(declared);
  if (result && result.type !== 'TSVoidKeyword' && !takesPromise(result)) promiseOf(migration, result);
}

function promiseOf(migration: Migration, type: t.TSType): void {
  const written = textOf(migration, type);
  const wrapped = asPromise(written);
  if (wrapped !== written) migration.edits.update(rangeOf(type).start, rangeOf(type).end, wrapped);
}

/** What a comment says that the function gives, or is, becomes a promise as well. */
function documentPromise({ edits }: Migration, fn: NodePath<t.Function>): void {
  const comment = documentationOf(fn);
  for (const { tag, text, start } of comment ? typesOfComment(comment) : []) {
    const result = tag === 'type' ? /^[\s\S]*=>\s*/.exec(text)?.[0] : /^returns?$/.test(tag) ? '' : undefined;
    const given = result === undefined ? '' : text.slice(result.length);
    const promised = asPromise(given.trim());
    if (given.trim() === '' || promised === given.trim()) continue;
    const from = start + text.length - given.length;
    edits.update(
      from,
      start + text.length,
      given.replace(given.trim(), () => promised),
    );
  }
}

/** Where `async` belongs: before the name of a method, behind its modifiers; before any other function. */
function startOfHead(source: Source, fn: NodePath<t.Function>): number {
  const { node } = fn;
  if (node.type !== 'ObjectMethod' && node.type !== 'ClassMethod' && node.type !== 'ClassPrivateMethod') {
    return rangeOf(node).start;
  }
  const { start } = rangeOf(node.key);
  return node.type !== 'ClassPrivateMethod' && node.computed ? source.text.lastIndexOf('[', start) : start;
}

function asPromise(type: string): string {
  if (/^Promise\s*<[^|]*>$/.test(type)) return type;
  if (!/\bPromise\s*</.test(type)) return `Promise<${type}>`;
  const resolved = type
    .split(/\s*\|\s*/)
    .map((part) => /^Promise\s*<([\s\S]*)>$/.exec(part)?.[1] ?? part)
    .filter((part, index, parts) => parts.indexOf(part) === index);
  return `Promise<${resolved.join(' | ')}>`;
}
