import fc from 'fast-check';
import { loadProvider } from '../test/api/utils/support/load-mutant.ts';
import { MUTANTS } from '../test/api/utils/support/mutants.ts';
import { invariantsHold } from '../test/api/utils/support/provider-model.ts';

export interface MutantOutcome {
  name: string;
  /** Whether the model-based test fails on the source with this mistake in it. */
  killed: boolean;
  /** How many sequences of steps that took. */
  runs: number;
}

const MAX_RUNS = 2000;
const SEED = 20_261_122;

/**
 * Shows that the model-based test of the cache has teeth: puts one known mistake at a time into a
 * copy of the source and runs the test on it. Usage: `npm run mutants -- [--json]`; exits 1
 * when a mistake goes unnoticed, or when the source without one does not pass.
 */
async function main(json: boolean): Promise<number> {
  const outcomes: MutantOutcome[] = [];
  const sound = await tryOut('(the source as it is)');
  for (const mutant of MUTANTS) outcomes.push(await tryOut(mutant.name, mutant));
  if (json) console.log(JSON.stringify({ sound: !sound.killed, mutants: outcomes }, null, 2));
  else console.table([sound, ...outcomes]);
  return !sound.killed && outcomes.every(({ killed }) => killed) ? 0 : 1;
}

async function tryOut(name: string, mutant?: (typeof MUTANTS)[number]): Promise<MutantOutcome> {
  const property = invariantsHold(await loadProvider(mutant));
  const { failed, numRuns } = await fc.check(property, { numRuns: MAX_RUNS, seed: SEED, endOnFailure: true });
  return { name, killed: failed, runs: numRuns };
}

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.includes('-h')) {
  process.stdout.write(`Usage: npm run mutants -- [--json]

Puts one known mistake at a time into a copy of the cache and runs its model-based test on it.
Exits with 1 when a mistake goes unnoticed, or when the source without one does not pass.
`);
} else {
  process.exitCode = await main(asked.includes('--json'));
}
