import { runTool } from '../support/run-tool.ts';
import { createTree, type Tree } from '../support/trees.ts';

let tree: Tree;
afterEach(() => tree.remove());

const CLIENT = `import { findShop } from '../shops.js';
export class ShopClient {
  constructor(private readonly token: string) {}
  static async getForShop(id: string): Promise<ShopClient> {
    const shop = await findShop(id);
    if (!shop) throw new Error('no such shop');
    return new ShopClient(shop.token);
  }
  async orders(): Promise<string> { return this.token.slice(-1); }
}
`;
const WORKSPACE = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/core/package.json':
    '{ "name": "@acme/core", "type": "module", "exports": { ".": "./src/index.ts" } }',
  'packages/core/src/index.ts':
    "export { ShopClient } from './clients/shop-client.js';\nexport { findShop } from './shops.js';\n",
  'packages/core/src/shops.ts':
    'const shops = new Map<string, { token: string }>();\nexport const findShop = async (id: string) => shops.get(id);\n',
  'packages/core/src/clients/shop-client.ts': CLIENT,
  'packages/api/package.json': '{ "name": "@acme/api", "type": "module" }',
  'packages/api/src/orders.ts': `import { findShop, ShopClient } from '@acme/core';
export async function orders(id: string) {
  const shop = await findShop(id);
  return shop && new ShopClient(shop.token).orders();
}
`,
  'packages/api/src/looked-up.ts': `import { ShopClient } from '@acme/core';
export const lookedUp = async (id: string) => (await ShopClient.getForShop(id)).orders();
`,
};

test('init of a workspace writes the cache into the package of the class, and says what that has to export', async () => {
  tree = createTree(WORKSPACE);
  const named = ['--agent-class', 'ShopClient', '--agent-module', 'clients/shop-client', '--keyed', '.'];
  const { code, stdout } = await runTool('init', named, tree.root);
  expect(code).toBe(0);
  expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({
    cacheModule: 'packages/core/src/utils/agent-cache',
  });
  const [, file = '', line = ''] = /exports it: add to (\S+)\n {2}(export .*)\n/.exec(stdout) ?? [];
  expect([file, line]).toEqual([
    'packages/core/src/index.ts',
    "export { getShopClientFor } from './utils/agent-cache.js';",
  ]);

  const before = await runTool('codemod', ['--force', '.'], tree.root);
  expect(before.stdout).toContain('Export getShopClientFor there, then run the codemod again.');
  expect(before.stdout).toContain(
    'Where it looks up what to build it with, let it give that alone, and take one for that from getShopClientFor(…).',
  );
  tree.write(file, `${tree.read(file)}${line}\n`);
  await runTool('codemod', ['--force', '.'], tree.root);
  expect(
    tree.read('packages/api/src/orders.ts'),
  ).toBe(`import { findShop, getShopClientFor } from '@acme/core';
export async function orders(id: string) {
  const shop = await findShop(id);
  return shop && (await getShopClientFor(shop.token)).orders();
}
`);
  expect((await runTool('init', named, tree.root)).stdout).not.toContain('exports it');
});

const MONOREPO = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/client/package.json':
    '{ "name": "@acme/client", "type": "module", "exports": { ".": "./src/index.ts" } }',
  'packages/client/src/index.ts': `export class LedgerClient {
  constructor(private readonly url: string) {}
  async list(): Promise<string> { return this.url; }
}
`,
  'packages/api/package.json':
    '{ "name": "@acme/api", "type": "module", "dependencies": { "@acme/client": "*" } }',
  'packages/api/src/settings.ts': "export const settings = { url: process.env.LEDGER_URL ?? 'http://x' };\n",
  'packages/api/src/ledger.ts': `import { LedgerClient } from '@acme/client';
import { settings } from './settings.js';
export const list = async () => new LedgerClient(settings.url).list();
`,
};

test('init writes no module that imports from a package which uses its own, and says where it finds all', async () => {
  tree = createTree(MONOREPO);
  const above = await runTool('init', ['--agent-class', 'LedgerClient', '.'], tree.root);
  expect({ code: above.code, stdout: above.stdout }).toEqual({ code: 2, stdout: '' });
  expect(above.stderr.replace(/npm .*run/, 'npm run')).toBe(
    'init: packages/client/src/utils/agent-cache.ts would have to import packages/api/src/settings.ts, which the package @acme/client does not have: run it where that is: npm run init -- --agent-class LedgerClient packages/api\n',
  );
  const below = await runTool('init', ['--agent-class', 'LedgerClient', 'packages/api'], tree.root);
  expect(below.code).toBe(0);
  expect(tree.read('packages/api/src/utils/agent-cache.ts')).toContain("from '../settings.js';");
});

test('init of a workspace imports settings of a package that the one of the class lists', async () => {
  tree = createTree({
    ...MONOREPO,
    'packages/client/package.json':
      '{ "name": "@acme/client", "type": "module", "exports": { ".": "./src/index.ts" }, "dependencies": { "@acme/settings": "*" } }',
    'packages/settings/package.json':
      '{ "name": "@acme/settings", "type": "module", "exports": { ".": "./src/index.ts" } }',
    'packages/settings/src/index.ts':
      "export const settings = { url: process.env.LEDGER_URL ?? 'http://x' };\n",
    'packages/api/src/ledger.ts': `import { LedgerClient } from '@acme/client';
import { settings } from '@acme/settings';
export const list = async () => new LedgerClient(settings.url).list();
`,
  });
  const { code } = await runTool('init', ['--agent-class', 'LedgerClient', '.'], tree.root);
  expect(code).toBe(0);
  expect(tree.read('packages/client/src/utils/agent-cache.ts')).toContain("from '@acme/settings';");
});

test('what a file imports from packages of the workspace alone says nothing of how its own files are imported', async () => {
  tree = createTree({
    'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
    'packages/client/package.json':
      '{ "name": "@acme/client", "type": "module", "exports": { ".": "./src/index.ts" } }',
    'packages/client/src/index.ts':
      'export class LedgerClient {\n  async list(): Promise<string[]> { return []; }\n}\n',
    'packages/api/package.json':
      '{ "name": "@acme/api", "type": "module", "dependencies": { "@acme/client": "*" } }',
    'packages/api/src/list.ts': `import { LedgerClient } from '@acme/client';
export const list = async () => new LedgerClient().list();
`,
  });
  const { code } = await runTool('init', ['--agent-class', 'LedgerClient', 'packages/api'], tree.root);
  expect(code).toBe(0);
  await runTool('codemod', ['--force', 'packages/api'], tree.root);
  // Node finds its modules by their whole names.
  expect(tree.read('packages/api/src/list.ts')).toContain("from './utils/agent-cache.js';");
});

test('init of a package whose repository shares the class already wraps nothing', async () => {
  tree = createTree(WORKSPACE);
  const named = ['--agent-class', 'ShopClient', '--agent-module', 'clients/shop-client', '--keyed', '.'];
  await runTool('init', named, tree.root);
  const before = tree.list();
  const api = `${tree.root}/packages/api`;
  const { code, stdout, stderr } = await runTool('init', [], api);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^init: \S*agent-cache\.config\.json is about this folder, too, and shares ShopClient: run init in its folder, .*\n$/,
  );
  expect(tree.list()).toEqual(before);
});
