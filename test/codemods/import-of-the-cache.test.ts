import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { explained } from './support/explained.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const AGENT =
  'export class FacebookAdsAgent {\n  async getCampaigns(): Promise<string[]> {\n    return [];\n  }\n}\n';
const CACHE =
  "import { FacebookAdsAgent } from '../agents/facebook-ads-agent';\nexport async function getFacebookAgent() {\n  return new FacebookAdsAgent();\n}\n";
const route = (specifier: string, more = '') => `import { FacebookAdsAgent } from '${specifier}';
${more}
export async function list() {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`;
const settings = (compilerOptions: object, more: object = {}) => JSON.stringify({ compilerOptions, ...more });
const shop = {
  'package.json': '{ "name": "shop", "private": true }',
  'src/agents/facebook-ads-agent.ts': AGENT,
  'src/utils/agent-cache.ts': CACHE,
};

const core = (exports: string, index: string) => ({
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/core/package.json': `{ "name": "@shop/core"${exports} }`,
  'packages/core/src/index.ts': index,
  'packages/core/src/agents/facebook-ads-agent.ts': AGENT,
  'packages/core/src/utils/agent-cache.ts': CACHE,
  'packages/api/package.json': '{ "name": "@shop/api", "dependencies": { "@shop/core": "workspace:*" } }',
});
const CLASS = "export { FacebookAdsAgent } from './agents/facebook-ads-agent';\n";
const inApi = (text: string) => ({ 'packages/api/src/routes.ts': text });
const ofCore = { cacheModule: 'packages/core/src/utils/agent-cache' };

test.each<[string, Record<string, string>, string, { cacheModule?: string }?]>(
  someOf([
    [
      "a package's name, where the package exports the cache",
      {
        ...core(
          ', "exports": { ".": "./src/index.ts" }',
          `${CLASS}export { getFacebookAgent } from './utils/agent-cache';\n`,
        ),
        ...inApi(route('@shop/core')),
      },
      '@shop/core',
      ofCore,
    ],
    [
      "a package's name, where the package exports all of the cache",
      {
        ...core(', "main": "src/index.ts"', `${CLASS}export * from './utils/agent-cache';\n`),
        ...inApi(route('@shop/core')),
      },
      '@shop/core',
      ofCore,
    ],
    [
      "a subpath of the package's exports",
      {
        ...core(
          ', "exports": { ".": "./src/index.ts", "./cache": { "import": "./src/utils/agent-cache.ts" } }',
          CLASS,
        ),
        ...inApi(route('@shop/core')),
      },
      '@shop/core/cache',
      ofCore,
    ],
    [
      'a pattern among them',
      {
        ...core(', "exports": { ".": "./src/index.ts", "./*": "./src/*.ts" }', CLASS),
        ...inApi(route('@shop/core')),
      },
      '@shop/core/utils/agent-cache',
      ofCore,
    ],
    [
      "a pattern of the package's exports that means what is built of it",
      {
        ...core(
          ', "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" }, "./utils/*": "./dist/utils/*.js" }',
          CLASS,
        ),
        ...inApi(route('@shop/core')),
      },
      '@shop/core/utils/agent-cache',
      ofCore,
    ],
    [
      'a file of a package without exports',
      { ...core(', "main": "src/index.ts"', CLASS), ...inApi(route('@shop/core')) },
      '@shop/core/src/utils/agent-cache',
      ofCore,
    ],
    [
      'a file of a package of modules without exports, by its whole name',
      {
        ...core(', "type": "module", "main": "src/index.ts"', CLASS),
        'packages/api/package.json':
          '{ "name": "@shop/api", "type": "module", "dependencies": { "@shop/core": "workspace:*" } }',
        ...inApi(route('@shop/core')),
      },
      '@shop/core/src/utils/agent-cache.js',
      ofCore,
    ],
    [
      'a path into another package, where the tree has such paths',
      {
        ...core(', "exports": { ".": "./src/index.ts" }', CLASS),
        ...inApi(route('../../core/src/agents/facebook-ads-agent')),
      },
      '../../core/src/utils/agent-cache',
      ofCore,
    ],
    [
      'no path from baseUrl beside an alias',
      {
        ...shop,
        'tsconfig.json': settings({ baseUrl: '.', paths: { '@agents/*': ['src/agents/*'] } }),
        'src/routes.ts': route('@agents/facebook-ads-agent'),
      },
      './utils/agent-cache',
    ],
    [
      'a path from baseUrl, where the file imports by one',
      {
        ...shop,
        'tsconfig.json': settings({ baseUrl: '.' }),
        'src/routes.ts': route('src/agents/facebook-ads-agent'),
      },
      'src/utils/agent-cache',
    ],
    [
      'an alias that reaches the cache',
      {
        ...shop,
        'tsconfig.json': settings({
          baseUrl: '.',
          paths: { '@agents/*': ['src/agents/*'], '@utils/*': ['src/utils/*'] },
        }),
        'src/routes.ts': route('@agents/facebook-ads-agent'),
      },
      '@utils/agent-cache',
    ],
  ]),
)('the cache is imported by %s', async (_, files, expected, options = {}) => {
  expect(await importsIn(files, options)).toEqual([expected]);
});

const sdk = { cacheModule: 'src/utils/agent-cache', agentModule: 'ads-sdk' };
const ofPackage = (more: Record<string, string>, manifest = '{ "type": "module" }') => ({
  'package.json': manifest,
  'src/utils/agent-cache.ts':
    "import { FacebookAdsAgent } from 'ads-sdk';\nexport const getFacebookAgent = async () => new FacebookAdsAgent();\n",
  'src/routes.ts': route('ads-sdk'),
  ...more,
});

test.each<[string, Record<string, string>, string]>([
  [
    'as other files of the tree have it',
    {
      'src/a.ts': "import { b } from './b';\n",
      'src/b.ts': 'export const b = 1;\n',
      'tsconfig.json': settings({ module: 'nodenext' }),
    },
    './utils/agent-cache',
  ],
  [
    'with the extension of other files',
    { 'src/a.ts': "import { b } from './b.ts';\n", 'src/b.ts': 'export const b = 1;\n' },
    './utils/agent-cache.ts',
  ],
  [
    'as a bundler needs it, where no file shows',
    { 'tsconfig.json': settings({ moduleResolution: 'bundler' }) },
    './utils/agent-cache',
  ],
  [
    'by inherited settings',
    {
      'tsconfig.json': settings({}, { extends: './base.json' }),
      'base.json': settings({ module: 'Preserve' }),
    },
    './utils/agent-cache',
  ],
  ["as Node's modules need it, where nothing tells", {}, './utils/agent-cache.js'],
  [
    'not by data that is imported',
    { 'src/a.ts': "import data from './data.json';\n" },
    './utils/agent-cache.js',
  ],
])('a relative import has its extension %s', async (_, more, expected) => {
  expect(await importsIn(ofPackage(more), sdk)).toEqual([expected]);
});

test.each([
  ['does not export its cache', ''],
  ['exports the type of it alone', "export type { getFacebookAgent } from './utils/agent-cache';\n"],
  ['marks it as a type', "export { type getFacebookAgent } from './utils/agent-cache';\n"],
  ['exports all its types', "export type * from './utils/agent-cache';\n"],
  [
    'imports it as a type',
    "import type { getFacebookAgent } from './utils/agent-cache';\nexport { getFacebookAgent };\n",
  ],
])('a package that %s is told to', async (_, index) => {
  const tree = temporaryTree({
    ...core(', "exports": { ".": "./src/index.ts" }', CLASS + index),
    ...inApi(route('@shop/core')),
  });
  const options = { ...DEFAULT_OPTIONS, cacheModule: path.join(tree.root, ofCore.cacheModule) };
  const left: (string | undefined)[] = [];
  for await (const result of migrateTree([tree.root], options))
    left.push(...explained(result).map(({ id, reason }) => `${reason} [${id}]`));
  tree.remove();
  expect(left).toEqual([
    'The package @shop/core has the cache module and does not export it. [cache-not-exported]',
  ]);
});

const KEYED_CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent';
const entries = new Map<string, Promise<FacebookAdsAgent>>();
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return getFacebookAgentFor('shared'); }
export function getFacebookAgentFor(token: string): Promise<FacebookAdsAgent> {
  const found = entries.get(token) ?? Promise.resolve(new FacebookAdsAgent(token));
  entries.set(token, found);
  return found;
}
`;
const KEYED_ROUTES = `import { Router } from 'express';
import { FacebookAdsAgent, findShop } from '@shop/core';
export const router = Router();
router.get('/', async (req, res) => {
  const shop = await findShop(String(req.query.shop));
  const agent = new FacebookAdsAgent(shop.token);
  res.json(await agent.getCampaigns());
});
`;
const FIND_SHOP = "export const findShop = async (id: string) => ({ id, token: id + '-token' });\n";

test.each([
  ['lists the package that has the cache', ', "dependencies": { "@shop/core": "*" }', undefined],
  [
    'does not list the package that has the cache',
    '',
    'The package @shop/core has the cache module, and the package.json of this file does not list it. [cache-package-unlisted]',
  ],
])('a file of a package that %s', async (_, dependencies, expected) => {
  const tree = temporaryTree({
    ...core(', "exports": { ".": "./src/index.ts" }', "export * from './utils/agent-cache';\n"),
    'packages/core/src/utils/agent-cache.ts': CACHE.replace('../agents/facebook-ads-agent', 'ads-sdk'),
    'packages/api/package.json': `{ "name": "@shop/api"${dependencies} }`,
    ...inApi(route('ads-sdk')),
  });
  const cacheModule = path.join(tree.root, ofCore.cacheModule);
  const options = { ...DEFAULT_OPTIONS, agentModule: 'ads-sdk', cacheModule };
  const told: string[] = [];
  for await (const result of migrateTree([tree.root], options)) {
    if (result.output !== undefined) expect(result.output).toContain("from '@shop/core'");
    for (const { id, reason } of explained(result)) if (id !== undefined) told.push(`${reason} [${id}]`);
  }
  tree.remove();
  expect(told).toEqual(expected === undefined ? [] : [expected]);
});

test.each([
  [
    'all of the cache, beside other names',
    "export * from './utils/agent-cache';\n",
    KEYED_ROUTES,
    ["import { getFacebookAgentFor, findShop } from '@shop/core';"],
  ],
  [
    'the keyed getter alone',
    "export { getFacebookAgentFor } from './utils/agent-cache';\n",
    KEYED_ROUTES,
    ["import { getFacebookAgentFor, findShop } from '@shop/core';"],
  ],
  [
    'the getter of the shared one alone',
    "export { getFacebookAgent } from './utils/agent-cache';\n",
    KEYED_ROUTES,
    ['Export getFacebookAgentFor there, then run the codemod again.'],
  ],
  [
    'the keyed getter, to a file that names the type of the class',
    "export { getFacebookAgentFor } from './utils/agent-cache';\n",
    `${KEYED_ROUTES}export type Agents = FacebookAdsAgent[];\n`,
    ["import { type FacebookAdsAgent, findShop, getFacebookAgentFor } from '@shop/core';"],
  ],
  [
    'the keyed getter, to a file that imports nothing else of it',
    "export { getFacebookAgentFor } from './utils/agent-cache';\n",
    KEYED_ROUTES.replace(', findShop', '').replace('await findShop(String(req.query.shop))', 'req.user'),
    ["import { getFacebookAgentFor } from '@shop/core';"],
  ],
  [
    'the keyed getter, to CommonJS',
    "export { getFacebookAgentFor } from './utils/agent-cache';\n",
    KEYED_ROUTES.replace(
      "import { FacebookAdsAgent, findShop } from '@shop/core'",
      "const { findShop, FacebookAdsAgent } = require('@shop/core')",
    ),
    ["const { findShop, getFacebookAgentFor } = require('@shop/core');"],
  ],
])('a package that exports %s', async (_, index, routes, expected) => {
  const tree = temporaryTree({
    ...core(', "exports": { ".": "./src/index.ts" }', CLASS + FIND_SHOP + index),
    'packages/core/src/agents/facebook-ads-agent.ts': AGENT.replace(
      '{\n',
      '{\n  constructor(private readonly token: string) {}\n',
    ),
    'packages/core/src/utils/agent-cache.ts': KEYED_CACHE,
    ...inApi(routes),
  });
  const options = {
    ...DEFAULT_OPTIONS,
    keyed: true,
    cacheModule: path.join(tree.root, ofCore.cacheModule),
  };
  const told: (string | undefined)[] = [];
  for await (const result of migrateTree([tree.root], options)) {
    told.push(...(result.output ?? '').split('\n').filter((line) => line.includes('@shop/core')));
    told.push(...explained(result).map(({ hint }) => hint));
  }
  tree.remove();
  expect(told).toEqual(expected);
});

test.each([
  ['an import', "import { FacebookAdsAgent } from './agents/facebook-ads-agent'"],
  ['a require', "const { FacebookAdsAgent } = require('./agents/facebook-ads-agent')"],
])('a semicolon that begins the line behind %s stays there', async (_, statement) => {
  const text = `${statement}\n;[1].map(String)\nexports.list = async () => new FacebookAdsAgent().getCampaigns()\n`;
  const tree = temporaryTree({ ...shop, 'src/list.js': text });
  const outputs: (string | undefined)[] = [];
  for await (const { output } of migrateTree([tree.root], DEFAULT_OPTIONS)) outputs.push(output);
  tree.remove();
  const expected = statement
    .replace('FacebookAdsAgent', 'getFacebookAgent')
    .replace('agents/facebook-ads-agent', 'utils/agent-cache');
  expect(outputs).toEqual([
    `${expected}\n;[1].map(String)\nexports.list = async () => (await getFacebookAgent()).getCampaigns()\n`,
  ]);
});

const TAKES = "const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');\n";
const BARRELS: Record<string, string> = {
  spread: "module.exports = { ...require('./invoices'), ...require('../agents/facebook-ads-agent') };\n",
  members:
    "exports.FacebookAdsAgent = require('../agents/facebook-ads-agent').FacebookAdsAgent;\nexports.invoices = require('./invoices');\n",
  names: `${TAKES}const invoices = require('./invoices');\nmodule.exports = { FacebookAdsAgent, invoices };\n`,
  entries:
    "module.exports = { FacebookAdsAgent: require('../agents/facebook-ads-agent').FacebookAdsAgent, invoices: require('./invoices') };\n",
  assigned: "Object.assign(exports, require('./invoices'), require('../agents/facebook-ads-agent'));\n",
};
const BUILDS = `${TAKES}exports.list = async () => { const agent = new FacebookAdsAgent(); return agent.getCampaigns(); };\n`;
const through = async (barrel: string, from: string) => {
  const tree = temporaryTree({
    'agents/facebook-ads-agent.js': 'class FacebookAdsAgent {}\nmodule.exports = { FacebookAdsAgent };\n',
    'services/index.js': barrel,
    'services/invoices.js': BUILDS,
    'utils/agent-cache.js': `const { FacebookAdsAgent } = require('${from}');\nlet agent;\nexports.getFacebookAgent = async () => (agent ??= new FacebookAdsAgent());\n`,
  });
  const told: string[] = [];
  for await (const result of migrateTree([tree.root], DEFAULT_OPTIONS)) {
    if (!result.path.endsWith('invoices.js')) continue;
    told.push(result.status, ...explained(result).flatMap(({ id }) => id ?? []));
  }
  tree.remove();
  return told;
};

test.each(someOf(Object.keys(BARRELS)))(
  'what a barrel of CommonJS requires beside the class is no part of the cache, and cannot require it: %s',
  async (way) => {
    expect(await through(BARRELS[way] ?? '', '../services')).toEqual(['manual', 'cache-requires-file']);
    expect(await through(BARRELS[way] ?? '', '../agents/facebook-ads-agent')).toEqual(['migrated']);
  },
);

// `agents/fill.js` is loaded by what it takes the class from: in what order, the tree has settled long ago.
test('what the module of the class requires already, which requires it back, takes the cache in its place', async () => {
  const found = await importsIn({
    'agents/facebook-ads-agent.js':
      "const { fill } = require('./fill');\nclass FacebookAdsAgent {}\nmodule.exports = { FacebookAdsAgent, fill };\n",
    'agents/fill.js':
      "const { FacebookAdsAgent } = require('./facebook-ads-agent');\nexports.fill = async () => new FacebookAdsAgent().list();\n",
    'utils/agent-cache.js': `${TAKES}let agent;\nexports.getFacebookAgent = async () => (agent ??= new FacebookAdsAgent());\n`,
  });
  expect(found).toEqual(['../utils/agent-cache']);
});

test('what a barrel of CommonJS takes its builder from is part of the cache', async () => {
  const tree = temporaryTree({
    'agents/facebook-ads-agent.js': 'class FacebookAdsAgent {}\nmodule.exports = { FacebookAdsAgent };\n',
    'services/index.js': "const { build } = require('./build');\nmodule.exports = { build };\n",
    'services/build.js': `${TAKES}exports.build = () => new FacebookAdsAgent();\n`,
    'utils/agent-cache.js':
      "const { build } = require('../services');\nlet agent;\nexports.getFacebookAgent = async () => (agent ??= build());\n",
  });
  const told: string[] = [];
  for await (const { path } of migrateTree([tree.root], DEFAULT_OPTIONS)) told.push(path);
  tree.remove();
  expect(told).toEqual([]);
});

/** Whence the files of a tree import the cache, once migrated. */
async function importsIn(
  files: Record<string, string>,
  { cacheModule, ...options }: { cacheModule?: string; agentModule?: string } = {},
): Promise<string[]> {
  const tree = temporaryTree(files);
  const found: string[] = [];
  const at = cacheModule === undefined ? {} : { cacheModule: path.join(tree.root, cacheModule) };
  for await (const { output = '' } of migrateTree([tree.root], { ...DEFAULT_OPTIONS, ...options, ...at }))
    found.push(
      ...[
        ...output.matchAll(
          /(?:import \{ getFacebookAgent \} from |const \{ getFacebookAgent \} = require\()'([^']+)'/g,
        ),
      ].map(([, from = '']) => from),
    );
  tree.remove();
  return found;
}
