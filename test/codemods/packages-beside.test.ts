import path from 'node:path';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { createTree } from '../support/trees.ts';

const WORKSPACE = '{ "private": true, "workspaces": ["packages/*"] }';
const NONE = '{ "private": true }';

const CORE = {
  'packages/core/package.json':
    '{ "name": "@shop/core", "type": "module", "exports": { ".": "./src/index.ts" } }',
  'packages/core/src/index.ts': `export { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
export { getFacebookAgent } from './utils/agent-cache.js';
export { build } from './factory.js';
`,
  'packages/core/src/factory.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
export const build = () => new FacebookAdsAgent();
`,
  'packages/core/src/agents/facebook-ads-agent.ts':
    "export class FacebookAdsAgent { async list() { return ['a']; } close() {} }\n",
  'packages/core/src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent() { return new FacebookAdsAgent(); }
export function getFacebookAgent() { return (shared ??= createAgent()); }
`,
};

const api = (asked: string) =>
  `{ "name": "@shop/api", "type": "module", "dependencies": { ${asked}"express": "^5.1.0" } }`;

/** What is left in a run over some folders of a tree, and the text of the file of the other package. */
async function become(files: Record<string, string>, folder = 'packages') {
  const tree = createTree({ '.git/HEAD': 'ref: refs/heads/main\n', ...CORE, ...files });
  const options = {
    ...DEFAULT_OPTIONS,
    cacheModule: path.join(tree.root, 'packages/core/src/utils/agent-cache'),
  };
  const found: string[] = [];
  let text: string | undefined;
  for await (const { path: file, occurrences, output } of migrateTree([tree.path(folder)], options)) {
    found.push(...occurrences.map(({ left }) => left?.id ?? 'migrated'));
    if (file.endsWith('api/src/use.ts')) text = output;
  }
  tree.remove();
  return { found, text };
}

test.each([
  ['workspace:@shop/core@*', WORKSPACE],
  ['npm:@shop/core@^1.0.0', WORKSPACE],
  ['workspace:../core', WORKSPACE],
  ['file:../core', NONE],
  ['link:../core', NONE],
  ['portal:../core', NONE],
  ['../core', NONE],
  ['npm:@shop/core', WORKSPACE],
  [
    'catalog:',
    '{ "private": true, "workspaces": { "packages": ["packages/*"], "catalog": { "core": "npm:@shop/core@1" } } }',
  ],
  [
    '^1.0.0',
    '{ "private": true, "workspaces": ["packages/*"], "overrides": { "core": "file:packages/core" } }',
  ],
  [
    '^1.0.0',
    '{ "private": true, "workspaces": ["packages/*"], "resolutions": { "**/core@^1.0.0": "portal:./packages/core" } }',
  ],
  [
    '^1.0.0',
    '{ "private": true, "workspaces": ["packages/*"], "pnpm": { "overrides": { "@shop/api>core": "link:packages/core" } } }',
  ],
])('a package by another name, as %s, is that package', async (asked, root) => {
  const { found, text } = await become({
    'package.json': root,
    'packages/api/package.json': api(`"core": "${asked}", `),
    'packages/api/src/use.ts': `import { FacebookAdsAgent } from 'core';
export const list = async () => { const agent = new FacebookAdsAgent(); return agent.list(); };
`,
  });
  expect(found).toEqual(['migrated', 'migrated']);
  expect(text).toContain("import { getFacebookAgent } from 'core';");
});

test.each<[string, Record<string, string>]>([
  [
    'the root lists',
    { 'package.json': '{ "private": true, "dependencies": { "core": "file:packages/core" } }' },
  ],
  [
    'the package lists whose folder has a package.json of its own',
    {
      'package.json': NONE,
      'packages/api/package.json': api('"core": "link:../core", '),
      'packages/api/src/package.json': '{ "type": "module" }',
    },
  ],
  [
    'a deno.json gives a file',
    {
      'package.json': NONE,
      'deno.json': '{ "imports": { "core": "./packages/core/src/index.ts" } }',
    },
  ],
])('a package that %s is read as that of the tree', async (_, files) => {
  const { found } = await become({
    'packages/api/package.json': api(''),
    'packages/api/src/use.ts': "import { build } from 'core';\nexport const close = () => build().close();\n",
    ...files,
  });
  expect(found).toEqual(['factory-used-elsewhere', 'agent-closed']);
});

test.each([
  ['rush.json', '{ "projects": [] }'],
  ['lerna.json', '{ "version": "1.0.0" }'],
  ['pnpm-workspace.yaml', 'packages:\n  - packages/*\n'],
  ['deno.json', '{ "workspace": ["./packages/core", "./packages/api"] }'],
])('packages of a workspace by %s know each other by name', async (file, text) => {
  const { found } = await become({
    [file]: text,
    'packages/api/package.json': api('"@shop/core": "workspace:*", '),
    'packages/api/src/use.ts':
      "import { build } from '@shop/core';\nexport const close = () => build().close();\n",
  });
  expect(found).not.toContain('migrated');
});

test('a package of the registry by another name is none of the tree', async () => {
  const { found } = await become({
    'package.json': WORKSPACE,
    'packages/api/package.json': api('"core": "npm:other-core@1.0.0", '),
    'packages/api/src/use.ts': "import { build } from 'core';\nexport const close = () => build().close();\n",
  });
  expect(found).toEqual(['migrated']);
});

const BY_PATH = "import { build } from '../../core/src/factory.js';\n";
const BY_NAME = "import { build } from 'core';\n";

describe.each([
  ['by a path', BY_PATH, ''],
  ['by a name of its own', BY_NAME, '"core": "file:../core", '],
])('a factory that a package without a workspace takes %s', (_, taken, asked) => {
  const files = (use: string) => ({
    'package.json': NONE,
    'packages/api/package.json': api(asked),
    'packages/api/src/use.ts': taken + use,
  });

  test('goes, with the calls that wait', async () => {
    const { found, text } = await become(files('export const list = async () => build().list();\n'));
    expect(found).toEqual(['migrated', 'migrated']);
    expect(text).toContain('await getFacebookAgent()');
  });

  test('stays for calls that do not wait, also where only its own package is migrated', async () => {
    const own = files('export const close = () => build().close();\n');
    expect((await become(own)).found).not.toContain('migrated');
    expect((await become(own, 'packages/core')).found).not.toContain('migrated');
  });
});

test('the folder that a package names is that package, whatever the workspace has by that name', async () => {
  const { found } = await become(
    {
      'package.json': WORKSPACE,
      'vendor/core/package.json':
        '{ "name": "@shop/core", "type": "module", "exports": { ".": "./index.ts" } }',
      'vendor/core/index.ts': `import { FacebookAdsAgent } from '../../packages/core/src/agents/facebook-ads-agent.js';
export const build = () => new FacebookAdsAgent();
`,
      'packages/api/package.json': api('"@shop/core": "file:../../vendor/core", '),
      'packages/api/src/use.ts':
        "import { build } from '@shop/core';\nexport const close = () => build().close();\n",
    },
    '.',
  );
  expect(found).toEqual(['migrated', 'factory-used-elsewhere', 'agent-closed']);
});
