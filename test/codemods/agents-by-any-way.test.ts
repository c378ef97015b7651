import { someOf } from '../support/depth.ts';
import { statusOf } from './support/status-of-route.ts';

const HELPERS = `const put = (a: any, x: string) => { a.token = x; };
const one = (a: any, x: string) => two(a, x);
const two = (a: any, x: string) => three(a, x);
const three = (a: any, x: string) => four(a, x);
const four = (a: any, x: string) => five(a, x);
const five = (a: any, x: string) => put(a, x);
function byThis(this: any, x: string) { this.token = x; }
function byArguments(..._given: unknown[]) { arguments[0].token = arguments[1]; }
class Box { a: any; set it(a: any) { this.a = a; } with(a: any) { this.a = a; return this; } use(x: string) { this.a.token = x; } static of(a: any) { const box = new Box(); box.a = a; return box; } }
class Assigned { constructor(given: any) { Object.assign(this, given); } use(x: string) { (this as any).agent.token = x; } }
const load = async (a: any, x: string) => { const own: any = { x }; own.rows = await a.getCampaigns(); return own; };
`;

/** A route that gives its agent on, and says what it gives with. */
const route = (use: string) =>
  statusOf({
    members: 'token = ""; private seen = 0; count() { this.seen++; return [1]; }',
    files: {
      'src/routes.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const router = Router();
${HELPERS}
void [one, byThis, byArguments, Assigned, load];

router.get('/', async (req: any, res: any) => {
  const agent: any = new FacebookAdsAgent();
  const x = req.query.x;
  ${use}
  res.json(await agent.getCampaigns());
});
`,
    },
  });

describe('an agent that is changed by any way keeps its place', () => {
  test.each(
    someOf([
      'const get = () => agent; get().token = x;',
      'function get() { return agent; } get().token = x;',
      'const box = { get: () => agent }; box.get().token = x;',
      'const box = { get it() { return agent; } }; box.it.token = x;',
      'const box = { agent, use(x: string) { this.agent.token = x; } }; box.use(x);',
      'class Own { get it() { return agent; } } new Own().it.token = x;',
      'await (async () => agent)().then((a: any) => { a.token = x; });',
      'const all = [1].map(() => agent); all[0].token = x;',
      'const [a] = await Promise.all([1].map(async () => agent)); a.token = x;',
      'const a: any = await new Promise((resolve) => resolve(agent)); a.token = x;',
      'const [{ value }]: any = await Promise.allSettled([agent]); value.token = x;',
      'const [a] = Array.from([agent]); a.token = x;',
      'const o: any = Object.fromEntries([["a", agent]]); o.a.token = x;',
      'const m = new Map(); m.set("a", agent); m.get("a").token = x;',
      'for (const a of new Map([["a", agent]]).values()) a.token = x;',
      'for (const [, a] of [agent].entries()) a.token = x;',
      'const list: any[] = []; list.push(agent); list[0].token = x;',
      'const [a] = [[agent]].flat(); a.token = x;',
      'function* all() { yield agent; } for (const a of all()) a.token = x;',
      'const p: any = new Proxy(agent, {}); p.token = x;',
      'const o = Object.create(agent); o.self = () => agent; o.self().token = x;',
      'byThis.call(agent, x);',
      'byThis.bind(agent)(x);',
      '[x].forEach(byThis, agent);',
      'byArguments(agent, x);',
      'put.bind(null, agent)(x);',
      'one(agent, x);',
      'Box.of(agent).use(x);',
      'new Box().with(agent).use(x);',
      'const box = new Box(); box.it = agent; box.use(x);',
      'new Assigned({ agent }).use(x);',
      '[(a: any) => put(a, x)].reduce((a, each) => { each(a); return a; }, agent);',
    ]),
  )('%s', async (use) => {
    expect(await route(use)).toBe('manual');
  });
});

describe('an agent whose state is read as a whole keeps its place', () => {
  test.each([
    'agent.count(); res.send(JSON.stringify(agent));',
    'agent.count(); res.send({ ...agent });',
    'agent.count(); res.send(structuredClone(agent));',
    'agent.count(); for (const name in agent) res.write(String(agent));',
    'agent.count(); res.send(agent["se" + "en"]);',
  ])('%s', async (use) => {
    expect(await route(use)).toBe('manual');
  });
});

describe('an agent that goes the same ways and is only called is migrated', () => {
  test.each(
    someOf([
      'const get = () => agent; res.write(await get().getCampaigns());',
      'const box = { get: () => agent, note: "" }; box.note = x; res.write(await box.get().getCampaigns());',
      'const [a, own]: any = await Promise.all([agent, { token: "" }]); own.token = x; res.write(await a.getCampaigns());',
      'const list: any[] = [{ token: "" }, agent]; list[0].token = x; res.write(await list[1].getCampaigns());',
      'const m = new Map<string, any>(); m.set("x", x); m.set("a", agent); res.write(await m.get("a").getCampaigns());',
      'const own: any = {}; put(own, x); res.write(own.token);',
      'res.write(await load(agent, x));',
      'const rows = await agent.getCampaigns(); rows.push(x); rows.sort(); res.write(rows);',
      'const own = new Box(); own.with({ token: "" }).use(x); res.write(await load(agent, x));',
      'const out: any = {}; await Promise.all(["a", "b"].map(async (id) => { out[id] = await agent.getCampaigns(id); })); res.write(out);',
      'function* all() { yield agent; } for (const a of all()) res.write(await a.getCampaigns());',
      'const { token } = agent; res.write(token + x);',
    ]),
  )('%s', async (use) => {
    expect(await route(use)).toBe('migrated');
  });
});
