import type { ObjectExpression, SpreadElement } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Thing, Value } from './values.ts';

/** Under what an object has all that is not known by name of what callers give, which was spread into it. */
export const REST = '…';

/** Gives an object what another one has. @param without names that it gets otherwise */
export function spread(into: Thing, from: Value, without: ReadonlySet<string> = new Set()): void {
  if (from.is === 'primitive') return;
  if (from.without !== undefined) into.properties.set(REST, from.without(without));
  else if (from.is === 'unknown' && from.fromCaller === true) into.properties.set(REST, from);
  else for (const [name, value] of from.properties) into.properties.set(name, value);
}

/** The names that an object is given behind something that is spread into it. */
export function namesBehind(spread: SpreadElement, { properties }: ObjectExpression): Set<string> {
  const behind = properties.slice(properties.indexOf(spread) + 1);
  return new Set(
    behind.flatMap((each) =>
      each.type === 'SpreadElement' ? [] : (writtenName(each.key, each.computed) ?? []),
    ),
  );
}
