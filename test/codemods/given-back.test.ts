import { someOf } from '../support/depth.ts';
import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

const MEMBERS = `account = "";
  select(id: string) { this.account = id; return this; }
  async whoAmI() { return this.account; }`;

/** What a route does with an agent by way of something that gives it back, and what becomes of the place. */
const route = (use: string): ClassAndRoute => ({ members: MEMBERS, use });

test.each(
  someOf([
    [
      'what a function gives that cannot be read',
      'const own = other.instrument(agent); own.select(req.query.id);',
    ],
    ['what a function without a source gives', 'const own = instrument(agent); own.select(req.query.id);'],
    ['what it gives at once', 'await instrument(agent).select(req.query.id).whoAmI();'],
    ['what it gives later', 'const own = await instrument(agent); await own.select(req.query.id);'],
    ['what it gives to a variable', 'let own: any; own = instrument(agent); own.select(req.query.id);'],
    ['a method by any name', 'const own = instrument(agent); own[req.query.m](req.query.id);'],
    ['a proxy', 'const own = new Proxy(agent, {}); own.select(req.query.id);'],
    ['a wrapper that cannot be read', 'const own = new Wrapper(agent); own.select(req.query.id);'],
    ['an object made of it', 'const own = Object.create(agent); own.select(req.query.id);'],
    ['a map', 'const all = new Map([["a", agent]]); all.get("a")!.select(req.query.id);'],
    ['a weak reference', 'const ref = new WeakRef(agent); ref.deref()!.select(req.query.id);'],
    ['the values of what holds it', 'Object.values({ agent })[0]!.select(req.query.id);'],
    ['a method that is reflected', 'Reflect.apply(Reflect.get(agent, req.query.m), agent, [req.query.id]);'],
    ['a method that is reflected by its name', 'Reflect.get(agent, "select").call(agent, req.query.id);'],
  ]),
)('%s is the agent: a method that keeps what it is given leaves the place', async (_, use) => {
  expect(await statusOf(route(use))).toBe('manual');
});

test.each([
  [
    'what a function gives that cannot be read',
    'const own = instrument(agent); res.json(await own.getCampaigns());',
  ],
  ['rows that a function gives', 'const rows = await load(agent); rows.push(req.query.id); rows.sort();'],
  ['a proxy', 'const own = new Proxy(agent, {}); await own.getCampaigns();'],
  ['a map', 'const all = new Map([["a", agent]]); await all.get("a")!.getCampaigns();'],
  ['the values of what holds it', 'await Object.values({ agent })[0]!.getCampaigns();'],
])('%s, of which only reads are called, is shared', async (_, use) => {
  expect(await statusOf(route(use))).toBe('migrated');
});
