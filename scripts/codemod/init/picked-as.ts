import type { ObjectPattern } from '@babel/types';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';

/** The key of a pattern that gives a local name: `{ Client: Ledger }`. */
export function pickedAs({ properties }: ObjectPattern, local: string): string | undefined {
  const property = properties.find(
    (each) => each.type === 'ObjectProperty' && each.value.type === 'Identifier' && each.value.name === local,
  );
  return property?.type === 'ObjectProperty' ? writtenName(property.key, property.computed) : undefined;
}
