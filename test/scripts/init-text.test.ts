import { someOf } from '../support/depth.ts';
import { createRequire } from 'node:module';
import path from 'node:path';
import { typeErrors } from '../codemods/support/type-check.ts';
import { parseArguments } from '../../scripts/codemod/arguments.ts';
import { cacheModuleOf } from '../../scripts/codemod/init/init-cache-module.ts';
import { createTree } from '../support/trees.ts';

const NODE = '{ "compilerOptions": { "module": "nodenext" } }';
const BUNDLER = '{ "compilerOptions": { "module": "preserve", "moduleResolution": "bundler" } }';

interface Written {
  files: Record<string, string>;
  flags?: readonly string[];
  /** Lines that the module has to have. */
  has: readonly string[];
  /** The address that the client has which the written module gives when it is loaded. */
  loads?: string;
  /** The packages whose types the tree has. */
  types?: string[];
  /** Of the compiler, where the tree has an older one. */
  lib?: string[];
}

const user = (from: string, built: string, head = '') =>
  `import { AdsClient } from '${from}';\n${head}export const list = async () => ${built}.list();\n`;

/** A tree of CommonJS that builds its class with one of its settings, each in another way. */
function fromSettings(ways: Record<string, [above: string, inside: string, argument: string]>) {
  const trees = Object.entries(ways).map(([way, [above, inside, argument]]): [string, Written] => [
    `what settings say, by ${way}`,
    {
      files: {
        'package.json': '{ "name": "shop" }',
        'src/settings.js': "module.exports = { ads: { url: process.env.ADS_URL || 'http://ads.test' } };\n",
        'src/client.js':
          'class AdsClient { constructor(url) { this.url = url; } }\nmodule.exports = { AdsClient };\n',
        'src/api/v1/a.js': `const { AdsClient } = require('../../client');
${above}
exports.list = async () => {
  ${inside}
  return new AdsClient(${argument}).list();
};
`,
      },
      // By whatever name, and along whatever way, it is that setting.
      has: [],
      loads: 'http://ads.test',
    },
  ]);
  return Object.fromEntries(trees);
}

/** Trees with one class, and what a new cache module of theirs says. */
const TREES: Record<string, Written> = {
  'the type argument of the places, with its import': {
    files: {
      'src/client.ts':
        'export interface Row { id: string }\nexport class AdsClient<T> {\n  constructor(readonly token: string) {}\n  async list(): Promise<T[]> { return []; }\n}\n',
      'src/api/a.ts': user(
        '../client.js',
        "new AdsClient<Row>('t')",
        "import type { Row } from '../client.js';\n",
      ),
    },
    has: [
      "import type { Row } from '../client.js';",
      "return new AdsClient<Row>('t');",
      'export function getAdsClient(): Promise<AdsClient<Row>> {',
    ],
  },
  'a type that the file of the place exports': {
    files: {
      'src/client.ts': 'export class AdsClient<T> {\n  async list(): Promise<T[]> { return []; }\n}\n',
      'src/api/a.ts': user('../client.js', 'new AdsClient<Row>()', 'export type Row = { id: string };\n'),
    },
    has: ["import type { Row } from '../api/a.js';", 'let creation: Promise<AdsClient<Row>> | undefined;'],
  },
  'a class whose type argument nobody writes': {
    files: {
      'src/client.ts': 'export class AdsClient<T> {\n  async list(): Promise<T[]> { return []; }\n}\n',
      'src/api/a.ts': user('../client.js', 'new AdsClient()'),
    },
    has: ['export function getAdsClient(): Promise<InstanceType<typeof AdsClient>> {'],
  },
  'an entry for each set of arguments, of one type': {
    files: {
      'src/client.ts':
        'export class AdsClient<T> {\n  constructor(readonly token: string) {}\n  async list(): Promise<T[]> { return []; }\n}\n',
      'src/api/a.ts':
        "import { AdsClient } from '../client.js';\nexport const list = async (token: string) => new AdsClient<number>(token).list();\n",
    },
    flags: ['--keyed'],
    has: [
      'type Arguments = ConstructorParameters<typeof AdsClient>;',
      'return new AdsClient<number>(...given);',
      'export async function getAdsClientFor(...given: Arguments): Promise<AdsClient<number>> {',
    ],
  },
  'an entry for each set of arguments, in a tree that has the types of neither Node nor a browser': {
    files: {
      'src/client.ts':
        'export class AdsClient {\n  constructor(readonly token: string, readonly more?: { locale: string }) {}\n  async list(): Promise<string[]> { return []; }\n}\n',
      'src/api/a.ts':
        "import { AdsClient } from '../client.js';\nexport const list = async (token: string) => new AdsClient(token).list();\n",
    },
    flags: ['--keyed'],
    has: ['return JSON.stringify(given.map(plain));'],
    types: [],
    lib: ['lib.es2017.d.ts'],
  },
  'a digest as the key, where the tree has the types of Node': {
    files: {
      'src/client.ts':
        'export class AdsClient {\n  constructor(readonly token: string) {}\n  async list(): Promise<string[]> { return []; }\n}\n',
      'src/api/a.ts':
        "import { AdsClient } from '../client.js';\nexport const list = async (name: string) => new AdsClient(process.env[name] ?? '').list();\n",
    },
    flags: ['--keyed'],
    has: ["import { createHash } from 'node:crypto';"],
  },
  'a file of JSON with the attribute that its import has': {
    files: {
      'tsconfig.json': NODE,
      'src/ads.json': '{ "token": "t" }',
      'src/client.ts':
        'export class AdsClient {\n  constructor(readonly token: string) {}\n  async list(): Promise<string[]> { return []; }\n}\n',
      'src/api/a.ts': user(
        '../client.js',
        'new AdsClient(ads.token)',
        "import ads from '../ads.json' with { type: 'json' };\n",
      ),
    },
    has: [
      "import ads from '../ads.json' with { type: 'json' };",
      "import { AdsClient } from '../client.js';",
      'return new AdsClient(ads.token);',
    ],
  },
  'constants without parentheses that nothing needs': {
    files: {
      'src/client.ts':
        'export class AdsClient {\n  constructor(readonly given: object) {}\n  async list(): Promise<string[]> { return []; }\n}\n',
      'src/api/a.ts': user(
        '../client.js',
        'new AdsClient({ token, all: [more, more + 1] })',
        "const token = process.env.TOKEN ?? '';\nconst more = process.env.MORE || 'm';\n",
      ),
    },
    has: [
      "return new AdsClient({ token: process.env.TOKEN ?? '', all: [process.env.MORE || 'm', (process.env.MORE || 'm') + 1] });",
    ],
  },
  'what a static method of a package gives': {
    files: {
      'src/api/a.ts':
        "import { AdsClient } from 'ads-sdk';\nexport const list = async () => AdsClient.init('t').list();\n",
    },
    flags: ['--built-by', 'init', '--agent-module', 'ads-sdk'],
    has: [
      'type Built = Awaited<ReturnType<typeof AdsClient.init>>;',
      'export function getAdsClient(): Promise<Built> {',
    ],
  },
  'what a function gives, in JavaScript': {
    files: {
      'src/api/a.js':
        "import { createAds } from 'ads-sdk';\nexport const list = async () => createAds('t').list();\n",
    },
    flags: ['--built-by', 'function', '--agent-class', 'createAds', '--agent-module', 'ads-sdk'],
    has: [' * @returns {Promise<Awaited<ReturnType<typeof createAds>>>}', 'export function getCreateAds() {'],
  },
  'what places give that name the class by an alias, where its module was named with an extension': {
    files: {
      'tsconfig.json':
        '{ "compilerOptions": { "module": "preserve", "moduleResolution": "bundler", "paths": { "sdk/*": ["./src/*"] } } }',
      'src/client.ts':
        'export class AdsClient {\n  constructor(readonly url: string) {}\n  async list(): Promise<string[]> { return []; }\n}\n',
      'src/api/a.ts': user('sdk/client', "new AdsClient('https://ads.test')"),
    },
    flags: ['--agent-module', 'src/client.ts'],
    has: ["return new AdsClient('https://ads.test');"],
  },
  ...fromSettings({
    'a module that is loaded in the argument': ['', '', "require('../../settings').ads.url"],
    'a name of a pattern': ["const { ads: { url } } = require('../../settings');", '', 'url'],
    'a name of a group that is loaded': ["const { url } = require('../../settings').ads;", '', 'url'],
    'a module that the function loads': ['', "const own = require('../../settings');", 'own.ads.url'],
    'a name that the function takes': [
      "const settings = require('../../settings');",
      'const { url } = settings.ads;',
      'url',
    ],
  }),
  'no extension where a bundler needs none, and no other import shows': {
    files: {
      'tsconfig.json': BUNDLER,
      'src/client.ts': 'export class AdsClient {\n  async list(): Promise<string[]> { return []; }\n}\n',
    },
    has: ["import { AdsClient } from '../client';"],
  },
};

test.each(someOf(Object.entries(TREES)))(
  '--init writes %s',
  async (_, { files, flags = [], has, loads, types = ['node'], lib }) => {
    const tree = createTree({ 'package.json': '{ "name": "shop", "type": "module" }', ...files });
    const before = process.cwd();
    try {
      process.chdir(tree.root);
      const args = parseArguments([
        '--init',
        'src',
        ...(flags.includes('--agent-class') ? [] : ['--agent-class', 'AdsClient']),
        ...(flags.includes('--agent-module') ? [] : ['--agent-module', 'client']),
        ...flags,
      ]);
      if ('text' in args) throw new Error(args.text);
      const { target, text } = await cacheModuleOf('src', args);
      const lines = text.split('\n').map((line) => line.trim());
      expect(lines).toEqual(expect.arrayContaining(has.map((line) => line.trim())));
      process.chdir(before);
      if (loads !== undefined) {
        tree.write(path.relative(tree.root, target), text);
        const written = createRequire(import.meta.url)(target) as {
          getAdsClient(): Promise<{ url: string }>;
        };
        expect((await written.getAdsClient()).url).toBe(loads);
      }
      if (!target.endsWith('.ts') || flags.includes('ads-sdk')) return;
      tree.write(path.relative(tree.root, target), text);
      expect(typeErrors([target], new Map(), { types, ...(lib && { lib }) })).toEqual([]);
    } finally {
      process.chdir(before);
      tree.remove();
    }
  },
);

test.each([
  ['of the class itself', 'constructor(readonly url: string) {}', ''],
  ['of a class that it extends, in its file', '', 'class Base { constructor(readonly url: string) {} }'],
  ['of a class of another file', '', "import { Base } from './base.js';"],
])('--init writes no construction without what the constructor wants: %s', async (_name, own, base) => {
  const tree = createTree({
    'package.json': '{ "name": "shop", "type": "module" }',
    'src/base.ts': 'class Root { constructor(readonly url: string) {} }\nexport class Base extends Root {}\n',
    'src/client.ts': `${base}\nexport class AdsClient${base === '' ? '' : ' extends Base'} { ${own} }\n`,
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const args = parseArguments(['--init', 'src', '--agent-class', 'AdsClient', '--agent-module', 'client']);
    if ('text' in args) throw new Error(args.text);
    await expect(cacheModuleOf('src', args)).rejects.toThrow('the constructor of AdsClient wants url');
  } finally {
    process.chdir(before);
    tree.remove();
  }
});

test.each([
  ['has no constructor', 'export class AdsClient {}\n'],
  ['wants nothing', 'export class AdsClient {\n  constructor() {}\n}\n'],
  [
    'inherits one that wants nothing',
    'class Base {\n  constructor() {}\n}\nexport class AdsClient extends Base {}\n',
  ],
])('a class that %s gets no entries', async (_what, client) => {
  const tree = createTree({
    'package.json': '{}',
    'src/client.ts': client,
    'src/api/a.ts': user('../client.js', 'new AdsClient()'),
  });
  const before = process.cwd();
  try {
    process.chdir(tree.root);
    const asked = parseArguments(
      '--init src --keyed --agent-class AdsClient --agent-module client'.split(' '),
    );
    if ('text' in asked) throw new Error(asked.text);
    await expect(cacheModuleOf('src', asked)).rejects.toThrow(
      '--init src: AdsClient is built without arguments, so there is nothing to keep one for each of: leave --keyed out',
    );
  } finally {
    process.chdir(before);
    tree.remove();
  }
});
