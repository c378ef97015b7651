import { someOf } from '../support/depth.ts';
import { AT_ONCE, CLASS, leftIn } from './support/left-in.ts';

/** Another file, and what a handler does with its agent, so that it comes to where `DO` stands by the name `a`. */
const WAYS: Record<string, [lib: string, body: string]> = {
  'by a list of listeners': [
    'export class Subject { #fns: any[] = []; on(f: any) { this.#fns.push(f); } emit(x: any) { for (const f of this.#fns) f(x); } }\nexport const subject = new Subject();\nsubject.on((a: any) => { DO });',
    'subject.emit(agent);',
  ],
  'by a list that is walked': [
    'export class Subject { fns: any[] = []; on(f: any) { this.fns.push(f); } emit(x: any) { this.fns.forEach((f) => f(x)); } }\nexport const subject = new Subject();\nsubject.on((a: any) => { DO });',
    'subject.emit(agent);',
  ],
  'by listeners of a map': [
    'const fns = new Map<string, any>();\nexport const subject = { on(n: string, f: any) { fns.set(n, f); }, emit(n: string, x: any) { fns.get(n)?.(x); } };\nsubject.on("a", (a: any) => { DO });',
    'subject.emit("a", agent);',
  ],
  'by the request, whose property is named by a constant': [
    'const K = "agent";\nexport const after = (req: any, res: any, next: any) => { const a = req[K]; DO; next(); };',
    'req.agent = agent;',
  ],
  'by a symbol of the request': [
    'export const AGENT = Symbol("agent");\nexport const after = (req: any, res: any, next: any) => { const a = req[AGENT]; DO; next(); };',
    'req[AGENT] = agent;',
  ],
  'by a constant name of the request': [
    'export const KEY = "agent";\nexport const after = (req: any, res: any, next: any) => { const a = req.agent; DO; next(); };',
    'const K = "agent"; req[K] = agent;',
  ],
  'by what runs for the request, in an object': [
    'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();\nexport const act = () => { const { a } = als.getStore(); DO };',
    'als.run({ a: agent }, () => act());',
  ],
  'by what runs for the request': [
    'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();\nexport const act = () => { const a = als.getStore(); DO };',
    'als.run(agent, () => act());',
  ],
  'by a method that is added to a class': [
    'export class Service { constructor(private a: any) {} }\n(Service.prototype as any).run = function (this: any) { const { a } = this; DO };',
    '(new Service(agent) as any).run();',
  ],
  'by a promise that is resolved with it': [
    '',
    'const a: any = await new Promise((resolve) => resolve(agent)); DO',
  ],
  'as `this`': ['export function act(this: any) { const a = this; DO }', 'act.call(agent);'],
  'as `this` that is bound': [
    'export function act(this: any) { const a = this; DO }',
    'const f = act.bind(agent); f();',
  ],
  'by a list of arguments': ['export function act(a: any) { DO }', 'act.apply(null, [agent]);'],
  'by Reflect.apply': ['export function act(a: any) { DO }', 'Reflect.apply(act, null, [agent]);'],
  'by `arguments`': ['export function act(_x: any) { const a = arguments[0]; DO }', 'act(agent);'],
  'by a template': ['export function act(_s: any, a: any) { DO }', `act\`x\${agent}\`;`],
  'by a function of a table': [
    'export const acts: any = { go(a: any) { DO } };',
    'acts[req.query.n](agent);',
  ],
  'by a proxy': ['export const wrap = (x: any) => new Proxy(x, {});', 'const a = wrap(agent); DO'],
  'behind a comma': ['', 'const a = (0, agent); DO'],
  'by what is settled': ['', 'const [r] = await Promise.allSettled([agent]); const a = (r as any).value; DO'],
  'by a getter': ['', 'const o = { get a() { return agent; } }; const { a } = o; DO'],
};

/** How a handler gets its agent: from what another file has, where that is named. */
const GOT: Record<string, [take: string, name?: string, make?: string]> = {
  'that it builds': ['new FacebookAdsAgent()'],
  'that an async function of another file gives': [
    'await make()',
    'make',
    'export async function make() { return new FacebookAdsAgent(); }',
  ],
  'that a function of another file gives': [
    'make()',
    'make',
    'export function make() { return new FacebookAdsAgent(); }',
  ],
  'that a member of an object gives': [
    'await all.make()',
    'all',
    'export const all = { make: async () => new FacebookAdsAgent() };',
  ],
  'that is in what a function of another file gives': [
    '(await make()).agent',
    'make',
    'export async function make() { return { agent: new FacebookAdsAgent(), at: 1 }; }',
  ],
};

async function leftWhere(
  lib: string,
  body: string,
  act: string,
  more: Record<string, string> = {},
  [take, name, make = 'export {};']: (typeof GOT)[string] = ['new FacebookAdsAgent()'],
): Promise<string[]> {
  const names = [...lib.matchAll(/export (?:const|class|function\*?) (\w+)/g)].map(([, name = '']) => name);
  const taken = names.filter((name) => body.includes(name));
  return leftIn({
    ...more,
    'src/lib.ts': `${lib.replace('DO', act)}\nexport {};\n`,
    'src/make.ts': name === undefined ? make : `${CLASS}\n${make}\n`,
    'src/code.ts': `import { Router } from 'express';
import { ${taken.join(', ')} } from './lib.js';
${name === undefined ? CLASS : `import { ${name} } from './make.js';`}
export const router = Router();
router.get('/', async (req: any, res: any) => {
  const agent = ${take};
  res.json(await agent.list());
  ${body.replace('DO', act)}
});
`,
  });
}

const CACHES: Record<string, string>[] = [{}, { 'src/utils/agent-cache.ts': AT_ONCE }];

describe.each(Object.entries(GOT))('an agent %s', (_by, got) => {
  test.each(someOf(Object.entries(WAYS)))('and is closed %s is left', async (_, [lib, body]) => {
    for (const cache of CACHES) {
      const found = await leftWhere(lib, body, 'a.close();', cache, got);
      expect(found).toContain('agent-closed');
      expect(found).not.toContain('migrated');
    }
  });

  test.each(someOf(Object.entries(WAYS)))('and is only asked %s is migrated', async (_, [lib, body]) => {
    for (const cache of CACHES) {
      const found = await leftWhere(lib, body, 'void a.list();', cache, got);
      expect(new Set(found)).toEqual(new Set(['migrated']));
    }
  });
});

/** The listener is registered by a file that nothing but the start of the server knows. */
const ELSEWHERE: Record<string, string> = {
  'a list of an instance':
    'export class Subject { #all: any[] = []; on(f: any) { this.#all.push(f); } emit(x: any) { for (const f of this.#all) f(x); } }\nexport const subject = new Subject();',
  'a list of a module':
    'const all: any[] = [];\nexport const subject = { on(f: any) { all.push(f); }, emit(x: any) { all.forEach((f) => f(x)); } };',
  'a map':
    'const all = new Map<string, any>();\nexport const subject = { on(f: any) { all.set("a", f); }, emit(x: any) { all.get("a")?.(x); } };',
  'one variable':
    'let told: any;\nexport const subject = { on(f: any) { told = f; }, emit(x: any) { told?.(x); } };',
};

test.each(someOf(Object.entries(ELSEWHERE)))(
  'whoever is told of an agent by %s is asked wherever he is',
  async (_, lib) => {
    const told = async (act: string) =>
      leftWhere(lib, 'subject.emit(agent);', '', {
        'src/audit.ts': `import { subject } from './lib.js';\nsubject.on((a: any) => { ${act} });\n`,
        'src/main.ts': "import './audit.js';\nimport './code.js';\n",
      });
    expect(await told('a.close();')).toEqual(['agent-closed']);
    expect(await told('a.token = "x";')).toEqual(['agent-changed']);
    expect(await told('void a.list();')).toEqual(['migrated']);
  },
);

test.each(['const K = "agent"; req[K] = agent;', 'req[KEY] = agent;'])(
  'what a request is given by a name is found by it: %s',
  async (put) => {
    const lib =
      'export const KEY = "agent";\nexport const after = (req: any, res: any, next: any) => { req.agent.token = req.query.t; next(); };';
    expect(await leftWhere(lib, put, '')).toEqual(['agent-changed']);
  },
);

test('an agent that a request is given by a name that nothing tells is left', async () => {
  expect(await leftWhere('', 'req[req.query.k] = agent;', '')).toEqual(['agent-kept']);
});
