import { someOf } from '../support/depth.ts';
import { symlinkSync } from 'node:fs';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const HALF_WAY = NEW_WAY.replace(
  "router.get('/'",
  "router.get('/old', async (_req, res) => {\n  const agent = new FacebookAdsAgent();\n  res.json(await agent.getCampaigns());\n});\n\nrouter.get('/'",
).replace(
  'import { getFacebookAgent }',
  "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nimport { getFacebookAgent }",
);

const BROKEN = `${OLD_WAY}\nexport const = ;\n`;

function treeOf(files: Record<string, string>, guide: string): Tree {
  return new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide });
}

test('every verdict, in the order of the guide, then what it forgot', async () => {
  const tree = treeOf(
    {
      'src/api/done.ts': NEW_WAY,
      'src/api/todo.ts': OLD_WAY,
      'src/api/half.ts': HALF_WAY,
      'src/api/broken.ts': BROKEN,
      'src/api/zz.ts': OLD_WAY,
      'src/api/forgotten.ts': OLD_WAY,
    },
    [
      '- [x] Create `src/utils/agent-cache.ts`',
      '- [x] `src/api/done.ts`',
      '- [ ] `src/api/todo.ts`',
      '- [ ] `src/api/half.ts`',
      '- [ ] `src/api/broken.ts`',
      '- [ ] `src/api/gone.ts`',
      '',
    ].join('\n'),
  );
  const { ok, items, summary } = await report(tree);
  expect(ok).toBe(false);
  expect(items.map(({ path, verdict }) => [path, verdict])).toEqual([
    ['src/utils/agent-cache.ts', 'migrated'],
    ['src/api/done.ts', 'migrated'],
    ['src/api/todo.ts', 'pending'],
    ['src/api/half.ts', 'partial'],
    ['src/api/broken.ts', 'unparseable'],
    ['src/api/gone.ts', 'missing'],
    ['src/api/forgotten.ts', 'unlisted'],
    ['src/api/zz.ts', 'unlisted'],
  ]);
  expect(summary).toMatchObject({
    items: 8,
    migrated: 2,
    pending: 1,
    partial: 1,
    unparseable: 1,
    missing: 1,
    unlisted: 2,
  });
  expect(items.map(({ ticked }) => ticked)).toEqual([true, true, false, false, false, false, false, false]);
  expect(items.map(({ ok }) => ok)).toEqual([true, true, false, false, false, false, false, false]);
});

test('a finding has its place, what stands there and the command that mends it', async () => {
  const tree = treeOf({ 'src/api/todo.ts': OLD_WAY }, '- [ ] `src/api/todo.ts`\n');
  const { items } = await report(tree);
  expect(items[0]?.findings).toEqual([
    {
      file: 'src/api/todo.ts',
      line: 7,
      column: 17,
      rule: 'old-way',
      id: 'construction',
      message: 'builds its own FacebookAdsAgent',
      fix: `npm run codemod -- ${tree.path('src/api/todo.ts')}`,
    },
  ]);
});

test('what the codemod leaves to a person has its reason and a hint', async () => {
  const source = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n\nexport class Holder {\n  agent = new FacebookAdsAgent();\n}\n`;
  const { items } = await report(treeOf({ 'src/api/a.ts': source }, '- [ ] `src/api/a.ts`\n'));
  expect(items[0]).toMatchObject({ verdict: 'pending', findings: [{ line: 4, column: 11 }] });
  expect(items[0]?.findings[0]?.reason).toBeTruthy();
  expect(items[0]?.findings[0]?.hint).toBeTruthy();
  expect(items[0]?.findings[0]?.message).toContain(items[0]?.findings[0]?.reason);
});

test('where a file does not parse is said', async () => {
  const { items } = await report(treeOf({ 'src/api/a.ts': BROKEN }, '- [x] `src/api/a.ts`\n'));
  expect(items[0]?.findings[0]).toMatchObject({ line: 11, column: 14, rule: 'unparseable' });
});

test('a tick that the code does not bear out fails, at its line of the guide', async () => {
  const tree = treeOf({ 'src/api/todo.ts': OLD_WAY }, 'Text\n\n- [x] `src/api/todo.ts`\n');
  const { items } = await report(tree);
  expect(items[0]?.findings[1]).toMatchObject({ file: 'MIGRATION.md', line: 3, column: 1, rule: 'tick' });
  expect(items[0]?.findings[1]?.fix).toBe(`npm run checklist -- --root ${tree.root} --write`);
});

test('a file that is done but not ticked passes, with a note', async () => {
  const { ok, items, notes } = await report(treeOf({ 'src/api/a.ts': NEW_WAY }, '- [ ] `src/api/a.ts`\n'));
  expect(ok).toBe(true);
  expect(items[0]).toMatchObject({ verdict: 'migrated', ticked: false, ok: true, findings: [] });
  expect(notes).toMatchObject([{ rule: 'tick', line: 1 }]);
});

describe('is not fooled', () => {
  const old = (imports: string, body: string) =>
    `${imports}\nexport async function handler(_req: unknown, res: { json(body: unknown): void }) {\n${body}\n}\n`;
  const module = "'../agents/facebook-ads-agent.ts'";

  test.each(
    someOf([
      [
        'an alias',
        old(
          `import { FacebookAdsAgent as A } from ${module};`,
          '  const a = new A();\n  res.json(await a.getCampaigns());',
        ),
      ],
      [
        'a namespace',
        old(
          `import * as ads from ${module};`,
          '  const a = new ads.FacebookAdsAgent();\n  res.json(await a.getCampaigns());',
        ),
      ],
      [
        'a template',
        old(
          `import { FacebookAdsAgent } from ${module};`,
          '  res.json(`$' + '{await new FacebookAdsAgent().getCampaigns()}`);',
        ),
      ],
      [
        'a namespace by a computed name',
        `import * as ads from ${module};\nexport const a = (key: 'FacebookAdsAgent') => new ads[key]();\n`,
      ],
      [
        'a namespace under another name',
        `import * as ads from ${module};\nconst b = ads;\nexport const a = () => new b.FacebookAdsAgent();\n`,
      ],
      [
        'an import of a member',
        `import * as ads from ${module};\nimport K = ads.FacebookAdsAgent;\nexport const a = () => new K();\n`,
      ],
      [
        'bind',
        `import { FacebookAdsAgent } from ${module};\nconst B = FacebookAdsAgent.bind(null);\nexport const a = () => new B();\n`,
      ],
      ['a text that is run', "export const a = () => eval('new FacebookAdsAgent()');\n"],
      [
        'a text that is run, by its name',
        "const code = 'new FacebookAdsAgent()';\nexport const a = () => eval(code);\n",
      ],
      [
        'a worker of a text',
        `import { Worker } from 'node:worker_threads';\nexport const a = () => new Worker("new (require(${module}).FacebookAdsAgent)()", { eval: true });\n`,
      ],
      [
        'a program of a text',
        `import { spawn } from 'node:child_process';\nconst PROGRAM = "import(${module}).then((m) => new m.FacebookAdsAgent())";\nexport const a = () => spawn(process.execPath, ['-e', PROGRAM]);\n`,
      ],
      [
        'a tag of a template',
        `import { FacebookAdsAgent } from ${module};\nconst make = (_: TemplateStringsArray, K: typeof FacebookAdsAgent) => new K();\nexport const a = () => make\`$` +
          '{FacebookAdsAgent}`;\n',
      ],
      [
        'a name that is made',
        `const name = ${module};\nexport const a = async (x?: string) => new (await import(x ?? name)).FacebookAdsAgent();\n`,
      ],
      [
        'another name of require',
        `const load = require;\nexport const a = () => new (load(${module}).FacebookAdsAgent)();\n`,
      ],
      [
        'something that gives the module',
        'export const a = async (load: any) => new (await load()).FacebookAdsAgent();\n',
      ],
      [
        'require',
        old(
          `const { FacebookAdsAgent } = require(${module});`,
          '  const a = new FacebookAdsAgent();\n  res.json(await a.getCampaigns());',
        ),
      ],
    ]),
  )('by %s', async (_name, source) => {
    const { items } = await report(treeOf({ 'src/api/a.ts': source }, '- [x] `src/api/a.ts`\n'));
    expect(items[0]).toMatchObject({ verdict: 'pending', ok: false });
  });

  test.each(
    someOf([
      ['a comment', '// new FacebookAdsAgent() from agents/facebook-ads-agent\nexport const a = 1;\n'],
      ['a string', "export const a = 'new FacebookAdsAgent()';\n"],
      [
        'a program that looks for the name',
        "import { execFileSync } from 'node:child_process';\nexport const a = () => execFileSync('git', ['grep', 'FacebookAdsAgent(']);\n",
      ],
      [
        'a worker of a file of that name',
        "import { Worker } from 'node:worker_threads';\nexport const a = () => new Worker('./FacebookAdsAgent.report.js');\n",
      ],
      [
        'a type',
        `import type { FacebookAdsAgent } from ${module};\nexport type A = FacebookAdsAgent | undefined;\n`,
      ],
      [
        'a class of that name',
        'class FacebookAdsAgent {}\nexport const make = () => new FacebookAdsAgent();\n',
      ],
      [
        'a token of a container',
        `import { FacebookAdsAgent } from ${module};\nexport const a = (app: any) => app.get(FacebookAdsAgent);\n`,
      ],
      [
        'a question to a container',
        `import { FacebookAdsAgent } from ${module};\nexport const a = (app: any) => app.isRegistered(FacebookAdsAgent);\n`,
      ],
      [
        'a function that only compares',
        `import { FacebookAdsAgent } from ${module};\nconst is = (value: unknown, kind: any) => value instanceof kind;\nexport const a = (value: unknown) => is(value, FacebookAdsAgent);\n`,
      ],
      [
        'syntax that is new, beside a comment',
        "// FacebookAdsAgent\nimport defer * as a from './other.ts';\nexport { a };\n",
      ],
      [
        'a loader of another folder',
        '// FacebookAdsAgent\nexport const a = (name: string) => import(`./routes/$' + '{name}.js`);\n',
      ],
      [
        'a type of another module',
        "import type { FacebookAdsAgent } from './other.ts';\nexport type A = FacebookAdsAgent;\n",
      ],
    ]),
  )('nor tripped by %s', async (_name, source) => {
    const { ok, items } = await report(treeOf({ 'src/api/a.ts': source }, '- [x] `src/api/a.ts`\n'));
    expect(items).toMatchObject([{ verdict: 'migrated', ok: true, findings: [] }]);
    expect(ok).toBe(true);
  });
});

test('a barrel hides no class whose name is made', async () => {
  const tree = treeOf(
    {
      'src/agents/index.ts': "export * from './facebook-ads-agent.ts';\n",
      'src/api/a.ts':
        "import * as agents from '../agents/index.ts';\nexport const a = () => new (agents as any)['Facebook' + 'AdsAgent']();\n",
    },
    '- [x] `src/api/a.ts`\n',
  );
  expect((await report(tree)).items[0]).toMatchObject({ verdict: 'pending', ok: false });
});

test('a listed file that was not read is unchecked, and red where its text names the class', async () => {
  const tree = treeOf(
    {
      'test/a.ts': OLD_WAY,
      'src/a.spec.ts': OLD_WAY,
      'src/bench/a.ts': OLD_WAY,
      'src/types.d.ts': 'export interface Row {}\n',
      'README.md': '# Shop\n',
      'agent-cache.config.json': '{ "exclude": ["src/bench/**"] }',
    },
    '- [x] `test/a.ts`\n- [x] `src/a.spec.ts`\n- [ ] `src/bench/a.ts`\n- [x] `README.md`\n- [ ] `src/types.d.ts`\n',
  );
  const { ok, items, notes } = await report(tree);
  expect(ok).toBe(false);
  expect(items.map(({ verdict, ok, reason }) => [verdict, ok, reason])).toEqual([
    ['unchecked', false, 'test/ has tests, which no other code imports'],
    ['unchecked', false, 'it is a test by its name'],
    ['unchecked', false, 'the configuration excludes it'],
    ['unchecked', true, 'it is no JavaScript or TypeScript'],
    ['unchecked', true, 'it only declares types'],
  ]);
  expect(notes.map(({ rule, line }) => [rule, line])).toEqual([
    ['skipped', 4],
    ['skipped', 5],
  ]);
  expect((await check(tree)).stdout).toContain('0 of 3 files migrated, 2 not read');
});

describe('paths that are not files of the tree are named', () => {
  test.each(
    someOf([
      ['../elsewhere.ts', 'outside-tree', 'is outside the tree'],
      ['/elsewhere/a.ts', 'outside-tree', 'is outside the tree'],
      ['C:\\work\\src\\api\\a.ts', 'outside-tree', 'is outside the tree'],
      ['src/link.ts', 'outside-tree', 'is outside the tree'],
      ['away/checklist-tree.ts', 'outside-tree', 'is outside the tree'],
      ['src/loop.ts', 'missing', 'does not exist'],
      ['src/api/a.ts/b.ts', 'missing', 'does not exist'],
      ['src/(group)/[id]/gone now.ts', 'missing', 'does not exist'],
      ['src/api', 'folder', 'is a folder'],
      ['src/api/', 'folder', 'is a folder'],
      ['src/api/gone.ts', 'missing', 'does not exist'],
      ['src/dangling.ts', 'missing', 'does not exist'],
    ]),
  )('%s', async (path, rule, message) => {
    const tree = treeOf({ 'src/api/a.ts': NEW_WAY }, `- [x] \`src/api/a.ts\`\n- [ ] \`${path}\`\n`);
    symlinkSync(import.meta.filename, tree.path('src/link.ts'));
    symlinkSync(import.meta.dirname, tree.path('away'));
    symlinkSync('loop.ts', tree.path('src/loop.ts'));
    symlinkSync(tree.path('nothing'), tree.path('src/dangling.ts'));
    const { ok, items } = await report(tree);
    expect(ok).toBe(false);
    expect(items[1]?.verdict).toBe('missing');
    expect(items[1]?.findings).toMatchObject([{ rule, file: 'MIGRATION.md', line: 2, column: 1 }]);
    expect(items[1]?.findings[0]?.message).toContain(message);
  });

  test('a link inside the tree has the verdict of its file, which is then listed', async () => {
    const tree = treeOf({ 'lib/todo.ts': OLD_WAY }, '- [x] `src/link.ts`\n- [x] `alias/todo.ts`\n');
    symlinkSync('../lib/todo.ts', tree.path('src/link.ts'));
    symlinkSync('lib', tree.path('alias'));
    const { items } = await report(tree);
    expect(items.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['src/link.ts', 'pending'],
      ['alias/todo.ts', 'pending'],
    ]);
    expect(items[0]?.findings[0]).toMatchObject({ file: 'lib/todo.ts', line: 7 });
  });

  test('a missing cache module comes with the command that starts one', async () => {
    const tree = new Tree({
      'src/api/a.ts': 'export {};\n',
      'MIGRATION.md': '- [ ] `src/utils/agent-cache.ts`\n',
    });
    const { items } = await report(tree);
    expect(items[0]?.findings[0]?.fix).toBe(`npm run codemod -- --init ${tree.path('src')}`);
  });

  test('a duplicate is a note, and its tick counts', async () => {
    const guide = '- [x] `src/api/a.ts`\n- [ ] `./src/api/a.ts#L3`\n';
    const done = await report(treeOf({ 'src/api/a.ts': NEW_WAY }, guide));
    expect(done.ok).toBe(true);
    expect(done.items).toHaveLength(1);
    expect(done.notes).toMatchObject([
      { rule: 'duplicate', line: 2, message: expect.stringContaining('is a duplicate: line 1') },
    ]);
    const pending = await report(
      treeOf({ 'src/api/a.ts': OLD_WAY }, '- [ ] `src/api/a.ts`\n- [x] `src/api/a.ts`\n'),
    );
    expect(pending.items).toMatchObject([{ ticked: true, ok: false }]);
    expect(pending.items[0]?.findings.map(({ rule, line }) => [rule, line])).toContainEqual(['tick', 2]);
  });
});

describe('--write', () => {
  const files = { 'src/api/done.ts': NEW_WAY, 'src/api/todo.ts': OLD_WAY };
  const guide =
    '\uFEFF# Migração\r\n\r\n1. [ ] `src/api/done.ts`\r\n   * [X] `src/api/todo.ts` \r\n- [x] both `src/api/done.ts` `src/api/todo.ts`\r\n- [ ] words\r\n- [ ] bench <!-- check: script bench -->\r\n- [x] gone <!-- check: script gone -->\r\n- [x] deploy <!-- check: manual -->\r\nend';

  test('sets the ticks to the truth and touches nothing else', async () => {
    const tree = treeOf(files, guide);
    const { ok, items } = await report(tree, ['--write']);
    expect(tree.read('MIGRATION.md')).toBe(
      guide
        .replace('[ ] `src/api/done.ts`', '[x] `src/api/done.ts`')
        .replace('[X] `src/api/todo.ts`', '[ ] `src/api/todo.ts`')
        .replace('[x] both', '[ ] both')
        .replace('[ ] bench', '[x] bench')
        .replace('[x] gone', '[ ] gone'),
    );
    expect(ok).toBe(false);
    expect(items.map(({ ticked }) => ticked)).toEqual([true, false]);
    expect(items.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(['old-way']);
    const before = tree.read('MIGRATION.md');
    await report(tree, ['--write']);
    expect(tree.read('MIGRATION.md')).toBe(before);
  });

  test('is refused under CI, unless forced', async () => {
    const tree = treeOf(files, guide);
    const refused = await check(tree, ['--write'], { CI: 'true' });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/^checklist: --write [^\n]+--force\n$/);
    expect(tree.read('MIGRATION.md')).toBe(guide);
    expect((await check(tree, ['--write'], { CI: 'false' })).exitCode).toBe(1);
    expect((await check(tree, ['--write', '--force'], { CI: '1' })).exitCode).toBe(1);
    expect(tree.read('MIGRATION.md')).not.toBe(guide);
  });
});

test("the detection options are the codemod's, by flag or by the file in the root", async () => {
  const source =
    "import { Ads } from '../lib/ads.ts';\n\nexport async function handler() {\n  const ads = new Ads();\n  return ads.list();\n}\n";
  const files = { 'src/api/a.ts': source, 'src/lib/ads.ts': 'export class Ads {\n  async list() {}\n}\n' };
  const guide = '- [x] `src/api/a.ts`\n';
  expect((await report(treeOf(files, guide))).ok).toBe(true);
  const tree = treeOf(files, guide);
  const flagged = await report(tree, ['--agent-class', 'Ads', '--agent-module', 'lib/ads']);
  expect(flagged.items[0]?.findings[0]).toMatchObject({
    message: expect.stringContaining('builds its own Ads'),
    line: 4,
    fix: `npm run codemod -- --agent-class Ads --agent-module lib/ads ${tree.path('src/api/a.ts')}`,
  });
  const config = '{ "agentClass": "Ads", "agentModule": "lib/ads" }';
  const configured = treeOf({ ...files, 'agent-cache.config.json': config }, guide);
  // Whoever runs the command reads the same configuration.
  expect((await report(configured)).items[0]?.findings[0]).toMatchObject({
    fix: `npm run codemod -- ${configured.path('src/api/a.ts')}`,
  });
  const broken = await check(treeOf({ ...files, 'agent-cache.config.json': '{ "agentKlass": 1 }' }, guide));
  expect(broken.exitCode).toBe(2);
});

describe('a listed file that names neither the class nor the cache', () => {
  const files = {
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'src/api/plain.ts': "export const name = 'plain';\n",
  };

  test('has nothing to do, which is not said to be migrated', async () => {
    const tree = new Tree({ ...files, 'MIGRATION.md': '- [x] `src/api/a.ts`\n- [x] `src/api/plain.ts`\n' });
    const { stdout, exitCode } = await check(tree);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^migrated +\[x\] +src\/api\/a\.ts$/m);
    expect(stdout).toMatch(
      /^nothing to do +\[x\] +src\/api\/plain\.ts {2}\(names neither FacebookAdsAgent nor its cache\)$/m,
    );
    expect((await check(tree, ['--format', 'markdown'])).stdout).toContain(
      '| ✅ nothing to do | x | `src/api/plain.ts` |',
    );
    const { items, ok } = await report(tree);
    expect(ok).toBe(true);
    expect(items.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['migrated', undefined],
      ['migrated', 'names neither FacebookAdsAgent nor its cache'],
    ]);
  });

  test('is ticked by --write as one that is migrated', async () => {
    const tree = new Tree({ ...files, 'MIGRATION.md': '- [ ] `src/api/plain.ts`\n' });
    expect((await check(tree)).stdout).toContain('src/api/plain.ts has nothing to do, but is not ticked');
    await check(tree, ['--write']);
    expect(tree.read('MIGRATION.md')).toBe('- [x] `src/api/plain.ts`\n');
  });
});
