import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

const PARTS = 'private parts: string[] = [];';
const RUN = 'run: async () => this.parts';

/** What a method gives its caller to call leaves something in the agent. */
const KEEPING: [string, ClassAndRoute][] = [
  [
    'a query over what the agent keeps',
    {
      members: `${PARTS} query() { const { parts } = this; return { where(part: string) { parts.push(part); return this; }, async run() { return parts.splice(0); } }; }`,
      use: 'res.json(await agent.query().where(req.query.x).run());',
    },
  ],
  [
    'an instance of another class that writes to the agent',
    {
      before:
        'class Query { constructor(private of: { parts: string[] }) {} where(part: string) { this.of.parts.push(part); return this; } async run() { return this.of.parts; } }',
      members: 'parts: string[] = []; query() { return new Query(this); }',
      use: 'res.json(await agent.query().where(req.query.x).run());',
    },
  ],
  [
    'a function',
    {
      members:
        'private user = ""; login() { return (user: string) => { this.user = user; }; } async me() { return this.user; }',
      use: 'agent.login()(req.query.x); res.json(await agent.me());',
    },
  ],
  [
    'a function deep in an object',
    {
      members:
        'private last = ""; api() { return { rows: { list: async (id: string) => { const before = this.last; this.last = id; return before; } } }; }',
      use: 'res.json(await agent.api().rows.list(req.query.x));',
    },
  ],
  [
    'a function in a list',
    {
      members: `${PARTS} queries() { return [1].map(() => ({ where: (part: string) => { this.parts.push(part); }, ${RUN} })); }`,
      use: 'const [query] = agent.queries(); query.where(req.query.x); res.json(await query.run());',
    },
  ],
  [
    'what a promise gives',
    {
      members: `${PARTS} async query() { await null; return { where: (part: string) => { this.parts.push(part); }, ${RUN} }; }`,
      use: 'const query = await agent.query(); query.where(req.query.x); res.json(await query.run());',
    },
  ],
];

/** It leaves something in what is the caller's own, or nothing. */
const OWN: [string, ClassAndRoute][] = [
  [
    'a query of its own',
    {
      members:
        'query() { const parts: string[] = []; return { where(part: string) { parts.push(part); return this; }, async run() { return parts; } }; }',
      use: 'res.json(await agent.query().where(req.query.x).run());',
    },
  ],
  [
    'an instance that keeps it itself',
    {
      before:
        'class Query { private parts: string[] = []; constructor(private of: object) {} where(part: string) { this.parts.push(part); return this; } async run() { return [this.of, this.parts]; } }',
      members: 'query() { return new Query(this); }',
      use: 'res.json(await agent.query().where(req.query.x).run());',
    },
  ],
  [
    'a row that can be loaded again',
    {
      members:
        'async row(id: string) { return { id, reload: () => this.read(id), close() {} }; } private async read(id: string) { return id; }',
      use: 'const row = await agent.row(req.query.x); res.json(await row.reload());',
    },
  ],
  [
    'a copy of the agent with a token',
    {
      members:
        'token = ""; as(token: string): FacebookAdsAgent { const other = new FacebookAdsAgent(); other.token = token; return other; } async me() { return this.token; }',
      use: 'res.json(await agent.as(req.query.x).me());',
    },
  ],
];

/** What is got anew once it is too old is the same for all. */
const RENEWED: [string, ClassAndRoute][] = [
  [
    'a token that runs out',
    {
      members:
        'private token?: { value: string; until: number }; private async auth() { if (!this.token || this.token.until < Date.now()) this.token = { value: "t", until: Date.now() + 1000 }; return this.token.value; } async read(id: string) { return [await this.auth(), id]; }',
      use: 'res.json(await agent.read(req.query.x));',
    },
  ],
  [
    'a token and its end beside it',
    {
      members:
        'private token = ""; private until = 0; private async auth() { if (!this.token || Date.now() > this.until) { const answer = await fetch("https://auth.example"); const { token, seconds } = (await answer.json()) as any; this.token = token; this.until = Date.now() + seconds * 1000; } return this.token; } async read(id: string) { return [await this.auth(), id]; }',
      use: 'res.json(await agent.read(req.query.x));',
    },
  ],
  [
    'a token that is given while it lasts',
    {
      members:
        'private token?: { value: string; until: number }; private async auth() { if (this.token && this.token.until > Date.now()) return this.token.value; this.token = { value: "t", until: Date.now() + 1000 }; return this.token.value; } async read(id: string) { return [await this.auth(), id]; }',
      use: 'res.json(await agent.read(req.query.x));',
    },
  ],
];

/** What looks like that, and says something of a caller or of a position. */
const NOT_RENEWED: [string, ClassAndRoute][] = [
  [
    'an account that the request asks for',
    {
      members:
        'private account?: { id: string }; async read(id: string) { if (!this.account || this.account.id !== id) this.account = { id: "x" }; return this.account; }',
      use: 'res.json(await agent.read(req.query.x));',
    },
  ],
  [
    'an account of the request',
    {
      members:
        'private account?: { id: string }; async read(id: string) { if (!this.account || this.account.id === "old") this.account = { id }; return this.account; }',
      use: 'res.json(await agent.read(req.query.x));',
    },
  ],
  [
    'a page that is turned',
    {
      members:
        'private page = 0; async next() { if (!this.page || this.page > 3) this.page = 1; else this.page += 1; return this.page; }',
      use: 'res.json([await agent.next(), await agent.next()]);',
    },
  ],
  [
    'a user of an AsyncLocalStorage',
    {
      before:
        'import { AsyncLocalStorage } from "node:async_hooks"; const storage = new AsyncLocalStorage<string>();',
      members:
        'private user?: { id: string; until: number }; async me() { if (!this.user || this.user.until < Date.now()) this.user = { id: storage.getStore() ?? "", until: Date.now() }; return this.user.id; }',
      use: 'res.json(await agent.me());',
    },
  ],
];

describe('an agent is left whose method', () => {
  test.each(KEEPING)('gives %s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
  test.each(NOT_RENEWED)('keeps %s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('an agent is shared whose method', () => {
  test.each(OWN)('gives %s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
  test.each(RENEWED)('keeps %s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});
