import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { literalBehind } from './literal-behind.ts';
import type { Next, ReadValue } from './value-text.ts';
import { isPrototype, keyName } from '../code/members.ts';

type Entries = { entries: Map<string, string> } | Extract<ReadValue, { unknown: NodePath }>;

/** An object that is written out, its properties in the order of their names: that in which they are written says nothing. */
export function objectText(
  value: NodePath<t.ObjectExpression>,
  next: Next,
  source: Source,
  steps: number,
): ReadValue {
  const read = readEntries(value, next, source, steps);
  return 'unknown' in read ? read : { text: textOfEntries(read.entries) };
}

/** `Object.assign({ … }, base)`, which is `{ …, ...base }`; undefined for what changes an object that was there before. */
export function assignedText(
  [first, ...others]: readonly NodePath[],
  next: Next,
  source: Source,
  steps: number,
): ReadValue | undefined {
  if (!first?.isObjectExpression()) return undefined;
  const entries = new Map<string, string>();
  for (const each of [first, ...others]) {
    const read = readSpread(each, each, next, source, steps);
    if ('unknown' in read) return read;
    for (const [name, text] of read.entries) entries.set(name, text);
  }
  return { text: textOfEntries(entries) };
}

function textOfEntries(entries: ReadonlyMap<string, string>): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}`;
}

function readEntries(
  object: NodePath<t.ObjectExpression>,
  next: Next,
  source: Source,
  steps: number,
): Entries {
  const entries = new Map<string, string>();
  for (const property of object.get('properties')) {
    if (property.isSpreadElement()) {
      const read = readSpread(property.get('argument'), property, next, source, steps);
      if ('unknown' in read) return read;
      for (const [name, text] of read.entries) entries.set(name, text);
      continue;
    }
    const name = keyName(property.node);
    if (name === undefined || isPrototype(property.node) || !property.isObjectProperty())
      return { unknown: property, why: 'identity' };
    const read = next(property.get('value'));
    if ('unknown' in read) return read;
    entries.set(name, read.text);
  }
  return { entries };
}

function readSpread(whole: NodePath, at: NodePath, next: Next, source: Source, steps: number): Entries {
  const literal = literalBehind(whole, source, steps - 1);
  if (!literal || steps <= 0) return { unknown: at, why: 'unread' };
  return readEntries(literal, next, source, steps - 1);
}

/**
 * What an object that is written out has under a name, also where that is spread into it: `none` where it has nothing
 * by that name for sure, and undefined where that cannot be told.
 */
export function propertyIn(
  object: NodePath<t.ObjectExpression>,
  name: string,
  source: Source,
  steps: number,
): NodePath | 'none' | undefined {
  if (steps <= 0) return undefined;
  for (const property of [...object.get('properties')].reverse()) {
    if (property.isSpreadElement()) {
      const inner = literalBehind(property.get('argument'), source, steps - 1);
      const found = inner && propertyIn(inner, name, source, steps - 1);
      if (found !== 'none') return found;
      continue;
    }
    const key = keyName(property.node);
    if (key === undefined) return undefined;
    if (key === name) return property;
  }
  return 'none';
}
