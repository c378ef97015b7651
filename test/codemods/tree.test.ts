import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { UnreadablePathError } from '../../codemods/agent-cache/files/unreadable-path-error.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { explained } from './support/explained.ts';
import { type TemporaryTree, temporaryTree } from './support/temporary-tree.ts';

const AGENT = 'export class FacebookAdsAgent {\n  async getCampaigns() {\n    return [];\n  }\n}\n';
const CACHE = 'export async function getFacebookAgent() {}\nexport function getCachedAgentProvider() {}\n';
const HANDLER = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent';

export async function list(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}
`;
const BASE = {
  'package.json': '{ "name": "app", "dependencies": { "express": "^5.1.0" } }',
  'src/agents/facebook-ads-agent.ts': AGENT,
  'src/utils/agent-cache.ts': CACHE,
};

const SOURCES = ['a.ts', 'b.tsx', 'c.mjs', 'd.cjs', 'deep/e.jsx', 'f.mts', 'g.cts', 'h.js'];
const OTHERS = [
  'node_modules/x/a.ts',
  'dist/a.js',
  'build/a.js',
  'out/a.js',
  'coverage/a.js',
  '.hidden/a.ts',
  'a.d.ts',
  'a.test.ts',
  'a.spec.js',
  '__tests__/a.ts',
  'test/a.ts',
  '__fixtures__/a.ts',
  'a.min.js',
  'a.json',
];

let tree: TemporaryTree | undefined;
afterEach(() => tree?.remove());

describe('the files of a tree', () => {
  test('are its sources, without dependencies, output, declarations, tests, fixtures and hidden folders', () => {
    tree = temporaryTree(Object.fromEntries([...SOURCES, ...OTHERS].map((file) => [file, ''])));
    const { root } = tree;
    const found = findSourceFiles([root, path.join(root, 'a.ts')]).map((file) => path.relative(root, file));
    expect(found).toEqual(SOURCES);
  });

  test('must exist', () => {
    expect(() => findSourceFiles(['no/such/folder'])).toThrow(UnreadablePathError);
    expect(() => migrateTree(['no/such/folder'], DEFAULT_OPTIONS)).toThrow('Cannot read no/such/folder');
  });
});

describe('a run', () => {
  test('gives only the files that name the agent, and counts them all', async () => {
    const { results, run } = await migrate({
      ...BASE,
      'src/routes/a.ts': HANDLER,
      'src/plain.ts': 'export {};\n',
    });
    expect(statuses(results)).toEqual({ 'src/routes/a.ts': 'migrated' });
    expect([run.total, run.scanned]).toEqual([4, 4]);
  });

  test('takes the name of the cache for its own where an import of it goes', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/lib/agent.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent'\n\nexport const getFacebookAgent = () => new FacebookAdsAgent()\n\n;[1].forEach(() => {})\n",
      'src/list.ts':
        "import { getFacebookAgent } from './lib/agent'\n\nexport const list = async () => getFacebookAgent().getCampaigns()\n",
    });
    expect(results.map(({ output = '' }) => output)).toEqual([
      "export { getFacebookAgent } from '../utils/agent-cache'\n\n;[1].forEach(() => {})\n",
      "import { getFacebookAgent } from './utils/agent-cache'\n\nexport const list = async () => (await getFacebookAgent()).getCampaigns()\n",
    ]);
  });

  test.each([
    ['const make = () => new FacebookAdsAgent(), LIMIT = 3;', 'const LIMIT = 3;'],
    ['const LIMIT = 3, make = () => new FacebookAdsAgent();', 'const LIMIT = 3;'],
    [
      'const LIMIT = 3,\n  make = function () { return new FacebookAdsAgent(); },\n  other = 4;',
      'const LIMIT = 3,\n  other = 4;',
    ],
    [
      'const LIMIT = 3, make = () => new FacebookAdsAgent();\nexport { make };',
      'const LIMIT = 3;\nexport { getFacebookAgent as make };',
    ],
    [
      'export const make = () => new FacebookAdsAgent(), LIMIT = 3;',
      "export const LIMIT = 3;\nexport { getFacebookAgent as make } from './utils/agent-cache';",
    ],
    [
      "const LIMIT = 3;\nconst make = () => new FacebookAdsAgent();\nexport { make as 'make it' };",
      "const LIMIT = 3;\nexport { getFacebookAgent as 'make it' };",
    ],
  ])('takes the factory alone out of %s', async (declared, left) => {
    const list = '\nexport const list = async () => [await (MAKE).getCampaigns(), LIMIT];\n';
    const { results } = await migrate({
      ...BASE,
      'src/list.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent';\n${declared}${list.replace('(MAKE)', 'make()')}`,
    });
    expect(results.map(({ output = '' }) => output)).toEqual([
      `import { getFacebookAgent } from './utils/agent-cache';\n${left}${list.replace('MAKE', 'await getFacebookAgent()')}`,
    ]);
  });

  test('takes what an agent has for data where its class says so, whatever its name', async () => {
    const handler = HANDLER.replace('res.json(', 'const { release } = agent;\n  res.json(release, ');
    const { results } = await migrate({
      ...BASE,
      'src/agents/facebook-ads-agent.ts': AGENT.replace('{\n', "{\n  release = 'v24';\n"),
      'src/routes/a.ts': handler,
    });
    expect(statuses(results)).toEqual({ 'src/routes/a.ts': 'migrated' });
  });

  test('goes on behind a file that does not parse', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/routes/a.ts': 'import { FacebookAdsAgent } from (;\n',
      'src/routes/b.ts': HANDLER,
    });
    expect(statuses(results)).toEqual({ 'src/routes/a.ts': 'error', 'src/routes/b.ts': 'migrated' });
    expect(results[0]?.error).toMatch(/Unexpected token/);
  });

  test('leaves everything when there is no cache module, and says so', async () => {
    const { 'src/utils/agent-cache.ts': _cache, ...rest } = BASE;
    const { results } = await migrate({ ...rest, 'src/routes/a.ts': HANDLER });
    expect(results[0]).toMatchObject({
      status: 'manual',
      occurrences: [
        {
          line: 4,
          column: 17,
          kind: 'construction',
          action: 'manual',
          left: { id: 'no-cache-module' },
        },
      ],
    });
  });

  test('takes the cache module, names and classes that it is told', async () => {
    const options = {
      agentClass: 'StripeClient',
      agentModule: 'lib/stripe',
      cacheModule: 'src/lib/stripe-cache',
      factory: 'getStripe',
      provider: 'getStripeProvider',
      tasks: '**/jobs/**',
      taskTtl: 60,
    };
    const use =
      "import { StripeClient } from '../lib/stripe.js';\n\nexport async function run() {\n  const stripe = new StripeClient();\n  return stripe.list();\n}\n";
    const { results } = await migrate(
      {
        'package.json': '{}',
        'src/lib/stripe.js': '',
        'src/lib/stripe-cache.js': '',
        'src/routes/a.js': use,
        'src/jobs/b.js': use,
      },
      options,
    );
    expect(outputs(results)).toEqual({
      'src/jobs/b.js':
        "import { getStripeProvider } from '../lib/stripe-cache.js';\n\nexport async function run() {\n  const provider = getStripeProvider({ cacheTtl: 60 });\n  const stripe = await provider.getAgent();\n  return stripe.list();\n}\n",
      'src/routes/a.js':
        "import { getStripe } from '../lib/stripe-cache.js';\n\nexport async function run() {\n  const stripe = await getStripe();\n  return stripe.list();\n}\n",
    });
  });

  test('follows the path aliases of the tree', async () => {
    const { results } = await migrate({
      ...BASE,
      'tsconfig.json': '{\n  // aliases\n  "compilerOptions": { "paths": { "@/*": ["./src/*"], },\n } }',
      'src/routes/a.ts': HANDLER.replace('../agents', '@/agents'),
    });
    expect(results[0]?.output).toContain("from '@/utils/agent-cache'");
  });

  test.each([
    [
      'tsconfig.json',
      '{ "compilerOptions": { "paths": { "@agents/*": ["./src/agents/*"], "@utils/*": ["./src/utils/*"] } } }',
      '@agents/facebook-ads-agent',
      '@utils/agent-cache',
    ],
    [
      'tsconfig.json',
      '{ "compilerOptions": { "baseUrl": "src" } }',
      'agents/facebook-ads-agent',
      'utils/agent-cache',
    ],
    [
      'package.json',
      '{ "imports": { "#agents/*": "./src/agents/*.ts", "#utils/*": "./src/utils/*.ts" } }',
      '#agents/facebook-ads-agent',
      '#utils/agent-cache',
    ],
    [
      'package.json',
      '{ "imports": { "#agents/*": "./src/agents/*", "#utils/*": "./src/utils/*" } }',
      '#agents/facebook-ads-agent.js',
      '#utils/agent-cache.js',
    ],
    [
      'package.json',
      '{ "type": "module", "imports": { "#agents/*": "./src/agents/*.ts" } }',
      '#agents/facebook-ads-agent',
      '../utils/agent-cache.js',
    ],
  ])('follows an alias for each folder in %s: %s', async (file, text, agent, cache) => {
    const { results } = await migrate({
      ...BASE,
      [file]: text,
      'src/routes/a.ts': HANDLER.replace('../agents/facebook-ads-agent', agent),
    });
    expect(results[0]?.output).toContain(`from '${cache}'`);
  });

  test('takes the extension of a tree whose client is a package from its other imports', async () => {
    const { results } = await migrate(
      {
        ...BASE,
        'src/lib/stripe-cache.ts': "import Stripe from 'stripe';\n",
        'src/routes/a.ts':
          "import Stripe from 'stripe';\nimport { log } from '../lib/log.js';\n\nexport async function list() {\n  log();\n  return new Stripe().list();\n}\n",
      },
      {
        agentClass: 'Stripe',
        agentModule: 'stripe',
        cacheModule: 'src/lib/stripe-cache',
        factory: 'getStripe',
      },
    );
    expect(results[0]?.output).toContain("from '../lib/stripe-cache.js'");
  });

  test("judges the agent's own methods by their source, behind an index too", async () => {
    const methods = {
      closeCampaign: 'async closeCampaign(id) {\n    return this.post(id);\n  }',
      setBudget: 'setBudget = async (id, budget) => this.post(id, budget);',
      forTenant: 'forTenant(id) {\n    this.#apply({ id });\n    return this;\n  }',
      reset: 'reset() {\n    this.timeout = 0;\n  }',
      enableDebug: 'enableDebug() {\n    this.debug = true;\n  }',
      close: 'async close(id) {\n    return this.post(id);\n  }',
    };
    const calls = Object.keys(methods).map((name): [string, string] => [
      `src/routes/${name}.ts`,
      HANDLER.replace('facebook-ads-agent', 'index').replace('agent.getCampaigns()', `agent.${name}(1, 2)`),
    ]);
    const body = [
      ...Object.values(methods),
      '#apply({ id }) {\n    Object.assign(this, { account: id });\n  }',
    ];
    const { results } = await migrate({
      ...BASE,
      'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {\n  ${body.join('\n\n  ')}\n}\n`,
      'src/agents/index.ts': "export { FacebookAdsAgent } from './facebook-ads-agent';\n",
      ...Object.fromEntries(calls),
    });
    expect(statuses(results)).toMatchObject({
      'src/routes/closeCampaign.ts': 'migrated',
      'src/routes/setBudget.ts': 'migrated',
      'src/routes/forTenant.ts': 'manual',
      'src/routes/reset.ts': 'manual',
      'src/routes/enableDebug.ts': 'manual',
      'src/routes/close.ts': 'manual',
    });
    const left = Object.fromEntries(
      results.map(({ path: file, occurrences }) => [path.basename(file, '.ts'), occurrences[0]?.left]),
    );
    const agents = { shown: 'src/agents/facebook-ads-agent.ts' };
    expect(left.forTenant).toMatchObject({ id: 'agent-keeps-argument', names: { method: 'forTenant' } });
    expect(left.forTenant?.at[1]).toMatchObject({ ...agents, line: 26 });
    expect(left.reset).toMatchObject({ id: 'agent-changed-by-method', names: { method: 'reset' } });
    expect(left.reset?.at[1]).toMatchObject({ ...agents, line: 14 });
  });

  test('keeps the type of a guarded factory whose file was looked at for an earlier one', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/lib/make.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\nexport function make(): FacebookAdsAgent {\n  try {\n    return new FacebookAdsAgent();\n  } catch (cause) {\n    throw new Error('down', { cause });\n  }\n}\n",
      'src/app.ts':
        "import { FacebookAdsAgent } from './agents/facebook-ads-agent';\nimport { make } from './lib/make';\n\nexport const one = async () => new FacebookAdsAgent().getCampaigns();\nexport const all = async () => make().getCampaigns();\n",
    });
    expect(outputs(results)['src/lib/make.ts']).toContain('import type { FacebookAdsAgent } from');
  });

  test('leaves an agent that handlers keep for the whole process', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/routes/a.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\nexport async function createApp(app) {\n  const agent = new FacebookAdsAgent();\n  app.get('/', async (req, res) => res.json(await agent.getCampaigns()));\n}\n",
      'src/lib/merge.ts':
        "import merge from 'lodash.merge';\nimport { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\nexport async function merged(options) {\n  return merge(new FacebookAdsAgent(), options).getCampaigns();\n}\n",
      'src/lib/intercept.ts':
        "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\nexport async function traced(trace) {\n  const agent = new FacebookAdsAgent();\n  agent.client.interceptors.request.use(trace);\n  return agent.getCampaigns();\n}\n",
    });
    expect(statuses(results)).toMatchObject({
      'src/routes/a.ts': 'manual',
      'src/lib/merge.ts': 'manual',
      'src/lib/intercept.ts': 'manual',
    });
    const kept = results.find(({ path: file }) => file.endsWith('a.ts'));
    expect(kept && explained(kept)[0]?.reason).toContain('kept');
  });

  test('leaves a class of the same name that is not the one of the cache', async () => {
    const builds = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n";
    const { results } = await migrate({
      ...BASE,
      'package.json': '{ "name": "app", "dependencies": { "express": "^5.1.0", "@vendor/agents": "1.0.0" } }',
      'src/utils/agent-cache.ts': builds + CACHE,
      'src/legacy/agents/facebook-ads-agent.ts': AGENT,
      'src/agents/index.ts': "export * from './facebook-ads-agent';\n",
      'src/routes/a.ts': HANDLER.replace('../agents', '../legacy/agents'),
      'src/routes/b.ts': HANDLER.replace('../agents', '@vendor/agents'),
      'src/routes/c.ts': HANDLER.replace('../agents/facebook-ads-agent', '../agents/index'),
      'src/routes/d.ts': HANDLER.replace('../agents', '@/agents'),
      'src/routes/e.ts': HANDLER.replace('../agents', '@nobody/agents'),
    });
    expect(statuses(results)).toMatchObject({
      'src/routes/e.ts': 'manual',
      'src/routes/a.ts': 'unchanged',
      'src/routes/b.ts': 'unchanged',
      'src/routes/c.ts': 'migrated',
      'src/routes/d.ts': 'migrated',
    });
  });

  test('tells tasks by the path inside of the package', async () => {
    const { results } = await migrate({
      ...Object.fromEntries(Object.entries(BASE).map(([file, text]) => [`tasks/app/${file}`, text])),
      'tasks/app/src/routes/a.ts': HANDLER,
      'tasks/app/src/tasks/b.ts': HANDLER,
    });
    const [route, task] = results.map(({ output }) => output);
    expect(route).toContain('await getFacebookAgent()');
    expect(task).toContain('await provider.getAgent()');
  });

  test('marks what is left, once, and still counts it', async () => {
    const source = `${HANDLER}\nexport class Service {\n  agent = new FacebookAdsAgent();\n}\n`;
    const { results, root } = await migrate(
      { ...BASE, 'src/a.ts': source.replace('../', './') },
      { mark: true },
    );
    expect(results[0]?.output).toContain(
      '\n  // agent-cache: manual — The agent is built in a class field, which cannot await.\n  agent = new',
    );
    writeFileSync(path.join(root, 'src/a.ts'), results[0]?.output ?? '');
    const again = await collect(root, { mark: true });
    expect(again.results[0]).toMatchObject({ status: 'manual', occurrences: [{ kind: 'construction' }] });
    expect(again.results[0]?.output).toBeUndefined();
    writeFileSync(
      path.join(root, 'src/a.ts'),
      (results[0]?.output ?? '').replace(' = new FacebookAdsAgent()', ''),
    );
    expect((await collect(root)).results[0]).toMatchObject({
      status: 'manual',
      occurrences: [{ kind: 'mark', line: 10 }],
    });
  });
});

describe('a factory that other files import', () => {
  const FACTORY =
    "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\n\nexport const makeAgent = () => new FacebookAdsAgent();\n";
  const CALLER =
    "import { makeAgent } from '../lib/agents';\n\nexport async function run() {\n  return makeAgent().getCampaigns();\n}\n";

  test("becomes the cache's own, and its importers await that", async () => {
    const { results } = await migrate({ ...BASE, 'src/lib/agents.ts': FACTORY, 'src/routes/a.ts': CALLER });
    expect(outputs(results)).toEqual({
      'src/lib/agents.ts': "export { getFacebookAgent as makeAgent } from '../utils/agent-cache';\n",
      'src/routes/a.ts':
        "import { getFacebookAgent } from '../utils/agent-cache';\n\nexport async function run() {\n  return (await getFacebookAgent()).getCampaigns();\n}\n",
    });
  });

  test('is the same to an importer that comes after it has been migrated', async () => {
    const { root, results } = await migrate({
      ...BASE,
      'src/lib/agents.ts': FACTORY,
      'src/routes/a.ts': CALLER,
    });
    writeFileSync(path.join(root, 'src/lib/agents.ts'), results[0]?.output ?? '');
    const later = await collect(root);
    expect(later.results.map(({ output }) => output)).toContain(results[1]?.output);
  });

  test.each([
    [
      'uses it at once',
      'src/routes/b.ts',
      'factory-used-elsewhere',
      CALLER.replace('async ', '').replace('getCampaigns', 'describe'),
    ],
    ['is a test', 'src/routes/b.test.ts', 'factory-used-in-left-file', CALLER],
  ])('stays when an importer %s', async (_why, file, id, text) => {
    const { results } = await migrate({
      ...BASE,
      'src/lib/agents.ts': FACTORY,
      'src/routes/a.ts': CALLER,
      [file]: text,
    });
    expect(results[0]).toMatchObject({
      status: 'manual',
      occurrences: [
        {
          kind: 'factory',
          action: 'manual',
          left: { id, at: [{ shown: file }] },
        },
      ],
    });
    expect(results[1]?.status).toBe('migrated');
  });

  test('goes when a test awaits it, which takes an agent and a promise alike', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/lib/agents.ts': FACTORY,
      'src/routes/b.test.ts': CALLER.replace('return makeAgent()', 'return (await makeAgent())'),
    });
    expect(results.map(({ status }) => status)).toEqual(['migrated']);
  });
});

describe('a run over a part of a package', () => {
  const GUARDED = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent';

export function makeAgent() {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw new Error('down');
  }
}
`;
  const CALLER =
    "import { makeAgent } from '../lib/agents';\n\nexport async function run() {\n  return makeAgent().getCampaigns();\n}\n";
  const PARTS = { ...BASE, 'src/lib/agents.ts': GUARDED, 'src/routes/a.ts': CALLER };
  const DEPENDENT = 'export const makeAgent = () => new FacebookAdsAgent();\n';

  test.each([
    ['routes', 'factory-left-out', 'handles its own failure, and this run leaves its file'],
    [
      'lib',
      'factory-used-in-left-file',
      'is also used on line 4 of src/routes/a.ts, and this run leaves that file',
    ],
  ])('%s leaves what the other part would have to follow', async (part, id, reason) => {
    tree = temporaryTree(PARTS);
    const { results } = await collect(path.join(tree.root, 'src', part));
    expect(results.map(({ output }) => output)).toEqual([undefined]);
    const [left] = results.flatMap(explained);
    expect(left).toMatchObject({ id, reason: expect.stringContaining(reason) });
  });

  test('rewires the calls of a factory outside that only builds', async () => {
    tree = temporaryTree({ ...PARTS, 'src/lib/agents.ts': `${GUARDED.split('\n')[0]}\n\n${DEPENDENT}` });
    const { results } = await collect(path.join(tree.root, 'src/routes'));
    expect(results[0]?.output).toContain('(await getFacebookAgent()).getCampaigns()');
  });

  test('names the files that have to be written before one', async () => {
    const { root, results } = await migrate(PARTS);
    expect(results.map(({ dependsOn }) => dependsOn)).toEqual([
      [path.posix.join(root, 'src/routes/a.ts')],
      undefined,
    ]);
  });
});

test('without a cache module a factory is left for that reason', async () => {
  const { 'src/utils/agent-cache.ts': _cache, ...rest } = BASE;
  const { results } = await migrate({
    ...rest,
    'src/lib/agents.ts': HANDLER.replace(
      'async function list(req, res)',
      'const list = () => make();\nfunction make()',
    )
      .replace('const agent =', 'return')
      .replace(/ {2}res.*\n/, ''),
  });
  const reasons = results.flatMap(explained).map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(new Set(['No cache module was found above this file.']));
});

describe('what imports from a file', () => {
  const MAKE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent';

export const makeAgent = () => new FacebookAdsAgent();
`;
  const USE = `export const list = async () => {
  const agent = makeAgent();
  return agent.getCampaigns();
};
`;

  test('is followed where TypeScript makes a factory the whole module', async () => {
    const { results } = await migrate({
      ...BASE,
      'src/lib/make.ts': `${MAKE.replace('export ', '')}\nexport = makeAgent;\n`,
      'src/routes/list.ts': `import makeAgent = require('../lib/make');\n\n${USE}`,
    });
    expect(outputs(results)).toEqual({
      'src/lib/make.ts': `import { getFacebookAgent } from '../utils/agent-cache';\n\nexport = getFacebookAgent;\n`,
      'src/routes/list.ts': `import agentCache = require('../utils/agent-cache');\n\n${USE.replace('makeAgent', 'await agentCache.getFacebookAgent')}`,
    });
  });

  test.each(['dist/make.js', './src/index.ts'])(
    'is found in other packages of a workspace: %s',
    async (main) => {
      const { results } = await migrate({
        'package.json': '{ "name": "all", "workspaces": ["packages/*"] }',
        'packages/fb/package.json': `{ "name": "@acme/fb", "main": "${main}" }`,
        'packages/fb/src/agents/facebook-ads-agent.ts': AGENT,
        'packages/fb/src/utils/agent-cache.ts': CACHE,
        'packages/fb/src/lib/make.ts': MAKE,
        'packages/fb/src/make.ts': "export * from './lib/make';\n",
        'packages/fb/src/index.ts': "export * from './lib/make';\n",
        'packages/app/package.json': '{ "name": "app" }',
        'packages/app/src/list.ts': `import { makeAgent } from '@acme/fb';\n\n${USE}`,
      });
      expect(statuses(results)).toEqual({
        'packages/fb/src/lib/make.ts': 'manual',
        'packages/app/src/list.ts': 'manual',
      });
      expect(results.flatMap(explained)[0]?.reason).toContain('also used on line 4 of src/list.ts');
    },
  );

  test('is not looked for in packages that the run does not reach', async () => {
    const files = {
      'package.json': '{ "name": "stray" }',
      'server/agents/facebook-ads-agent.ts': AGENT,
      'server/utils/agent-cache.ts': CACHE,
      'server/lib/make.ts': MAKE,
      'server/list.ts': `import { makeAgent } from './lib/make';\n\n${USE}`,
      'client/package.json': '{ "name": "client" }',
      'client/left.ts': `import { makeAgent } from '../server/lib/make';\n\nmakeAgent().describe();\n`,
    };
    tree = temporaryTree(files);
    const near = await collect(path.join(tree.root, 'server'));
    expect(statuses(near.results)).toEqual({ 'lib/make.ts': 'migrated', 'list.ts': 'migrated' });
    const all = await collect(tree.root);
    expect(statuses(all.results)).toMatchObject({
      'server/lib/make.ts': 'manual',
      'client/left.ts': 'manual',
    });
  });
});

async function migrate(files: Record<string, string>, options: Partial<CodemodOptions> = {}) {
  tree = temporaryTree(files);
  return { root: tree.root, ...(await collect(tree.root, options)) };
}

async function collect(root: string, options: Partial<CodemodOptions> = {}) {
  const run = migrateTree([root], { ...DEFAULT_OPTIONS, ...options });
  const results: FileResult[] = [];
  for await (const result of run) results.push({ ...result, path: path.relative(root, result.path) });
  return { run, results };
}

function statuses(results: readonly FileResult[]): Record<string, string> {
  return Object.fromEntries(results.map(({ path: file, status }) => [file, status]));
}

function outputs(results: readonly FileResult[]): Record<string, string | undefined> {
  return Object.fromEntries(results.map(({ path: file, output }) => [file, output]));
}
