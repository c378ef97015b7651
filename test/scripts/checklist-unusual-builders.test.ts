import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

type Files = Record<string, string>;

const MODULE = 'src/agents/facebook-ads-agent.ts';
const GETTER = "import { getFacebookAgent } from '../utils/agent-cache.ts';\n";
const USES = `${GETTER}export const h = async () => (await getFacebookAgent()).getCampaigns();\n`;
const FORKS = `${GETTER}export const h = async () => (await getFacebookAgent() as any).fork().getCampaigns();\n`;
const agentWith = (members: string, more = '', parent = '') =>
  `${more}export class FacebookAdsAgent${parent} { async getCampaigns() { return []; } ${members} }\n`;
const DROPPING = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nlet agent: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (agent ??= new FacebookAdsAgent());\nexport const reset = () => { agent = undefined; };\n`;

function treeOf(files: Files): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': USES,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
    ...files,
  });
}

describe('another agent comes of the shared one by', () => {
  test.each<[string, Files]>(
    someOf([
      [
        'a field with a function',
        { [MODULE]: agentWith('fork = () => new FacebookAdsAgent();'), 'src/api/a.ts': FORKS },
      ],
      [
        'a field that is taken by a pattern',
        {
          [MODULE]: agentWith('fork = () => new FacebookAdsAgent();'),
          'src/api/a.ts': `${GETTER}export const h = async () => { const { fork } = await getFacebookAgent(); return fork().getCampaigns(); };\n`,
        },
      ],
      [
        'what was put into its prototype',
        {
          [MODULE]: `${agentWith('')}(FacebookAdsAgent.prototype as any).fork = function () { return new FacebookAdsAgent(); };\n`,
          'src/api/a.ts': FORKS,
        },
      ],
      [
        'what was put into its prototype with others',
        {
          [MODULE]: `${agentWith('')}Object.assign(FacebookAdsAgent.prototype, { fork() { return new FacebookAdsAgent(); } });\n`,
          'src/api/a.ts': FORKS,
        },
      ],
      [
        'a method whose name is put together',
        { [MODULE]: agentWith("['fo' + 'rk']() { return new FacebookAdsAgent(); }"), 'src/api/a.ts': FORKS },
      ],
      [
        'a method that is called by a constant of another module',
        {
          [MODULE]: agentWith(
            '[NAMES.fork]() { return new FacebookAdsAgent(); }',
            "import { NAMES } from './names.ts';\n",
          ),
          'src/agents/names.ts': "export const NAMES = { fork: 'fork' } as const;\n",
          'src/api/a.ts': `${GETTER}import { NAMES } from '../agents/names.ts';\nexport const h = async () => (await getFacebookAgent() as any)[NAMES.fork]().getCampaigns();\n`,
        },
      ],
      [
        'a static method whose name is put together',
        {
          [MODULE]: agentWith("static ['fo' + `rk`]() { return new FacebookAdsAgent(); }"),
          'src/api/a.ts':
            "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const h = async () => FacebookAdsAgent.fork().getCampaigns();\n",
        },
      ],
      [
        'a method of the class that it extends',
        {
          [MODULE]: agentWith('', "import { Base } from './base.ts';\n", ' extends Base'),
          'src/agents/base.ts': 'export class Base { fork() { return new (this.constructor as any)(); } }\n',
          'src/api/a.ts': FORKS,
        },
      ],
      [
        'the constructor of its prototype',
        {
          'src/api/a.ts': `${GETTER}export const h = async () => new (Object.getPrototypeOf(await getFacebookAgent()).constructor)().getCampaigns();\n`,
        },
      ],
      [
        'a copy of its prototype',
        {
          'src/api/a.ts': `${GETTER}export const h = async () => { const s = await getFacebookAgent(); return Object.assign(Object.create(Object.getPrototypeOf(s)), s).getCampaigns(); };\n`,
        },
      ],
    ]),
  )('%s', async (_name, files) => {
    const { ok, items } = await report(treeOf(files));
    expect(ok).toBe(false);
    expect(items.find(({ path }) => path === 'src/api/a.ts')?.findings[0]).toMatchObject({
      id: 'builds-past-cache',
    });
  });

  test.each<[string, Files]>([
    [
      'a field with a function that builds nothing',
      { [MODULE]: agentWith('fork = () => this;'), 'src/api/a.ts': FORKS },
    ],
    [
      'a method that builds nothing, whose name is put together',
      { [MODULE]: agentWith("['fo' + 'rk']() { return this; }"), 'src/api/a.ts': FORKS },
    ],
    [
      'a method that builds and is not called, whose name is put together',
      { [MODULE]: agentWith("['fo' + 'rk']() { return new FacebookAdsAgent(); }"), 'src/api/a.ts': USES },
    ],
    [
      'a method that keeps what it makes',
      {
        [MODULE]: agentWith(
          '#other?: FacebookAdsAgent; fork() { return (this.#other ??= new FacebookAdsAgent()); }',
        ),
        'src/api/a.ts': FORKS,
      },
    ],
    [
      'a prototype that is only looked at',
      {
        'src/api/a.ts': `${GETTER}export const names = async () => Object.getOwnPropertyNames(Object.getPrototypeOf(await getFacebookAgent()));\n`,
      },
    ],
  ])('not by %s', async (_name, files) => {
    expect((await report(treeOf(files))).ok).toBe(true);
  });
});

describe('a method that only a run names', () => {
  test.each<[string, Files]>([
    [
      'may be the one that builds',
      {
        [MODULE]: agentWith('fork() { return new FacebookAdsAgent(); }'),
        'src/api/a.ts': `${GETTER}export const h = async (name: string) => (await getFacebookAgent() as any)[name]();\n`,
      },
    ],
    [
      'may be whatever the class has not',
      {
        [MODULE]: agentWith('[process.env.NAME!]() { return new FacebookAdsAgent(); }'),
        'src/api/a.ts': FORKS,
      },
    ],
    [
      'is that of a symbol',
      {
        [MODULE]: agentWith(
          '[FORK]() { return new FacebookAdsAgent(); }',
          "export const FORK = Symbol('fork');\n",
        ),
        'src/api/a.ts': `${GETTER}import { FORK } from '../agents/facebook-ads-agent.ts';\nexport const h = async () => (await getFacebookAgent())[FORK]();\n`,
      },
    ],
  ])('%s', async (_name, files) => {
    const { cache, notes } = await report(treeOf(files));
    expect(cache.verified).toBe('no');
    expect(notes[0]?.message).toContain('src/api/a.ts:');
  });

  test('is none that builds where the class has none', async () => {
    const route = `${GETTER}export const h = async (name: string) => (await getFacebookAgent() as any)[name]();\n`;
    const { ok, cache } = await report(treeOf({ 'src/api/a.ts': route }));
    expect([ok, cache.verified]).toEqual([true, 'source']);
  });
});

const LOADED = "require('./src/agents/facebook-ads-agent')";

describe('code that the tools do not read is told of where it builds an agent: in', () => {
  test.each(
    someOf([
      [
        'a template',
        'views/a.ejs',
        `<% const { FacebookAdsAgent } = ${LOADED}; new FacebookAdsAgent(); %>\n`,
      ],
      [
        'CoffeeScript',
        'src/b.coffee',
        `{ FacebookAdsAgent } = ${LOADED}\nmodule.exports = -> new FacebookAdsAgent()\n`,
      ],
      [
        'a page of code',
        'docs/a.mdx',
        "import * as ads from '../src/agents/facebook-ads-agent.ts'\n\nexport const a = new ads.FacebookAdsAgent()\n",
      ],
      ['a script of a page', 'public/a.html', '<script type="module">new FacebookAdsAgent();</script>\n'],
      [
        'the command of an image',
        'Dockerfile',
        `FROM node:24\nRUN node -e "new (${LOADED}.FacebookAdsAgent)()"\n`,
      ],
      ['a shell script', 'bin/run.sh', `#!/bin/sh\nnode <<'END'\nnew (${LOADED}).FacebookAdsAgent();\nEND\n`],
      ['a job', 'ops/job.yml', `command: node -pe "new (${LOADED}.FacebookAdsAgent)()"\n`],
      [
        'a script of the package',
        'package.json',
        JSON.stringify({
          scripts: {
            a: 'node -e "import(\'./src/agents/facebook-ads-agent.ts\').then((m) => new m.FacebookAdsAgent())"',
          },
        }),
      ],
    ]),
  )('%s', async (_name, file, text) => {
    const { ok, items } = await report(treeOf({ [file]: text }));
    expect(ok).toBe(false);
    expect(items.find(({ path }) => path === file)).toMatchObject({ verdict: 'unchecked', ok: false });
  });

  test.each([
    [
      'an example on a page of code',
      'docs/a.mdx',
      '```ts\nnew FacebookAdsAgent()\n```\nand `new FacebookAdsAgent()`\n',
    ],
    ['an example on a page', 'public/a.html', '<pre>new FacebookAdsAgent()</pre>\n'],
    [
      'a comment of an image',
      'Dockerfile',
      'FROM node:24\n# one new FacebookAdsAgent for all\nCMD ["node", "-e", "require(\'./dist/server.js\')"]\n'.replace(
        'new FacebookAdsAgent',
        'FacebookAdsAgent',
      ),
    ],
    ['a description of an API', 'docs/api.yaml', 'description: import it, then new FacebookAdsAgent()\n'],
    ['a locked version', 'pnpm-lock.yaml', 'a: -e import new FacebookAdsAgent()\n'],
  ])('not %s', async (_name, file, text) => {
    expect((await report(treeOf({ [file]: text }))).ok).toBe(true);
  });
});

describe('the shared agent is let go of in each request by', () => {
  const taking = (imports: string, body: string) =>
    `${imports}${GETTER}export const h = async () => { ${body} };\n`;
  const BEGIN = "import { begin } from '../lib.ts';\n";
  const TAKES = 'return (await getFacebookAgent()).getCampaigns();';
  const dropping = (lib: string, route: string): Files => ({
    'src/utils/agent-cache.ts': DROPPING,
    'src/lib.ts': `import { reset } from './utils/agent-cache.ts';\n${lib}\n`,
    'src/api/a.ts': route,
  });

  test.each<[string, Files]>([
    ['a helper', dropping('export const begin = () => { reset(); };', taking(BEGIN, `begin(); ${TAKES}`))],
    [
      'a helper of a helper',
      dropping(
        'function drop() { reset(); }\nexport function begin() { drop(); }',
        taking(BEGIN, `begin(); ${TAKES}`),
      ),
    ],
    [
      'a helper under another name',
      dropping(
        'const drop = () => { reset(); };\nexport { drop as begin };',
        taking("import { begin as start } from '../lib.ts';\n", `try { ${TAKES} } finally { start(); }`),
      ),
    ],
    [
      'the default of a file',
      dropping(
        'export default function end() { reset(); }',
        taking("import start from '../lib.ts';\n", `start(); ${TAKES}`),
      ),
    ],
  ])('%s', async (_name, files) => {
    const { items } = await report(treeOf(files));
    expect(items.find(({ path }) => path === 'src/api/a.ts')?.findings[0]).toMatchObject({
      id: 'invalidates-per-request',
    });
  });

  test.each<[string, Files]>([
    [
      'a helper that is called when something failed',
      dropping(
        'export const begin = () => { reset(); };',
        taking(BEGIN, `try { ${TAKES} } catch (error) { begin(); throw error; }`),
      ),
    ],
    [
      'a helper that does so only now and then',
      dropping(
        'export const begin = (why?: string) => { if (why) reset(); };',
        taking(BEGIN, `begin(); ${TAKES}`),
      ),
    ],
    [
      'another function of that name',
      dropping(
        'export const begin = () => { reset(); };',
        taking('', `const begin = () => 1; begin(); ${TAKES}`),
      ),
    ],
  ])('not by %s', async (_name, files) => {
    expect((await report(treeOf(files))).ok).toBe(true);
  });
});

describe('a class that is the default of its module', () => {
  const DEFAULT =
    'export default class FacebookAdsAgent { async getCampaigns() { return []; } static open() { return new FacebookAdsAgent(); } }\n';
  const CACHE =
    "import FacebookAdsAgent from '../agents/facebook-ads-agent.ts';\nlet agent: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (agent ??= new FacebookAdsAgent());\n";
  const CLASS = "import FacebookAdsAgent from '../agents/facebook-ads-agent.ts';\n";
  const findingsOf = async (route: string) => {
    const { items } = await report(
      treeOf({ [MODULE]: DEFAULT, 'src/utils/agent-cache.ts': CACHE, 'src/api/a.ts': route }),
    );
    const found = items.find(({ path }) => path === 'src/api/a.ts')?.findings ?? [];
    return found.filter(({ rule }) => rule !== 'tick').map(({ line, id }) => `${line} ${id}`);
  };

  test('is told of where it is built, and not where what was built is used', async () => {
    const route = `${CLASS}export const h = async () => {\n  const agent = new FacebookAdsAgent();\n  await agent.getCampaigns();\n  return agent.getCampaigns();\n};\n`;
    expect(await findingsOf(route)).toEqual(['3 construction']);
  });

  test('is told of where a static method of it builds one', async () => {
    const route = `${CLASS}export const h = async () => FacebookAdsAgent.open().getCampaigns();\n`;
    expect(await findingsOf(route)).toHaveLength(1);
  });
});
