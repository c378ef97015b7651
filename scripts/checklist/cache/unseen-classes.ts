import type { Machine } from './machine.ts';
import { type Thing, UNDEFINED, type Value } from './values.ts';

/** What an instance has of a class of which no code is seen, but what it does is known: a store of what requests have. */
export function extendUnseen(
  self: Thing,
  { properties }: Thing,
  args: readonly Value[],
  machine: Machine,
): void {
  const construct = properties.get('#construct');
  if (construct === undefined) return;
  const made = machine.call(construct, [...args], UNDEFINED);
  if (made.is !== 'primitive') for (const [name, value] of made.properties) self.properties.set(name, value);
}
