import path from 'node:path';
import { typeErrors } from '../codemods/support/type-check.ts';
import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import type { CacheModuleParts } from '../../scripts/codemod/init/cache-words.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { libraryModuleText } from '../../scripts/codemod/init/library-module-text.ts';
import { createTree } from '../support/trees.ts';

const CLIENT = `/** A client. */
export class AdsClient {
  /**
   * @param {string} token
   * @param {{ region?: string }} [options]
   */
  constructor(token, options = {}) {
    this.token = token;
    this.options = options;
  }
}
`;
const LIBRARY = `declare module 'agent-cache-tools' {
  export class CachedProvider<T> {
    constructor(options: { create: () => Promise<T>; ttl: number; refreshAhead: number });
    get(maxAge?: number): Promise<T>;
    stats(ttl: number): { cached: boolean; ageSeconds: number | null; creationCount: number; hits: number; misses: number };
    invalidate(): void;
  }
}
`;
const USER = (
  module: string,
  sync: boolean,
) => `import { getAdsClient, getAdsClientFor, getCachedAgentProvider, forgetAdsClientFor } from './${module}';
export async function list() {
  /** @type {string} */
  const token = ${sync ? '' : '(await '}getAdsClient()${sync ? '' : ')'}.token;
  getAdsClientFor(token, { region: 'eu' });
  forgetAdsClientFor(token);
  // @ts-expect-error the token is no number
  getAdsClientFor(1);
  getCachedAgentProvider().invalidateCache();
  return getCachedAgentProvider({ cacheTtl: 60 }).getStats().cache_ttl_seconds.toFixed();
}
`;

const parts: CacheModuleParts = {
  agentClass: 'AdsClient',
  imports: ["import { AdsClient } from './client.js';"],
  built: { code: "new AdsClient('t')", async: false },
  keyed: {
    code: 'new AdsClient(...given)',
    async: false,
    argumentsType: 'ConstructorParameters<typeof AdsClient>',
  },
  factory: 'getAdsClient',
  provider: 'getCachedAgentProvider',
  sync: false,
  typescript: false,
  checked: true,
  commonJs: false,
  quote: "'",
};

test('what is written into JavaScript whose types are checked has all of them', () => {
  const folder = path.resolve('test/scripts');
  const at = (name: string) => path.join(folder, name);
  const files = new Map([
    [at('client.js'), CLIENT],
    [at('library.d.ts'), LIBRARY],
    [at('promised.js'), cacheModuleText(parts)],
    [at('at-once.js'), cacheModuleText({ ...parts, sync: true })],
    [at('of-library.js'), libraryModuleText(parts)],
    [at('promised-user.js'), USER('promised.js', false)],
    [at('at-once-user.js'), USER('at-once.js', true)],
    [at('of-library-user.js'), USER('of-library.js', false)],
  ]);
  expect(typeErrors([...files.keys()], files, { allowJs: true, checkJs: true })).toEqual([]);
});

test.each([
  ['its compiler says', { 'jsconfig.json': '{ "compilerOptions": { "checkJs": true } }' }, true],
  ['one of its files says', { 'src/b.js': '// @ts-check\nmodule.exports = {};\n' }, true],
  ['nothing says', { 'jsconfig.json': '{ "compilerOptions": { "allowJs": true } }' }, false],
])('where types are checked, as %s, they are written', async (_, more, expected) => {
  const tree = createTree({
    'package.json': '{ "name": "shop" }',
    'src/client.js': 'class AdsClient {}\nmodule.exports = { AdsClient };\n',
    'src/a.js': "const { AdsClient } = require('./client');\nexports.list = async () => new AdsClient();\n",
    ...more,
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const args = parseArguments(['--init', 'src', '--agent-class', 'AdsClient', '--agent-module', 'client']);
    if ('text' in args) throw new Error(args.text);
    const { text } = await cacheModuleOf('src', args);
    expect(text.includes('@param {number} ttl')).toBe(expected);
  } finally {
    process.chdir(before);
    tree.remove();
  }
});
