import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const judged = async (cache: string) => {
  const { cache: verdict, items } = await report(
    new Tree({
      ...GROUND,
      'src/api/a.ts': NEW_WAY,
      'MIGRATION.md': '- [ ] `src/api/a.ts`\n',
      'src/utils/agent-cache.ts': `import { FacebookAdsAgent as Agent } from '../agents/facebook-ads-agent.ts';\n${cache}\n`,
    }),
  );
  const builds = items.some(({ findings }) => findings.some(({ id }) => id === 'cache-builds'));
  return builds ? 'builds' : verdict.verified;
};
const getter = (body: string, before = '') =>
  `${before}\nexport const getFacebookAgent = async () => { ${body} };`;

test.each(
  someOf([
    ['deletes it', getter('o.a ??= new Agent(); const a = o.a; delete o.a; return a;', 'const o: any = {};')],
    [
      'deletes it by a name that is computed',
      getter("o.a ??= new Agent(); const a = o.a; delete o['a']; return a;", 'const o: any = {};'),
    ],
    [
      'deletes it by Reflect',
      getter(
        "o.a ??= new Agent(); const a = o.a; Reflect.deleteProperty(o, 'a'); return a;",
        'const o: any = {};',
      ),
    ],
    [
      'keeps it in what is frozen',
      getter(
        'try { o.a ??= new Agent(); } catch {} return o.a ?? new Agent();',
        'const o: any = Object.freeze({});',
      ),
    ],
    [
      'keeps it in what takes no more properties',
      getter(
        'try { o.a ??= new Agent(); } catch {} return o.a ?? new Agent();',
        'const o: any = Object.seal({ b: 1 });',
      ),
    ],
    [
      'gives it to a setter that drops it',
      getter(
        'o.a ??= new Agent(); return o.a ?? new Agent();',
        'class S { get a(): any { return undefined; } set a(_value: any) {} }\nconst o = new S();',
      ),
    ],
    [
      'gives it to a setter of an object that drops it',
      getter(
        'o.a = o.a ?? new Agent(); return o.a ?? new Agent();',
        'const o: any = { get a() { return undefined; }, set a(_value) {} };',
      ),
    ],
    [
      'adds one to a list at each call',
      getter('l.push(new Agent()); return l[0]!;', 'const l: Agent[] = [];'),
    ],
    [
      'reads two clocks',
      getter(
        'if (!a || Date.now() - at > 60_000) { a = new Agent(); at = performance.now(); } return a;',
        'let a: Agent | undefined; let at = 0;',
      ),
    ],
  ]),
)('a cache that %s builds at each call', async (_what, cache) => {
  expect(await judged(cache)).toBe('builds');
});

test.each([
  [
    'a getter that puts a value in its own place',
    getter(
      'return o.a;',
      "const o: any = { get a() { const value = new Agent(); Object.defineProperty(this, 'a', { value }); return value; } };",
    ),
  ],
  [
    'a setter that keeps it',
    getter(
      'o.a ??= new Agent(); return o.a;',
      'class S { #a: any; get a() { return this.#a; } set a(value: any) { this.#a = value; } }\nconst o = new S();',
    ),
  ],
  [
    'a property that is sealed',
    getter('o.a ??= new Agent(); return o.a;', 'const o: any = Object.seal({ a: undefined });'),
  ],
  [
    'what was deleted before',
    getter('delete o.b; o.a ??= new Agent(); return o.a;', 'const o: any = { b: 1 };'),
  ],
  [
    'a list that gets one',
    getter('if (l.length === 0) l.push(new Agent()); return l[0]!;', 'const l: Agent[] = [];'),
  ],
  [
    'the clock of the process',
    getter(
      'if (!a || performance.now() - at > 60_000) { a = new Agent(); at = performance.now(); } return a;',
      'let a: Agent | undefined; let at = 0;',
    ),
  ],
  [
    'one that is taken anew by a word of the environment once',
    getter('return (a ??= process.env.REGION ? new Agent() : new Agent());', 'let a: Agent | undefined;'),
  ],
])('it is kept by %s', async (_what, cache) => {
  expect(await judged(cache)).toBe('source');
});

test.each([
  ['process.env.NO_CACHE'],
  ["process.env.AGENT_CACHE === 'off'"],
  ["(process.env.NODE_ENV ?? 'development') !== 'production'"],
])('a cache that the environment switches off is not verified: %s', async (condition) => {
  const off = `if (${condition}) a = undefined; return (a ??= new Agent());`;
  expect(await judged(getter(off, 'let a: Agent | undefined;'))).toBe('no');
  const outside = `const off = ${condition};\nlet a: Agent | undefined;`;
  expect(await judged(getter('if (off) a = undefined; return (a ??= new Agent());', outside))).toBe('no');
});

test('what a proxy builds whenever it is looked at is not verified', async () => {
  const proxy = (get: string) =>
    `let a: Agent | undefined;\nconst p: any = new Proxy({}, { get: () => ${get} });`;
  expect(await judged(getter('return p.agent;', proxy('new Agent()')))).toBe('no');
  expect(await judged(getter('return p.agent;', proxy('(a ??= new Agent())')))).not.toBe('builds');
});

test('a part that the cache loads where it needs it is its own, and one that others take from too is not', async () => {
  const cache = "export const getFacebookAgent = async () => (await import('./holder.ts')).agent;\n";
  const holder =
    "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const agent = new FacebookAdsAgent();\nexport const make = () => new FacebookAdsAgent();\n";
  const route =
    "import { make } from '../utils/holder.ts';\nexport const h = async () => make().getCampaigns();\n";
  const idsWith = async (files: Record<string, string>) => {
    const tree = new Tree({
      ...GROUND,
      'src/utils/agent-cache.ts': cache,
      'src/utils/holder.ts': holder,
      'src/api/a.ts': NEW_WAY,
      'MIGRATION.md': '- [x] `src/api/a.ts`\n',
      ...files,
    });
    return (await report(tree)).items.flatMap(({ path, findings }) =>
      findings.map(({ id }) => `${path} ${id}`),
    );
  };
  expect(await idsWith({})).toEqual([]);
  expect(await idsWith({ 'src/api/b.ts': route })).toEqual(['src/api/b.ts builds-past-cache']);
});

test('a part that is taken out of what was loaded, to be loaded again, is not verified', async () => {
  const tree = new Tree({
    ...GROUND,
    'src/utils/agent-cache.ts':
      "export const getFacebookAgent = async () => { delete require.cache[require.resolve('./holder.ts')]; return require('./holder.ts').agent; };\n",
    'src/utils/holder.ts':
      "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\nexport const agent = new FacebookAdsAgent();\n",
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  expect((await report(tree)).cache.verified).toBe('no');
});
