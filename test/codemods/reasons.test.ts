import { readFileSync } from 'node:fs';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { type Place, type ReasonId, reason } from '../../codemods/agent-cache/reasons/reason.ts';
import { explain, textOf, textWithoutLines } from '../../codemods/agent-cache/reasons/sentence.ts';
import { REASONS, TOPICS } from '../../codemods/agent-cache/reasons/table.ts';
import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { markedLines } from './behaviour/support/tree.ts';
import { trees } from './behaviour/trees/index.ts';
import { readCases } from './support/cases.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const cases = readCases();
const ids = Object.keys(REASONS) as ReasonId[];

/** What shows each id: the tests of fixtures and trees compare these marks with what a run says. */
function shownIds(shown: string): (string | undefined)[] {
  const fixture = cases.find(({ name }) => name.replace(/\.\w+$/, '') === shown);
  if (fixture) return fixture.report?.left.map(({ id }) => id) ?? [];
  const tree = trees.find(({ name }) => name === shown);
  if (tree) return Object.values(tree.files).flatMap((text) => markedLines(text).flatMap((each) => each.ids));
  return readFileSync(shown, 'utf8').match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
}

test.each(ids)('%s is shown by a fixture, a tree or a test, and says what to do', (id) => {
  const { text, hint, recipe, shown } = REASONS[id];
  expect(shownIds(shown)).toContain(id);
  for (const each of [text, hint, recipe]) expect(each).not.toBe('');
  expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('every id that a fixture or a tree names stands in the table, once', () => {
  const marked = [
    ...cases.flatMap(({ report }) => report?.left.map(({ id }) => id) ?? []),
    ...trees.flatMap(({ files }) =>
      Object.values(files).flatMap((text) => markedLines(text).flatMap((each) => each.ids)),
    ),
  ];
  expect([...new Set(marked)].filter((id) => !ids.some((each) => each === id))).toEqual([]);
  expect(Object.values(TOPICS).flatMap((topic) => Object.keys(topic))).toEqual(ids);
});

describe('a sentence', () => {
  const own: Place = { file: '/app/src/a.ts', shown: 'src/a.ts', line: 4, column: 1 };
  const other: Place = { file: '/app/src/b.ts', shown: 'src/b.ts', line: 9, column: 3 };
  const printing = { file: own.file };
  const changed = (at: Place[]) => reason('agent-changed-by-method', at, { method: 'reset' });

  test('names the file of a place only where that is another one', () => {
    expect(textOf(reason('agent-kept', [own]), printing)).toContain('beyond the call on line 4, so');
    expect(textOf(reason('agent-kept', [other]), printing)).toContain('on line 9 of src/b.ts, so');
    expect(textOf(changed([own, own]), printing)).toBe(
      'reset, called on line 4, changes the agent, on line 4 of src/a.ts, which would change it for every other user of it.',
    );
  });

  test('has the lines of today', () => {
    const lineOf = ({ line }: Place) => line + 10;
    expect(textOf(changed([own, other]), { ...printing, lineOf })).toContain(
      'called on line 14, changes the agent, on line 19 of src/b.ts,',
    );
    const dropped = reason('express-loses-error-dropped', [other], { major: '4' });
    expect(explain(dropped, { ...printing, lineOf })).toEqual({
      id: 'express-loses-error-dropped',
      reason:
        'Express 4 does not see the error of an async handler, so a failed acquisition would never be answered.',
      hint: expect.stringMatching(/calls next\. Its promise is dropped on line 19 of src\/b\.ts\.$/),
    });
  });

  test('does without the phrase of a place that is not known', () => {
    expect(textOf(reason('returned-with-work'), printing)).toMatch(/does more than build it\.$/);
  });

  test('names files and no line in a comment', () => {
    expect(textWithoutLines(changed([own, other]), printing)).toBe(
      'reset changes the agent, in src/b.ts, which would change it for every other user of it.',
    );
    expect(textWithoutLines(reason('called-without-waiting', [other]), printing)).toContain(
      'a call of it (src/b.ts) goes on',
    );
    for (const id of ids) {
      const text = textWithoutLines({ id, at: [own, other], names: {} }, printing);
      expect(text).not.toMatch(/line|\{|\}/);
    }
  });
});

test('an exported factory is left where the other files cannot be seen', () => {
  const source =
    "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\nexport const make = () => new FacebookAdsAgent();\n";
  const { occurrences } = migrateSource({ path: 'src/make.ts', source }, DEFAULT_OPTIONS);
  expect(occurrences).toMatchObject([
    { kind: 'factory', left: { id: 'factory-exported', names: { factory: 'make' } } },
  ]);
});

test('a class behind an alias that nothing explains is left', async () => {
  const tree = temporaryTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }',
    'src/agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {}\n',
    'src/utils/agent-cache.ts': 'export async function getFacebookAgent() {}\n',
    'src/a.ts':
      "import { FacebookAdsAgent } from 'shop/agents/facebook-ads-agent';\nexport const run = async () => new FacebookAdsAgent().getCampaigns();\n",
  });
  const left: unknown[] = [];
  for await (const { occurrences } of migrateTree([tree.root], DEFAULT_OPTIONS))
    left.push(...occurrences.map((each) => each.left?.id));
  tree.remove();
  expect(left).toEqual(['class-unresolved']);
});
