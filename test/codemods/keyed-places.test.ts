import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { ReasonId } from '../../codemods/agent-cache/reasons/reason.ts';
import { cacheModuleText } from '../../scripts/codemod/init/cache-module-text.ts';
import { libraryModuleText } from '../../scripts/codemod/init/library-module-text.ts';
import { createTree, type Tree } from '../support/trees.ts';

const AGENT = `export class FacebookAdsAgent {
  constructor(readonly token?: string, readonly options?: object) {}
  static hostOf(user: { host: string }): string { return user.host; }
  static async ofShop(shop: string) { const token = await tokens.find(shop); return new FacebookAdsAgent(token); }
  static async connected(token: string) { const agent = new FacebookAdsAgent(token); await agent.me(); return agent; }
  static init(token?: string) { return new FacebookAdsAgent(token); }
  async me(): Promise<string> { return 'me'; }
  async get(id: string): Promise<string> { return id; }
  async delete(id: string): Promise<string> { return id; }
}
`;
const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
async function createAgent() { return new FacebookAdsAgent(process.env.TOKEN); }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return createAgent(); }
`;
const KEYED = `export async function getFacebookAgentFor(token?: string, options?: object): Promise<FacebookAdsAgent> {
  return new FacebookAdsAgent(token, options);
}
`;
/** One that keeps what it built in a variable that has no value at first. */
const LATE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let last: Map<string, FacebookAdsAgent>;
export async function getFacebookAgentFor(token: string): Promise<FacebookAdsAgent> {
  last ??= new Map();
  const agent = last.get(token) ?? new FacebookAdsAgent(token);
  last.set(token, agent);
  return agent;
}
`;
const CONNECTS = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
async function createAgent() { const agent = new FacebookAdsAgent(process.env.TOKEN); await agent.me(); return agent; }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return createAgent(); }
export async function getFacebookAgentFor(token?: string): Promise<FacebookAdsAgent> {
  const agent = new FacebookAdsAgent(token);
  await agent.me();
  return agent;
}
`;

/** As --init writes it. */
const written = (textOf: typeof cacheModuleText) =>
  textOf({
    agentClass: 'FacebookAdsAgent',
    imports: ["import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';"],
    built: { code: 'new FacebookAdsAgent(process.env.TOKEN)', async: false },
    keyed: {
      code: 'new FacebookAdsAgent(...given)',
      async: false,
      argumentsType: 'ConstructorParameters<typeof FacebookAdsAgent>',
    },
    factory: 'getFacebookAgent',
    provider: 'getCachedAgentProvider',
    sync: false,
    typescript: true,
    commonJs: false,
    quote: "'",
  });
const MAKE = 'function make(token: string): FacebookAdsAgent {\n  return new FacebookAdsAgent(token);\n}';

const MADE = `const trade = async (user) => ({ value: await sdk.exchange(user) });
export async function forUser(user) { return await trade(user.id); }
`;

interface Place {
  body: string;
  /** What stands above the handler. */
  above?: string;
  left?: ReasonId;
  writes?: string;
  cache?: string;
  builtBy?: string;
  /** The agent's class. */
  agent?: string;
}

/** A class that asks its connection, which only a base class keeps. */
const ASKS = `class Keeps {
  constructor(protected readonly link: { query(sql: string): Promise<string> }) {}
}
export class FacebookAdsAgent extends Keeps {
  constructor(link: { query(sql: string): Promise<string> }) { super(link); }
  async me(): Promise<string> { return await this.link.query('me'); }
}
`;
/** One that makes an object of its token and a store, of which its base class calls methods. */
const MAKES = `import { stores } from 'stores';
interface Options { headers?: object; kept?: { getTtl(key: string): number } }
class Stored {
  private kept?: { getTtl(key: string): number };
  constructor(_url: string, _params: object, options: Options = {}) { this.kept = options.kept; }
  async me(): Promise<number> { return this.kept ? this.kept.getTtl('me') : 0; }
}
export class FacebookAdsAgent extends Stored {
  private token: string;
  constructor(token: string) {
    super('https://ads.example', {}, { headers: { 'X-Token': token, Accept: 'json' }, kept: stores.of('ads').data });
    this.token = token;
  }
}
`;
/** One that hands its connection to its base class in an object. */
const HANDS = `class Connected {
  private link?: { query(sql: string): Promise<string> };
  constructor(_url: string, { link }: { link?: { query(sql: string): Promise<string> } }) { this.link = link; }
  async me(): Promise<string> { return this.link ? this.link.query('me') : ''; }
}
export class FacebookAdsAgent extends Connected {
  constructor(link: { query(sql: string): Promise<string> }) { super('https://ads.example', { link }); }
}
`;
/** One that asks a part of what it is given, and looks at the words of another. */
const ASKS_PARTS = `export class FacebookAdsAgent {
  readonly #link: any;
  readonly #log: any;
  readonly #token: string;
  constructor({ link, token, log }: { link?: any; token: string; log?: any }) {
    this.#link = link;
    this.#token = token.trim();
    this.#log = log ?? console;
  }
  async me(): Promise<string> {
    this.#log.info('me');
    return this.#token.startsWith('t') ? this.#token : await this.#link.query('me');
  }
}
`;

/** What stands in an async handler, and what becomes of it. */
const PLACES: Record<string, Place> = {
  'the token of the user': {
    body: 'const agent = new FacebookAdsAgent(req.user.token);\n  res.json(await agent.me());',
    writes: 'const agent = await getFacebookAgentFor(req.user.token);',
  },
  'a token that is looked up': {
    body: 'const { token } = await db.accounts.findOne(req.params.id);\n  res.json(await new FacebookAdsAgent(token).me());',
    writes: '(await getFacebookAgentFor(token)).me()',
  },
  'a header': {
    body: "const agent = new FacebookAdsAgent(req.get('authorization'), { locale: req.query.locale });\n  res.json(await agent.me());",
    writes: "await getFacebookAgentFor(req.get('authorization'), { locale: req.query.locale });",
  },
  'a header that is named for a token': {
    body: "const token = req.get('x-access-token');\n  const agent = new FacebookAdsAgent(token);\n  res.json(await agent.me());",
    writes: 'await getFacebookAgentFor(token);',
  },
  'a header that is asked for of its headers': {
    body: "const agent = new FacebookAdsAgent(req.headers.get('auth-token'));\n  res.json(await agent.me());",
    writes: "await getFacebookAgentFor(req.headers.get('auth-token'));",
  },
  'a part of a header that is named for a token': {
    body: "const token = req.headers['x-auth-token'].replace('token ', '').trim();\n  const agent = new FacebookAdsAgent(token);\n  res.json(await agent.me());",
    writes: 'await getFacebookAgentFor(token);',
  },
  'a header that is made a text': {
    body: "const agent = new FacebookAdsAgent(String(req.get('x-token')));\n  res.json(await agent.me());",
    writes: "await getFacebookAgentFor(String(req.get('x-token')));",
  },
  'a connection that the class hands to its base in an object': {
    agent: HANDS,
    body: 'const agent = new FacebookAdsAgent(req.link);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a token that the class puts into an object beside what it calls': {
    agent: MAKES,
    body: 'const agent = new FacebookAdsAgent(req.user.token);\n  res.json(await agent.me());',
    writes: 'await getFacebookAgentFor(req.user.token)',
  },
  'a token that a function of the tree gets from a map': {
    above:
      'const TOKENS = new Map<string, string>();\nasync function tokenOf(shop: string) {\n  return TOKENS.get(shop);\n}',
    body: 'const token = await tokenOf(req.params.shop);\n  res.json(await new FacebookAdsAgent(token).me());',
    writes: 'await getFacebookAgentFor(token)',
  },
  'a token that is made here, and then a text': {
    body: 'const { access_token } = await exchange(req.query.code);\n  res.json(await new FacebookAdsAgent(String(access_token)).me());',
    left: 'token-made-here',
  },
  'an argument that the class helps to make': {
    body: 'const agent = new FacebookAdsAgent(FacebookAdsAgent.hostOf(req.user));\n  res.json(await agent.me());',
    writes: "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';",
  },
  'the shared one': {
    body: 'const agent = new FacebookAdsAgent(process.env.TOKEN);\n  res.json(await agent.me());',
    writes: 'const agent = await getFacebookAgent();',
  },
  'a token that is made here': {
    body: 'const { access_token } = await exchange(req.query.code);\n  res.json(await new FacebookAdsAgent(access_token).me());',
    left: 'token-made-here',
  },
  'a part of a token that is made here': {
    body: 'const { access_token } = await exchange(req.query.code);\n  res.json(await new FacebookAdsAgent(access_token.trim()).me());',
    left: 'token-made-here',
  },
  'a token that is got by what the request sends': {
    body: "const token = await provider.get('token', req.get('x-code'));\n  res.json(await new FacebookAdsAgent(token).me());",
    left: 'token-made-here',
  },
  'a token that a function of the tree makes, whatever it is called': {
    above: `async function prepared(user) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', user });
  const answer = await fetch(HOST, { method: 'POST', body });
  const { access_token } = await answer.json();
  return access_token;
}`,
    body: 'const value = await prepared(req.user.id);\n  res.json(await new FacebookAdsAgent(value).me());',
    left: 'token-made-here',
  },
  'a token that a function of another file makes through one more': {
    above: "import { forUser } from './made.js';",
    body: 'res.json(await new FacebookAdsAgent((await forUser(req.user)).value).me());',
    left: 'token-made-here',
  },
  'a token that a function of the tree signs': {
    above:
      "import jwt from 'jsonwebtoken';\nconst forUser = (user) => jwt.sign({ sub: user }, process.env.KEY);",
    body: 'res.json(await new FacebookAdsAgent(forUser(req.user.id)).me());',
    left: 'token-made-here',
  },
  'a token that is changed for a code': {
    body: 'const session = await provider.trade(req.query.code);\n  res.json(await new FacebookAdsAgent(session.accessToken).me());',
    left: 'token-made-here',
  },
  'a token that a function of the tree reads from where it is stored, whatever it is called': {
    above: `async function tokenFor(user) {
  const account = await db.accounts.findOne({ user });
  if (!account) return undefined;
  return account.token;
}`,
    body: 'const token = await tokenFor(req.user.id);\n  res.json(await new FacebookAdsAgent(token).me());',
    writes: '(await getFacebookAgentFor(token)).me()',
  },
  'a token that a query of a table gives': {
    body: "const { token } = await db('tokens').where({ user: req.user.id }).first();\n  res.json(await new FacebookAdsAgent(token).me());",
    writes: '(await getFacebookAgentFor(token)).me()',
  },
  'a country that is found by its code': {
    body: 'const country = await places.resolve(req.query.code);\n  res.json(await new FacebookAdsAgent(country.host).me());',
    writes: '(await getFacebookAgentFor(country.host)).me()',
  },
  'a token that is refreshed here': {
    body: "const answer = await fetch('https://auth.example/oauth/token', { method: 'POST' });\n  const body = await answer.json();\n  res.json(await new FacebookAdsAgent(body.token).me());",
    left: 'token-made-here',
  },
  'a token that a login sends': {
    body: 'const agent = new FacebookAdsAgent(req.body.token);\n  await db.save(req.body.token);\n  res.json(await agent.me());',
    left: 'token-checked-here',
  },
  'an object of its own': {
    body: 'const agent = new FacebookAdsAgent(req.user.token, { log: new Map() });\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a connection that the base of the class asks': {
    agent: ASKS,
    body: 'const link = await pool.connect(req.user.id);\n  const agent = new FacebookAdsAgent(link);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a connection that the class asks where it has one': {
    agent: ASKS.replace('this.link.query', 'this.link?.query'),
    body: 'const link = await pool.connect(req.user.id);\n  const agent = new FacebookAdsAgent(link);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a connection that the class asks by another name': {
    agent: ASKS.replace('return await this.link', 'const { link } = this; return await link'),
    body: 'const link = await pool.connect(req.user.id);\n  const agent = new FacebookAdsAgent(link);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a connection whose method the class takes': {
    agent: ASKS.replace('return await this.link.query', 'const { query } = this.link; return await query'),
    body: 'const link = await pool.connect(req.user.id);\n  const agent = new FacebookAdsAgent(link);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a connection among what the class is given': {
    agent: ASKS_PARTS,
    body: 'const given = { link: await pool.connect(), token: req.user.token };\n  const agent = new FacebookAdsAgent(given);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'what may have a log, and has none': {
    agent: ASKS_PARTS,
    body: 'const agent = new FacebookAdsAgent({ token: req.user.token });\n  res.json(await agent.me());',
    writes: 'await getFacebookAgentFor({ token: req.user.token });',
  },
  'what may have a log, and is not known': {
    agent: ASKS_PARTS.replace('link, token', 'token').replace('= link', '= undefined'),
    body: 'const settings = await db.settings(req.user.id);\n  const agent = new FacebookAdsAgent(settings);\n  res.json(await agent.me());',
    writes: 'await getFacebookAgentFor(settings);',
  },
  'the request itself': {
    body: 'const agent = new FacebookAdsAgent(req.user.token, req);\n  res.json(await agent.me());',
    left: 'argument-with-identity',
  },
  'a cache without such entries': {
    body: 'const agent = new FacebookAdsAgent(req.user.token);\n  res.json(await agent.me());',
    left: 'no-keyed-getter',
    cache: CACHE,
  },
  'a token that is made here, beside a cache that shares none': {
    body: 'const { access_token } = await exchange(req.query.code);\n  res.json(await new FacebookAdsAgent(access_token).me());',
    left: 'token-made-here',
    cache: `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n${KEYED}`,
  },
  'a failure that is handled further down': {
    body: 'const agent = new FacebookAdsAgent(req.user.token);\n  try {\n    res.json(await agent.me());\n  } catch {\n    res.status(502).end();\n  }',
    left: 'keyed-elsewhere',
    cache: CONNECTS,
  },
  'a chain that begins behind it': {
    body: 'setImmediate(() => {\n    const agent = new FacebookAdsAgent(req.user.token);\n    agent.get(req.params.id).then((id) => res.json(id)).catch(next);\n  });',
    writes: 'getFacebookAgentFor(req.user.token)\n      .then((agent) => agent.get(req.params.id))',
  },
  'a chain that is returned behind it': {
    above:
      'const first = (token: string, id: string) => {\n  const agent = new FacebookAdsAgent(token);\n  return agent.get(id).catch(() => id);\n};',
    body: 'res.json(await first(req.user.token, req.params.id));',
    writes: 'getFacebookAgentFor(token)',
  },
  'a chain that begins after something else': {
    body: 'setImmediate(() => {\n    const agent = new FacebookAdsAgent(req.user.token);\n    renew(req.user);\n    agent.get(req.params.id).then((id) => res.json(id)).catch(next);\n  });',
    left: 'keyed-elsewhere',
  },
  'two chains': {
    body: 'setImmediate(() => {\n    const agent = new FacebookAdsAgent(req.user.token);\n    agent.get(req.params.id).then((id) => res.json(id)).catch(next);\n    agent.me().then(audit).catch(next);\n  });',
    left: 'keyed-elsewhere',
  },
  'a chain that begins beside something else': {
    body: 'setImmediate(() => {\n    const agent = new FacebookAdsAgent(req.user.token);\n    const all = [renew(req.user), agent.get(req.params.id).then((id) => res.json(id)).catch(next)];\n  });',
    left: 'keyed-elsewhere',
  },
  'a token that the builder looks up by a name': {
    body: 'const agent = await FacebookAdsAgent.ofShop(req.params.shop);\n  res.json(await agent.me());',
    left: 'key-looked-up',
    builtBy: 'ofShop',
  },
  'a builder that only connects what it was given': {
    body: 'const agent = await FacebookAdsAgent.connected(req.user.token);\n  res.json(await agent.me());',
    writes: 'const agent = await getFacebookAgentFor(req.user.token);',
    builtBy: 'connected',
  },
  'a default for the process': {
    body: 'FacebookAdsAgent.init(req.user.token);\n  res.json(await me());',
    left: 'builder-dropped',
    builtBy: 'init',
  },
  'a default for the process by a name that nobody uses': {
    body: 'const _agent = FacebookAdsAgent.init(req.user.token);\n  res.json(await me());',
    left: 'builder-dropped',
    builtBy: 'init',
  },
  'comments among the arguments': {
    body: 'const agent = new FacebookAdsAgent(\n    // his own\n    req.user.token, /* not the shop’s */\n  );\n  res.json(await agent.me());',
    writes: 'getFacebookAgentFor(\n    // his own\n    req.user.token, /* not the shop’s */\n  );',
  },
  'a factory that only builds it': {
    above: MAKE,
    body: 'const agent = make(req.user.token);\n  res.json(await agent.me());',
    writes: 'const agent = await make(req.user.token);',
  },
  'a factory that asks for its token first': {
    above:
      "function make(token: string): FacebookAdsAgent {\n  if (!token) throw new Error('No token');\n  return new FacebookAdsAgent(token);\n}",
    body: 'const agent = make(req.user.token);\n  res.json(await agent.me());',
    writes: "{\n  if (!token) throw new Error('No token');\n  return await getFacebookAgentFor(token);\n}",
  },
  'a factory, beside the cache that --init writes': {
    cache: written(cacheModuleText),
    above: MAKE,
    body: 'res.json(await make(req.user.token).get(req.params.id));',
    writes:
      'async function make(token: string): Promise<FacebookAdsAgent> {\n  return await getFacebookAgentFor(token);',
  },
  'a factory, beside one that uses the library': {
    cache: written(libraryModuleText),
    above: MAKE,
    body: 'res.json(await (await make(req.user.token)).delete(req.params.id));',
    writes:
      'async function make(token: string): Promise<FacebookAdsAgent> {\n  return await getFacebookAgentFor(token);',
  },
  'a factory beside a cache of which nothing tells what its variables hold': {
    cache: LATE,
    above: MAKE,
    body: 'res.json(await make(req.user.token).me());',
    left: 'returned',
  },
  'a factory whose agents are awaited together': {
    above: MAKE,
    body: 'const [one, other] = await Promise.all([make(req.user.token), make(req.user.other)]);\n  res.json([await one.me(), await other.me()]);',
    writes: '= await Promise.all([make(req.user.token), make(req.user.other)]);',
  },
  'a method whose agents are awaited together': {
    above: `class Books {
  token = 't';
  make() { return new FacebookAdsAgent(this.token); }
  async both() { const [a, b] = await Promise.all([this.make(), this.make()]); return [await a.me(), await b.me()]; }
}`,
    body: 'res.json(await new Books().both());',
    writes: 'async make() { return await getFacebookAgentFor(this.token); }',
  },
  'a factory that is awaited beside something else': {
    above: MAKE,
    body: 'const [agent, rows] = await Promise.all([make(req.user.token), db.rows.find()]);\n  res.json([await agent.me(), rows]);',
    left: 'returned',
  },
  'a factory whose agent a function gives on': {
    above: `${MAKE}\nfunction forUser(user) { const agent = make(user.token); return agent; }`,
    body: 'res.json(await forUser(req.user).me());',
    writes: 'async function forUser(user) { const agent = await make(user.token); return agent; }',
  },
  'a factory whose agent an async function gives on': {
    above: `${MAKE}\nasync function forUser(id) { const { token } = await db.users.find(id); return make(token); }`,
    body: 'const agent = await forUser(req.params.id);\n  res.json(await agent.me());',
    writes: 'return await make(token); }',
  },
  'a factory whose agent a synchronous function gives on, and another one uses at once': {
    above: `${MAKE}\nconst forUser = (user) => make(user.token);\nexport const named = (user) => forUser(user).describe();`,
    body: 'res.json(await forUser(req.user).me());',
    left: 'returned',
  },
  'a factory that asks for something else of its caller': {
    above:
      'function make(token: string): FacebookAdsAgent {\n  if (!token) return lookUp(token);\n  return new FacebookAdsAgent(token);\n}',
    body: 'res.json(await make(req.user.token).me());',
    left: 'returned-with-work',
  },
  'a factory whose agent is given on, and changed by who gets it': {
    above: `${MAKE}\nconst forUser = (user) => make(user.token);`,
    body: 'const agent = forUser(req.user);\n  agent.locale = req.query.locale;\n  res.json(await agent.me());',
    left: 'agent-changed',
  },
  'a factory whose agent is given on to a promise that is awaited later': {
    above: `${MAKE}\nasync function forUser(user) { return make(user.token); }`,
    body: 'const pending = forUser(req.user);\n  await db.rows.find();\n  res.json(await (await pending).me());',
    left: 'returned',
  },
  'a factory whose agent is given on and kept': {
    above: `${MAKE}\nconst forUser = (user) => make(user.token);\nlet last;`,
    body: 'last = forUser(req.user);\n  res.json(await last.me());',
    left: 'agent-kept',
  },
  'a factory that a synchronous function calls': {
    above: `${MAKE}\nexport const named = (token: string) => make(token).describe();`,
    body: 'res.json(await make(req.user.token).me());',
    left: 'returned',
  },
  'a factory whose caller changes what it gives': {
    above: MAKE,
    body: 'const agent = make(req.user.token);\n  agent.locale = req.query.locale;\n  res.json(await agent.me());',
    left: 'agent-changed',
  },
  'a factory beside a cache that connects': {
    cache: CONNECTS,
    above: MAKE,
    body: 'res.json(await make(req.user.token).me());',
    left: 'returned',
  },
};

let tree: Tree;
beforeAll(() => {
  const files = Object.entries(PLACES).flatMap(
    ([name, { above = '', body, cache = CACHE + KEYED, agent = AGENT }]) => {
      const folder = folderOf(name);
      return [
        [`${folder}/package.json`, '{ "type": "module", "dependencies": { "express": "^5.1.0" } }'],
        [`${folder}/src/agents/facebook-ads-agent.ts`, agent],
        [`${folder}/src/utils/agent-cache.ts`, cache],
        [`${folder}/src/made.ts`, MADE],
        [
          `${folder}/src/routes.ts`,
          `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
${above}

export const router = Router();
router.get('/', async (req, res) => {
  ${body}
});
`,
        ],
      ];
    },
  );
  tree = createTree(Object.fromEntries(files) as Record<string, string>);
});
afterAll(() => tree.remove());

test.each(someOf(Object.entries(PLACES)))(
  'with an agent for each set of arguments: %s',
  async (name, place) => {
    const options = {
      ...DEFAULT_OPTIONS,
      keyed: true,
      ...(place.builtBy !== undefined && { builtBy: place.builtBy }),
    };
    for await (const { path, occurrences, output } of migrateTree([tree.path(folderOf(name))], options)) {
      if (!path.endsWith('routes.ts')) continue;
      expect(occurrences.map((each) => each.left?.id)).toEqual([place.left]);
      if (place.writes === undefined) expect(output).toBeUndefined();
      else expect(output).toContain(place.writes);
      return;
    }
    throw new Error('nothing was found');
  },
);

function folderOf(name: string): string {
  return name.replaceAll(/\W+/g, '-');
}
