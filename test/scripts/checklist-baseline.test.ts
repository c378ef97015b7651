import { rmSync } from 'node:fs';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const FACTORY = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

function make() {
  return new FacebookAdsAgent();
}

export async function go() {
  const agent = make();
  return agent.getCampaigns();
}
`;
const BASELINE = ['--baseline', 'baseline.json'];

function treeOf(): Tree {
  return new Tree({
    ...GROUND,
    'src/api/b.ts': OLD_WAY,
    'src/api/a.ts': FACTORY,
    'src/api/z.ts': OLD_WAY,
    'MIGRATION.md': '- [ ] `src/api/b.ts`\n- [ ] `src/api/a.ts`\n',
  });
}

async function started(): Promise<Tree> {
  const tree = treeOf();
  await report(tree, [...BASELINE, '--update-baseline']);
  return tree;
}

test('starts with what is unfinished today, sorted, and accepts it', async () => {
  const tree = treeOf();
  const { ok, items, summary } = await report(tree, [...BASELINE, '--update-baseline']);
  expect(ok).toBe(true);
  expect(summary).toMatchObject({ accepted: 3, findings: 0, pending: 2, unlisted: 1 });
  expect(items.map(({ accepted }) => accepted)).toEqual([true, true, true]);
  expect(tree.read('baseline.json')).toBe(`{
  "version": 1,
  "entries": [
    {"path":"src/api/a.ts","kind":"factory"},
    {"path":"src/api/a.ts","kind":"factory-call"},
    {"path":"src/api/b.ts","kind":"construction"},
    {"path":"src/api/z.ts","kind":"construction"}
  ]
}
`);
  expect((await report(tree, BASELINE)).ok).toBe(true);
  expect((await report(tree)).ok).toBe(false);
});

test('fails on a new file, and on a new kind of place in an old one', async () => {
  const tree = await started();
  tree.write('src/api/new.ts', OLD_WAY);
  const more = await report(tree, BASELINE);
  expect(more.items.filter(({ ok }) => !ok).map(({ path }) => path)).toEqual(['src/api/new.ts']);
  tree.write('src/api/new.ts', NEW_WAY);
  tree.write('src/api/b.ts', OLD_WAY + FACTORY.split('\n').slice(2).join('\n'));
  const changed = await report(tree, BASELINE);
  expect(changed.items.filter(({ ok }) => !ok).map(({ path }) => path)).toEqual(['src/api/b.ts']);
});

test('tells a second place from the first of its kind, and one that went from one that stays', async () => {
  const tree = await started();
  const second =
    "\nrouter.get('/b', async (_req, res) => {\n  res.json(await new FacebookAdsAgent().getCampaigns());\n});\n";
  tree.write('src/api/b.ts', OLD_WAY + second);
  const more = await report(tree, BASELINE);
  expect(more.items.filter(({ ok }) => !ok).map(({ path }) => path)).toEqual(['src/api/b.ts']);
  rmSync(tree.path('baseline.json'));
  await report(tree, [...BASELINE, '--update-baseline']);
  expect((await report(tree, BASELINE)).ok).toBe(true);
  tree.write('src/api/b.ts', OLD_WAY);
  expect((await report(tree, BASELINE)).findings).toMatchObject([{ rule: 'baseline' }]);
  expect((await report(tree, [...BASELINE, '--update-baseline'])).ok).toBe(true);
  expect(tree.read('baseline.json').match(/b\.ts/g)).toHaveLength(1);
});

test('fails on a stale entry until it is taken out', async () => {
  const tree = await started();
  tree.write('src/api/b.ts', NEW_WAY);
  const stale = await report(tree, BASELINE);
  expect(stale.ok).toBe(false);
  expect(stale.findings).toMatchObject([
    {
      file: 'baseline.json',
      line: 6,
      rule: 'baseline',
      message: expect.stringContaining('src/api/b.ts'),
      fix: `npm run checklist -- --root ${tree.root} --baseline baseline.json --update-baseline`,
    },
  ]);
  expect((await report(tree, [...BASELINE, '--update-baseline'])).ok).toBe(true);
  expect(tree.read('baseline.json')).not.toContain('src/api/b.ts');
  expect((await report(tree, BASELINE)).ok).toBe(true);
});

test('only ever shrinks', async () => {
  const tree = await started();
  const before = tree.read('baseline.json');
  tree.write('src/api/new.ts', OLD_WAY);
  expect((await report(tree, [...BASELINE, '--update-baseline'])).ok).toBe(false);
  expect(tree.read('baseline.json')).toBe(before);
});

test('is never written under CI, forced or not', async () => {
  const tree = await started();
  const before = tree.read('baseline.json');
  tree.write('src/api/b.ts', NEW_WAY);
  for (const args of [['--update-baseline'], ['--update-baseline', '--write', '--force']]) {
    const { exitCode, stderr } = await check(tree, [...BASELINE, ...args], { CI: 'true' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^checklist: --update-baseline never runs under CI[^\n]+\n$/);
  }
  expect(tree.read('baseline.json')).toBe(before);
});

test('excuses no wrong tick, no missing file and no file that does not parse', async () => {
  const tree = await started();
  tree.write(
    'MIGRATION.md',
    '- [x] `src/api/b.ts`\n- [ ] `src/api/a.ts`\n- [ ] `src/api/gone.ts`\n- [ ] `src/api/bad.ts`\n',
  );
  tree.write('src/api/bad.ts', `${OLD_WAY}const = ;`);
  const { items } = await report(tree, BASELINE);
  expect(items.filter(({ ok }) => !ok).map(({ path }) => path)).toEqual([
    'src/api/b.ts',
    'src/api/gone.ts',
    'src/api/bad.ts',
  ]);
});

test('a bare list of entries is read too', async () => {
  const tree = treeOf();
  await report(tree, [...BASELINE, '--update-baseline']);
  tree.write('baseline.json', JSON.stringify(JSON.parse(tree.read('baseline.json')).entries.reverse()));
  expect((await report(tree, BASELINE)).ok).toBe(true);
});

test.each(['{', '{"version":2,"entries":[]}', '{"version":1,"entries":[{"path":"a.ts","count":3}]}', 'null'])(
  'a baseline of %s is exit 2',
  async (text) => {
    const tree = treeOf();
    tree.write('baseline.json', text);
    const { exitCode, stderr } = await check(tree, BASELINE);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^checklist: the baseline baseline.json [^\n]+\n$/);
  },
);
