import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { createTree } from '../support/trees.ts';

const BUILD = 'exports.list = async () => createClient(ARGS).list();\n';

test.each([
  ['by the whole', "const config = require('../../config');\n", 'config.url, config.key'],
  ['by its parts', "const { url, key: secret } = require('../../config');\n", 'url, secret'],
])('arguments that are required %s are so from where the module lies', async (_how, required, args) => {
  const tree = createTree({
    'package.json': '{}',
    'src/config.js': "module.exports = { url: 'u', key: 'k' };\n",
    'src/lib/sdk/index.js': 'exports.createClient = (url, key) => ({ url, key });\n',
    'src/deep/jobs/a.js': `const { createClient } = require('../../lib/sdk');\n${required}${BUILD.replace('ARGS', args)}`,
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const asked = parseArguments(
      '--init src --agent-class createClient --agent-module lib/sdk/index --built-by function'.split(' '),
    );
    if ('text' in asked) throw new Error(asked.text);
    const { text } = await cacheModuleOf('src', asked);
    expect(text).toContain(`return createClient(${args});`);
    expect(text).toContain(required.replace('../../config', '../config').trim());
    expect(text).toContain("const { createClient } = require('../lib/sdk');");
  } finally {
    process.chdir(before);
    tree.remove();
  }
});

const SHOP = `export class ShopClient {
  private constructor(readonly token: string) {}
  static getForShop(id: string): ShopClient { return new ShopClient(id); }
  static standard(): ShopClient { return new ShopClient('standard'); }
}
`;

test.each([
  [
    'a method of a package that nobody calls',
    ['ShopClient', 'shop-sdk', 'getForShop'],
    {},
    /no place calls ShopClient\.getForShop\(\), and nothing else shows what to give it/,
  ],
  [
    'a function that nobody calls',
    ['createClient', 'shop-sdk', 'function'],
    {},
    /no place calls createClient\(\), and nothing else shows what to give it/,
  ],
  [
    'a method of the tree that wants something, and that nobody calls',
    ['ShopClient', 'client', 'getForShop'],
    { 'src/client.ts': SHOP },
    /wants id, and no place shows what to give it/,
  ],
  [
    'a method that one place calls with something of its own',
    ['ShopClient', 'shop-sdk', 'getForShop'],
    {
      'src/b.ts':
        "import { ShopClient } from 'shop-sdk';\nexport const list = (id: string) => ShopClient.getForShop(id);\n",
    },
    /the place that builds ShopClient gives it something of its own/,
  ],
  [
    'a method of the tree that wants nothing, and that nobody calls',
    ['ShopClient', 'client', 'standard'],
    { 'src/client.ts': SHOP },
    undefined,
  ],
])('--init of %s', async (_what, [agentClass = '', module = '', by = ''], files, refusal) => {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "shop-sdk": "^1.0.0" } }',
    'src/a.ts': 'export const a = 1;\n',
    ...files,
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const asked = parseArguments([
      '--init',
      'src',
      '--agent-class',
      agentClass,
      '--agent-module',
      module,
      '--built-by',
      by,
    ]);
    if ('text' in asked) throw new Error(asked.text);
    const written = cacheModuleOf('src', asked);
    if (refusal) await expect(written).rejects.toThrow(refusal);
    else expect((await written).text).toContain('return ShopClient.standard();');
  } finally {
    process.chdir(before);
    tree.remove();
  }
});
