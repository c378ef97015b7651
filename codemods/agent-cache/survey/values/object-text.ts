import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { literalBehind } from './literal-behind.ts';
import { type Next, type ReadValue, unknown } from './value-text.ts';
import { keyName } from '../code/members.ts';

/** An object that is written out, its properties in the order of their names: that in which they are written says nothing. */
export function objectText(
  value: NodePath<t.ObjectExpression>,
  next: Next,
  source: Source,
  steps: number,
): ReadValue {
  const entries = new Map<string, string>();
  for (const property of value.get('properties')) {
    if (property.isSpreadElement()) {
      const whole = literalBehind(property.get('argument'), source, steps - 1);
      if (!whole) return unknown(property, 'unread');
      const read = readEntries(whole, next);
      if ('unknown' in read) return read;
      for (const [name, text] of read.entries) entries.set(name, text);
      continue;
    }
    const name = keyName(property.node);
    if (name === undefined || !property.isObjectProperty()) return unknown(property, 'identity');
    const read = next(property.get('value'));
    if ('unknown' in read) return read;
    entries.set(name, read.text);
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return { text: `{${sorted.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}` };
}

type Entries = { entries: Map<string, string> } | Extract<ReadValue, { unknown: NodePath }>;

function readEntries(object: NodePath<t.ObjectExpression>, next: Next): Entries {
  const entries = new Map<string, string>();
  for (const property of object.get('properties')) {
    const name = keyName(property.node);
    if (name === undefined || !property.isObjectProperty()) return { unknown: property, why: 'unread' };
    const read = next(property.get('value'));
    if ('unknown' in read) return read;
    entries.set(name, read.text);
  }
  return { entries };
}
