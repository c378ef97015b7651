import { someOf } from '../support/depth.ts';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { calledOf, findClients } from '../../scripts/codemod/init/find-clients.ts';
import { runTool } from '../support/run-tool.ts';
import { createTree, type Tree } from '../support/trees.ts';

const CLIENT = 'export class LedgerClient {\n  async list() {\n    return [];\n  }\n}\n';
const building = (name: string, from: string) => `import { ${name} } from '${from}';

export const list = async () => new ${name}().list();
`;

let tree: Tree;
afterEach(() => tree.remove());

const init = (...args: string[]) => runTool('init', args, tree.root);

test('it finds the class that functions build, and writes all that the migration needs', async () => {
  tree = createTree({
    'package.json': '{ "type": "module" }\n',
    'src/lib/ledger-client.ts': CLIENT,
    'src/api/a.ts': building('LedgerClient', '../lib/ledger-client.ts'),
  });
  const { code, stdout, stderr } = await init('--health', '--ci', 'gitlab');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(tree.list()).toEqual([
    '.gitlab-ci.yml',
    'MIGRATION.md',
    'agent-cache.config.json',
    'package.json',
    'src/api/a.ts',
    'src/lib/ledger-client.ts',
    'src/utils/agent-cache-health.ts',
    'src/utils/agent-cache.ts',
  ]);
  expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({
    agentClass: 'LedgerClient',
    agentModule: 'lib/ledger-client',
    factory: 'getLedgerClient',
  });
  expect(tree.read('MIGRATION.md')).toMatch(/^- \[ \] `src\/api\/a\.ts`\n$/m);
  expect(tree.read('.gitlab-ci.yml')).toMatch(/^# Needs `npm install --save-dev agent-cache-tools`\. /);
  expect(tree.read('src/utils/agent-cache-health.ts')).toContain("from './agent-cache.ts';");
  const steps = [...stdout.matchAll(/^ {2}npm --prefix \S+ run (.*?) {4}/gm)].map(([, step = '']) => step);
  expect(steps).toEqual(['codemod -- --dry-run src', 'codemod -- src', 'checklist']);

  // What was written is what both tools then go by.
  const gate = await runTool('checklist', [], tree.root);
  expect(gate.code).toBe(1);
  expect(gate.stdout).toContain('src/api/a.ts:3:33  builds its own LedgerClient');
});

describe('beside a cache module that the tree has', () => {
  const CACHE = `import { LedgerClient } from '../lib/ledger-client.ts';

let client: LedgerClient | undefined;

export async function getLedgerClient() {
  client ??= new LedgerClient();
  return client;
}
`;
  beforeEach(() => {
    tree = createTree({
      'package.json': '{ "type": "module" }\n',
      'src/lib/ledger-client.ts': CLIENT,
      'src/utils/agent-cache.ts': CACHE,
      'src/api/a.ts': building('LedgerClient', '../lib/ledger-client.ts'),
    });
  });

  test('it writes the rest, and leaves the cache as it is', async () => {
    const { code, stdout, stderr } = await init();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(tree.read('src/utils/agent-cache.ts')).toBe(CACHE);
    expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({ factory: 'getLedgerClient' });
    expect(tree.read('MIGRATION.md')).toMatch(/^- \[ \] `src\/api\/a\.ts`\n$/m);
    expect(stdout).toContain('is there already, and was left  src/utils/agent-cache.ts');
  });

  test.each([
    ['its getter', ['--factory', 'getLedger'], 'has no getLedger: name its function with --factory'],
    ['what a health route asks', ['--health'], 'with getStats() for a health route: leave --health out'],
  ])('one without %s is named, and nothing is written', async (_what, args, message) => {
    const before = tree.list();
    const { code, stderr } = await init(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(tree.list()).toEqual(before);
  });
});

test('a dry run writes nothing and shows all of it; --library leaves the caching to the library', async () => {
  tree = createTree({
    'package.json': '{}\n',
    'src/lib/ledger-client.js': 'class LedgerClient {}\nmodule.exports = { LedgerClient };\n',
    'src/a.js':
      "const { LedgerClient } = require('./lib/ledger-client');\n\nexports.list = () => new LedgerClient().list();\n",
  });
  const before = tree.list();
  const { code, stdout } = await init('--dry-run', '--library', 'src');
  expect(code).toBe(0);
  expect(tree.list()).toEqual(before);
  expect(stdout).toContain("+const { CachedProvider } = require('agent-cache-tools');");
  expect(stdout).toContain('+++ b/MIGRATION.md');
  expect(stdout).toContain('+1. `npm install --save-prod agent-cache-tools`');
  expect(stdout).toContain('Nothing was written');
});

describe('the getters that are asked for', () => {
  const USERS = {
    'package.json': '{ "type": "module" }\n',
    'src/lib/ledger-client.ts':
      'export class LedgerClient {\n  constructor(readonly token: string) {}\n  async list() {\n    return [this.token];\n  }\n}\n',
    'src/a.ts':
      "import { LedgerClient } from './lib/ledger-client.ts';\n\nexport const list = async (token: string) => new LedgerClient(token).list();\n",
  };
  const SHARED = USERS['src/a.ts'].replace('(token: string)', '()').replace('(token)', "('shared')");
  const CONFIG = '{ "agentClass": "LedgerClient", "agentModule": "lib/ledger-client", "KEY": true }\n';

  test.each([
    ['--sync', ['--sync']],
    ['--library', ['--library']],
  ])('the command for places that differ asks for %s again', async (_what, flags) => {
    tree = createTree({ ...USERS, 'src/b.ts': SHARED, 'src/c.ts': SHARED });
    const { code, stdout, stderr } = await init(...flags, 'src');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`--keyed ${flags.join(' ')} src`);
  });

  test.each([
    ['by a flag', ['--keyed'], {}],
    ['by the configuration', [], { 'agent-cache.config.json': CONFIG.replace('KEY', 'keyed') }],
  ])('--library keeps one for each set of arguments: %s', async (_how, flags, files) => {
    tree = createTree({ ...USERS, ...files });
    const { code, stdout, stderr } = await init('--library', ...flags, 'src');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const cache = tree.read('src/utils/agent-cache.ts');
    expect(cache).toContain("import { CachedProvider } from 'agent-cache-tools';");
    expect(cache).toContain('export async function getLedgerClientFor(...given: Arguments)');
    // Each place has a token of its own, so there is none that all could share.
    expect(cache).not.toMatch(/getLedgerClient\(|getCachedAgentProvider|getStats/);
    expect(stdout).toContain('nothing but getLedgerClientFor(…) gives a LedgerClient');
    expect(tree.read('MIGRATION.md')).toContain(
      'From now on `getLedgerClientFor(…)` of `src/utils/agent-cache.ts` gives\none for each set of arguments.',
    );
    expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({ keyed: true });
    // What was written is what the codemod goes by, and what init takes for there when it is asked again.
    const { code: migrated } = await runTool('codemod', ['--force', 'src'], tree.root);
    expect(migrated).toBe(0);
    expect(tree.read('src/a.ts')).toContain('(await getLedgerClientFor(token)).list()');
    expect(await init('--library', ...flags, 'src')).toMatchObject({ code: 0, stderr: '' });
  });

  test('--sync writes a getter that gives its client at once, and says so in the configuration', async () => {
    tree = createTree({ ...USERS, 'src/a.ts': SHARED });
    expect(await init('--sync', 'src')).toMatchObject({ code: 0, stderr: '' });
    expect(tree.read('src/utils/agent-cache.ts')).toContain(
      'export function getLedgerClient(): LedgerClient {',
    );
    expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({ sync: true });
  });

  test.each([
    ['a static method', 'LedgerClient', "LedgerClient.open('shared')", ['--built-by', 'open']],
    [
      'a function',
      'openLedger',
      "openLedger('shared')",
      ['--built-by', 'function', '--agent-class', 'openLedger'],
    ],
  ])(
    '--built-by finds what %s builds, and says so in the configuration',
    async (_what, name, call, flags) => {
      tree = createTree({
        'package.json': '{ "type": "module" }\n',
        'src/lib/ledger-client.ts': `export class LedgerClient {
  private constructor(readonly key: string) {}
  static open(key: string): LedgerClient {
    return new LedgerClient(key);
  }
  async list() {
    return [this.key];
  }
}
export const openLedger = (key: string) => LedgerClient.open(key);
`,
        'src/a.ts': `import { ${name} } from './lib/ledger-client.ts';

export const list = async () => ${call}.list();
`,
        'src/b.ts':
          "import { BasketClient } from 'basket';\nexport const basket = () => new BasketClient();\n",
      });
      expect(await init(...flags, 'src')).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({
        agentClass: name,
        agentModule: 'lib/ledger-client',
        builtBy: flags[1],
      });
      expect(tree.read('src/utils/agent-cache.ts')).toContain(`return ${call};`);
      expect(tree.read('MIGRATION.md')).toMatch(/^- \[ \] `src\/a\.ts`\n$/m);
      expect(await init('src')).toMatchObject({ code: 0, stderr: '' });
      const { code } = await runTool('codemod', ['--force', 'src'], tree.root);
      expect(code).toBe(0);
      expect(tree.read('src/a.ts')).toMatch(/\(await get\w+\(\)\)\.list\(\)/);
    },
  );

  test('a function of a package is found where nobody names one, and the configuration says so', async () => {
    tree = createTree({
      'package.json': '{ "dependencies": { "parcel-sdk": "1" } }\n',
      'src/config.js': "module.exports = { url: 'https://parcel.test', key: process.env.PARCEL_KEY };\n",
      'src/a.js':
        "const { createClient } = require('parcel-sdk');\nconst { url, key } = require('./config');\n\nexports.list = async () => createClient(url, key).list();\n",
      'src/b.js':
        "const sdk = require('parcel-sdk');\nconst config = require('./config');\n\nexports.track = async () => sdk.createClient(config.url, config.key).track();\n",
    });
    expect(await init('src')).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(tree.read('agent-cache.config.json'))).toMatchObject({
      agentClass: 'createClient',
      agentModule: 'parcel-sdk',
      builtBy: 'function',
    });
    const { code } = await runTool('codemod', ['--force', 'src'], tree.root);
    expect(code).toBe(0);
    for (const file of ['src/a.js', 'src/b.js'])
      expect(tree.read(file)).toMatch(/\(await getCreateClient\(\)\)\.\w+\(\)/);
  });

  test('a builder beside its class, which is given the token of a session, has an entry for each', async () => {
    const handler = `async (req, res) => {
  res.json(await getCaseApi(req.session.user?.token).list(req.params.id));
  req.session.seen = true;
}`;
    tree = createTree({
      'package.json': '{ "type": "module", "dependencies": { "axios": "1", "express": "^5.0.0" } }\n',
      'src/case-api.ts': `import axios, { type AxiosInstance } from 'axios';

export class CaseApi {
  constructor(private readonly http: AxiosInstance) {}
  async list(id: string): Promise<unknown> {
    return (await this.http.get('/cases', { params: { id } })).data;
  }
}

export const getCaseApi = (token: string | undefined): CaseApi =>
  new CaseApi(axios.create({ baseURL: process.env.CASES, headers: { authorization: 'Bearer ' + token } }));
`,
      'src/routes.ts': `import { Router } from 'express';
import { getCaseApi } from './case-api.js';

export const router = Router();
router.get('/a/:id', ${handler});
router.get('/b/:id', ${handler});
`,
    });
    const run = (...args: string[]) =>
      runTool('codemod', [...args, '--keyed', '--agent-module', 'src/case-api.ts'], tree.root);
    const asClass = ['--agent-class', 'CaseApi'];
    await run('--init', 'src', ...asClass);
    expect((await run('--dry-run', 'src', ...asClass)).stdout).toContain(
      'Or have the cache build by it: --agent-class getCaseApi --built-by function --keyed.',
    );
    rmSync(tree.path('src/utils'), { recursive: true });
    const built = ['--agent-class', 'getCaseApi', '--built-by', 'function', '--sync'];
    expect(await run('--init', 'src', ...built)).toMatchObject({ code: 0 });
    expect(await run('--force', 'src', ...built)).toMatchObject({ code: 0 });
    expect(
      tree.read('src/routes.ts').match(/await getSharedCaseApiFor\(req\.session\.user\?\.token\)\.list/g),
    ).toHaveLength(2);
  });

  test('a second class has a module and a getter of its own, whatever the configuration says of the first', async () => {
    const module = 'src/utils/profile-cache.ts';
    tree = createTree({
      'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }\n',
      'agent-cache.config.json': JSON.stringify({
        agentClass: 'LedgerClient',
        agentModule: 'ledger-client',
        factory: 'getLedgerClient',
      }),
      'src/profile-client.ts':
        'export class ProfileClient {\n  constructor(private readonly token: string) {}\n  me() {\n    return fetch(this.token);\n  }\n}\n',
      'src/me.ts':
        "import { Router } from 'express';\nimport { ProfileClient } from './profile-client.js';\n\nexport const me = Router();\nme.get('/', async (req, res) => {\n  res.json(await new ProfileClient(req.user.token).me());\n});\n",
    });
    const about = ['--agent-class', 'ProfileClient', '--agent-module', 'profile-client'];
    const run = (...args: string[]) =>
      runTool('codemod', [...args, ...about, '--keyed', '--cache-module', module], tree.root);
    expect((await run('--init', 'src')).stdout).toContain(`Wrote ${module}: getProfileClientFor(…)`);
    expect(await run('--force', 'src')).toMatchObject({ code: 0 });
    expect(tree.read('src/me.ts')).toContain('(await getProfileClientFor(req.user.token)).me()');
  });

  const SYNC =
    /^init: --library gives promises, and sync asks for .*leave --library out .* or leave sync out/;
  const PRESENT = /^init: agent-cache.config.json is there already .* add "keyed": true to it, or leave/;
  test.each<[string, string[], Record<string, string>, RegExp]>(
    someOf([
      ['the library cannot give at once', ['--library', '--sync', '--keyed'], {}, SYNC],
      [
        'nor where the configuration wants it',
        ['--library', '--keyed'],
        { 'agent-cache.config.json': CONFIG.replace('KEY', 'sync') },
        SYNC,
      ],
      [
        'the configuration that is there does not say so',
        ['--keyed'],
        { 'agent-cache.config.json': CONFIG.replace('KEY', 'mark') },
        PRESENT,
      ],
      [
        'the configuration that is there builds by something else',
        ['--built-by', 'open', '--agent-class', 'LedgerClient', '--agent-module', 'lib/ledger-client'],
        { 'agent-cache.config.json': CONFIG.replace('KEY', 'mark') },
        /^init: agent-cache.config.json is there already .* add "builtBy": "open" to it, or leave --built-by out/,
      ],
      [
        'the configuration that is there is about another class',
        [
          '--keyed',
          '--agent-class',
          'ProfileClient',
          '--agent-module',
          'lib/profile-client',
          '--cache-module',
          'src/utils/profile-cache.ts',
        ],
        {
          'agent-cache.config.json': CONFIG.replace('KEY', 'mark'),
          'src/lib/profile-client.ts':
            'export class ProfileClient { constructor(readonly token: string) {} }\n',
        },
        /^init: agent-cache.config.json is about LedgerClient, and about one class alone: for ProfileClient, give codemod --init/,
      ],
      [
        'the function that builds is not named',
        ['--built-by', 'function'],
        {},
        /^init: --built-by function: name the function that builds it with --agent-class/,
      ],
      [
        'nothing builds by what is named',
        ['--built-by', 'open'],
        {},
        /^init: nothing under src builds a client by open inside a function: name it with/,
      ],
      [
        'a health route has nothing to tell of',
        ['--keyed', '--health'],
        {},
        /^init: a health route tells of a LedgerClient that is shared, .*: leave --health out/,
      ],
      [
        'the cache that is there has no entries',
        ['--keyed'],
        { 'src/utils/agent-cache.ts': 'export async function getLedgerClient() {}\n' },
        /^init: src\/utils\/agent-cache.ts is there already and has no getLedgerClientFor\(…\)/,
      ],
      [
        'the cache that is there gives a promise',
        ['--sync'],
        { 'src/a.ts': SHARED, 'src/utils/agent-cache.ts': 'export async function getLedgerClient() {}\n' },
        /^init: --sync: getLedgerClient\(\) of src\/utils\/agent-cache.ts is not seen to give/,
      ],
    ]),
  )('where %s, one line says what to do and nothing is written', async (_what, args, files, line) => {
    tree = createTree({ ...USERS, ...files });
    const before = tree.list();
    const { code, stdout, stderr } = await init(...args, 'src');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(tree.list()).toEqual(before);
  });
});

test('what is there already is left as it is, and told', async () => {
  tree = createTree({
    'package.json': '{ "type": "module" }\n',
    'MIGRATION.md': '# Ours\n',
    'src/lib/ledger-client.ts': CLIENT,
    'src/a.ts': building('LedgerClient', './lib/ledger-client.ts'),
  });
  const { stdout } = await init();
  expect(tree.read('MIGRATION.md')).toBe('# Ours\n');
  expect(stdout).toContain('is there already, and was left  MIGRATION.md');
  const again = await init();
  expect(again.code).toBe(0);
  expect(again.stdout).not.toContain('wrote');
});

test.each([
  [
    { 'src/a.ts': 'export const a = 1;\n' },
    [],
    /^init: nothing under src builds a client inside a function: name it with/,
  ],
  [
    {
      'src/a.ts': building('LedgerClient', 'ledger'),
      'src/b.ts': building('MailClient', 'mail'),
    },
    [],
    /^init: several classes are built inside functions: LedgerClient from ledger \(1\), MailClient from mail \(1\); name the one/,
  ],
  [{}, ['nowhere'], /^init: nowhere: there is no such folder\n/],
  [{}, ['--ci', 'travis'], /^init: option '--ci <pipeline>' argument 'travis' is invalid/],
  [{}, ['--libary'], /^init: unknown option '--libary' \(Did you mean --library\?\)/],
])('with %j and %j it ends with 2 and one line that says why', async (files, args, line) => {
  tree = createTree({ 'src/none.ts': 'export {};\n', ...files });
  const { code, stdout, stderr } = await init(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('clients come before what is merely built', () => {
  tree = createTree({
    'src/lib/ledger-client.ts': CLIENT,
    'src/lib/basket.ts': 'export class Basket {}\n',
    'src/a.ts': `import { URL } from 'node:url';
import { Router } from 'express';
import Stripe from 'stripe';
import { LedgerClient as Ledger } from './lib/ledger-client.ts';
import { Basket } from './lib/basket.ts';

const once = new Ledger();
export const f = () => [new Basket(), new Basket(), new Basket(), new Ledger(), new URL('x:'), new Router(), new Date()];
export const g = () => [once, new Stripe('key'), new Stripe('key'), new Error('x')];
`,
  });
  expect(findClients(tree.path('src'))).toEqual([
    { name: 'Stripe', module: 'stripe', places: 2 },
    { name: 'LedgerClient', module: 'lib/ledger-client', places: 1 },
    { name: 'Basket', module: 'lib/basket', places: 3 },
  ]);
});

describe('a class is one candidate, however it is imported, and what is no client is none', () => {
  const found = (files: Record<string, string>) => {
    tree = createTree({ 'package.json': '{}\n', ...files });
    return findClients(tree.path('src')).map(({ name, module, places }) => `${name} ${module} ${places}`);
  };

  test('past barrels, under another name, by default, and required', () => {
    expect(
      found({
        'src/lib/ledger-client.ts': `${CLIENT}export default LedgerClient;\n`,
        'src/lib/index.ts': "export * from './ledger-client.ts';\n",
        'src/lib/named.ts': "export { LedgerClient as Ledger } from './index.ts';\n",
        'src/a.ts': building('LedgerClient', './lib/ledger-client.ts'),
        'src/b.ts': building('LedgerClient', './lib/index.ts'),
        'src/c.ts': building('LedgerClient', './lib'),
        'src/d.ts': building('Ledger', './lib/named.ts'),
        'src/e.ts': building('Books', './lib/index.ts').replace('{ Books }', '{ LedgerClient as Books }'),
        'src/f.ts': building('Whatever', './lib/ledger-client.ts').replace('{ Whatever }', 'Whatever'),
        'src/g.cjs':
          "const { LedgerClient: L } = require('./lib/index.ts');\nexports.f = () => new L().list();\n",
      }),
    ).toEqual(['LedgerClient lib/ledger-client 7']);
  });

  test('errors by their base, streams, values and messages', () => {
    expect(
      found({
        'src/kinds.ts': `import { Transform } from 'node:stream';
import { HttpError } from 'http-errors';
class Fault extends Error { told() { return this.message; } }
export class NotFound extends Fault { status() { return 404; } }
export class Refused extends HttpError { status() { return 403; } }
export class Counter extends Transform { count() { return 1; } }
export class Money { constructor(readonly cents: number) {} get euros() { return this.cents / 100; } }
export class Feed { constructor(readonly url: string) {} async read() { return fetch(this.url); } }
`,
        'src/a.ts': `import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Counter, Feed, Money, NotFound, Refused } from './kinds.ts';
export const f = () => [new NotFound(), new Refused(), new Counter(), new Money(1), new GetItemCommand({}), new Feed('x')];
`,
      }),
    ).toEqual(['Feed kinds 1']);
  });

  test('one that is named is meant, whatever it is called', () => {
    tree = createTree({
      'src/lib.ts': 'export class QueryBuilder { async run() {} }\n',
      'src/a.ts': building('QueryBuilder', './lib.ts'),
    });
    expect(findClients(tree.path('src'))).toEqual([]);
    expect(findClients(tree.path('src'), { agentClass: 'QueryBuilder' })).toHaveLength(1);
  });
});

const PACKAGES = JSON.stringify({
  dependencies: Object.fromEntries(
    'parcel-sdk twilio @nats/transport express got jsonwebtoken dayjs debug winston graphql react'
      .split(' ')
      .map((name) => [name, '1']),
  ),
});

describe('functions and static methods that build a client', () => {
  const found = (files: Record<string, string>) => {
    tree = createTree({ 'package.json': PACKAGES, ...files });
    return findClients(tree.path('src')).map((each) => `${calledOf(each)} ${each.module} ${each.places}`);
  };

  test('of packages are candidates, by any way to them', () => {
    expect(
      found({
        'src/a.js': `const { createClient } = require('parcel-sdk');
const sdk = require('parcel-sdk');
const twilio = require('twilio');
exports.a = (config) => createClient(config.url, config.key).list();
exports.b = async () => { const client = sdk.createClient(process.env.URL, process.env.KEY); return client.list(); };
exports.c = (sid, token) => twilio(sid, token).messages.create({});
`,
        'src/b.ts': `import { createClient as open } from 'parcel-sdk';
import * as sdk from 'parcel-sdk';
import { connect } from '@nats/transport';
export const a = async () => { const client = await open('u', 'k'); return client.list(); };
export const b = () => sdk.createClient('u', 'k');
export const c = async (url: string) => { const nc = await connect({ servers: url, token: 't' }); return nc.status(); };
`,
      }),
    ).toEqual(['createClient() parcel-sdk 4', 'connect() @nats/transport 1', 'twilio() twilio 1']);
  });

  test('of classes that are clients are candidates, and no records of a database', () => {
    expect(
      found({
        'src/shop.ts':
          'export class ShopClient {\n  private constructor(readonly shop: string) {}\n  static getForShop(shop: string) { return new ShopClient(shop); }\n  async list() { return fetch(this.shop); }\n}\n',
        'src/a.ts': `import { ShopClient } from './shop.ts';
import { User } from './models.ts';
export const list = async (shop: string) => ShopClient.getForShop(shop).list();
export const add = async (name: string) => User.create({ name, token: 't', url: 'u' });
export const all = async () => User.findAll();
`,
        'src/models.ts':
          'export class User { static async create(row: object) { return row; } static async findAll() { return []; } }\n',
      }),
    ).toEqual(['ShopClient.getForShop() shop 1']);
  });

  test('are none that only ask, sign, format or log', () => {
    expect(
      found({
        'src/a.js': `const express = require('express');
const got = require('got');
const jwt = require('jsonwebtoken');
const dayjs = require('dayjs');
const debug = require('debug');
const { createHash } = require('node:crypto');
const { createLogger } = require('winston');
const { buildSchema } = require('graphql');
const { createElement } = require('react');
const { start } = require('./own');
const { createInstallationClient } = require('~/src/clients');
exports.a = async (url, token, key) => {
  await createInstallationClient(token).list();
  const app = express();
  const log = debug('shop:key');
  log(jwt.sign({ token }, key));
  app.get('/', start(token));
  createHash('sha256').update(token).digest('hex');
  const { body } = await got(url, { token });
  return [body, dayjs(token).format(), buildSchema('type A { url: String }'), createElement('div', { key })];
};
exports.b = () => createLogger({ level: 'info' });
`,
        'src/own.js': 'exports.start = (token) => () => token;\n',
      }),
    ).toEqual([]);
  });
});

describe('what works with a client is none beside it', () => {
  const found = (files: Record<string, string>) => {
    tree = createTree({ 'package.json': '{}\n', ...files });
    return findClients(tree.path('src')).map((each) => `${calledOf(each)} ${each.places}`);
  };
  const uses = `import { BooksService } from './books-service.ts';
export const list = async () => new BooksService().list();
`;

  test.each([
    ['builds it in its constructor', 'private readonly client = new LedgerClient();'],
    ['is given it', 'constructor(private readonly client: LedgerClient) {}'],
    ['takes it where it needs it', 'one() { return (LedgerClient as { open?(): unknown }).open?.(); }'],
  ])('a service that %s', (_how, member) => {
    expect(
      found({
        'src/lib/ledger-client.ts': CLIENT,
        'src/books-service.ts': `import { LedgerClient } from './lib/ledger-client.ts';
export class BooksService {
  ${member}
  list() { return this.client.list(); }
}
`,
        'src/a.ts': uses
          .replaceAll('new BooksService()', 'new BooksService(new LedgerClient())')
          .replace('\n', "\nimport { LedgerClient } from './lib/ledger-client.ts';\n"),
        'src/b.ts': uses,
      }),
    ).toEqual(['LedgerClient 1']);
  });

  test.each([
    ['stripe', 'Stripe'],
    ['@octokit/rest', 'Octokit'],
    ['@ledger-ai/sdk', 'Ledger'],
  ])('what the package %s is named after is what is meant, not a service that builds it', (module, name) => {
    const service = `import { ${name} } from '${module}';
export class BooksService { private readonly api = new ${name}(); list() { return this.api.list(); } }
`;
    expect(
      found({
        'src/books-service.ts': service,
        'src/a.ts': uses,
        'src/b.ts': building(name, module),
        'src/c.ts': building('Tally', './tally.ts'),
        'src/tally.ts': 'export class Tally { count() { return 1; } }\n',
        'src/d.ts': building('Tally', './tally.ts'),
      }),
    ).toEqual([`${name} 1`, 'Tally 2']);
  });

  test('a service that is built more often than the helper of a package in it stays', () => {
    expect(
      found({
        'src/books-service.ts': `import { Mutex } from 'async-mutex';
export class BooksService { list() { return new Mutex().runExclusive(() => []); } }
`,
        'src/a.ts': uses,
        'src/b.ts': uses,
      }),
    ).toEqual(['BooksService 2', 'Mutex 1']);
  });

  test('a service that holds none is one, and a client that is built of another is', () => {
    expect(
      found({
        'src/books-service.ts': 'export class BooksService { list() { return fetch("x"); } }\n',
        'src/a.ts': uses,
        'src/lib/ledger-client.ts': `import { HttpClient } from 'http-kit';
export class LedgerClient { private readonly http = new HttpClient(); list() { return this.http.get('x'); } }
`,
        'src/b.ts': building('LedgerClient', './lib/ledger-client.ts'),
      }),
    ).toEqual(['BooksService 1', 'LedgerClient 1']);
  });
});

describe('asked again for another getter', () => {
  const TREE = {
    'package.json': '{ "type": "module" }\n',
    'src/lib/ledger-client.ts':
      'export class LedgerClient {\n  constructor(readonly token: string) {}\n  async list() {\n    return [this.token];\n  }\n}\n',
    'src/a.ts':
      "import { LedgerClient } from './lib/ledger-client.ts';\n\nexport const list = async () => new LedgerClient('shared').list();\n",
    'src/b.ts':
      "import { LedgerClient } from './lib/ledger-client.ts';\n\nexport const mine = async (token: string) => new LedgerClient(token).list();\n",
  };
  const WRITTEN = ['MIGRATION.md', 'agent-cache.config.json', 'src/utils/agent-cache.ts'];

  test.each([
    [['--keyed'], 'getLedgerClientFor(…given: Arguments)'],
    [['--sync', '--keyed'], 'getLedgerClientFor(…given: Arguments): LedgerClient'],
    [['--library', '--keyed'], "from 'agent-cache-tools'"],
  ])('%j writes anew what init wrote, as it would be from the start', async (flags, sign) => {
    tree = createTree(TREE);
    await init('src', ...flags);
    const wanted = WRITTEN.map((file) => tree.read(file));
    tree.remove();
    tree = createTree(TREE);
    await init('--health', 'src');
    const { code, stdout, stderr } = await init('src', ...flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(WRITTEN.map((file) => tree.read(file))).toEqual(wanted);
    expect(tree.read('src/utils/agent-cache.ts')).toContain(sign.replace('…given', '...given'));
    expect(stdout).toContain('rewrote src/utils/agent-cache.ts');
  });

  test('what was edited is left, in one line that says what to do', async () => {
    tree = createTree(TREE);
    await init('src');
    tree.write('src/utils/agent-cache.ts', `${tree.read('src/utils/agent-cache.ts')}// ours\n`);
    const before = WRITTEN.map((file) => tree.read(file));
    const { code, stderr } = await init('--keyed', 'src');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^init: src\/utils\/agent-cache\.ts .* has no getLedgerClientFor\(…\), .*\n$/);
    expect(stderr).toMatch(/write one there, or leave keyed out/);
    expect(WRITTEN.map((file) => tree.read(file))).toEqual(before);
  });

  test('once places use it, its getter goes on giving promises, and entries come beside it', async () => {
    tree = createTree(TREE);
    await init('src');
    await runTool('codemod', ['--force', 'src'], tree.root);
    expect(tree.read('src/a.ts')).toContain('await getLedgerClient()');
    const refused = await init('--sync', 'src');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^init: src\/a\.ts uses what src\/utils\/agent-cache\.ts gives, .*\n$/);
    expect(await init('--keyed', 'src')).toMatchObject({ code: 0, stderr: '' });
    expect(tree.read('src/utils/agent-cache.ts')).toContain("return new LedgerClient('shared');");
    await runTool('codemod', ['--force', 'src'], tree.root);
    expect(tree.read('src/b.ts')).toContain('await getLedgerClientFor(token)');
  });

  test('it goes on building what the migrated places had, whatever is left builds', async () => {
    tree = createTree({
      ...TREE,
      'src/c.ts':
        "import { LedgerClient } from './lib/ledger-client.ts';\n\nexport const all = async () => new LedgerClient('shared').list();\n",
      'src/d.ts':
        "import { LedgerClient } from './lib/ledger-client.ts';\n\nexport const slow = async () => new LedgerClient('other').list();\n",
    });
    await init('src');
    await runTool('codemod', ['--force', 'src'], tree.root);
    expect(await init('--keyed', 'src')).toMatchObject({ code: 0, stderr: '' });
    expect(tree.read('src/utils/agent-cache.ts')).toContain("return new LedgerClient('shared');");
  });

  test('a module that is gone is not guessed from what is left', async () => {
    tree = createTree(TREE);
    await init('src');
    await runTool('codemod', ['--force', 'src'], tree.root);
    rmSync(path.join(tree.root, 'src/utils/agent-cache.ts'));
    const { code, stdout, stderr } = await init('--keyed', 'src');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^init: src\/a\.ts takes its client from \.\/utils\/agent-cache\.ts, and src\/utils\/agent-cache\.ts is gone, .*\n$/,
    );
    expect(tree.list()).not.toContain('src/utils/agent-cache.ts');
  });

  test('the places that differ are listed as codemod --init lists them', async () => {
    tree = createTree(TREE);
    const { stdout } = await init('src');
    const words = "It builds new LedgerClient('shared'); these build it otherwise:\n  src/b.ts:3\n";
    expect(stdout).toContain(words);
    tree.remove();
    tree = createTree(TREE);
    const flags = ['--agent-class', 'LedgerClient', '--agent-module', 'lib/ledger-client'];
    const own = await runTool('codemod', ['--init', 'src', ...flags], tree.root);
    expect(own.stdout).toContain(words);
  });
});

test('of a class that each place builds with its own arguments, it says what becomes of them', async () => {
  tree = createTree({
    'package.json': '{ "type": "module" }',
    'src/lib/ledger-client.ts':
      'export class LedgerClient { constructor(private token: string) {} async list() { return [this.token]; } }\n',
    'src/a.ts':
      "import { LedgerClient } from './lib/ledger-client.ts';\nexport const list = async (token: string) => new LedgerClient(token).list();\n",
  });
  const { stdout } = await init('src', '--dry-run', '--agent-class', 'LedgerClient', '--keyed');
  expect(stdout).toContain('Each of these gets an entry for its arguments:\n  src/a.ts:2\n');
});

test('a class that files require as a whole by names of their own is one', async () => {
  const listing = (name: string, from: string) =>
    `const ${name} = require('${from}');\nexports.list = async () => new ${name}().list();\n`;
  tree = createTree({
    'package.json': '{ "dependencies": { "parcel-sdk": "1" } }\n',
    'own/ledger-client.js': 'class LedgerClient {\n  list() {}\n}\nmodule.exports = LedgerClient;\n',
    'own/a.js': listing('Ledger', './ledger-client'),
    'own/b.js': listing('Client', './ledger-client'),
    'package/a.js': listing('Parcel', 'parcel-sdk'),
    'package/b.js': listing('ParcelSdk', 'parcel-sdk'),
    'package/c.js': listing('ParcelSdk', 'parcel-sdk'),
  });
  expect(findClients(tree.path('own'))).toEqual([
    { name: 'LedgerClient', module: 'ledger-client', places: 2 },
  ]);
  expect(findClients(tree.path('package'))).toEqual([{ name: 'ParcelSdk', module: 'parcel-sdk', places: 3 }]);
  expect(findClients(tree.path('package'), { agentClass: 'Parcel' })).toEqual([
    { name: 'Parcel', module: 'parcel-sdk', places: 3 },
  ]);
  tree.write('package/d.mjs', building('ParcelSdk', 'parcel-sdk'));
  expect(findClients(tree.path('package'))).toEqual([{ name: 'ParcelSdk', module: 'parcel-sdk', places: 4 }]);
  expect(await init('own')).toMatchObject({ code: 0 });
  expect(tree.read('own/utils/agent-cache.js')).toContain(
    "const LedgerClient = require('../ledger-client');",
  );
});

test('of a class with many methods that no code tells about, it names ten and counts the others', async () => {
  const methods = Array.from(
    { length: 12 },
    (_, index) => `  async send${index}(entry) {\n    this.http.post('/entries', entry);\n  }\n`,
  );
  tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "ledger-http": "1.0.0" } }\n',
    'src/ledger-client.js': `import { Http } from 'ledger-http';\n\nexport class LedgerClient {\n  http = new Http();\n${methods.join('')}}\n`,
    'src/a.js': building('LedgerClient', './ledger-client.js'),
  });
  const { stdout } = await init('--agent-class', 'LedgerClient');
  expect(stdout.match(/No code tells whether LedgerClient\.send\d+ keeps what it is given/g)).toHaveLength(
    10,
  );
  expect(stdout).toContain('\n  The same of 2 more: a run of the codemod names those that places call.\n');
});
