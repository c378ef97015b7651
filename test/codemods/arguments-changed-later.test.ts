import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { leftIn } from './support/left-in.ts';

const FILES = {
  'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  constructor(readonly given) {}
  async list() { return fetch('http://127.0.0.1:9/', { body: JSON.stringify(this.given) }); }
}
`,
  'src/users.ts': `export async function find(id) {
  const answer = await fetch('http://127.0.0.1:9/' + id);
  return answer.json();
}
`,
  'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
const agents = new Map();
export async function getFacebookAgentFor(...given) {
  const key = JSON.stringify(given);
  if (!agents.has(key)) agents.set(key, new FacebookAdsAgent(...given));
  return agents.get(key);
}
`,
};

/** What becomes of the one place in a handler. */
async function placeIn(handler: string, more = ''): Promise<string> {
  const left = await leftIn(
    {
      ...FILES,
      'src/routes.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { find } from './users.js';
${more}
export const router = Router();
router.get('/', async (req, res) => {
  ${handler}
});
`,
    },
    { ...DEFAULT_OPTIONS, keyed: true },
  );
  return left.join();
}

const LISTS = 'res.json(await agent.list());';
const BUILDS = 'const agent = new FacebookAdsAgent(given);';
const FILL = 'function fill(given, req) { given.user = req.query.x; }';
const RUN = `async function run(user, res) {
  const agent = new FacebookAdsAgent({ user });
  ${LISTS}
}`;

/** The same of a class that says by its types what it takes. */
async function typedPlaceIn(type: string, handler: string): Promise<string> {
  const left = await leftIn(
    {
      ...FILES,
      'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  constructor(private readonly given: ${type}) {}
  async list() { return fetch('http://127.0.0.1:9/' + String(this.given)); }
}
`,
      'src/routes.ts': `import { Router, type Request, type Response } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { audit } from './no-file.js';
export const router = Router();
async function show(req: Request, res: Response) {
  ${handler}
}
router.get('/', async (req, res) => { await show(req, res); req.user.token = ''; });
`,
    },
    { ...DEFAULT_OPTIONS, keyed: true },
  );
  return left.join();
}

test.each([
  ['string', 'req.user.token', 'migrated'],
  ['string | undefined', 'req.user?.token', 'migrated'],
  ["'eu' | 'us' | 1", 'req.user.token', 'migrated'],
  ['{ id: string }', 'req.user.token', 'argument-changed-later'],
  ['string | { id: string }', 'req.user.token', 'argument-changed-later'],
])('nobody changes a text, as which a class takes it by its types: %s of %s', async (type, given, found) => {
  const handler = `const agent = new FacebookAdsAgent(${given}); res.json(await agent.list()); await audit.of(req);`;
  expect(await typedPlaceIn(type, handler)).toBe(found);
});

/** What is changed when the agent is built: the next request would find the entry of what it was. */
const CHANGED: Record<string, [handler: string, more?: string]> = {
  'a member of what was found': [
    `const user = await find(req.query.id); const agent = new FacebookAdsAgent({ user }); user.token = req.query.t; ${LISTS}`,
  ],
  'a member of a part of an object': [
    `const user = { token: req.query.t }; const given = { user }; ${BUILDS} given.user.token = req.query.x; ${LISTS}`,
  ],
  'a member of the object': [
    `const given = { user: req.query.t }; ${BUILDS} given.user = req.query.x; ${LISTS}`,
  ],
  'a member, by another name': [
    `const given = { user: req.query.t }; const other = given; ${BUILDS} other.user = req.query.x; ${LISTS}`,
  ],
  'all of it, by Object.assign': [
    `const given = { user: req.query.t }; ${BUILDS} Object.assign(given, req.query); ${LISTS}`,
  ],
  'a member, by a function': [
    `const given = { user: req.query.t }; ${BUILDS} fill(given, req); ${LISTS}`,
    FILL,
  ],
  'a member, by a callback': [
    `const given = { user: req.query.t }; req.on('end', () => { given.user = ''; }); ${BUILDS} ${LISTS}`,
  ],
  'a member, in the next round': [
    `const given = { user: '' }; for (const id of req.query.ids) { ${BUILDS} res.write(await agent.list()); given.user = id; }`,
  ],
  'a member of what the agent of the round before has': [
    `const given = { user: '' }; const all = []; for (const id of req.query.ids) { given.user = id; ${BUILDS} all.push(agent.list()); await all[0]; } res.json(await Promise.all(all));`,
  ],
  'a list': [`const given = [req.query.t]; ${BUILDS} given.push(req.query.x); ${LISTS}`],
  'a part of what is spread': [
    `const user = { more: { t: req.query.t } }; const agent = new FacebookAdsAgent({ ...user }); user.more.t = ''; ${LISTS}`,
  ],
  'what the caller gave': [
    `const user = await find(req.query.id); const done = run(user, res); user.token = ''; await done;`,
    RUN,
  ],
  'a part of the request': [
    `const { user } = req; const agent = new FacebookAdsAgent({ user }); req.user.token = ''; ${LISTS}`,
  ],
};

test.each(someOf(Object.keys(CHANGED)))('an argument is left that is changed later: %s', async (way) => {
  const [handler, more] = CHANGED[way] ?? [''];
  expect(await placeIn(handler, more)).toBe('argument-changed-later');
});

test.each(['req.session', 'res.locals', 'req.app'])('%s is no key, since it lives on', async (given) => {
  expect(await placeIn(`const agent = new FacebookAdsAgent({ user: ${given} }); ${LISTS}`)).toBe(
    'argument-with-identity',
  );
  expect(await placeIn(`await run(${given}, res);`, RUN)).toBe('argument-changed-later');
});

test.each([
  ['a function of the object', '{ token() { return req.user.token; } }'],
  ['a getter of the object', '{ get token() { return req.user.token; } }'],
  ['what the object inherits', '{ __proto__: req.user }'],
])('%s is no part of a key', async (_, given) => {
  expect(await placeIn(`const agent = new FacebookAdsAgent(${given}); ${LISTS}`)).toBe(
    'argument-with-identity',
  );
});

/** What stays as it was, and what others are changed. */
const KEPT: Record<string, [handler: string, more?: string]> = {
  'a text that is put into the environment later': [
    'res.json(await models(req.query.key));',
    `async function models(key) { const agent = new FacebookAdsAgent({ key: key || process.env.ADS_KEY }); const all = await agent.list(); if (!!key) process.env.ADS_KEY = key; return all; }`,
  ],
  'a text in an object': [`const agent = new FacebookAdsAgent({ user: req.query.t }); ${LISTS}`],
  'an object in another one': [`const agent = new FacebookAdsAgent({ user: { t: req.query.t } }); ${LISTS}`],
  'an object that is filled before': [
    `const given = { user: '' }; given.user = req.query.t; ${BUILDS} ${LISTS}`,
  ],
  'an object that a function fills before': [
    `const given = { user: '' }; fill(given, req); ${BUILDS} ${LISTS}`,
    FILL,
  ],
  'a member whose object is changed': [
    `const user = await find(req.query.id); const agent = new FacebookAdsAgent({ user: user.token }); ${LISTS} user.token = '';`,
  ],
  'a copy of what is changed': [
    `const user = { t: req.query.t }; const agent = new FacebookAdsAgent({ ...user }); user.t = ''; ${LISTS}`,
  ],
  'what is sent and logged': [
    `const given = { user: req.query.t }; ${BUILDS} console.log(given); res.json({ given, list: await agent.list() });`,
  ],
  'the user of the request, of whom another part is changed': [
    `const agent = new FacebookAdsAgent({ user: req.user.token }); ${LISTS} req.user.seen = Date.now();`,
  ],
  'a member whose object goes to code that nothing shows': [
    `const user = await find(req.query.id); const agent = new FacebookAdsAgent({ user: user.token }); ${LISTS} await audit.of(user);`,
    "import { audit } from './no-file.js';",
  ],
  'an object, beside another one by the name that the class keeps it by': [
    `const given = { user: req.query.t }; ${BUILDS} ${LISTS} mark({ given: {} });`,
    'function mark(other) { other.given.user = FacebookAdsAgent.name; }',
  ],
  'a part that a pattern takes of the request': [
    `const { user } = req; const agent = new FacebookAdsAgent({ user: user.token }); ${LISTS}`,
  ],
  'what the caller gave, and only shows': [
    `const user = await find(req.query.id); await run(user, res); console.log(user.name);`,
    RUN,
  ],
};

test.each(someOf(Object.keys(KEPT)))('an argument has an entry of its own: %s', async (way) => {
  const [handler, more] = KEPT[way] ?? [''];
  expect(await placeIn(handler, more)).toBe('migrated');
});
