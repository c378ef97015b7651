import type { Tree } from '../../test/codemods/behaviour/support/tree.ts';
import { trees } from '../../test/codemods/behaviour/trees/index.ts';
import { STATE_MUTANTS } from '../../test/codemods/support/mutants.ts';
import { leavesWhatIsMarked } from '../../test/codemods/support/run-mutant.ts';
import type { MutantOutcome, MutantRun } from './outcome.ts';

/** The rules that are switched off, by the obligations that they stand for. */
const RULES = [...STATE_MUTANTS];

/** The rules of the codemod, each switched off and tried on the tree that shows it. */
export async function codemodMutants(): Promise<MutantRun> {
  const shown = [...new Set(RULES.map(({ tree }) => tree))].map(treeNamed);
  let sound = true;
  for (const tree of shown) sound &&= await leavesWhatIsMarked(tree);
  const mutants: MutantOutcome[] = [];
  for (const mutant of RULES)
    mutants.push({
      name: mutant.name,
      killed: !(await leavesWhatIsMarked(treeNamed(mutant.tree), mutant)),
      runs: 1,
    });
  return { sound, mutants };
}

function treeNamed(name: string): Tree {
  const found = trees.find((tree) => tree.name === name);
  if (!found) throw new Error(`There is no behaviour tree named ${name}`);
  return found;
}
