import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from '../../support/fast-check.ts';
import { randomTrees } from './support/random-trees.ts';
import { runTrees, type TreesRun } from './support/run-trees.ts';
import type { Tree } from './support/tree.ts';

/** As many as take about a minute of a core's time. */
const TREES = Number(process.env.RANDOM_TREES ?? 150);

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'agent-cache-random-')));
const trees = fc
  .sample(randomTrees, { numRuns: TREES })
  .map((tree, index): Tree => ({ ...tree, name: `${index}` }));
let ran: TreesRun;

beforeAll(async () => {
  ran = await runTrees(root, trees);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('files that build agents for each other answer as before, whatever of them can be rewired', () => {
  expect(trees.map(changeOf).filter((change) => change !== undefined)).toEqual([]);
});

/** What is different of a tree after its migration, with all that is needed to see it. */
function changeOf(tree: Tree): object | undefined {
  const [before, after] = [ran.before.get(tree), ran.after.get(tree)];
  const requests = Object.keys(before?.answers ?? {}).filter(
    (request) => after?.answers[request] !== before?.answers[request],
  );
  const faults = [before?.faults, after?.faults];
  if (requests.length === 0 && faults.every((each) => each?.length === 0)) return undefined;
  const answers = requests.map((each) => [each, before?.answers[each], after?.answers[each]]);
  return { files: tree.files, faults, answers };
}

test('they type-check, and have nothing to do the second time', () => {
  expect(ran.types).toEqual({ code: 0, output: '' });
  const again = [...ran.groups.values()].flatMap((group) => group.again);
  expect(again.flatMap(({ occurrences }) => occurrences.filter(({ action }) => action !== 'manual'))).toEqual(
    [],
  );
});

test('many of them can be rewired', () => {
  const places = [...ran.groups.values()]
    .flatMap(({ report }) => report.files)
    .flatMap((file) => file.occurrences);
  const rewired = places.filter(({ action }) => action !== 'manual');
  expect(rewired.length).toBeGreaterThan(places.length / 2);
});
