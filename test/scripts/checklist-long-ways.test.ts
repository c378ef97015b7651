import { check, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

type Files = Record<string, string>;

const CACHE = 'src/utils/agent-cache.js';
const ROUTES = 'src/routes/campaigns.js';
const AGENT = 'src/agents/facebook-ads-agent.js';

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n";
const KEPT = `${CLASS}let shared;
export async function getFacebookAgent() { shared ??= new FacebookAdsAgent(); return shared; }
export function invalidate() { shared = undefined; }
`;
const ROUTER = "import { Router } from 'express';\nexport const router = Router();\n";
const GETS = "import { getFacebookAgent, invalidate } from '../utils/agent-cache.js';\n";
const SHARED = 'await getFacebookAgent()';

function routes(top: string, before: string, agent = SHARED, call = 'getCampaigns'): Files {
  return {
    [ROUTES]: `${ROUTER}${top}router.get('/', async (req, res) => {
  ${before}
  const agent = ${agent};
  res.json(await agent.${call}());
});
`,
  };
}

/** Texts by file, one for each number up to `count`. */
function files(count: number, name: (at: number) => string, text: (at: number) => string): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at + 1), text(at + 1)]));
}

function functions(count: number, last: string): string {
  return Array.from({ length: count }, (_, index) => {
    const does = index + 1 === count ? last : `return f${index + 2}();`;
    return `function f${index + 1}() { ${does} }\n`;
  }).join('');
}

function methods(count: number, last: string): string {
  return Array.from({ length: count }, (_, index) => {
    const does = index + 1 === count ? last : `return this.m${index + 2}();`;
    return `m${index + 1}() { ${does} }\n`;
  }).join('');
}

/** The cache's own functions, in a file that others hand on one after the other. */
function handedOn(count: number, cache: string): Files {
  const at = (index: number) => (index === count ? CACHE : `src/utils/c${index}.js`);
  return { [at(0)]: cache, ...files(count, at, (index) => `export * from './c${index - 1}.js';\n`) };
}

const LENGTHS = [1, 5, 14];

test.each(LENGTHS)('a cache that %i modules hand on is verified', async (length) => {
  const { ok, cache } = await report(treeOf({ ...routes(GETS, ''), ...handedOn(length, KEPT) }));
  expect({ ok, verified: cache.verified }).toEqual({ ok: true, verified: 'source' });
});

const WRONG: readonly [name: string, files: (count: number) => Files][] = [
  [
    'a getter that builds by functions',
    (n) => ({
      ...routes(GETS, ''),
      [CACHE]: `${CLASS}${functions(n, 'return new FacebookAdsAgent();')}export async function getFacebookAgent() { return f1(); }\nexport const invalidate = () => {};\n`,
    }),
  ],
  [
    'a getter that builds, handed on by modules',
    (n) => ({
      ...routes(GETS, ''),
      ...handedOn(n, KEPT.replace('??=', '=')),
    }),
  ],
  [
    'letting go at each request by functions',
    (n) => routes(`${GETS}${functions(n, 'invalidate();')}`, 'f1();'),
  ],
  [
    'letting go at each request by files',
    (n) => ({
      ...routes(`${GETS}import { f1 } from '../f1.js';\n`, 'f1();'),
      ...files(
        n,
        (at) => `src/f${at}.js`,
        (at) =>
          at === n
            ? `import { invalidate } from './utils/agent-cache.js';\nexport function f${at}() { invalidate(); }\n`
            : `import { f${at + 1} } from './f${at + 1}.js';\nexport function f${at}() { f${at + 1}(); }\n`,
      ),
    }),
  ],
  [
    'a builder that files hand on',
    (n) => ({
      ...routes("import { f1 } from '../f1.js';\n", '', 'f1()'),
      ...files(
        n,
        (at) => `src/f${at}.js`,
        (at) =>
          at === n
            ? "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\nexport const f" +
              at +
              ' = () => new FacebookAdsAgent();\n'
            : `export { f${at + 1} as f${at} } from './f${at + 1}.js';\n`,
      ),
    }),
  ],
  [
    'a class that extends others which extend the agent',
    (n) => ({
      ...routes(`import { A${n} } from '../a${n}.js';\n`, '', `new A${n}()`),
      'src/a0.js':
        "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\nexport class A0 extends FacebookAdsAgent {}\n",
      ...files(
        n,
        (at) => `src/a${at}.js`,
        (at) => `import { A${at - 1} } from './a${at - 1}.js';\nexport class A${at} extends A${at - 1} {}\n`,
      ),
    }),
  ],
  [
    "the agent's own methods",
    (n) => ({
      ...routes(GETS, '', SHARED, 'm1'),
      [AGENT]: `export class FacebookAdsAgent {\nasync getCampaigns() { return []; }\n${methods(n, 'return new FacebookAdsAgent();')}}\n`,
    }),
  ],
];

test.each(WRONG.flatMap(([name, made]) => LENGTHS.map((length) => [name, length, made] as const)))(
  'an agent past the cache by %s, %i away, is red',
  async (_name, length, made) => {
    const { exitCode } = await check(treeOf(made(length)));
    expect(exitCode).toBe(1);
  },
);

test("methods of the agent's that call one another and build nothing are well", async () => {
  const agent = `export class FacebookAdsAgent {\nasync getCampaigns() { return []; }\n${methods(5, 'return this.getCampaigns();')}}\n`;
  const { exitCode } = await check(treeOf({ ...routes(GETS, '', SHARED, 'm1'), [AGENT]: agent }));
  expect(exitCode).toBe(0);
});

function treeOf(own: Files): Tree {
  return new Tree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0" } }',
    [AGENT]: 'export class FacebookAdsAgent {\n  async getCampaigns() { return []; }\n}\n',
    [CACHE]: KEPT,
    'src/app.js':
      "import express from 'express';\nimport { router } from './routes/campaigns.js';\nexpress().use(router).listen(3000);\n",
    'MIGRATION.md': `- [x] \`${ROUTES}\`\n`,
    ...own,
  });
}
