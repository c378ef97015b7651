import type { NodePath } from '@babel/traverse';
import type { Judged, Problem } from '../../migration.ts';
import { agentEffects } from '../effects/effects.ts';
import { effectProblem } from './flow-problems.ts';
import { reasonAt } from '../../survey/code/place-at.ts';

const WAYS = ['@@asyncIterator', '@@iterator'];

/**
 * Why code may not iterate over a shared agent: where that is its own iterator, or a call keeps how far it got, others
 * go on from there. A class whose source says nothing of how it is iterated is one that is not known.
 */
export function iteratedProblem(place: NodePath, migration: Judged): Problem | undefined {
  const effects = agentEffects(migration);
  if (WAYS.some((name) => effects?.has(name))) return knownIterationProblem(place, migration);
  return reasonAt('agent-changed', place, migration);
}

/** The same where code that is not read is given the agent, and may iterate over it. */
export function knownIterationProblem(place: NodePath, migration: Judged): Problem | undefined {
  const effects = agentEffects(migration);
  const ways = WAYS.filter((name) => effects?.has(name));
  if (ways.some((name) => effects?.givesKeptIterator(name)))
    return reasonAt('agent-changed', place, migration);
  const isItself = ways.some((name) => effects?.givesItself(name));
  const asked = isItself ? [...ways, 'next'] : ways;
  const effect = asked.map((name) => effects?.of(name)).find((each) => each !== undefined);
  return effect && effectProblem(place, 'next', effect, migration);
}
