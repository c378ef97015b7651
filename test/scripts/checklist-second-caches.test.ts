import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const LOADS =
  "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";
const CACHE = "import { getFacebookAgent } from '../utils/agent-cache.ts';\n";

const judged = async (files: Record<string, string>) => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    ...files,
  });
  const { ok, cache, items } = await report(tree);
  const ids = items.flatMap(({ findings }) => findings.map(({ id }) => id));
  return { ok, verified: cache.verified, why: cache.why, module: cache.module, ids };
};

const VERIFIED = { ok: true, verified: 'source', ids: [] };
const UNVERIFIED = { ok: true, verified: 'no', ids: [] };
const PAST = { ok: false, ids: ['builds-past-cache'] };

const route = (imports: string, top: string, get: string) =>
  `import { Router } from 'express';\n${imports}export const router = Router();\n${top}\nrouter.get('/', async (_req, res) => { ${get} });\n`;
const answer = (agent: string) => `res.json(await (await ${agent}).getCampaigns());`;
const MAKER = `${CLASS}export function makeCache(_account?: string) { let agent: FacebookAdsAgent | undefined; return async () => (agent ??= new FacebookAdsAgent()); }\nexport const getFacebookAgent = makeCache();\nexport const makeGetter = () => () => getFacebookAgent();\n`;
const KEEPER = `${CLASS}export class AgentCache { agent?: FacebookAdsAgent; async get() { return (this.agent ??= new FacebookAdsAgent()); } }\nconst shared = new AgentCache();\nexport const getFacebookAgent = () => shared.get();\n`;
const OF = (name: string) => `import { ${name} } from '../utils/agent-cache.ts';\n`;

test.each([
  [MAKER, route(OF('makeCache'), 'const get = makeCache();', answer('get()')), PAST],
  [MAKER, route(OF('makeCache'), '', `const get = makeCache(); ${answer('get()')}`), { ok: false }],
  [KEEPER, route(OF('AgentCache'), 'const cache = new AgentCache();', answer('cache.get()')), PAST],
  [MAKER, `${OF('makeCache')}export const own = makeCache();\n`, PAST],
  [MAKER, route(OF('makeCache'), "const get = makeCache('eu');", answer('get()')), UNVERIFIED],
  [MAKER, route(OF('makeGetter'), 'const get = makeGetter();', answer('get()')), VERIFIED],
  [MAKER, NEW_WAY, VERIFIED],
])('a cache of its own beside the shared one: %#', async (cache, file, expected) => {
  const files = { 'src/utils/agent-cache.ts': cache, 'src/api/b.ts': file };
  expect(await judged(files)).toMatchObject(expected);
});

const DI = {
  'src/di.ts':
    'export const resolve = <T>(type: new () => T): T => new type();\nexport const run = <T>(make: () => T): T => make();\nconst all = new Map<string, any>();\nexport const services = { add: (n: string, c: any) => all.set(n, c), make: (n: string) => new (all.get(n))() };\n',
};
const asked = (of: string) => `export const h = async () => (await ${of}).getCampaigns();\n`;
const OF_DI = (name: string) => `import { ${name} } from '../di.ts';\n`;

test.each(
  someOf([
    [KEEPER, `${OF('AgentCache')}${OF_DI('resolve')}${asked('resolve(AgentCache).get()')}`, { ok: false }],
    [
      KEEPER,
      `${OF('AgentCache')}${OF_DI('services')}services.add('c', AgentCache);\n${asked("services.make('c').get()")}`,
      { ok: false },
    ],
    [KEEPER, `${OF('AgentCache')}${asked('new [AgentCache][0]!().get()')}`, { ok: false }],
    [MAKER, `${OF('makeCache')}const makers = { makeCache };\n${asked('makers.makeCache()()')}`, UNVERIFIED],
    [MAKER, `${OF('makeCache')}${asked('[makeCache][0]!()()')}`, UNVERIFIED],
    [MAKER, `${OF('makeCache')}${OF_DI('run')}${asked('run(makeCache)()')}`, UNVERIFIED],
    [
      MAKER,
      `${OF('makeCache')}const makers = new Map([['a', makeCache]]);\n${asked("makers.get('a')!()()")}`,
      UNVERIFIED,
    ],
    [MAKER, `${OF('makeCache')}export const name = makeCache.name;\n`, VERIFIED],
    [KEEPER, `${OF('AgentCache')}export const is = (o: unknown) => o instanceof AgentCache;\n`, VERIFIED],
    [
      MAKER,
      `${OF('getFacebookAgent')}export const deps = { getFacebookAgent };\n${asked('[getFacebookAgent][0]!()')}`,
      VERIFIED,
    ],
    [MAKER, `${OF('getFacebookAgent')}${OF_DI('run')}${asked('run(getFacebookAgent)')}`, VERIFIED],
  ]),
)('what makes caches is handed on: %#', async (cache, file, expected) => {
  const files = { 'src/utils/agent-cache.ts': cache, 'src/api/b.ts': file, ...DI };
  expect(await judged(files)).toMatchObject(expected);
});

test('one cache that all use may be made by who uses it, and a second one may not', async () => {
  const own = route(OF('makeCache'), 'const get = makeCache();', answer('get()'));
  const files = { 'src/utils/agent-cache.ts': MAKER, 'src/api/a.ts': own };
  expect(await judged(files)).toMatchObject(VERIFIED);
  const ids = ['builds-past-cache', 'builds-past-cache'];
  expect(await judged({ ...files, 'src/api/b.ts': own })).toMatchObject({ ok: false, ids });
});

const handler = (does: string) =>
  route(`${LOADS}${CACHE}`, 'const own: any = {};', `${does} ${answer('getFacebookAgent()')}`);

test.each(
  someOf([
    [
      "const key = require.resolve('../utils/agent-cache.ts'); const m = require.cache[key]!; m.exports = {};",
      false,
    ],
    ["require.cache[require.resolve('../utils/agent-cache.ts')]!.exports.getFacebookAgent = null;", false],
    [
      "Object.assign(require.cache[require.resolve('../utils/agent-cache.ts')].exports, { getFacebookAgent: null });",
      false,
    ],
    [
      "Object.defineProperty(require.cache[require.resolve('../utils/agent-cache.ts')], 'exports', { value: {} });",
      false,
    ],
    [
      "const { exports } = require.cache[require.resolve('../utils/agent-cache.ts')]; exports.getFacebookAgent = null;",
      false,
    ],
    ["Reflect.set(require.cache[require.resolve('../utils/agent-cache.ts')], 'exports', {});", false],
    ["Object.assign(own, { exports: 1 }); Reflect.set(own, 'exports', 2);", true],
    ["const m = require.cache['x']; console.log(m?.exports);", true],
    ["own.x ??= {}; own.x.exports = {}; own['y'] = {}; own['y'].exports = 1;", true],
  ]),
)('what is loaded is overwritten: %s', async (does, isWell) => {
  const { ok, verified } = await judged({ 'src/api/a.ts': handler(does) });
  expect(ok && verified === 'source').toBe(isWell);
});

test.each([
  ['return Object.assign(Object.create(FacebookAdsAgent.prototype), agent);', { ok: false }],
  ['return Object.create(FacebookAdsAgent.prototype);', { ok: false }],
  ['return (agent ??= Object.create(FacebookAdsAgent.prototype));', VERIFIED],
])('an instance that no constructor made is one more: %s', async (body, expected) => {
  const cache = `${CLASS}let agent: any = new FacebookAdsAgent();\nexport async function getFacebookAgent() { ${body} }\n`;
  expect(await judged({ 'src/utils/agent-cache.ts': cache })).toMatchObject(expected);
});

test('of two caches, that of which something is not known is told of', async () => {
  const unknown =
    "import { FacebookAdsAgent } from '../../../../src/agents/facebook-ads-agent.ts';\nimport { memo } from 'some-memo';\nexport const getFacebookAgent = memo(async () => new FacebookAdsAgent());\n";
  const verdict = await judged({
    'packages/a/src/utils/agent-cache.ts': unknown,
    'packages/a/src/b.ts':
      "import { getFacebookAgent } from './utils/agent-cache.ts';\nexport const b = () => getFacebookAgent();\n",
  });
  expect(verdict).toMatchObject({
    ...UNVERIFIED,
    module: 'packages/a/src/utils/agent-cache.ts',
    why: 'its source does not show that getFacebookAgent gives one instance to all',
  });
});

const setup = (code: string) =>
  `<template>\n  <p>{{ all }}</p>\n</template>\n<script setup lang="ts">\n${code}\n</script>\n`;
const script = (code: string) => `<script>\n${code}\n</script>\n{#each all as each}<p>{each}</p>{/each}\n`;
const front = (code: string) => `---\n${code}\n---\n<p>{all}</p>\n`;
const MADE = `${OF('makeCache').replace('../', './')}const get = makeCache();\nconst all = await (await get()).getCampaigns();`;
const SHARED = `${OF('getFacebookAgent').replace('../', './')}const all = await (await getFacebookAgent()).getCampaigns();`;

test.each([
  ['src/a.vue', setup(MADE)],
  ['src/a.svelte', script(MADE)],
  ['src/a.astro', front(MADE)],
  ['src/a.vue', setup(MADE.replace('makeCache()', 'new AgentCache()').replace('makeCache', 'AgentCache'))],
  ['src/a.vue', `<script>\n${MADE.replace('const all', 'export default {};\nconst all')}\n</script>\n`],
  [
    'src/a.svelte',
    script(
      MADE.replace('import { makeCache }', 'import * as cache').replace('makeCache()', 'cache.makeCache()'),
    ),
  ],
])('a component that makes a second cache goes past the one of all: %s %#', async (file, text) => {
  const cache = text.includes('AgentCache') ? KEEPER : MAKER;
  expect(await judged({ 'src/utils/agent-cache.ts': cache, [file]: text })).toMatchObject(PAST);
});

test.each([
  ['src/a.vue', setup(SHARED)],
  ['src/a.svelte', script(SHARED)],
  ['src/a.astro', front(SHARED)],
  [
    'src/a.vue',
    setup(
      SHARED.replace('getFacebookAgent }', 'makeGetter }').replace(
        '(await getFacebookAgent())',
        '(await makeGetter()()())',
      ),
    ),
  ],
  ['src/a.vue', setup("import type { makeCache } from './utils/agent-cache.ts';\nconst all: string[] = [];")],
  ['docs/a.vue', setup(`// ${MADE.replaceAll('\n', ' ')}\nconst all: string[] = [];`)],
])('and one that asks the shared one does not: %s %#', async (file, text) => {
  expect(await judged({ 'src/utils/agent-cache.ts': MAKER, [file]: text })).toMatchObject(VERIFIED);
});

test('and it is told at the line of the component', async () => {
  const { items } = await report(
    new Tree({
      ...GROUND,
      'src/utils/agent-cache.ts': MAKER,
      'src/api/a.ts': NEW_WAY,
      'src/a.vue': setup(MADE),
      'MIGRATION.md': '- [ ] `src/api/a.ts`\n',
    }),
  );
  expect(items.find(({ path }) => path === 'src/a.vue')?.findings[0]).toMatchObject({ line: 6 });
});
