import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const ALS =
  "import { AsyncLocalStorage } from 'node:async_hooks';\nexport const als = new AsyncLocalStorage<any>();\n";
const KEPT =
  'let agent: FacebookAdsAgent | undefined;\nconst agents = new Map<string, FacebookAdsAgent>();\n';
const URLS = "const URLS: any = { eu: { url: 'a', v: 1 }, us: { url: 'b', v: 2 } };\n";
const HASH = "import { createHash } from 'node:crypto';\n";
const getter = (body: string, head = ALS, given = '') =>
  `${head}${CLASS}${KEPT}${URLS}export async function getFacebookAgent(${given}) { ${body} }\n`;
const once = (token: string) => `return (agent ??= new FacebookAdsAgent(${token}));`;
const byKey = (key: string, built: string) =>
  `const key = ${key}; let a = agents.get(key); if (!a) { a = new FacebookAdsAgent(${built}); agents.set(key, a); } return a;`;

const judged = async (cache: string, given = '') => {
  const tree = new Tree({
    ...GROUND,
    'src/agents/facebook-ads-agent.ts':
      'export class FacebookAdsAgent {\n  constructor(..._given: any[]) {}\n  async getCampaigns() { return []; }\n}\n',
    'src/lib/als.ts': `${ALS}export const token = () => als.getStore().token;\n`,
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': `import { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (req: any) => (await getFacebookAgent(${given})).getCampaigns();\n`,
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  return { ok, verified: verdict.verified, ids: items.flatMap((each) => each.findings.map(({ id }) => id)) };
};

test.each([
  getter(once('als.getStore()!.token')),
  getter(once('als.getStore()?.token ?? process.env.TOKEN')),
  getter(once("als.getStore().get('token')")),
  getter(once('token()'), "import { token } from '../lib/als.ts';\n"),
  getter(once('als.getStore().token'), "import { als } from '../lib/als.ts';\n"),
  getter(once("context.get('token')"), "import context from 'express-http-context';\n"),
  getter(once("getNamespace('x').get('token')"), "import { getNamespace } from 'cls-hooked';\n"),
  getter(
    `const jar = await cookies(); ${once("jar.get('token').value")}`,
    "import { cookies } from 'next/headers';\n",
  ),
  getter(`const s = als.getStore(); ${byKey('s.tenant', 's.token')}`),
])('an agent of one request is not for all: %s', async (cache) => {
  expect(await judged(cache)).toMatchObject({ ok: false, ids: ['cache-mixes'] });
});

const VERIFIED = { ok: true, verified: 'source', ids: [] };

test.each([
  getter(`const { token } = als.getStore(); ${byKey('token', 'token')}`),
  getter(`console.log(als.getStore()?.token); ${once('')}`),
  getter(`return als.run({ token: 'x' }, () => { ${once('process.env.TOKEN')} });`),
  getter(`return als.exit(() => { ${once('')} });`),
])('what a request has may be a key, or for the log: %s', async (cache) => {
  expect(await judged(cache)).toEqual(VERIFIED);
});

const OF_REGION = 'region: string, token: string';
const GIVEN = 'req.region, req.token';

test.each([
  [`const { url } = URLS[region]; ${byKey(`\`\${url}:\${token}\``, 'url, token')}`, ''],
  [`const { url } = URLS[region] ?? URLS.eu; ${byKey(`\`\${url}:\${token}\``, 'url, token')}`, ''],
  [`const { url, v } = URLS[region]; ${byKey(`\`\${url}:\${v}:\${token}\``, 'url, v, token')}`, ''],
  [`const { url } = URLS[region]; ${byKey(`\`\${region}:\${token}\``, 'url, token')}`, ''],
  [byKey("createHash('sha256').update(region + ':' + token).digest('hex')", 'region, token'), HASH],
])('a getter that takes something may keep one for each: %s', async (body, head) => {
  expect(await judged(getter(body, head, OF_REGION), GIVEN)).toEqual(VERIFIED);
});

test.each([
  `const { url } = URLS[region]; ${byKey('token', 'url, token')}`,
  `const { url } = URLS[region]; ${byKey('url', 'url, token')}`,
])('a key that lacks a part does not: %s', async (body) => {
  expect(await judged(getter(body, '', OF_REGION), GIVEN)).toMatchObject({ ok: false });
});
