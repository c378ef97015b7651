import { execFileSync } from 'node:child_process';
import { scriptArguments } from '../support/script-arguments.ts';
import type { Counts } from './support/counted-runs.ts';

const output = execFileSync(process.execPath, scriptArguments('test/codemods/support/counted-runs.ts'), {
  encoding: 'utf8',
});
const runs = JSON.parse(output) as Counts[];

const isOtherwise = ({ tree }: Counts) => /^shared state|kB each$|^setting/.test(tree);
const named = (counts: Counts[]) => counts.map((run): [string, Counts] => [run.tree, run]);

test.each(named(runs.filter((run) => !isOtherwise(run))))(
  'each file of a %s is read, parsed and given its scopes once',
  (_name, { rewired, read, parsed, scoped }) => {
    expect(rewired).toBeGreaterThan(0);
    expect({ read, parsed, scoped }).toEqual({ read: 1, parsed: 1, scoped: 1 });
  },
);

// Each of its 30 handlers asks what all files do to a state: without a memory that was 960 times.
test.each(named(runs.filter(({ tree }) => tree.startsWith('shared state'))))(
  'a file of %s, larger than what is kept of syntax trees, is opened anew for those alone that ask for it by name',
  (_name, { rewired, read, parsed, scoped }) => {
    expect({ rewired, read }).toEqual({ rewired: 30, read: 1 });
    expect(Math.max(parsed, scoped)).toBeLessThanOrEqual(20);
  },
);

// A question about all that has some name, which each of the places asks, costs the square of them.
test.each([
  ['barrel of 40', 'barrel of 80'],
  ['50 services with methods of one name', '100 services with methods of one name'],
])('what costs so much for a %s costs about twice that for a %s', (once, twice) => {
  const [small = 0, large = 0] = [once, twice].map((tree) => runs.find((run) => run.tree === tree)?.steps);
  expect(small).toBeGreaterThan(1000);
  expect(large / small).toBeLessThan(2.2);
});

// With six functions of a layer in the place of three there are four times as many calls, and 64 times as many ways.
test('who sets a setting is asked of each function once, however many ways lead to it', () => {
  const [few = 0, many = 0] = ['of 3', 'of 6'].map(
    (layers) => runs.find(({ tree }) => tree.endsWith(layers))?.steps,
  );
  expect(few).toBeGreaterThan(500);
  expect(many / few).toBeLessThan(6);
});

// Each of its handlers comes to methods of all services, whose trees together are more than is kept.
test('a file that is done keeps none of the syntax trees that it looked into', () => {
  const run = runs.find(({ tree }) => tree.endsWith('kB each'));
  expect(run?.rewired).toBe(12);
  expect(run?.held).toBeLessThan(40);
});
