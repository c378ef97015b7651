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

test('one cache that all use may be made by who uses it, and a second one may not', async () => {
  const own = route(OF('makeCache'), 'const get = makeCache();', answer('get()'));
  const files = { 'src/utils/agent-cache.ts': MAKER, 'src/api/a.ts': own };
  expect(await judged(files)).toMatchObject(VERIFIED);
  const ids = ['builds-past-cache', 'builds-past-cache'];
  expect(await judged({ ...files, 'src/api/b.ts': own })).toMatchObject({ ok: false, ids });
});

const handler = (does: string) =>
  route(`${LOADS}${CACHE}`, 'const own: any = {};', `${does} ${answer('getFacebookAgent()')}`);

test.each([
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
])('what is loaded is overwritten: %s', async (does, isWell) => {
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
