import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** What of a kept agent's method is verified, whose body keeps something by a key. */
const verified = async (body: string) => {
  const { cache } = await report(
    new Tree({
      ...GROUND,
      'src/context.ts':
        "import { AsyncLocalStorage } from 'node:async_hooks';\nexport const als = new AsyncLocalStorage<any>();\n",
      'src/agents/facebook-ads-agent.ts': `import { als } from '../context.ts';\nconst load = async (...given: string[]) => given.join();\nexport class FacebookAdsAgent {\n  kept: any = {};\n  all = new Map<string, any>();\n  async getCampaigns() { ${body} return []; }\n}\n`,
      'src/api/a.ts': NEW_WAY,
      'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    }),
  );
  return cache.verified;
};

const PICKED = 'const { region, token } = als.getStore();';
const WHOLE = 'const store = als.getStore();';

test.each([
  `${PICKED} this.kept[region] ??= token;`,
  `${PICKED} if (!this.all.has(region)) this.all.set(region, token);`,
  `${PICKED} if (!this.all.has(region)) this.all.set(region, load(region, token));`,
  `${WHOLE} this.kept[store.region] ??= store.token;`,
  `${WHOLE} const key = store.region; const value = store.token; this.kept[key] ??= value;`,
  'this.kept[als.getStore().region] ??= als.getStore().token;',
])(
  'a key that does not decide about what is kept by it leaves others something of a request: %s',
  async (body) => {
    expect(await verified(body)).toBe('no');
  },
);

test.each([
  `${WHOLE} this.kept[store.userId] ??= load(store.region, store.token);`,
  `${PICKED} this.kept[token] ??= token.toUpperCase();`,
  `${PICKED} this.kept[region + '|' + token] ??= load(region, token);`,
  `${PICKED} if (!this.all.has(region)) this.all.set(region, load(region));`,
  `${WHOLE} this.kept[JSON.stringify(store)] ??= store.token;`,
  `${WHOLE} const key = store.region + store.user; const value = store.region; this.kept[key] ??= value;`,
  'this.kept[als.getStore().token] ??= als.getStore().token;',
  `${PICKED} this.kept[region] ??= Date.now(); console.log(token);`,
])('and one that does keeps them apart: %s', async (body) => {
  expect(await verified(body)).toBe('source');
});
