import { pathToFileURL } from 'node:url';
import { runTool, type ToolEnded } from '../support/run-tool.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const codemod = (args: string[], cwd: string) => runTool('codemod', args, cwd);

/** Counts its instances; the first one cannot be built. */
const FLAKY_CLIENT = `let built = 0;
class StripeClient {
  constructor() {
    built += 1;
    if (built === 1) throw new Error('no route to host');
    this.number = built;
  }
}
`;

/** What a consumer sees of a cache module, printed as JSON. */
const probe = (load: string) => `${load}
const provider = cache.getStripeProvider({ cacheTtl: 60 });
const failed = await cache.getStripe().then(() => 'built', (error) => error.message);
const agents = await Promise.all([cache.getStripe(), provider.getAgent(), cache.getStripe()]);
const before = provider.getStats();
const inFlight = (provider.invalidateCache(), cache.getStripe());
provider.invalidateCache();
const [third, fourth] = [await inFlight, await cache.getStripe()];
const strict = cache.getStripeProvider({ cacheTtl: 0 });
console.log(JSON.stringify({
  failed,
  numbers: agents.map(({ number }) => number),
  before: { ...before, cache_age_seconds: typeof before.cache_age_seconds },
  afterInvalidation: [third.number, fourth.number, (await cache.getStripe()).number],
  expired: strict.getStats().is_valid,
  rebuilt: (await strict.getAgent()).number,
}));
`;

const SEEN = {
  failed: 'no route to host',
  numbers: [2, 2, 2],
  before: {
    cached: true,
    cache_age_seconds: 'number',
    cache_ttl_seconds: 60,
    is_valid: true,
    creation_count: 1,
    hits: 0,
    // One that failed, and three while it was built.
    misses: 4,
  },
  afterInvalidation: [3, 4, 4],
  expired: false,
  rebuilt: 5,
};

describe('--init in a TypeScript tree', () => {
  let tree: Tree;
  let ended: ToolEnded;
  beforeAll(async () => {
    tree = createTree({
      'package.json': '{"type":"module"}',
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          module: 'NodeNext',
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noImplicitReturns: true,
          noUnusedLocals: true,
          verbatimModuleSyntax: true,
          erasableSyntaxOnly: true,
          isolatedDeclarations: true,
          declaration: true,
          noEmit: true,
          types: [],
        },
        include: ['src'],
      }),
      'src/agents/facebook-ads-agent.ts':
        'export class FacebookAdsAgent {\n  async getCampaigns(): Promise<string[]> {\n    return [];\n  }\n}\n',
      'src/api/campaigns.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function campaigns(): Promise<string[]> {
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns();
}
`,
    });
    const preview = await codemod(['--init', '.', '--dry-run'], tree.root);
    expect(preview).toMatchObject({ code: 0, stderr: '' });
    expect(preview.stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/src\/utils\/agent-cache\.ts\n@@ /);
    expect(tree.list('src/')).toEqual(['agents/facebook-ads-agent.ts', 'api/campaigns.ts']);
    ended = await codemod(['--init', '.'], tree.root);
  });
  afterAll(() => tree.remove());

  test('writes it beside the agent, where every file of the tree finds it, and says what to do next', () => {
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('Wrote src/utils/agent-cache.ts');
    expect(ended.stdout).toMatch(/npm --prefix \S+ run codemod -- --dry-run \. /);
    expect(tree.read('src/utils/agent-cache.ts')).toMatch(
      /^import \{ FacebookAdsAgent \} from '\.\.\/agents\/facebook-ads-agent\.js';\n/,
    );
  });

  test('does not write over it a second time', async () => {
    const text = tree.read('src/utils/agent-cache.ts');
    const { code, stderr } = await codemod(['--init', 'src'], tree.root);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^codemod: src\/utils\/agent-cache\.ts is there already: .*\n$/);
    expect(tree.read('src/utils/agent-cache.ts')).toBe(text);
  });

  test('the codemod then moves the tree onto it, and all of it passes a strict type check', async () => {
    expect(await codemod(['src'], tree.root)).toMatchObject({ code: 0, stderr: '' });
    expect(tree.read('src/api/campaigns.ts')).toContain('const agent = await getFacebookAgent();');
    const tsc = new URL('../../node_modules/typescript/bin/tsc', import.meta.url).pathname;
    expect(await runCommand(process.execPath, [tsc, '-p', '.'], { cwd: tree.root })).toMatchObject({
      code: 0,
      stdout: '',
    });
  });
});

const STRIPE = ['--agent-class', 'StripeClient', '--agent-module', 'lib/stripe'];
const NAMES = [
  '--cache-module',
  'src/lib/stripe-cache',
  '--factory',
  'getStripe',
  '--provider',
  'getStripeProvider',
];

test('--init in JavaScript modules writes one that shares, forgets failures and can be invalidated', async () => {
  const tree = createTree({
    'package.json': '{"type":"module"}',
    'src/lib/stripe.js': `${FLAKY_CLIENT}export default StripeClient;\n`,
  });
  expect(await codemod(['--init', '.', ...STRIPE, ...NAMES], tree.root)).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(tree.read('src/lib/stripe-cache.js')).toMatch(/^import StripeClient from '\.\/stripe\.js';\n/);
  const url = pathToFileURL(tree.path('src/lib/stripe-cache.js')).href;
  tree.write('probe.mjs', probe(`import * as cache from '${url}';`));
  const { stdout, stderr } = await runCommand(process.execPath, ['probe.mjs'], { cwd: tree.root });
  expect({ stderr, seen: JSON.parse(stdout) }).toEqual({ stderr: '', seen: SEEN });
  tree.remove();
});

test('--init in CommonJS writes one that require() takes', async () => {
  const tree = createTree({
    'package.json': '{ "type": "commonjs" }',
    // As compilers write it.
    'src/lib/stripe.js': `${FLAKY_CLIENT}Object.assign(exports, { StripeClient });\n`,
    'src/index.js': 'const { StripeClient } = require("./lib/stripe");\n',
  });
  expect(await codemod(['--init', 'src', ...STRIPE, ...NAMES], tree.root)).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(tree.read('src/lib/stripe-cache.js')).toMatch(
    /^"use strict";\n\nconst \{ StripeClient \} = require\("\.\/stripe"\);\n/,
  );
  tree.write('probe.mjs', probe("import cache from './src/lib/stripe-cache.js';"));
  const { stdout, stderr } = await runCommand(process.execPath, ['probe.mjs'], { cwd: tree.root });
  expect({ stderr, seen: JSON.parse(stdout) }).toEqual({ stderr: '', seen: SEEN });
  tree.remove();
});

test.each(['here/app/src', 'here/app'])(
  '--init %s from another folder takes the cache module from above it',
  async (folder) => {
    const tree = createTree({ 'here/app/src/lib/stripe.js': 'export class StripeClient {}\n' });
    const { code, stdout } = await codemod(['--init', folder, ...STRIPE, ...NAMES], tree.root);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Wrote here\/app\/src\/lib\/stripe-cache\.js:/);
    tree.remove();
  },
);

test.each([
  [
    'where there is no such folder',
    ['--init', 'nowhere'],
    /^codemod: --init nowhere: there is no such folder\n$/,
  ],
  [
    'where there is no agent',
    ['--init', '.'],
    /^codemod: --init \.: no agents\/facebook-ads-agent under it: .*\n$/,
  ],
])('--init %s ends with 2 and writes nothing', async (_, args, reason) => {
  const tree = createTree({ 'src/index.ts': 'export {};\n' });
  const { code, stderr } = await codemod(args, tree.root);
  expect(code).toBe(2);
  expect(stderr).toMatch(reason);
  expect(tree.list()).toEqual(['src/index.ts']);
  tree.remove();
});

test.each([
  [
    'export { FacebookAdsAgent as default };',
    'ts',
    "import FacebookAdsAgent from '../agents/facebook-ads-agent.js';",
  ],
  [
    'exports.default = FacebookAdsAgent;',
    'js',
    "const { default: FacebookAdsAgent } = require('../agents/facebook-ads-agent');",
  ],
])('--init imports the class as %s gives it', async (statement, extension, imported) => {
  const tree = createTree({
    'package.json': '{}',
    [`agents/facebook-ads-agent.${extension}`]: `class FacebookAdsAgent {}\n${statement}\n`,
  });
  expect((await codemod(['--init', '.'], tree.root)).code).toBe(0);
  expect(tree.read(`utils/agent-cache.${extension}`)).toContain(`${imported}\n`);
  tree.remove();
});

test('--init writes as the tree does: its semicolons, its indentation and its line ends', async () => {
  const agent = "import { a } from './a.js'\r\n\r\nexport class FacebookAdsAgent {\r\n\tb = a\r\n}\r\n";
  const tree = createTree({
    'package.json': '{"type":"module"}',
    'src/agents/facebook-ads-agent.ts': agent,
    'src/list.ts': 'const c = 1\r\n',
  });
  expect((await codemod(['--init', 'src'], tree.root)).code).toBe(0);
  const lines = tree.read('src/utils/agent-cache.ts').split('\r\n');
  expect(lines).toContain('\treturn new FacebookAdsAgent()');
  expect(lines.filter((line) => /;$|\n|^ /.test(line))).toEqual([]);
  tree.remove();
});

describe('--init with the class alone', () => {
  const CLIENT = 'export class StripeClient {\n  async list() {\n    return [];\n  }\n}\n';
  const building = (from: string) =>
    `import { StripeClient } from '${from}';\nexport const list = async () => new StripeClient().list();\n`;

  test('takes the one that the tree builds, wherever that is', async () => {
    const tree = createTree({
      'package.json': '{"type":"module"}',
      'src/clients/stripe-client.js': CLIENT,
      'src/list.js': building('./clients/stripe-client.js'),
    });
    const { code, stderr } = await codemod(['--init', 'src', '--agent-class', 'StripeClient'], tree.root);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(tree.read('src/utils/agent-cache.js')).toContain("from '../clients/stripe-client.js';");
    tree.remove();
  });

  test('says which there are where several of that name are built, and what is missing where none is', async () => {
    const tree = createTree({
      'package.json': '{"type":"module"}',
      'src/clients/stripe-client.js': CLIENT,
      'src/fakes/stripe-client.js': CLIENT,
      'src/list.js': building('./clients/stripe-client.js'),
      'src/fake-list.js': building('./fakes/stripe-client.js'),
    });
    const both = await codemod(['--init', 'src', '--agent-class', 'StripeClient'], tree.root);
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('  StripeClient of clients/stripe-client, built in one place\n');
    expect(both.stderr).toContain('  StripeClient of fakes/stripe-client, built in one place\n');
    const none = await codemod(['--init', 'src', '--agent-class', 'NoClient'], tree.root);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("name the agent's module with --agent-module");
    expect(tree.list().filter((file) => file.includes('agent-cache'))).toEqual([]);
    tree.remove();
  });
});
