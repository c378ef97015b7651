import { someOf } from '../support/depth.ts';
import { AT_ONCE, leftIn, leftInTree } from './support/left-in.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { createTree } from '../support/trees.ts';

const MODULE = './agents/facebook-ads-agent.js';
const CLASS = `export class FacebookAdsAgent { async list(): Promise<string[]> { return []; } }\n`;
const BUILDS = '{ return new FacebookAdsAgent(); }';

/** What the module of the class exports beside it, how a route has that, and how it gets its agent. */
type Row = readonly [beside: string, imports: string, got: string];

const BUILDERS: Record<string, Row> = {
  'a default object': [
    `export default { open: () => new FacebookAdsAgent() };`,
    `import agents from '${MODULE}';`,
    'agents.open()',
  ],
  'an object': [
    `export const Agents = { open() ${BUILDS} };`,
    `import { Agents } from '${MODULE}';`,
    'Agents.open()',
  ],
  'an object of the whole module': [
    `export const Agents = { open() ${BUILDS} };`,
    `import * as all from '${MODULE}';`,
    'all.Agents.open()',
  ],
  'another class': [
    `export class Agents { static open() ${BUILDS} }`,
    `import { Agents } from '${MODULE}';`,
    'Agents.open()',
  ],
  'an instance of another class': [
    `class Agents { open() ${BUILDS} }\nexport const agents = new Agents();`,
    `import { agents } from '${MODULE}';`,
    'agents.open()',
  ],
  'what is added to the class': [
    `(FacebookAdsAgent as any).other = 1;\nFacebookAdsAgent.open = () => new FacebookAdsAgent();`,
    `import { FacebookAdsAgent } from '${MODULE}';`,
    'FacebookAdsAgent.open()',
  ],
  'a namespace of the name of the class': [
    `export namespace FacebookAdsAgent { export function open() ${BUILDS} }`,
    `import { FacebookAdsAgent } from '${MODULE}';`,
    'FacebookAdsAgent.open()',
  ],
  'a namespace': [
    `export namespace Agents { export const open = () => new FacebookAdsAgent(); }`,
    `import { Agents } from '${MODULE}';`,
    'Agents.open()',
  ],
  'another name': [
    `const open = () => new FacebookAdsAgent();\nexport { open as openAgent };`,
    `import { openAgent } from '${MODULE}';`,
    'openAgent()',
  ],
  'a part that is taken': [
    `export const Agents = { open() ${BUILDS} };`,
    `import { Agents } from '${MODULE}';\nconst { open } = Agents;`,
    'open()',
  ],
};

const routeOf = (imports: string, use: string) => `import { Router } from 'express';
${imports}
export const router = Router();
router.get('/', async (_req: any, res: any) => { ${use} });
`;

test.each(someOf(Object.keys(BUILDERS)))(
  'a builder in the module of the class is told of: %s',
  async (way) => {
    const [beside, imports, got] = BUILDERS[way] ?? ['', '', ''];
    const left = await leftIn({
      'src/agents/facebook-ads-agent.ts': CLASS + beside,
      'src/code.ts': routeOf(imports, `res.json(await ${got}.list());`),
    });
    expect(left).toEqual(['class-builds']);
  },
);

test('what builds none is none', async () => {
  const left = await leftIn({
    'src/agents/facebook-ads-agent.ts': `${CLASS}export const Agents = { name() { return 'x'; } };`,
    'src/code.ts': routeOf(
      `import { Agents, FacebookAdsAgent } from '${MODULE}';`,
      'const agent = new FacebookAdsAgent(); res.json([Agents.name(), await agent.list()]);',
    ),
  });
  expect(left).toEqual(['migrated']);
});

const COMMON = 'class FacebookAdsAgent { async list() { return []; } }\n';

/** What a module of CommonJS exports, and what a route does with that. */
const OF_COMMON_JS: Record<string, Row> = {
  'a name': [
    'exports.FacebookAdsAgent = FacebookAdsAgent;\nexports.build = () => new FacebookAdsAgent();',
    "const { build } = require('./agents/facebook-ads-agent');",
    'build()',
  ],
  'a method': [
    `module.exports = { FacebookAdsAgent, build() ${BUILDS} };`,
    "const agents = require('./agents/facebook-ads-agent');",
    'agents.build()',
  ],
  'a function of that name': [
    `function build() ${BUILDS}\nmodule.exports = { FacebookAdsAgent, build };`,
    "const { build } = require('./agents/facebook-ads-agent');",
    'build()',
  ],
  'a static of the class that the module is': [
    'module.exports = FacebookAdsAgent;',
    "const Agent = require('./agents/facebook-ads-agent');",
    'Agent.create()',
  ],
};

test.each(someOf(Object.keys(OF_COMMON_JS)))('so is one of CommonJS: %s', async (way) => {
  const [beside, imports, got] = OF_COMMON_JS[way] ?? ['', '', ''];
  const left = await leftInTree({
    'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js':
      COMMON.replace('{ async', `{ static create() ${BUILDS} async`) + beside,
    'src/utils/agent-cache.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
let shared;
async function createAgent() { return new FacebookAdsAgent(); }
exports.getFacebookAgent = () => (shared ??= createAgent());
`,
    'src/routes.js': `const router = require('express').Router();
${imports}
router.get('/', async (_req, res) => { res.json(await ${got}.list()); });
module.exports = router;
`,
  });
  expect(left).toEqual(['class-builds']);
});

test('one that a file has by two ways is told of once', async () => {
  const left = await leftInTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.cjs': `${COMMON.replace('{ async', `{ static create() ${BUILDS} async`)}module.exports = FacebookAdsAgent;`,
    'src/utils/agent-cache.js': `import FacebookAdsAgent from '../agents/facebook-ads-agent.cjs';
let shared;
async function createAgent() { return new FacebookAdsAgent(); }
export const getFacebookAgent = () => (shared ??= createAgent());
`,
    'src/routes.js': `import { Router } from 'express';
import Client from './agents/facebook-ads-agent.cjs';
export const router = Router();
router.get('/', async (_req, res) => { res.json(await Client.create().list()); });
`,
  });
  expect(left).toEqual(['class-builds']);
});

describe('the default import of a package', () => {
  const options = { ...DEFAULT_OPTIONS, agentClass: 'AdsClient', agentModule: 'ads-sdk', factory: 'getAds' };
  const placesOf = async (imports: string, built = 'AdsClient', more = '') => {
    const tree = createTree({
      'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0", "ads-sdk": "^1.0.0" } }',
      'src/utils/agent-cache.ts': AT_ONCE.replaceAll('../agents/facebook-ads-agent.js', 'ads-sdk')
        .replaceAll('FacebookAdsAgent', 'AdsClient')
        .replaceAll('getFacebookAgent', 'getAds'),
      'src/code.ts': routeOf(imports, `const client = new ${built}(); res.json([await client.me()${more}]);`),
    });
    try {
      const found: string[] = [];
      let output = '';
      for await (const each of migrateTree([tree.root], options)) {
        found.push(...each.occurrences.map(({ left }) => left?.id ?? 'migrated'));
        output += each.output ?? '';
      }
      return { found, output };
    } finally {
      tree.remove();
    }
  };

  test.each([
    ['const { AdsClient } = sdk;', 'AdsClient'],
    ['const { AdsClient: Client } = sdk;', 'Client'],
    ['const AdsClient = sdk.AdsClient;', 'AdsClient'],
  ])('has the class: %s', async (taken, built) => {
    const { found, output } = await placesOf(`import sdk from 'ads-sdk';\n${taken}`, built);
    expect(found).toEqual(['migrated']);
    expect(output).not.toContain('sdk');
  });

  test.each(["import sdk from 'ads-sdk';", "import * as sdk from 'ads-sdk';"])(
    'stays where more is taken of it: %s',
    async (imported) => {
      const taken = `${imported}\nconst { AdsClient, errors } = sdk;`;
      const { found, output } = await placesOf(taken, 'AdsClient', ', errors');
      expect(found).toEqual(['migrated']);
      expect(output).toContain(imported);
      expect(output).toContain('const { errors } = sdk;');
    },
  );

  test('is set for all by what requests call of its class', async () => {
    const tree = `import { AdsClient } from 'ads-sdk';
export const first = Router();
first.use((req: any, _res: any, next: any) => { AdsClient.init(req.headers.token); next(); });`;
    const { found } = await placesOf(tree);
    expect(found).toEqual(['class-sets-default', 'constructor-reads-request']);
  });
});
