import { removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** A way of building a client that is no `new`: what is configured, what is imported, and what builds it. */
interface Builder {
  config: { agentClass: string; agentModule: string; builtBy: string };
  import: string;
  code: (args: string) => string;
  files?: Record<string, string>;
  commonJs?: boolean;
}

const OF_FUNCTION = { agentClass: 'createClient', agentModule: 'ledger-sdk', builtBy: 'function' };
const OF_TREE = { ...OF_FUNCTION, agentModule: 'lib/client' };
const create = (args: string) => `createClient(${args})`;
const CLIENT =
  'class Client { constructor(readonly token?: string) {} async list() { return [this.token]; } }';

const BUILDERS: [string, Builder][] = [
  [
    'a function of a package',
    { config: OF_FUNCTION, import: "import { createClient } from 'ledger-sdk';", code: create },
  ],
  [
    'a function of a package under another name',
    {
      config: OF_FUNCTION,
      import: "import { createClient as connect } from 'ledger-sdk';",
      code: (args) => `connect(${args})`,
    },
  ],
  [
    'a function of the whole of a package',
    {
      config: OF_FUNCTION,
      import: "import * as sdk from 'ledger-sdk';",
      code: (args) => `sdk.createClient(${args})`,
    },
  ],
  [
    'a package that is a function',
    {
      config: { ...OF_FUNCTION, agentClass: 'twilio', agentModule: 'twilio' },
      import: "import twilio from 'twilio';",
      code: (args) => `twilio(${args})`,
    },
  ],
  [
    'a package that is a function, as CommonJS takes it',
    {
      config: { ...OF_FUNCTION, agentClass: 'twilio', agentModule: 'twilio' },
      import: "const twilio = require('twilio');",
      code: (args) => `twilio(${args})`,
      commonJs: true,
    },
  ],
  [
    'a function of the tree',
    {
      config: OF_TREE,
      import: "import { createClient } from '../lib/client.ts';",
      code: create,
      files: {
        'src/lib/client.ts': `${CLIENT}\nexport function createClient(token?: string) { return new Client(token); }\n`,
      },
    },
  ],
  [
    'a constant of the tree that is a function',
    {
      config: OF_TREE,
      import: "import { createClient } from '../lib/client.ts';",
      code: create,
      files: {
        'src/lib/client.ts':
          'export const createClient = async (token?: string) => ({ list: async () => [token] });\n',
      },
    },
  ],
  [
    'a function that a module of CommonJS exports',
    {
      config: OF_TREE,
      import: "const { createClient } = require('../lib/client');",
      code: create,
      files: { 'src/lib/client.js': 'exports.createClient = (token) => ({ list: async () => [token] });\n' },
      commonJs: true,
    },
  ],
  [
    'a static method of a package',
    {
      config: { agentClass: 'Sdk', agentModule: 'ledger-sdk', builtBy: 'init' },
      import: "import { Sdk } from 'ledger-sdk';",
      code: (args) => `Sdk.init(${args})`,
    },
  ],
  [
    'a static method of the tree',
    {
      config: { agentClass: 'Client', agentModule: 'lib/client', builtBy: 'open' },
      import: "import { Client } from '../lib/client.ts';",
      code: (args) => `Client.open(${args})`,
      files: {
        'src/lib/client.ts': `export ${CLIENT.replace('constructor(', 'static open(token?: string) { return Object.assign(Object.create(Client.prototype) as Client, { token }); }\n  private constructor(')}\n`,
      },
    },
  ],
];

/** What the gate says of a cache that is written for a builder, and of a route that takes from it what is named. */
async function judged(
  builder: Builder,
  cache: (build: Builder['code']) => string,
  { takes = 'getClient', more = {} }: { takes?: string; more?: object } = {},
) {
  const extension = builder.commonJs ? 'js' : 'ts';
  const untyped = (text: string) =>
    builder.commonJs
      ? text.replaceAll(/\??: (?:string|unknown|any|Promise<any>)(?= ?[,)=;]| \|)/g, '')
      : text;
  const lines = untyped(cache(builder.code));
  const names = [...lines.matchAll(/export (?:const|function|async function) (\w+)/g)].map(
    ([, name]) => name,
  );
  const taken = takes.replace(/\(.*/, '');
  const tree = new Tree({
    'package.json': JSON.stringify({
      type: builder.commonJs ? 'commonjs' : 'module',
      dependencies: { express: '^5.1.0', 'ledger-sdk': '1.0.0', twilio: '1.0.0' },
    }),
    'agent-cache.config.json': JSON.stringify({ ...builder.config, factory: 'getClient', ...more }),
    ...builder.files,
    [`src/utils/agent-cache.${extension}`]: builder.commonJs
      ? `${builder.import}\n${lines.replaceAll('export ', '')}\nmodule.exports = { ${names.join(', ')} };\n`
      : `${builder.import}\n${lines}\n`,
    [`src/api/a.${extension}`]: `${
      builder.commonJs
        ? `const { Router } = require('express');\nconst { ${taken} } = require('../utils/agent-cache');`
        : `import { Router } from 'express';\nimport { ${taken} } from '../utils/agent-cache.ts';\nexport `
    }
const router = Router();
router.get('/', async (req, res) => {
  const client = await ${takes.includes('(') ? takes : `${takes}()`};
  res.json(await client.list());
});
`.replace('export \nconst', 'export const'),
    'MIGRATION.md': `- [x] \`src/api/a.${extension}\`\n`,
  });
  const { cache: verdict, items } = await report(tree);
  return {
    verified: verdict?.verified,
    ids: items.flatMap(({ findings }) => findings.map(({ id }) => id)),
  };
}

const GREEN = { verified: 'source', ids: [] };

describe.each(BUILDERS)('a cache that builds by %s', (_what, builder) => {
  test('and keeps what it built is verified', async () => {
    const cache = (build: Builder['code']) =>
      `let shared;\nexport const getClient = async () => (shared ??= ${build('process.env.TOKEN')});`;
    expect(await judged(builder, cache)).toEqual(GREEN);
  });

  test('and keeps nothing is none', async () => {
    const cache = (build: Builder['code']) =>
      `export async function getClient() { return ${build('process.env.TOKEN')}; }`;
    expect((await judged(builder, cache)).ids).toContain('cache-builds');
  });

  test('also for who goes past it is told of', async () => {
    const cache = (build: Builder['code']) =>
      `export async function createNew() { return ${build('process.env.TOKEN')}; }
let shared;
export const getClient = async () => (shared ??= createNew());`;
    expect(await judged(builder, cache)).toEqual(GREEN);
    expect((await judged(builder, cache, { takes: 'createNew' })).ids).toContain('builds-past-cache');
  });

  const keyed = { takes: "getClientFor(req.header('x-token'), 'v2')", more: { keyed: true } };

  test('and keeps one for each set of arguments is verified', async () => {
    const cache = (build: Builder['code']) => `const entries = new Map();
export async function getClientFor(token: string, version: string) {
  const key = JSON.stringify([token, version]);
  const found = entries.get(key);
  if (found !== undefined) return found;
  const made = ${build('token, version')};
  entries.set(key, made);
  return made;
}`;
    expect(await judged(builder, cache, keyed)).toEqual(GREEN);
  });

  test.each([
    ['leaves something out of its key', 'cache-mixes', 'entries.get(token)', 'entries.set(token, made);'],
    ['gives one to all', 'cache-mixes', "entries.get('one')", "entries.set('one', made);"],
    ['keeps none', 'cache-builds', 'entries.get(token + version)', ''],
  ])('and %s is not', async (_fault, id, get, set) => {
    const cache = (build: Builder['code']) => `const entries = new Map();
export async function getClientFor(token: string, version: string) {
  const found = ${get};
  if (found !== undefined) return found;
  const made = ${build('token, version')};
  ${set}
  return made;
}`;
    expect((await judged(builder, cache, keyed)).ids).toContain(id);
  });
});

test('entries that code nobody sees gives are not verified', async () => {
  const builder = {
    config: OF_FUNCTION,
    import: "import { createClient } from 'ledger-sdk';\nimport { connect } from 'other';",
    code: create,
  };
  const cache = () =>
    `export async function getClientFor(token: string) { return connect(createClient, token); }`;
  const verdict = await judged(builder, cache, {
    takes: "getClientFor(req.header('x-token'))",
    more: { keyed: true },
  });
  expect(verdict.verified).toBe('no');
});

test.each([
  [OF_FUNCTION, "const { createClient } = require('ledger-sdk');\ncreateClient('t').list();", 1],
  [OF_FUNCTION, "const { createClient } = require('redis');\ncreateClient().connect();", 0],
  [
    { agentClass: 'Sdk', agentModule: 'ledger-sdk', builtBy: 'init' },
    "const { Sdk } = require('ledger-sdk');\nSdk.init('t').list();",
    1,
  ],
  [
    { agentClass: 'Sdk', agentModule: 'ledger-sdk', builtBy: 'init' },
    "const { Sdk } = require('ledger-sdk');\nSdk.initialised;",
    0,
  ],
])('a script without an extension that builds one of %j is told of: %s', async (config, script, found) => {
  const tree = new Tree({
    'package.json': JSON.stringify({
      type: 'module',
      dependencies: { express: '^5.1.0', 'ledger-sdk': '1.0.0' },
    }),
    'agent-cache.config.json': JSON.stringify({ ...config, factory: 'getClient' }),
    'src/utils/agent-cache.ts': `import { ${config.agentClass} } from 'ledger-sdk';
let shared;
export const getClient = async () => (shared ??= ${config.agentClass}${config.builtBy === 'init' ? '.init' : ''}());\n`,
    'src/api/a.ts':
      "import { getClient } from '../utils/agent-cache.ts';\nexport const list = async () => (await getClient()).list();\n",
    'bin/collect': `#!/usr/bin/env node\n${script}\n`,
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { items } = await report(tree);
  expect(items.flatMap(({ path, ok }) => (ok ? [] : [path]))).toEqual(found === 0 ? [] : ['bin/collect']);
});
