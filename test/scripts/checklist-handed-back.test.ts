import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const MAKER = `${CLASS}export const makeAgent = () => new FacebookAdsAgent();\n`;
const CACHE = `${CLASS}import { makeAgent } from './make-agent.ts';
let create: () => FacebookAdsAgent = makeAgent;
let agent: FacebookAdsAgent | undefined;
export function configureCache(given: { create?: () => FacebookAdsAgent }) { create = given.create ?? create; }
export const getFacebookAgent = async () => (agent ??= create());
export const orMade = (make: any) => (agent ??= make());
export const withTimeout = async (make: any) => make();
`;
const IMPORTS = `import { configureCache, orMade, withTimeout } from './utils/agent-cache.ts';
import { makeAgent } from './utils/make-agent.ts';
`;

const judged = async (start: string, lib = '', file = 'src/lib.ts') => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'src/utils/make-agent.ts': MAKER,
    'src/utils/agent-cache.ts': CACHE,
    'src/start.ts': `${IMPORTS}${start}\n`,
    ...(lib === '' ? {} : { [file]: lib }),
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
  });
  const { ok, cache } = await report(tree);
  return ok ? cache.verified : 'past';
};

const FROM = "import { remember } from './lib.ts';\n";
const SET = 'configureCache({ create: remember(makeAgent) });';
const TOOLS = "import lib from './lib.cjs';\nconfigureCache({ create: lib.remember(makeAgent) });";

const KEPT: Record<string, [start: string, lib?: string, file?: string]> = {
  'a variable of the file': [`let kept: any;\nconst remember = (m: any) => { kept = m; return m; };\n${SET}`],
  'a variable of another file': [
    FROM + SET,
    'let kept: any;\nexport function remember(m: any) { kept = m; return m; }\n',
  ],
  'a list': [
    FROM + SET,
    'const all: any[] = [];\nexport function remember(m: any) { all.push(m); return m; }\n',
  ],
  'a list, in a function around it': [
    FROM + SET,
    'const all: any[] = [];\nexport function remember(m: any) { const made = () => m(); all.push(made); return made; }\n',
  ],
  'a map': [
    FROM + SET,
    "const all = new Map();\nexport const remember = (m: any) => { all.set('m', m); return m; };\n",
  ],
  'a member': [
    FROM + SET,
    'export const holder: any = {};\nexport const remember = (m: any) => (holder.make = m);\n',
  ],
  'the global object': [
    FROM + SET,
    'export const remember = (m: any) => { (globalThis as any).make = m; return m; };\n',
  ],
  'what another function keeps': [
    FROM + SET,
    'let kept: any;\nconst keep = (x: any) => { kept = x; return x; };\nexport const remember = (m: any) => keep(m);\n',
  ],
  'what a method keeps': [
    "import { tools } from './lib.ts';\nconfigureCache({ create: tools.remember(makeAgent) });",
    'let kept: any;\nexport const tools = { remember(m: any) { kept = m; return m; } };\n',
  ],
  'what CommonJS keeps': [
    TOOLS,
    'let kept;\nfunction remember(m) { kept = m; return () => m(); }\nmodule.exports = { remember };\n',
    'src/lib.cjs',
  ],
  'a list beside the call': [
    'export const all: any[] = [];\nconfigureCache({ create: (all.push(makeAgent), makeAgent) });',
  ],
  'a list in a function that the cache is given': [
    'export const all: any[] = [];\nconfigureCache({ create: () => { all.push(makeAgent); return makeAgent(); } });',
  ],
  'nothing, and is called at once by the cache': [
    'export const handle = async () => (await withTimeout(makeAgent)).getCampaigns();',
  ],
  'nothing, and is called at once in a function': [
    'export const handle = async () => (await withTimeout(() => makeAgent())).getCampaigns();',
  ],
  'a list, by the second of two that call each other': [
    "import { first, second } from './lib.ts';\nexport const told = (f: any) => f;\nconfigureCache({ ...first(told, 1), create: second(makeAgent) });",
    'const all: any[] = [];\nexport function first(m: any, n = 0): any { if (n) return second(m); all.push(m); return m; }\nexport function second(m: any): any { return first(m); }\n',
  ],
};

test.each(someOf(Object.keys(KEPT)))(
  'a maker that is given to the cache and kept in %s builds past it',
  async (kept) => {
    expect(await judged(...(KEPT[kept] ?? ['']))).toBe('past');
  },
);

const HANDED_BACK: Record<string, [start: string, lib?: string, file?: string]> = {
  'as it is': ['configureCache({ create: makeAgent });'],
  'in a function': ['configureCache({ create: () => makeAgent() });'],
  'for one that it keeps': ['export const handle = async () => (await orMade(makeAgent)).getCampaigns();'],
  'in a function of the file': [`const remember = (m: any) => () => m();\n${SET}`],
  'beside times that are kept': [
    FROM + SET,
    'const times: number[] = [];\nexport function remember(m: any) { return () => { const at = Date.now(); const a = m(); times.push(Date.now() - at); console.log(m.name); return a; }; }\n',
  ],
  'by a second function': [
    FROM + SET,
    'let n = 0;\nconst count = (x: any) => () => { n += 1; return x(); };\nexport const remember = (m: any) => count(m);\n',
  ],
  'by a declared function': [
    FROM + SET,
    'export function remember(m: any) { function made() { return m(); }\n return made; }\n',
  ],
  // As this project's own composition root has it.
  'by a member that may not be there': [
    "import { createFleet, type Fleet } from './lib.ts';\nexport function start(over: { fleet?: Fleet }) { const fleet = process.env.R ? (over.fleet ?? createFleet()) : undefined; configureCache({ create: fleet?.share(makeAgent) }); }",
    'export interface Fleet { share: (m: any) => any }\nexport const createFleet = (): Fleet => ({ share: (m) => share(m, new Map()) });\nfunction share(m: any, used: Map<string, string>) { return async () => { used.set("a", "b"); return m(); }; }\n',
  ],
  'by CommonJS': [
    TOOLS,
    'function remember(m) { return () => m(); }\nmodule.exports = { remember };\n',
    'src/lib.cjs',
  ],
  'by a package that wraps': ["import { once } from 'lodash';\nconfigureCache({ create: once(makeAgent) });"],
  'by two that call each other': [
    "import { second } from './lib.ts';\nconfigureCache({ create: second(makeAgent) });",
    'export function first(m: any, n = 0): any { return n ? second(m) : () => m(); }\nexport function second(m: any): any { return first(m, 0); }\n',
  ],
};

test.each(someOf(Object.keys(HANDED_BACK)))(
  'a maker that is given to the cache %s is the cache’s own',
  async (how) => {
    expect(await judged(...(HANDED_BACK[how] ?? ['']))).toBe('source');
  },
);

test('what a package does with a maker nobody can see', async () => {
  expect(await judged("import { zap } from 'zap';\nconfigureCache({ create: zap(makeAgent) });")).toBe('no');
});
