import { cacheMutants } from './mutants/cache.ts';
import { codemodMutants } from './mutants/codemod.ts';
import type { MutantOutcome, MutantRun } from './mutants/outcome.ts';

/** What can be mutated, and how its tests are tried on each mistake. */
const SETS: Readonly<Record<string, () => Promise<MutantRun>>> = {
  cache: cacheMutants,
  codemod: codemodMutants,
};

/**
 * Shows that tests have teeth: puts one known mistake at a time into a copy of the source and runs the tests on it.
 * Exits 1 when a mistake goes unnoticed, or when the source without one does not pass, and 2 on bad usage.
 */
async function main(names: readonly string[], json: boolean): Promise<number> {
  const unknown = names.find((name) => !(name in SETS));
  if (unknown !== undefined) {
    process.stderr.write(`mutants: there is no set ${unknown}: name ${Object.keys(SETS).join(' or ')}\n`);
    return 2;
  }
  const runs: MutantRun[] = [];
  for (const name of names.length > 0 ? names : ['cache'])
    runs.push((await SETS[name]?.()) ?? { sound: false, mutants: [] });
  const sound = runs.every((run) => run.sound);
  const mutants: MutantOutcome[] = runs.flatMap((run) => run.mutants);
  if (json) console.log(JSON.stringify({ sound, mutants }, null, 2));
  else console.table([{ name: '(the source as it is)', killed: !sound, runs: runs.length }, ...mutants]);
  return sound && mutants.every(({ killed }) => killed) ? 0 : 1;
}

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.includes('-h')) {
  process.stdout.write(`Usage: npm run mutants -- [cache] [codemod] [--json]

Puts one known mistake at a time into a copy of the source and runs its tests on it: the cache (by default) with its
model-based test, the codemod's rules, each switched off, with the trees that its behaviour tests serve.
Exits with 1 when a mistake goes unnoticed, or when the source without one does not pass.
`);
} else {
  const names = asked.filter((each) => each !== '--json');
  process.exitCode = await main(names, asked.includes('--json'));
}
