import fc from 'fast-check';
import { loadProvider } from '../../test/api/utils/support/load-mutant.ts';
import { MUTANTS } from '../../test/api/utils/support/mutants.ts';
import { invariantsHold } from '../../test/api/utils/support/provider-model.ts';
import type { MutantOutcome, MutantRun } from './outcome.ts';

const MAX_RUNS = 2000;
const SEED = 20_261_122;

/** The mistakes of the cache, each tried by its model-based test. */
export async function cacheMutants(): Promise<MutantRun> {
  const sound = await tryOut('(the source as it is)');
  const mutants: MutantOutcome[] = [];
  for (const mutant of MUTANTS) mutants.push(await tryOut(mutant.name, mutant));
  return { sound: !sound.killed, mutants };
}

async function tryOut(name: string, mutant?: (typeof MUTANTS)[number]): Promise<MutantOutcome> {
  const property = invariantsHold(await loadProvider(mutant));
  const { failed, numRuns } = await fc.check(property, { numRuns: MAX_RUNS, seed: SEED, endOnFailure: true });
  return { name, killed: failed, runs: numRuns };
}
