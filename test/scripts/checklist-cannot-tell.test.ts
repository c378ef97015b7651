import { someOf } from '../support/depth.ts';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import {
  AGENT_MODULE,
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

const GUIDE = '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n';

function treeOf(files: Record<string, string>): Tree {
  return new Tree({ ...GROUND, 'MIGRATION.md': GUIDE, ...files });
}

/** The usual tree with its agent in another place; nothing there is called as the defaults say. */
function elsewhere(place: string, files: Record<string, string> = {}): Tree {
  const { 'src/agents/facebook-ads-agent.ts': _gone, ...ground } = GROUND;
  const moved = (text: string) => text.replaceAll('agents/facebook-ads-agent.ts', `${place}.ts`);
  return new Tree({
    ...ground,
    [`src/${place}.ts`]: AGENT_MODULE,
    'src/utils/agent-cache.ts': moved(CACHE_MODULE),
    'src/api/a.ts': moved(OLD_WAY),
    'MIGRATION.md': GUIDE,
    ...files,
  });
}

describe('what was not found ends with exit code 2 and the words that could be meant', () => {
  test.each(
    someOf([
      [
        'a class in another module',
        elsewhere('services/client'),
        [],
        /services\/client\.ts declares FacebookAdsAgent: --agent-module services\/client\?/,
      ],
      [
        'a class of another name',
        treeOf({ 'src/api/a.ts': OLD_WAY }),
        ['--agent-class', 'FacebookAdAgent'],
        /exports no class FacebookAdAgent; it exports FacebookAdsAgent/,
      ],
      [
        'a module of another name',
        treeOf({ 'src/api/a.ts': OLD_WAY }),
        ['--agent-module', 'agents/facebook-agent'],
        /no module of this tree is agents\/facebook-agent; src\/agents\/facebook-ads-agent\.ts declares/,
      ],
      [
        'a tree without any',
        new Tree({ 'src/api/a.ts': 'export {};\n', 'MIGRATION.md': '- [x] `src/api/a.ts`\n' }),
        [],
        /no file of the 1 that were read mentions a class FacebookAdsAgent/,
      ],
      [
        'a package that nobody installed',
        treeOf({ 'src/api/a.ts': NEW_WAY }),
        ['--agent-module', '@acme/ads'],
        /no module of this tree is @acme\/ads/,
      ],
      ...['src/utils/agent-cach.ts', 'utils/agent-cash', './src/utils/nope', 'acme-cache', '@acme/cache'].map(
        (name): [string, Tree, string[], RegExp] => [
          `a cache module ${name}`,
          treeOf({ 'src/api/a.ts': NEW_WAY }),
          ['--cache-module', name],
          /there is no cache module [\w@/-]+ in this tree, and no such package: correct --cache-module/,
        ],
      ),
      [
        'a function of the cache',
        treeOf({ 'src/api/a.ts': NEW_WAY }),
        ['--factory', 'getAgent'],
        /agent-cache\.ts exports no getAgent; it exports getFacebookAgent, getCachedAgentProvider: --factory getFacebookAgent\?/,
      ],
      [
        'a cache module of the configuration',
        treeOf({
          'src/api/a.ts': NEW_WAY,
          'agent-cache.config.json': '{ "cacheModule": "src/utils/agents-cache" }\n',
        }),
        [],
        /there is no cache module src\/utils\/agents-cache in this tree/,
      ],
    ]),
  )('%s', async (_name, tree, args, words) => {
    const { exitCode, stdout, stderr } = await check(tree, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^checklist: cannot tell: [^\n]+\n$/);
    expect(stderr).toMatch(words);
  });

  test('a folder with a configuration of its own', async () => {
    const tree = new Tree({
      'apps/api/agent-cache.config.json':
        '{"agentClass":"ShopClient","agentModule":"lib/shop-client","cacheModule":"src/lib/shop-cache","factory":"getShop"}',
      'apps/api/src/lib/shop-client.ts': 'export class ShopClient { async all() { return []; } }\n',
      'apps/api/src/lib/shop-cache.ts':
        "import { ShopClient } from './shop-client.ts';\nlet a: ShopClient | undefined;\nexport const getShop = async () => (a ??= new ShopClient());\n",
      'apps/api/src/api/a.ts':
        "import { ShopClient } from '../lib/shop-client.ts';\nexport const h = async () => { const a = new ShopClient(); return a.all(); };\n",
      'MIGRATION.md': '- [x] `apps/api/src/lib/shop-cache.ts`\n- [x] `apps/api/src/api/a.ts`\n',
    });
    const { exitCode, stderr } = await check(tree);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('apps/api has a configuration of its own');
    expect(stderr).toContain('--root apps/api');
    tree.write('apps/api/MIGRATION.md', '- [ ] `src/api/a.ts`\n');
    const inside = await check(new Tree({}), ['--root', tree.path('apps/api')]);
    expect(inside).toMatchObject({ exitCode: 1, stderr: '' });
    expect(inside.stdout).toContain('builds its own ShopClient');
  });

  test('a cache that nobody finds, or that shares another class', async () => {
    const { 'src/utils/agent-cache.ts': _gone, ...ground } = GROUND;
    const without = await check(
      new Tree({ ...ground, 'src/api/a.ts': 'export {};\n', 'MIGRATION.md': '- [x] `src/api/a.ts`\n' }),
    );
    expect(without).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no file of this tree has a cache module'),
    });
    const other = await check(
      treeOf({
        'src/other/agent.ts': AGENT_MODULE,
        'src/utils/agent-cache.ts': CACHE_MODULE.replace('agents/facebook-ads-agent.ts', 'other/agent.ts'),
        'src/api/a.ts': NEW_WAY,
      }),
    );
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('src/other/agent.ts, which is not the one'),
    });
  });

  test('a git that refuses to answer', async () => {
    const tree = treeOf({ 'src/api/a.ts': NEW_WAY });
    mkdirSync(tree.path('.git'));
    const { exitCode, stderr } = await check(tree);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/git says "[^"]+"/);
  });
});

describe('a cache module that is found is not refused', () => {
  test.each([
    ['src/utils/agent-cache.ts', {}],
    ['./src/utils/agent-cache.js', {}],
    ['utils/agent-cache', {}],
    [
      '@/utils/agent-cache',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n' },
    ],
  ])('%s', async (name, files) => {
    const tree = treeOf({ 'src/api/a.ts': NEW_WAY, ...files });
    expect(await check(tree, ['--cache-module', name])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('a package that is declared, though it is not installed', async () => {
    const { 'src/utils/agent-cache.ts': _gone, ...ground } = GROUND;
    const tree = new Tree({
      ...ground,
      'package.json': '{ "type": "module", "dependencies": { "@acme/cache": "^1.0.0" } }\n',
      'src/api/a.ts': NEW_WAY.replace('../utils/agent-cache.ts', '@acme/cache'),
      'MIGRATION.md': '- [x] `src/api/a.ts`\n',
    });
    const { exitCode, stdout } = await check(tree, ['--cache-module', '@acme/cache']);
    expect(stdout).toContain('@acme/cache is not verified');
    expect(exitCode).toBe(0);
  });

  test('a module that the list says is still to be written', async () => {
    const { 'src/utils/agent-cache.ts': _gone, ...ground } = GROUND;
    const tree = new Tree({ ...ground, 'src/api/a.ts': OLD_WAY, 'MIGRATION.md': GUIDE.replaceAll('x', ' ') });
    const { exitCode, stdout } = await check(tree, ['--cache-module', 'src/utils/agent-cache.ts']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('src/utils/agent-cache.ts does not exist');
  });
});

describe('what was meant and is there stays green', () => {
  const other = (place: string) => elsewhere(place, { 'src/api/a.ts': NEW_WAY });
  test.each([
    ['another place, named', other('services/client'), ['--agent-module', 'services/client']],
    [
      'a package of a monorepo',
      new Tree({
        'package.json': '{"private":true,"workspaces":["packages/*"]}',
        'packages/ads/src/agents/facebook-ads-agent.ts': AGENT_MODULE,
        'packages/ads/src/utils/agent-cache.ts': CACHE_MODULE,
        'packages/ads/src/api/a.ts': NEW_WAY,
        'MIGRATION.md': '- [x] `packages/ads/src/api/a.ts`\n',
      }),
      [],
    ],
    [
      'a class of a package',
      new Tree({
        'package.json': '{"type":"module","dependencies":{"@acme/ads":"1.0.0"}}',
        'src/utils/agent-cache.ts': CACHE_MODULE.replace('../agents/facebook-ads-agent.ts', '@acme/ads'),
        'src/api/a.ts': NEW_WAY,
        'MIGRATION.md': GUIDE,
      }),
      ['--agent-module', '@acme/ads'],
    ],
    [
      'a class that is exported by default',
      treeOf({
        'src/agents/facebook-ads-agent.ts': AGENT_MODULE.replace('export class', 'export default class'),
        'src/utils/agent-cache.ts': CACHE_MODULE.replace('{ FacebookAdsAgent }', 'FacebookAdsAgent'),
        'src/api/a.ts': NEW_WAY,
      }),
      [],
    ],
    [
      'an index that hands the class on',
      treeOf({
        'src/agents/facebook-ads-agent.ts': "export { FacebookAdsAgent } from './impl.ts';\n",
        'src/agents/impl.ts': AGENT_MODULE,
        'src/api/a.ts': NEW_WAY,
      }),
      [],
    ],
    [
      'a guide of checks alone, in a tree without an agent',
      new Tree({
        'package.json': '{"scripts":{"bench":"true"}}',
        'MIGRATION.md': '- [x] bench <!-- check: script bench -->\n',
      }),
      [],
    ],
  ])('%s', async (_name, tree, args) => {
    const outcome = await check(tree, args);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('the report says what was looked for', async () => {
    const tree = treeOf({ 'src/api/a.ts': NEW_WAY });
    const { subject, progress } = await report(tree);
    expect(subject).toEqual({
      agentClass: 'FacebookAdsAgent',
      agentModule: 'agents/facebook-ads-agent',
      declaredIn: ['src/agents/facebook-ads-agent.ts'],
      factory: 'getFacebookAgent',
    });
    expect(progress).toEqual({ migrated: 2, total: 2 });
    expect((await check(tree)).stdout).toMatch(
      /^looked for FacebookAdsAgent of src\/agents\/facebook-ads-agent\.ts\n/,
    );
  });
});

test('a construction of a class of that name from another module is a finding of its own', async () => {
  const tree = treeOf({
    'src/old/agent.ts': AGENT_MODULE,
    'src/api/a.ts': OLD_WAY.replace('agents/facebook-ads-agent.ts', 'old/agent.ts'),
  });
  const { items } = await report(tree);
  expect(items[1]).toMatchObject({
    verdict: 'pending',
    findings: [{ rule: 'other-class', line: 7, column: 17 }, { rule: 'tick' }],
  });
});

describe('a class that the agent’s module only hands on', () => {
  const handed = {
    'src/agents/facebook-ads-agent.ts': "export { FacebookAdsAgent } from '../sdk/client.ts';\n",
    'src/sdk/client.ts': AGENT_MODULE,
    'src/sdk/index.ts': "export * from './client.ts';\n",
  };

  test.each(['client', 'index'])('is the same where it is imported from sdk/%s', async (module) => {
    const source = OLD_WAY.replace('agents/facebook-ads-agent', `sdk/${module}`);
    const { items } = await report(treeOf({ ...handed, 'src/api/a.ts': source }));
    expect(items.find(({ path }) => path === 'src/api/a.ts')).toMatchObject({
      verdict: 'pending',
      ok: false,
    });
  });

  test('but not another class of that name', async () => {
    const other =
      "import { FacebookAdsAgent } from './own.ts';\nexport const h = () => new FacebookAdsAgent();\n";
    const { items } = await report(
      treeOf({ ...handed, 'src/api/a.ts': NEW_WAY, 'src/lib/own.ts': AGENT_MODULE, 'src/lib/b.ts': other }),
    );
    expect(items.find(({ path }) => path === 'src/lib/b.ts')?.findings).toMatchObject([
      { id: 'other-class' },
    ]);
  });
});

describe('production code that looks like something else', () => {
  const builder =
    "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const build = () => new FacebookAdsAgent();\n";
  const caller = (place: string) =>
    `import { build } from '../${place}';\nexport const h = async () => build().getCampaigns();\n`;

  test.each(['spec/build.ts', 'build/build.ts', 'out/build.ts', 'test/build.ts', 'dist/build.ts'])(
    'in src/%s is read where other code imports it',
    async (place) => {
      const tree = treeOf({ [`src/${place}`]: builder, 'src/api/a.ts': caller(place) });
      const { ok, items } = await report(tree);
      expect(ok).toBe(false);
      expect(items.map(({ path }) => path)).toContain(`src/${place}`);
    },
  );

  test.each([
    [
      'a worker',
      "import { Worker } from 'node:worker_threads';\nexport const h = () => new Worker(new URL('../build/job.ts', import.meta.url));\n",
    ],
    [
      'a process',
      "import { fork } from 'node:child_process';\nimport path from 'node:path';\nexport const h = () => fork(path.join(import.meta.dirname, '..', 'build/job.ts'));\n",
    ],
    [
      'a pool of threads',
      "import Pool from 'piscina';\nexport const pool = new Pool({ filename: new URL('../build/job.ts', import.meta.url).href });\n",
    ],
  ])('is read where %s is started with it', async (_name, source) => {
    const job = builder.replace('build = ()', 'job = async ()');
    const { items } = await report(treeOf({ 'src/build/job.ts': job, 'src/api/a.ts': source }));
    expect(items.find(({ path }) => path === 'src/build/job.ts')).toMatchObject({ ok: false });
  });

  test('is not what an address of data or a comment names', async () => {
    const source =
      "// new URL('../dist/x.ts')\nexport const page = new URL('../test/data.json', import.meta.url);\n";
    const tree = treeOf({ 'src/test/build.ts': builder, 'src/dist/x.ts': builder, 'src/api/a.ts': source });
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
  });

  test('with the name of a test is unchecked, and red', async () => {
    const tree = treeOf({ 'src/lib/orders.spec.ts': builder, 'src/api/a.ts': caller('lib/orders.spec.ts') });
    const { items } = await report(tree);
    expect(items.find(({ path }) => path === 'src/lib/orders.spec.ts')).toMatchObject({
      verdict: 'unchecked',
      ok: false,
      reason: 'it is a test by its name, yet src/api/a.ts imports it',
    });
  });

  test('tests that build agents and are imported by tests alone are no finding', async () => {
    const tree = treeOf({
      'src/spec/build.ts': builder,
      'test/a.test.ts': caller('src/spec/build.ts'),
      'src/api/a.test.ts': caller('spec/build.ts'),
      'src/api/a.ts': NEW_WAY,
    });
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
  });

  test('what git ignores is unchecked, and red, where production code imports it', async () => {
    const tree = treeOf({
      '.gitignore': 'gen/\n',
      'src/gen/build.ts': builder,
      'src/api/a.ts': caller('gen/build.ts'),
    });
    execFileSync('git', ['init', '--quiet'], { cwd: tree.root });
    const { items } = await report(tree);
    expect(items.find(({ path }) => path === 'src/gen/build.ts')).toMatchObject({
      verdict: 'unchecked',
      ok: false,
      reason: 'git ignores it, yet src/api/a.ts imports it',
    });
    tree.write('src/api/a.ts', NEW_WAY);
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
    tree.write('src/api/a.ts', `import '../gen/names.ts';\n${NEW_WAY}`);
    tree.write('src/gen/names.ts', 'export const names = 1;\n');
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
  });

  test('what git ignores is nobody’s source', async () => {
    const tree = treeOf({ '.gitignore': 'dist/\n', 'src/dist/build.ts': builder, 'src/api/a.ts': NEW_WAY });
    execFileSync('git', ['init', '--quiet'], { cwd: tree.root });
    expect(await check(tree)).toMatchObject({ exitCode: 0 });
  });
});

test('listed files that are no code are not migrated: red where they name the class, remarks elsewhere', async () => {
  const tree = new Tree({
    ...GROUND,
    'src/views/a.vue':
      '<script setup lang="ts">\nimport { FacebookAdsAgent } from \'../agents/facebook-ads-agent.ts\';\nconst agent = new FacebookAdsAgent();\n</script>\n',
    'bin/collect':
      "#!/usr/bin/env node\nconst { FacebookAdsAgent } = require('../src/agents/facebook-ads-agent');\nnew FacebookAdsAgent().getCampaigns();\n",
    'src/wide.txt': Buffer.from('new FacebookAdsAgent()', 'utf16le'),
    'README.md': '# Shop\n',
    Dockerfile: 'FROM node:24\n',
    'MIGRATION.md': [
      'src/utils/agent-cache.ts',
      'src/views/a.vue',
      'bin/collect',
      'src/wide.txt',
      'README.md',
      'Dockerfile',
    ]
      .map((file) => `- [x] \`${file}\`\n`)
      .join(''),
  });
  const { items, summary, progress } = await report(tree);
  expect(items.map(({ verdict, ok }) => [verdict, ok])).toEqual([
    ['migrated', true],
    ['unchecked', false],
    ['unchecked', false],
    ['unchecked', false],
    ['unchecked', true],
    ['unchecked', true],
  ]);
  expect(summary).toMatchObject({ migrated: 1, unchecked: 5 });
  expect(progress).toEqual({ migrated: 1, total: 4 });
});

describe('what the configuration takes out of sight', () => {
  const files = {
    'src/api/a.ts': NEW_WAY,
    'src/gen/b.ts': OLD_WAY,
    'agent-cache.config.json': '{ "exclude": ["**/gen/**"] }',
  };

  test.each(someOf(['text', 'json', 'markdown', 'github', 'junit', 'sarif', 'html', 'badge']))(
    'is named as %s',
    async (format) => {
      const { exitCode, stdout } = await check(treeOf(files), ['--format', format]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('src/gen/b.ts');
    },
  );

  test('is taken from the root alone; what lies above is a remark', async () => {
    const tree = new Tree({ 'agent-cache.config.json': '{ "exclude": ["**/src/api/**"] }' });
    for (const [name, text] of Object.entries({ ...GROUND, 'src/api/a.ts': OLD_WAY, 'MIGRATION.md': GUIDE }))
      tree.write(`svc/${name}`, text);
    const { exitCode, stdout } = await check(new Tree({}), ['--root', tree.path('svc')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('../agent-cache.config.json is above the root and not read');
  });
});
