import { deeply, someOf } from '../support/depth.ts';
import { execFileSync } from 'node:child_process';
import { parseGuide } from '../../scripts/checklist/guide/parse-guide.ts';
import {
  CACHE_MODULE,
  check,
  GROUND,
  NEW_WAY,
  OLD_WAY,
  removeTrees,
  report,
  Tree,
} from './checklist-tree.ts';

afterAll(removeTrees);

function treeOf(guide: string, files: Record<string, string> = {}): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': OLD_WAY,
    'src/api/b.ts': NEW_WAY,
    'MIGRATION.md': guide,
    ...files,
  });
}

const verdicts = async (tree: Tree, args: string[] = []) =>
  Object.fromEntries((await report(tree, args)).items.map(({ path, verdict }) => [path, verdict]));

describe('paths are meant from where their reader stands', () => {
  test('links in a folder of guides, code spans from there or from the root', async () => {
    const guide = [
      '- [x] [cache](/src/utils/agent-cache.ts)',
      '- [ ] [a](../src/api/a.ts)',
      '- [x] [b][ref]',
      '- [ ] `../src/tasks/c.ts` and `src/tasks/d.ts`',
      '- [ ] [e](src/tasks/e.ts)',
      '- [ ] [out](../../elsewhere.ts)',
      '',
      '[ref]: ../src/api/b.ts "B"',
      '',
    ].join('\n');
    const tasks = Object.fromEntries(['c', 'd', 'e'].map((name) => [`src/tasks/${name}.ts`, NEW_WAY]));
    expect(
      await verdicts(treeOf('', { 'docs/MIGRATION.md': guide, ...tasks }), ['--guide', 'docs/MIGRATION.md']),
    ).toEqual({
      'src/utils/agent-cache.ts': 'migrated',
      'src/api/a.ts': 'pending',
      'src/api/b.ts': 'migrated',
      'src/tasks/c.ts': 'migrated',
      'src/tasks/d.ts': 'migrated',
      'src/tasks/e.ts': 'migrated',
      '../elsewhere.ts': 'missing',
    });
  });

  test('several guides count together, and each has its own lines', async () => {
    const tree = treeOf('- [ ] `src/api/a.ts`\n', {
      'docs/B.md': '# B\n\n- [x] [b](../src/api/b.ts)\n- [x] [a](../src/api/a.ts)\n',
    });
    const { items, guides, notes } = await report(tree, ['--guide', 'MIGRATION.md', '--guide', 'docs/B.md']);
    expect(guides).toEqual(['MIGRATION.md', 'docs/B.md']);
    expect(items.map(({ path, guide, guideLine }) => [path, guide, guideLine])).toEqual([
      ['src/api/a.ts', 'MIGRATION.md', 1],
      ['src/api/b.ts', 'docs/B.md', 3],
    ]);
    expect(items[0]?.findings).toContainEqual(
      expect.objectContaining({ rule: 'tick', file: 'docs/B.md', line: 4 }),
    );
    expect(notes).toContainEqual(
      expect.objectContaining({
        rule: 'duplicate',
        message: expect.stringContaining('MIGRATION.md, line 1'),
      }),
    );
    await report(tree, ['--guide', 'MIGRATION.md', '--guide', 'docs/B.md', '--write']);
    expect(tree.read('docs/B.md')).toBe('# B\n\n- [x] [b](../src/api/b.ts)\n- [ ] [a](../src/api/a.ts)\n');
  });
});

describe('guides as people write them', () => {
  test.each(
    someOf([
      [
        'names of products beside a path',
        '- [ ] `src/api/a.ts` (uses `lodash/get.js`, see `node.js`)\n',
        { 'src/api/a.ts': 'pending' },
      ],
      ['a path without backticks', '- [ ] Migrate src/api/a.ts, then rest\n', { 'src/api/a.ts': 'pending' }],
      [
        'a missing path beside one that is there',
        '- [x] `src/api/b.ts`, `src/api/gone.ts`\n',
        { 'src/api/b.ts': 'migrated', 'src/api/gone.ts': 'missing' },
      ],
      ['a deletion that is done', '- [x] Delete `src/api/old.ts`\n', { 'src/api/old.ts': 'migrated' }],
      [
        'a helper that is gone',
        '- [x] Remove the old helper `src/api/old.ts`\n',
        { 'src/api/old.ts': 'migrated' },
      ],
      ['a deletion that was done', '- [x] Removed: `src/api/old.ts`\n', { 'src/api/old.ts': 'migrated' }],
      [
        'a file that is said to be gone',
        '- [x] `src/api/old.ts` (deleted)\n',
        { 'src/api/old.ts': 'migrated' },
      ],
      [
        'one that is said to be gone and is not',
        '- [x] `src/api/b.ts`: deleted\n',
        { 'src/api/b.ts': 'pending' },
      ],
      [
        'something that was taken out',
        '- [x] `src/api/b.ts`: removed the factory\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      ['a deletion that is not', '- [ ] Remove the old file `src/api/b.ts`\n', { 'src/api/b.ts': 'pending' }],
      [
        'something to take out of a file',
        '- [x] Remove the factory from `src/api/b.ts`\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      [
        'a name to take out of a file',
        '- [x] Remove `make` from `src/api/b.ts`\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      [
        'what is struck out',
        '- [ ] ~~`src/api/gone.ts`~~\n- [x] `src/api/b.ts`\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      [
        'front matter',
        '---\ntasks:\n- [ ] `src/api/gone.ts`\n---\n- [x] `src/api/b.ts`\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      [
        'front matter in TOML',
        '+++\ntitle = "x"\n- [ ] `src/api/gone.ts`\n+++\n- [x] `src/api/b.ts`\n',
        { 'src/api/b.ts': 'migrated' },
      ],
      ['a rule above the text', '---\n- [x] `src/api/b.ts`\n\n---\n', { 'src/api/b.ts': 'migrated' }],
    ]),
  )('%s', async (_name, guide, expected) => {
    const { 'src/api/a.ts': left, ...found } = await verdicts(treeOf(guide));
    const { 'src/api/a.ts': listed, ...others } = expected as Record<string, string>;
    expect({ ...found, left }).toEqual({ ...others, left: listed ?? 'unlisted' });
  });

  test('lines that look like items and are not read are explained', async () => {
    const guide =
      '- [x] `src/api/b.ts`\n- [~] `src/api/a.ts`\n\n| done | file |\n|---|---|\n| [x] | `src/api/b.ts` |\n\n```md\n- [-] `src/api/a.ts`\n```\n' +
      '- [x] `src/api/*.ts`, `src/{a,b}.ts`\n- [x] `src/**`\n' +
      '- [x] `src/api/b.ts` and its kind, `src/api/*.ts`\n- [ ] no more of `/api/*`, `x * y`\n' +
      '- [ ] `test/**` is green <!-- check: manual -->\n';
    const { notes } = await report(treeOf(guide));
    expect(
      notes.filter(({ rule }) => rule === 'unread-item').map(({ line, message }) => [line, message]),
    ).toEqual([
      [2, '[~] names src/api/a.ts, and is not read'],
      [6, 'a row of a table names src/api/b.ts, and is not read'],
      [11, 'a pattern names src/api/*.ts, src/{a,b}.ts, and is not read'],
      [12, 'a pattern names src/**, and is not read'],
    ]);
    const { exitCode, stderr } = await check(treeOf('| [x] | `src/api/b.ts` |\n'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('line 1 of MIGRATION.md has a row of a table, which is not read');
  });

  test('so are boxes that are none, and tasks that HTML takes in; links and definitions are not', async () => {
    const odd = ['- [] `src/api/b.ts`', '- [ x ] `src/api/b.ts`', '- [x]`src/api/b.ts`'];
    const html = '<details>\n- [x] `src/api/b.ts`\n</details>';
    const links =
      '- [a](src/api/b.ts)\n- [b]: src/api/b.ts\n\n<details>\n\n- [x] `src/api/b.ts`\n\n</details>';
    const { notes } = await report(treeOf(`${odd.join('\n')}\n\n${html}\n\n${links}\n`));
    expect(
      notes.flatMap(({ rule, line, message }) => (rule === 'unread-item' ? [[line, message]] : [])),
    ).toEqual([
      [1, '[] names src/api/b.ts, and is not read'],
      [2, '[ x ] names src/api/b.ts, and is not read'],
      [3, '[x] without a space behind it names src/api/b.ts, and is not read'],
      [6, 'a task right below HTML (a blank line has to stand between) names src/api/b.ts, and is not read'],
    ]);
  });

  test('one guide that is named twice is one', async () => {
    const args = ['--guide', 'MIGRATION.md', '--guide', './MIGRATION.md'];
    expect((await report(treeOf('- [x] `src/api/b.ts`\n'), args)).guides).toEqual(['MIGRATION.md']);
  });

  deeply('thousands of tasks with links by reference are read in pieces', async () => {
    const count = 2000;
    const tasks = Array.from(
      { length: count },
      (_, index) => `- [ ] [file ${index}][f${index}] and [b]\n`,
    ).join('');
    const definitions = Array.from({ length: count }, (_, index) => `[f${index}]: src/f${index}.ts\n`).join(
      '',
    );
    const text = `# Guide\n\n${tasks}\n[b]: src/b.ts\n${definitions}`;
    const { items } = await parseGuide(text, '/nowhere');
    expect(items).toHaveLength(count);
    expect(items.at(-1)).toMatchObject({ paths: [`src/f${count - 1}.ts`, 'src/b.ts'], line: count + 2 });
  });
});

describe('the first guide', () => {
  test('is written from the tree, and passes when the work is done', async () => {
    const tree = new Tree({ ...GROUND, 'src/api/a.ts': OLD_WAY, 'src/api/b.ts': NEW_WAY });
    expect((await report(tree, ['--init-guide'])).ok).toBe(false);
    expect(
      tree
        .read('MIGRATION.md')
        .split('\n')
        .filter((line) => line.startsWith('- ')),
    ).toEqual(['- [x] `src/utils/agent-cache.ts`', '- [ ] `src/api/a.ts`', '- [x] `src/api/b.ts`']);
    expect(await check(tree, ['--init-guide'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is there already'),
    });
    tree.write('src/api/a.ts', NEW_WAY);
    expect((await report(tree)).ok).toBe(true);
    expect((await check(new Tree(GROUND), ['--init-guide'], { CI: 'true' })).exitCode).toBe(2);
  });

  test('has nothing of the cache of another class, though that calls its provider alike', async () => {
    const other = 'export const getCachedAgentProvider = () => ({ getStats: () => ({ count: 0 }) });\n';
    const tree = new Tree({
      ...GROUND,
      'src/api/b.ts': NEW_WAY,
      'src/lib/other-cache.ts': other,
      'src/api/c.ts':
        "import { getCachedAgentProvider } from '../lib/other-cache.ts';\nexport const stats = () => getCachedAgentProvider().getStats();\n",
    });
    await report(tree, ['--init-guide']);
    expect(tree.read('MIGRATION.md').match(/`src\/\S+`/g)).toEqual([
      '`src/utils/agent-cache.ts`',
      '`src/api/b.ts`',
    ]);
  });

  test('gets what it forgot', async () => {
    const tree = treeOf('# Guide\r\n\r\n* [x] `src/api/b.ts`\r\n  more\r\n\r\nEnd');
    expect((await check(tree, ['--add'])).exitCode).toBe(2);
    const { items } = await report(tree, ['--write', '--add']);
    expect(items.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['src/api/b.ts', 'migrated'],
      ['src/api/a.ts', 'pending'],
    ]);
    expect(tree.read('MIGRATION.md')).toBe(
      '# Guide\r\n\r\n* [x] `src/api/b.ts`\r\n  more\r\n* [ ] `src/api/a.ts`\r\n\r\nEnd',
    );
  });
});

test('what the guide forgot comes behind all that belongs to its last task', async () => {
  const guide = '1. [x] `src/api/b.ts`\n   - [ ] ask <!-- check: manual -->\n\n   A word.\n\nEnd\n';
  const tree = treeOf(guide);
  await report(tree, ['--write', '--add']);
  expect(tree.read('MIGRATION.md')).toBe(guide.replace('\n\nEnd', '\n- [ ] `src/api/a.ts`\n\nEnd'));
});

describe('--staged', () => {
  const git = (tree: Tree, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', ...args], {
      cwd: tree.root,
    });

  test('judges the index: unstaged work neither blocks nor passes', async () => {
    const tree = treeOf('- [x] `src/api/b.ts`\n', { 'src/api/a.ts': NEW_WAY });
    git(tree, 'init', '--quiet');
    git(tree, 'add', '--all');
    tree.write('src/api/wip.ts', OLD_WAY);
    tree.write('src/api/b.ts', OLD_WAY);
    expect((await check(tree)).exitCode).toBe(1);
    expect((await check(tree, ['--staged'])).exitCode).toBe(0);
    git(tree, 'add', 'src/api/b.ts');
    tree.write('src/api/b.ts', NEW_WAY);
    const { items } = await report(tree, ['--staged']);
    expect(items).toMatchObject([
      {
        path: 'src/api/b.ts',
        verdict: 'pending',
        findings: [{ fix: expect.stringContaining(tree.root) }, {}],
      },
    ]);
    expect(await check(tree, ['--staged', '--write'])).toMatchObject({ exitCode: 2 });
    tree.write('index-of-a-hook', '');
    git(tree, 'commit', '--quiet', '-m', 'Start');
    git(tree, 'worktree', 'add', '--quiet', 'linked');
    expect((await check(new Tree({}), ['--root', tree.path('linked'), '--staged'])).exitCode).toBe(1);
  });

  test('speaks of the tree, and not of the copy that it reads', async () => {
    const tree = treeOf('- [x] `src/api/b.ts`\n');
    git(tree, 'init', '--quiet');
    expect(await check(tree, ['--staged'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`no guide MIGRATION.md in what is staged of ${tree.root} (`),
    });
  });

  test('needs a repository', async () => {
    expect(await check(treeOf('- [x] `src/api/b.ts`\n'), ['--staged'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--staged needs a git repository'),
    });
  });
});

describe('--verify-cache', () => {
  const cacheOf = (cache: string) =>
    treeOf('- [x] `src/api/b.ts`\n', { 'src/api/a.ts': NEW_WAY, 'src/utils/agent-cache.ts': cache });
  const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";

  test('one instance is verified by the run', async () => {
    const remembered = `${CLASS}const kept = [new FacebookAdsAgent()];\nexport const getFacebookAgent = () => Promise.resolve(kept.slice().sort()[0]);\n`;
    expect((await report(cacheOf(remembered))).cache.verified).toBe('no');
    expect((await report(cacheOf(remembered), ['--verify-cache'])).cache).toEqual({
      module: 'src/utils/agent-cache.ts',
      verified: 'run',
    });
    expect((await report(cacheOf(CACHE_MODULE), ['--verify-cache'])).cache.verified).toBe('run');
    const said = async (...args: string[]) => (await check(cacheOf(CACHE_MODULE), args)).stdout;
    expect(await said('--verify-cache')).toContain(', the cache was run and gave one instance to all calls');
    expect(await said()).not.toContain('was run');
  });

  deeply('two are red, where the source did not show it', async () => {
    const lazy = `${CLASS}const make = [() => new FacebookAdsAgent()];\nexport const getFacebookAgent = async () => make.slice().sort()[0]!();\n`;
    const { items, cache } = await report(cacheOf(lazy), ['--verify-cache']);
    expect(cache.verified).toBe('no');
    expect(items.find(({ path }) => path === 'src/utils/agent-cache.ts')).toMatchObject({
      ok: false,
      findings: [{ id: 'cache-runs-apart' }],
    });
  });

  test.each(
    someOf([
      [
        'that is replaced at each call once it is too old',
        'let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < 60000) return a; const made = new FacebookAdsAgent(); if (!a) { a = made; at = Date.now(); } return made; }',
        'once the first instance of FacebookAdsAgent was a year old',
      ],
      [
        'of each nanosecond',
        'const m = new Map<string, FacebookAdsAgent>();\nexport async function getFacebookAgent() { const key = process.hrtime().join(); let a = m.get(key); if (!a) { a = new FacebookAdsAgent(); m.set(key, a); } return a; }',
        'gave two instances of FacebookAdsAgent',
      ],
    ]),
  )('one %s is red', async (_name, body, words) => {
    const { items } = await report(cacheOf(CLASS + body), ['--verify-cache']);
    expect(items.find(({ path }) => path === 'src/utils/agent-cache.ts')?.findings).toMatchObject([
      { id: 'cache-runs-apart', message: expect.stringContaining(words) },
    ]);
  });

  const KEPT = 'return (a ??= new FacebookAdsAgent());';
  const getter = (head: string, body: string) =>
    `${head}${CLASS}let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { ${body} ${KEPT} }\n`;

  test.each(
    someOf([
      getter('', "if (process.env.NODE_ENV === 'production') return new FacebookAdsAgent();"),
      getter('', "if (process.env.AGENT_CACHE === 'off') return (a = new FacebookAdsAgent());"),
      getter('', "if (process.argv[1]?.includes('server')) return new FacebookAdsAgent();"),
      getter(
        "import { isMainThread } from 'node:worker_threads';\n",
        'if (!isMainThread) return new FacebookAdsAgent();',
      ),
    ]),
  )('what a process shares is not settled by a run in another one: %s', async (cache) => {
    expect((await report(cacheOf(cache), ['--verify-cache'])).cache).toMatchObject({
      verified: 'no',
      why: expect.stringContaining('asks how its process was started'),
    });
  });

  test.each(
    someOf([
      getter('', 'if (process.env.DEBUG) console.log(a);'),
      getter('', 'const all = [a].slice().sort(); if (process.env.DEBUG) console.log(all);'),
      `${CLASS}const ttl = Number(process.env.TTL ?? 60);\nlet a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < ttl * 1000) return a; at = Date.now(); return (a = new FacebookAdsAgent()); }\n`,
    ]),
  )('what is only said, or how long it lives, is: %s', async (cache) => {
    expect((await report(cacheOf(cache), ['--verify-cache'])).cache.verified).toBe('run');
  });

  deeply('one that is replaced behind those who ask, when it is too old, is one', async () => {
    const body = `const make = [() => new FacebookAdsAgent()];\nlet a: FacebookAdsAgent | undefined; let at = new Date(0); let job: Promise<unknown> | undefined;\nconst renew = async () => { a = make.slice().sort()[0]!(); at = new Date(); job = undefined; };\nexport async function getFacebookAgent() { if (!a) { await (job ??= renew()); return a; } const kept = a; if (+new Date() - +at > 60000) job ??= renew(); return kept; }\n`;
    expect((await report(cacheOf(CLASS + body), ['--verify-cache'])).cache.verified).toBe('run');
  });

  deeply(
    'a cache whose agent wants a service is called with one whose methods answer nothing, which is said',
    async () => {
      const connecting = (cache: string) =>
        treeOf('- [x] `src/api/b.ts`\n', {
          'src/api/a.ts': NEW_WAY,
          'src/agents/facebook-ads-agent.ts':
            "export class FacebookAdsAgent {\n  async connect() {\n    throw new Error('no service', { cause: new Error('line 1:\\n  - line 2') });\n  }\n  async getCampaigns() {\n    return [];\n  }\n}\n",
          'src/utils/agent-cache.ts': `${CLASS}${cache}`,
        });
      const make = 'async () => { const a = new FacebookAdsAgent(); await a.connect(); return a; }';
      const shared = connecting(
        `const make = [${make}];\nlet p: Promise<FacebookAdsAgent> | undefined;\nexport const getFacebookAgent = () => (p ??= make.slice().sort()[0]!());\n`,
      );
      const { ok, cache, notes } = await report(shared, ['--verify-cache']);
      expect({ ok, verified: cache.verified }).toEqual({ ok: true, verified: 'run' });
      expect(notes).toMatchObject([
        {
          id: 'cache-run-bare',
          message: expect.stringMatching(/since it could not.*: no service: line 1; line 2$/),
        },
      ]);
      const apart = connecting(
        `const make = [${make}];\nexport const getFacebookAgent = () => make.slice().sort()[0]!();\n`,
      );
      const { items } = await report(apart, ['--verify-cache']);
      expect(items.find(({ path }) => path === 'src/utils/agent-cache.ts')?.findings).toMatchObject([
        { id: 'cache-runs-apart' },
      ]);
    },
  );

  deeply('what cannot be run is said, with exit code 2', async () => {
    for (const [cache, words] of [
      ["throw new Error('no token is set');\n", 'no token is set'],
      ['export const other = 1;\n', 'it exports no function getFacebookAgent'],
      ['export const getFacebookAgent = async () => undefined;\n', 'it gives no instance'],
    ] as const)
      expect(await check(cacheOf(cache), ['--verify-cache'])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(new RegExp(`^checklist: [^\\n]*${words}[^\\n]*\\n$`)),
      });
  });
});

describe('names are meant below the folder that stands above them', () => {
  const listed = async (lines: readonly string[], files = {}) =>
    await verdicts(treeOf(`${lines.join('\n')}\n`, { 'src/api/admin/c.ts': NEW_WAY, ...files }));

  test.each(
    someOf([
      ['a heading', ['## src/api', '', '- [ ] `a.ts`', '- [x] b.ts']],
      ['a heading with words', ['## Routes (`src/api/`)', '', '- [ ] `a.ts`', '- [x] `b.ts`']],
      ['a heading further up', ['## src/api', '', '### First', '', '- [ ] `a.ts`', '- [x] `b.ts`']],
      ['an item', ['- `src/api/`', '  - [ ] `a.ts`', '  - [x] [b](b.ts)']],
    ]),
  )('%s', async (_what, lines) => {
    expect(await listed(lines)).toEqual({ 'src/api/a.ts': 'pending', 'src/api/b.ts': 'migrated' });
  });

  test('a folder below it, and none where another heading comes', async () => {
    expect(
      await listed([
        '# src/api',
        '',
        '## admin',
        '',
        '- [x] `c.ts`',
        '- [ ] `src/api/a.ts`',
        '',
        '# Rest',
        '',
        '- [x] `b.ts`',
      ]),
    ).toEqual({ 'src/api/admin/c.ts': 'migrated', 'src/api/a.ts': 'pending', 'b.ts': 'missing' });
  });

  test('in a guide of hundreds, too', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `- [x] \`f${index}.ts\``);
    const files = Object.fromEntries(many.map((_, index) => [`src/many/f${index}.ts`, 'export {};\n']));
    const found = await listed(['## src/many', '', ...many, '', '## src/api', '', '- [ ] `a.ts`'], files);
    expect(Object.keys(found)).toHaveLength(501);
    expect(found).toMatchObject({ 'src/api/a.ts': 'pending' });
    expect(Object.values(found)).not.toContain('missing');
  });
});

test.each(
  someOf([
    ['- [x] `src/api/old.ts` → `src/api/b.ts`', 'src/api/b.ts'],
    ['- [x] Rename `src/api/old.ts` to `src/api/b.ts`', 'src/api/b.ts'],
    ['- [x] Mover `src/api/velho.ts` para `src/api/b.ts`', 'src/api/b.ts'],
    ['- [x] Eliminar `src/api/viejo.ts` and keep', undefined],
    ['- [x] Upgrade `node.js` to 20', undefined],
  ]),
)('what a file was called before need not be there: %s', async (item, path) => {
  const found = await verdicts(treeOf(`- [ ] \`src/api/a.ts\`\n${item}\n`));
  expect(found).not.toMatchObject({ 'src/api/old.ts': 'missing' });
  expect(Object.values(found)).not.toContain('missing');
  if (path !== undefined) expect(found[path]).toBe('migrated');
});

test('what an item moves to has to be there', async () => {
  expect(await verdicts(treeOf('- [x] Rename `src/api/old.ts` to `src/api/new.ts`\n'))).toMatchObject({
    'src/api/old.ts': 'missing',
    'src/api/new.ts': 'missing',
  });
});
