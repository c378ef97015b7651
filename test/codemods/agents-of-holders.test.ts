import { statusOf } from './support/status-of-route.ts';

const HOLDS = 'agent: FacebookAdsAgent; constructor(agent: FacebookAdsAgent) { this.agent = agent; }';
const MEMBERS = 'close(): void { this.#closed = true; } #closed = false;';

/** What becomes of a function that gives on what a holder gives it, beside a route that does something with that. */
const statusBeside = (build: string, use: string) =>
  statusOf({
    members: MEMBERS,
    files: {
      'src/routes.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n${build}\n`,
      'src/main.ts': `import { Router } from 'express';
import { open } from './routes.js';
export const router = Router();
router.get('/', async (_req, res) => { const agent = await open(); ${use} });
`,
    },
  });

const HOLDERS = [
  [
    'a method',
    `class Box { ${HOLDS} it() { return this.agent; } }`,
    'new Box(new FacebookAdsAgent())',
    'it()',
  ],
  [
    'a getter',
    `class Box { ${HOLDS} get it() { return this.agent; } }`,
    'new Box(new FacebookAdsAgent())',
    'it',
  ],
  ['a field', `class Box { ${HOLDS} it = () => this.agent; }`, 'new Box(new FacebookAdsAgent())', 'it()'],
  [
    'a method of a method',
    `class Box { ${HOLDS} own() { return this.agent; } it() { return this.own(); } }`,
    'new Box(new FacebookAdsAgent())',
    'it()',
  ],
] as const;
const opened = (holder: string, build: string, given: string) =>
  `${holder}\nexport async function open() { const box = ${build}; await box.agent.getCampaigns(); return box.${given}; }`;

test.each(HOLDERS)('an agent that %s of its holder gives to who closes it stays', async (_name, ...of) => {
  const [holder, build, given] = of;
  const use = 'res.json(await agent.getCampaigns()); agent.close();';
  expect(await statusBeside(opened(holder, build, given), use)).toBe('manual');
});

test('an agent that a method of an object gives to who closes it stays', async () => {
  const build =
    'export async function open() { const agent = new FacebookAdsAgent(); const box = { it: () => agent }; await agent.getCampaigns(); return box.it(); }';
  expect(await statusBeside(build, 'res.json(await agent.getCampaigns()); agent.close();')).toBe('manual');
});

test.each(HOLDERS)(
  'an agent that %s of its holder gives to who uses it alone is shared',
  async (_name, ...of) => {
    const [holder, build, given] = of;
    const use = `export async function open() { const box = ${build}; return { getCampaigns: await box.${given}.getCampaigns() }; }`;
    expect(await statusBeside(`${holder}\n${use}`, 'res.json(agent);')).toBe('migrated');
  },
);

test.each([
  [
    'a walk over a tree',
    'const go = (xs: any[]): any[] => xs.map((x) => (x.kids ? go(x.kids) : { agent, x })); res.json(go([]).length);',
  ],
  [
    'a walk that keeps the tree',
    'const go = (n: any): any => ({ agent, kids: n.kids.map((k: any) => go(k)) }); go({ kids: [] });',
  ],
  [
    'a wrapper of itself',
    'const wrap = (n: number): any => (n > 0 ? { inner: wrap(n - 1) } : { agent }); wrap(2);',
  ],
  [
    'a method of itself',
    'const box = { open(n: number): any { return n ? { inner: box.open(n - 1) } : agent; } }; box.open(2);',
  ],
])('%s that puts the agent into more and more comes to an end', async (_name, use) => {
  expect(await statusOf({ use })).toMatch(/^(migrated|manual)$/);
});
