import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from '../api/utils/support/mutants.ts';
import { trees } from '../codemods/behaviour/trees/index.ts';
import { STATE_MUTANTS } from '../codemods/support/mutants.ts';

const textOf = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

// To try them all takes minutes: a rule that is written anew would be noticed by the deep tests alone.
test.each([
  ['cache', 'api/src/utils/', MUTANTS],
  ['codemod', 'codemods/agent-cache/', STATE_MUTANTS],
] as const)(
  'each mistake of the %s finds its place exactly once, and changes it',
  (_set, folder, mutants) => {
    const found = mutants.map(({ name, file, find, replace }) => ({
      name,
      places: textOf(`${folder}${file}`).split(find).length - 1,
      changes: find !== replace,
    }));
    expect(found).toEqual(mutants.map(({ name }) => ({ name, places: 1, changes: true })));
  },
);

test('each mistake of the codemod is tried on a tree that there is', () => {
  const names = new Set(trees.map(({ name }) => name));
  expect(STATE_MUTANTS.filter(({ tree }) => !names.has(tree))).toEqual([]);
});
