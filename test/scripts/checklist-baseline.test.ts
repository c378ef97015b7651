import { someOf } from '../support/depth.ts';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readBaseline, writeBaseline } from '../../scripts/checklist/baseline.ts';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, report, runScript, Tree } from './checklist-tree.ts';

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
    {"path":"src/api/a.ts","kind":"factory","in":"make","text":"function make() {"},
    {"path":"src/api/a.ts","kind":"factory-call","in":"go","text":"const agent = make()"},
    {"path":"src/api/b.ts","kind":"construction","in":"router.get('/')","text":"const agent = new FacebookAdsAgent()"},
    {"path":"src/api/z.ts","kind":"construction","in":"router.get('/')","text":"const agent = new FacebookAdsAgent()"}
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

test.each(
  someOf([
    '{',
    '{"version":2,"entries":[]}',
    '{"version":1,"entries":[{"path":"a.ts","count":3}]}',
    'null',
    '[]',
    '{}',
    '{"version":1,"entries":{}}',
    '"baseline"',
    '',
    'one\ntwo',
  ]),
)('a baseline of %s is exit 2', async (text) => {
  const tree = treeOf();
  tree.write('baseline.json', text);
  const { exitCode, stderr } = await check(tree, BASELINE);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^checklist: the baseline baseline.json [^\n]+\n$/);
});

describe('survives everyday work', () => {
  const red = async (tree: Tree) => {
    const { items, findings } = await report(tree, BASELINE);
    return [
      ...items.filter(({ ok }) => !ok).map(({ path }) => path),
      ...findings.map(({ message }) => message),
    ];
  };
  const move = (tree: Tree, from: string, to: string) => {
    tree.write(to, tree.read(from));
    rmSync(tree.path(from));
  };

  test('a file that was moved, its lines that drift, a formatter', async () => {
    const tree = await started();
    move(tree, 'src/api/b.ts', 'src/routes/b.ts');
    tree.write('MIGRATION.md', '- [ ] `src/routes/b.ts`\n- [ ] `src/api/a.ts`\n');
    expect(await red(tree)).toEqual([]);
    tree.write('src/routes/b.ts', `// a line\n\n${OLD_WAY.replace('Agent();', 'Agent()')}`);
    expect(await red(tree)).toEqual([]);
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(tree.read('baseline.json')).toContain('"path":"src/routes/b.ts"');
    expect(await red(tree)).toEqual([]);
    tree.write('src/api/new.ts', OLD_WAY);
    expect(await red(tree)).toEqual(['src/api/new.ts']);
  });

  test('a formatter that joins lines, or breaks them, but no second place among them', async () => {
    const tree = await started();
    const joined = OLD_WAY.replace(/ => \{\n {2}(.+)\n {2}(.+)\n\}/, ' => { $1 $2 }');
    tree.write('src/api/b.ts', joined);
    expect(joined.split('\n').length).toBeLessThan(OLD_WAY.split('\n').length);
    expect(await red(tree)).toEqual([]);
    await report(tree, [...BASELINE, '--update-baseline']);
    tree.write('src/api/b.ts', OLD_WAY);
    expect(await red(tree)).toEqual([]);
    tree.write('src/api/b.ts', joined.replace('{ const', '{ void new FacebookAdsAgent(); const'));
    expect(await red(tree)).toContain('src/api/b.ts');
  });

  test('a place whose function was mended under another name keeps no other one', async () => {
    const place = (name: string) =>
      `export const ${name} = async () => {\n  const agent = new FacebookAdsAgent();\n  return agent.getCampaigns();\n};\n`;
    const head = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
    const tree = new Tree({
      ...GROUND,
      'src/api/a.ts': `${head}${place('handler')}`,
      'src/api/b.ts': `${head}${place('two')}`,
      'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/api/b.ts`\n',
    });
    await report(tree, [...BASELINE, '--update-baseline']);
    tree.write('src/api/a.ts', 'export const listHandler = async () => [];\n');
    tree.write('src/api/b.ts', `${head}${place('two')}${place('handler')}`);
    expect(await red(tree)).toContain('src/api/b.ts');
  });

  test('a copy of a file that stays is new', async () => {
    const tree = await started();
    tree.write('src/api/copy.ts', tree.read('src/api/b.ts'));
    expect(await red(tree)).toEqual(['src/api/copy.ts']);
  });

  test('a new place does not take the entry of an old one', async () => {
    const tree = await started();
    tree.write(
      'src/api/b.ts',
      `${NEW_WAY}\nimport { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nrouter.get('/other', async (_req, res) => {\n  const agent = new FacebookAdsAgent();\n  res.json(await agent.getCampaigns());\n});\n`,
    );
    expect(await red(tree)).toEqual(['src/api/b.ts', expect.stringContaining('which is gone')]);
  });

  test('a file that is broken for a moment is neither there nor gone', async () => {
    const tree = await started();
    const before = tree.read('baseline.json');
    tree.write('src/api/b.ts', `<<<<<<< ours\n${OLD_WAY}`);
    expect(await red(tree)).toEqual(['src/api/b.ts']);
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(tree.read('baseline.json')).toBe(before);
  });

  test('a merge: conflict markers are explained, and both sides taken', async () => {
    const tree = await started();
    const lines = tree.read('baseline.json').split('\n');
    const entry = lines.find((line) => line.includes('src/api/z.ts')) ?? '';
    const gone = '    {"path":"src/api/gone.ts","kind":"construction","text":"x"}';
    const conflict = tree
      .read('baseline.json')
      .replace(entry, `<<<<<<< ours\n${gone}\n||||||| base\n=======\n${entry}\n>>>>>>> theirs`);
    tree.write('baseline.json', conflict);
    const explained = await check(tree, BASELINE);
    expect(explained).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('conflict markers of a merge: --merge-baseline'),
    });
    expect((await check(tree, [...BASELINE, '--merge-baseline'], { CI: 'true' })).exitCode).toBe(2);
    expect((await report(tree, [...BASELINE, '--merge-baseline'])).ok).toBe(true);
    expect(tree.read('baseline.json').split('\n')).toEqual(lines);
    tree.write('baseline.json', conflict);
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(tree.read('baseline.json').split('\n')).toEqual(lines);
  });

  test('an entry of old, without more than path and kind, is told more when it is renewed', async () => {
    const tree = await started();
    const now = tree.read('baseline.json');
    tree.write('baseline.json', now.replace(/,"in":"[^"]*","text":"[^"]*"/g, '').replaceAll('\n', '\r\n'));
    expect(await red(tree)).toEqual([]);
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(tree.read('baseline.json')).toBe(now);
  });

  test('what people write into an entry stays', async () => {
    const tree = await started();
    tree.write(
      'baseline.json',
      tree.read('baseline.json').replace('"kind":"factory",', '"kind":"factory","reason":"SHOP-1",'),
    );
    tree.write('src/api/z.ts', NEW_WAY);
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(tree.read('baseline.json')).toContain('"reason":"SHOP-1"');
    expect(tree.read('baseline.json')).not.toContain('src/api/z.ts');
  });

  test('and what they write beside the entries', async () => {
    const tree = await started();
    tree.write(
      'baseline.json',
      tree.read('baseline.json').replace('"entries"', '"note": { "of": "SHOP-2" },\n  "entries"'),
    );
    const written = tree.read('baseline.json');
    await report(tree, [...BASELINE, '--update-baseline']);
    expect(JSON.parse(tree.read('baseline.json'))).toEqual(JSON.parse(written));
  });

  test('a merge leaves the texts of entries as they are', async () => {
    const tree = treeOf();
    tree.write(
      'src/api/z.ts',
      "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const z = (a = new FacebookAdsAgent([1, ]), b = {} ) => {} ; {a: z}\n",
    );
    await report(tree, [...BASELINE, '--update-baseline']);
    const before = tree.read('baseline.json');
    expect(before).toMatch(/, \]|\} \{/);
    const conflict = before.replace(
      '"entries": [\n',
      '"entries": [\n<<<<<<< ours\n=======\n>>>>>>> theirs\n',
    );
    tree.write('baseline.json', conflict);
    await report(tree, [...BASELINE, '--merge-baseline']);
    expect(tree.read('baseline.json')).toBe(before);
  });

  test('what somebody accepts meanwhile is not lost', async () => {
    const tree = await started();
    const before = readBaseline(tree.root, 'baseline.json');
    tree.write('baseline.json', tree.read('baseline.json').replace('"kind":"factory"', '"kind":"x"'));
    const now = tree.read('baseline.json');
    expect(() => writeBaseline(tree.root, 'baseline.json', [], before)).toThrow('run again');
    expect(() => writeBaseline(tree.root, 'baseline.json', [], undefined)).toThrow('run again');
    expect(tree.read('baseline.json')).toBe(now);
  });

  test('one place is accepted with its reason, and no other', async () => {
    const tree = await started();
    tree.write('src/api/c.ts', OLD_WAY);
    tree.write('src/api/d.ts', OLD_WAY);
    expect(await red(tree)).toEqual(['src/api/c.ts', 'src/api/d.ts']);
    const { items } = await report(tree, [
      ...BASELINE,
      '--accept',
      'src/api/c.ts:7',
      '--why',
      'SHOP-2: until May',
    ]);
    expect(items.find(({ path }) => path === 'src/api/c.ts')).toMatchObject({
      ok: true,
      accepted: true,
      reason: 'SHOP-2: until May',
    });
    expect(await red(tree)).toEqual(['src/api/d.ts']);
    expect(tree.read('baseline.json')).toContain('"why":"SHOP-2: until May"');
    for (const [args, words] of [
      [['--accept', 'src/api/nothing.ts', '--why', 'x'], 'nothing there is left to accept'],
      [['--accept', 'src/api/d.ts'], 'belong together'],
    ] as const)
      expect(await check(tree, [...BASELINE, ...args])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(words),
      });
    const fresh = treeOf();
    await report(fresh, ['--accept', 'src/api/z.ts', '--why', 'x']);
    expect(fresh.read('checklist-baseline.json').match(/"path"/g)).toHaveLength(1);
    // The next run goes by the same file, and one that names another does not.
    const next = (await report(fresh)).items.find(({ path }) => path === 'src/api/z.ts');
    expect(next).toMatchObject({ accepted: true, ok: true });
    fresh.write('other.json', '{ "version": 1, "entries": [] }\n');
    const other = (await report(fresh, ['--baseline', 'other.json'])).items;
    expect(other.find(({ path }) => path === 'src/api/z.ts')).toMatchObject({ ok: false });
  });

  test('accepted places are skipped cases, with the reason', async () => {
    const tree = await started();
    tree.write('src/api/c.ts', OLD_WAY);
    await report(tree, [...BASELINE, '--accept', 'src/api/c.ts', '--why', 'SHOP-2']);
    const { stdout } = await check(tree, [...BASELINE, '--format', 'junit']);
    expect(stdout).toContain('name="src/api/c.ts" file="src/api/c.ts"');
    expect(stdout).toContain('<skipped message="SHOP-2"/>');
    expect(stdout).toContain('<skipped message="accepted by the baseline"/>');
    expect((await check(tree, BASELINE)).stdout).toContain('Nothing new: 0 of 4 files migrated, 4 accepted');
  });
});

describe('a place is the one that was accepted, or another', () => {
  const IMPORT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
  const USE = '\n  return agent.getCampaigns();\n}\n';
  const built = (what: string, name = 'one') =>
    `${IMPORT}export async function ${name}() {\n  const agent = ${what};${USE}`;
  const SHORT = built("new FacebookAdsAgent({ account: 'a', token: 'b' })");
  const LONG = built("new FacebookAdsAgent({\n    account: 'a',\n    token: 'b',\n  })");
  const ARROW = `${IMPORT}export const all = (ids: string[]) => ids.map(id => new FacebookAdsAgent(id));\n`;

  test.each([
    ['broken by a formatter', SHORT, LONG],
    ['joined by one', LONG, SHORT],
    ['with parentheses of a formatter', ARROW, ARROW.replace('id =>', '(id) =>')],
    ['with other ends of lines', LONG, LONG.replaceAll('\n', '\r\n')],
    ['with other quotes, blanks and no semicolons', SHORT, SHORT.replaceAll("'", '"').replace(/;| {2}/g, '')],
  ])('the same %s', async (_name, before, after) => {
    expect(await turned(before, after)).toBe(0);
  });

  test.each([
    ['with other arguments', SHORT, SHORT.replace("'a'", 'user')],
    ['with other arguments on lines of their own', LONG, LONG.replace("'b'", 'user.token')],
    ['with other arguments behind a line that was broken', SHORT, LONG.replace("'a'", 'user')],
    ['in another function', SHORT, SHORT.replace('one', 'two')],
  ])('another %s', async (_name, before, after) => {
    expect(await turned(before, after)).toBe(1);
  });

  test('the same when the class has another name since', async () => {
    const tree = await started();
    const files = ['agents/facebook-ads-agent', 'utils/agent-cache', 'api/a', 'api/b', 'api/z'];
    for (const file of files.map((each) => `src/${each}.ts`))
      tree.write(file, tree.read(file).replaceAll('FacebookAdsAgent', 'AdsAgent'));
    const now = ['--agent-class', 'AdsAgent', '--agent-module', 'agents/facebook-ads-agent'];
    expect((await report(tree, [...BASELINE, ...now])).ok).toBe(true);
  });

  test('entries and --accept take a path however it is written', async () => {
    const tree = await started();
    tree.write('baseline.json', tree.read('baseline.json').replaceAll('"src/api', '"./src//api'));
    expect((await report(tree, BASELINE)).ok).toBe(true);
    tree.write('src/api/c.ts', OLD_WAY);
    const absolute = tree.path('src/api/c.ts');
    expect((await report(tree, [...BASELINE, '--accept', absolute, '--why', 'SHOP-3'])).ok).toBe(true);
  });

  async function turned(before: string, after: string): Promise<number> {
    const tree = treeOf();
    tree.write('src/api/a.ts', before);
    await report(tree, [...BASELINE, '--update-baseline']);
    tree.write('src/api/a.ts', after);
    return (await check(tree, BASELINE)).exitCode;
  }
});

describe('a baseline that the configuration names', () => {
  const CONFIG = '{ "baseline": "baseline.json" }\n';
  const configured = (config = CONFIG): Tree => {
    const tree = treeOf();
    tree.write('agent-cache.config.json', config);
    return tree;
  };
  const git = (tree: Tree, ...args: string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd: tree.root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };

  test('counts without a word on the command line, for all that is asked of one', async () => {
    const tree = configured();
    expect(await check(tree)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no baseline baseline.json: start one with --update-baseline'),
    });
    expect((await check(tree, ['--update-baseline'])).exitCode).toBe(0);
    expect((await report(tree)).summary).toMatchObject({ accepted: 3, findings: 0 });
    tree.write('src/api/new.ts', OLD_WAY);
    expect((await report(tree)).ok).toBe(false);
    expect((await check(tree, ['--accept', 'src/api/new.ts', '--why', 'SHOP-12'])).exitCode).toBe(0);
    expect(tree.read('baseline.json')).toContain('"why":"SHOP-12"');
    tree.write('src/api/new.ts', NEW_WAY);
    expect((await report(tree)).ok).toBe(false);
    expect((await check(tree, ['--update-baseline'])).exitCode).toBe(0);
    expect((await report(tree)).ok).toBe(true);
  });

  test('gives way to that of the command line', async () => {
    const tree = configured();
    expect((await check(tree, ['--baseline', 'other.json', '--update-baseline'])).exitCode).toBe(0);
    expect(tree.read('other.json')).toContain('src/api/a.ts');
    expect((await check(tree)).exitCode).toBe(2);
  });

  test('is, like the configuration, what is staged', async () => {
    const tree = configured();
    git(tree, 'init', '-q');
    git(tree, 'add', '.');
    expect((await check(tree, ['--update-baseline'])).exitCode).toBe(0);
    expect(await check(tree, ['--staged'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no baseline'),
    });
    git(tree, 'add', 'baseline.json');
    expect((await check(tree, ['--staged'])).exitCode).toBe(0);
    tree.write('src/api/new.ts', OLD_WAY);
    git(tree, 'add', 'src/api/new.ts');
    expect((await check(tree, ['--staged'])).exitCode).toBe(1);
  });

  test('is none of the codemod', async () => {
    const tree = configured();
    tree.write('src/api/a.ts', NEW_WAY);
    const { exitCode } = await runScript('codemod.ts', ['--dry-run', tree.path('src/api/a.ts')], {
      cwd: tree.root,
    });
    expect(exitCode).toBe(0);
  });

  test('comes after the first guide', async () => {
    const tree = configured();
    rmSync(tree.path('MIGRATION.md'));
    expect((await check(tree, ['--init-guide'])).exitCode).toBe(1);
    expect(tree.read('MIGRATION.md')).toContain('src/api/a.ts');
  });

  test.each([['{ "baseline": "" }'], ['{ "baseline": 1 }'], ['{ "baseline": ["a.json"] }']])(
    'is a path: %s',
    async (config) => {
      expect(await check(configured(config))).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('baseline has to be text, and not empty'),
      });
    },
  );
});
