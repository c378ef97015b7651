import type { Judged, Source, Surveyed } from '../../migration.ts';
import type { Assumption } from '../../options.ts';
import { agentEffects } from './effects.ts';

/** The question whether a method keeps anything of its caller in the agent. */
export const METHOD_KEEPS_NOTHING = 'method-keeps-nothing';
/** The question whether the constructor reads anything that differs by request. */
export const CONSTRUCTOR_READS_NOTHING = 'constructor-reads-nothing';

/** What a person may vouch for, by the id under which the codemod asks for it. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  [METHOD_KEEPS_NOTHING]:
    'The method leaves nothing in the agent of what it is given, and later calls of others meet nothing that it changed.',
  [CONSTRUCTOR_READS_NOTHING]: 'What the constructor reads is the same for every request.',
};

/**
 * Whether somebody vouches for something, and if so notes that what is decided now rests on it.
 * @param of the method; the whole class counts as well
 */
export function isAssumed(id: string, of: string, migration: Judged): boolean {
  const found = assumptionFor(id, of, migration);
  if (found) migration.assumed.add(found);
  return found !== undefined;
}

function assumptionFor(id: string, of: string, migration: Surveyed): Assumption | undefined {
  const { agentClass, assume = [] } = migration.options;
  const names = new Set([of, `${agentClass}.${of}`, agentClass]);
  // What stands beside the class in a comment is said for whoever copies it.
  return [...assume, ...(agentEffects(migration)?.vouched ?? [])].find(
    (each) => each.id === id && names.has(each.of),
  );
}

/** How to vouch for something, for the hint of a place. */
export function howToAssume(id: string, of: string, { options: { agentClass } }: Source): string {
  const name = of === '' ? agentClass : `${agentClass}.${of}`;
  return `Where you know that, say so in agent-cache.config.json: "assume": [{ "id": "${id}", "of": "${name}", "why": "…" }].`;
}
