import type * as t from '@babel/types';

/** The name of a key, a property or an export that is written out, `#name` for a private one; undefined for one that is computed. */
export function writtenName(key: t.Node, computed = false): string | undefined {
  if (key.type === 'Identifier') return computed ? undefined : key.name;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return key.type === 'StringLiteral' || key.type === 'NumericLiteral' ? String(key.value) : undefined;
}
