import { someOf } from '../support/depth.ts';
import { AT_ONCE, CLASS, leftIn, WAITS } from './support/left-in.ts';

const AGENT = `export class FacebookAdsAgent {
  token = '';
  setToken(token: string) { this.token = token; }
  async list(): Promise<string[]> { return [this.token]; }
}
`;
const KEPT = `export class Clients {
  private static agent: any;
  static async get() { if (!this.agent) this.agent = new FacebookAdsAgent(); return this.agent; }
}`;
const HELD = `class Holder {
  #agent?: FacebookAdsAgent;
  async get() { return (this.#agent ??= new FacebookAdsAgent()); }
}
export const held = new Holder();`;
const LISTED = 'res.json(await (await Clients.get()).list());';

/** What keeps one agent, what a route of another file does, what else that file has, and whether nothing has to wait. */
type Row = [lib: string, use: string, beside?: string, cache?: string];

const LEFT: Record<string, Row> = {
  'a getter whose agent a route sets': [
    'export class Ctx { #agent?: FacebookAdsAgent; get agent(): FacebookAdsAgent { return (this.#agent ??= new FacebookAdsAgent()); } }',
    'const ctx = new Ctx(); ctx.agent.setToken(String(req.query.t)); res.json(await ctx.agent.list());',
    '',
    AT_ONCE,
  ],
  'a static getter': [
    'export class Ctx { static get agent(): FacebookAdsAgent { return new FacebookAdsAgent(); } }',
    'Ctx.agent.setToken(String(req.query.t)); res.json(await Ctx.agent.list());',
    '',
    AT_ONCE,
  ],
  'a generator': [
    'let c: any;\nexport function* get() { if (!c) c = new FacebookAdsAgent(); return c; }',
    'res.json(await get().next().value.list());',
    '',
    AT_ONCE,
  ],
  'a static that a file sets past its types': [
    KEPT,
    LISTED,
    'const open: any = Clients; open.agent = undefined;',
  ],
  'a static of a class that is copied': [KEPT, LISTED, 'export const all = { ...Clients };'],
  'a static of a class that is extended': [KEPT, LISTED, 'export class Other extends Clients {}'],
  'a static of a class by another name': [KEPT, LISTED.replace('Clients', 'Own'), 'const Own = Clients;'],
  'a static that its class walks': [
    `${KEPT.slice(0, -1)}  static drop() { for (const k of Object.keys(this)) (this as any)[k] = undefined; }\n}`,
    LISTED,
  ],
  'a static whose class asks whether something has it': [
    'export class S { static #c?: any; static async get() { return (S.#c ??= new FacebookAdsAgent()); } static is(o: any) { return #c in o; } }',
    'res.json(await (await S.get()).list());',
  ],
  'one that logs what does more': [
    'let c: any;\nexport async function get() { if (!c) { console.log(next()); c = new FacebookAdsAgent(); } return c; }\nlet count = 0;\nexport const next = () => ++count;',
    'res.json(await (await get()).list());',
  ],
  'one that logs by what may be anything': [
    'const logs: any[] = [];\nlet c: any;\nexport async function get() { if (!c) { logs.push("built"); c = new FacebookAdsAgent(); } return c; }\nexport const told = () => logs;',
    'res.json(await (await get()).list());',
  ],
  'a field of an instance that is exported, whose agent a route sets': [
    HELD,
    'const agent = await held.get(); agent.setToken(String(req.query.t)); res.json(await agent.list());',
  ],
  'a field of an instance whose method goes on without it': [
    HELD,
    'const { get } = held; const agent = await get.call(held); res.json(await agent.list());',
  ],
  'a field of an instance that goes to a package': [
    HELD,
    'res.json(1);',
    "import pool from 'generic-pool';\n(pool as any).register(held);",
  ],
  'a field of instances': [
    'export class S { private a?: FacebookAdsAgent; async get() { return (this.a ??= new FacebookAdsAgent()); } }',
    'res.json(await (await new S().get()).list());',
  ],
  'a variable that is never asked for right': [
    'let c: any = null;\nexport async function get() { if (c !== undefined) return c; c = new FacebookAdsAgent(); return c; }',
    'res.json(await (await get())?.list());',
  ],
  'a variable that evaluated code reads': [
    'let c: any;\nexport async function get() { if (!c) c = new FacebookAdsAgent(); return c; }\nexport const peek = () => eval("c");',
    'res.json(await (await get()).list());',
  ],
  'a closure whose type is given to the whole': [
    'export const get = (() => { let c: any; return () => (c ??= new FacebookAdsAgent()); })() as () => FacebookAdsAgent;',
    'res.json(await get().list());',
  ],
  'one that asks before the first': [
    'export const settings = { ready: true, end() { this.ready = false; } };\nlet c: any;\nexport async function get() { if (!c) { if (!settings.ready) throw new Error("off"); c = new FacebookAdsAgent(); } return c; }',
    'res.json(await (await get()).list());',
  ],
};

const MIGRATED: Record<string, Row> = {
  'a private field of an instance that is exported': [HELD, 'res.json(await (await held.get()).list());'],
  'a private static': [KEPT, LISTED],
  'a closure': [
    'export const get = (() => { let c: any; return () => (c ??= new FacebookAdsAgent()); })();',
    'res.json(await get().list());',
  ],
  'a variable': [
    'let c: any;\nexport async function get() { if (!c) c = new FacebookAdsAgent(); return c; }',
    'res.json(await (await get()).list());',
  ],
  'a variable, with lines of a log': [
    "import { log } from './log.js';\nlet c: any;\nexport async function get() { if (c) return c; log.info('none yet'); const who = 'the client'; log.info(who); c = new FacebookAdsAgent(); console.log(who, c); return c; }",
    'res.json(await (await get()).list());',
  ],
  'a promise that is kept': [
    'let c: any;\nexport function get() { if (!c) c = Promise.resolve(new FacebookAdsAgent()); return c; }',
    'res.json(await (await get()).list());',
  ],
  'a variable that is asked for by what it is': [
    'let c: any = null;\nexport async function get() { if (c !== null) return c; c = new FacebookAdsAgent(); return c; }',
    'res.json(await (await get()).list());',
  ],
  'a variable, at once': [
    'let c: any;\nexport function get() { return (c ??= new FacebookAdsAgent()); }',
    'res.json(await get().list());',
    '',
    AT_ONCE,
  ],
};

async function leftOf([lib, use, beside = '', cache = WAITS]: Row): Promise<string[]> {
  const taken = /export (?:class|function\*?|async function|const) (\w+)/.exec(lib)?.[1] ?? '';
  return leftIn({
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/log.ts': 'export const log = { info(...text: unknown[]) {} };\n',
    'src/lib.ts': `${CLASS}\n${lib}\n`,
    'src/code.ts': `import { Router } from 'express';
import { ${taken} } from './lib.js';
export const router = Router();
${beside}
router.get('/', async (req: any, res: any) => { ${use} });
`,
  });
}

test.each(someOf(Object.entries(LEFT)))('a function that keeps one agent is left: %s', async (_, row) => {
  expect(await leftOf(row)).not.toContain('migrated');
});

test.each(someOf(Object.entries(MIGRATED)))(
  'a function that keeps one agent is migrated: %s',
  async (_, row) => {
    expect(new Set(await leftOf(row))).toEqual(new Set(['migrated']));
  },
);
