import { keyedAgent } from '../support/keyed-agent.ts';
import type { GroupConfig, Tree } from '../support/tree.ts';
import { writtenCache } from '../support/written-cache.ts';
import { routes, tasks } from './pieces.ts';

/** Users by their names, as a database would have them. */
const USERS = `export const users: Record<string, { token: string; locale?: string }> = {
  alice: { token: 'of alice' },
  bob: { token: 'of bob', locale: 'pt' },
  carol: { token: 'wrong' },
  dave: { token: '' },
};

export async function userNamed(name: string): Promise<{ token: string; locale?: string }> {
  const user = users[name];
  if (!user) throw Object.assign(new Error('No such user'), { status: 404 });
  return user;
}
`;

/** A file of routes that gets at the users, and has more imports. */
function routesOf(body: string, more = ''): string {
  const names = ['userNamed', 'users'].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return routes(body).replace(
    '\nexport',
    `import { ${names.join(', ')} } from '../users%ext';\n${more}\nexport`,
  );
}

/** Both users at a time, one of them twice, and the other way round. */
const both = (way: (user: string) => string) =>
  [
    ['alice', 'bob'],
    ['bob', 'alice', 'alice', 'bob'],
  ].map((names) => names.map((name) => `GET ${way(name)}`).join(' & '));

/** A tree of which each user has an agent, with the cache that is written for its options. */
function keyedTree(
  name: string,
  files: Record<string, string>,
  { flavour = 'ts', config = { keyed: true }, ...more }: Partial<Tree> & { config?: GroupConfig } = {},
): Tree {
  const ends = flavour.startsWith('ts') ? 'ts' : 'js';
  const { sync = false, builtBy } = config;
  const cache = writtenCache(flavour, { sync, keyed: true, ...(builtBy !== undefined && { builtBy }) });
  return {
    name,
    flavour,
    config,
    agents: 2,
    ...more,
    files: {
      ...keyedAgent(flavour),
      [`utils/agent-cache.${ends}`]: cache,
      [`users.${ends}`]: flavour === 'cjs' ? IN_COMMON_JS : USERS,
      ...files,
    },
  };
}

const IN_COMMON_JS = `const users = { alice: { token: 'of alice' }, bob: { token: 'of bob' } };
exports.users = users;
exports.userNamed = async (name) => users[name];
`;

const INTERLEAVED = `
router.get('/inline/:name', async (req, res) => {
  const { token } = await userNamed(req.params.name);
  const agent = new FacebookAdsAgent(token);
  res.json([await agent.whoAmI(), await agent.getCampaigns()]);
});

router.get('/chain/:name', async (req, res) => {
  res.json(await new FacebookAdsAgent((await userNamed(req.params.name)).token).whoAmI());
});

router.get('/all/:name', async (req, res) => {
  const { token } = await userNamed(req.params.name);
  const ids = ['1', '2'];
  res.json(await Promise.all(ids.map((id) => new FacebookAdsAgent(token).getCampaign(id))));
});
`;

const REFUSED = `
router.get('/mapped/:name', async (req, res) => {
  const { token } = await userNamed(req.params.name);
  try {
    const agent = new FacebookAdsAgent(token);
    res.json(await agent.whoAmI());
  } catch (error) {
    res.status(502).json({ failed: (error as Error).message });
  }
});

router.get('/passed/:name', async (req, res) => {
  const user = await userNamed(req.params.name);
  const agent = new FacebookAdsAgent(user.token);
  res.json(await agent.whoAmI());
});
`;

const FACTORIES = `
function agentOf(token: string): FacebookAdsAgent {
  return new FacebookAdsAgent(token);
}

function agentOfUser(user: { token: string } | undefined) {
  if (!user) return undefined;
  const agent = agentOf(user.token);
  return agent;
}

const named = async (token: string) => (await agentOf(token).getCampaigns()).map(({ id }) => id);

async function agentNamed(name: string) {
  const { token } = await userNamed(name);
  return agentOf(token);
}

router.get('/given-on/:name', async (req, res) => {
  const agent = agentOfUser(users[req.params.name]);
  if (!agent) {
    res.status(404).json({ failed: 'No such user' });
    return;
  }
  res.json(await agent.whoAmI());
});

router.get('/mapped/:name', async (req, res) => {
  res.json(await named((await userNamed(req.params.name)).token));
});

router.get('/looked-up/:name', async (req, res) => {
  res.json(await (await agentNamed(req.params.name)).whoAmI());
});
`;

const SERVICE = `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export class Books {
  private readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  private agent(): FacebookAdsAgent {
    return new FacebookAdsAgent(this.token);
  }

  async title(id: string): Promise<string> {
    const { spend } = await this.agent().getCampaign(id);
    return \`\${await this.agent().whoAmI()} spent \${spend}\`;
  }
}
`;

const OF_A_SERVICE = `
router.get('/books/:name', async (req, res) => {
  const books = new Books((await userNamed(req.params.name)).token);
  res.json(await books.title('7'));
});
`;

const SETTINGS = `
router.get('/tags/:name', async (req, res) => {
  const { token, locale } = await userNamed(req.params.name);
  const agent = new FacebookAdsAgent(token, { accountId: 'act_2', tags: [locale ?? 'en'] });
  res.json(await agent.whoAmI());
});

router.get('/same/:name', async (req, res) => {
  const { token, locale } = await userNamed(req.params.name);
  const tags = [locale ?? 'en'];
  const agent = new FacebookAdsAgent(token, { tags, accountId: 'act_2' });
  res.json(await agent.whoAmI());
});

router.get('/shared', async (_req, res) => {
  const agent = new FacebookAdsAgent('shared');
  res.json(await agent.whoAmI());
});
`;

const COLLECT = `
export async function collect() {
  const found: string[] = [];
  for (const name of ['alice', 'bob', 'alice']) {
    const agent = new FacebookAdsAgent((await userNamed(name)).token);
    found.push(await agent.whoAmI());
  }
  return found;
}
`;

const COMMON_JS = `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent%ext');
const clientOf = require('../client-of%ext');
const { userNamed } = require('../users%ext');

const router = Router();

router.get('/inline/:name', async (req, res) => {
  const user = await userNamed(req.params.name);
  const agent = new FacebookAdsAgent(user.token);
  res.json(await agent.whoAmI());
});

router.get('/module/:name', async (req, res) => {
  const user = await userNamed(req.params.name);
  res.json(await clientOf(user.token).whoAmI());
});

router.get('/shared', async (_req, res) => {
  const agent = new FacebookAdsAgent('shared');
  res.json(await agent.whoAmI());
});

router.get('/further/:name', async (req, res) => {
  const agent = require('../services%ext').agentOf(await userNamed(req.params.name));
  res.json(await agent.getCampaigns(req.params.name));
});

exports.router = router;
`;

const HELD_AT_ONCE = `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export class Books {
  readonly #agent: FacebookAdsAgent;

  constructor(token: string) {
    this.#agent = new FacebookAdsAgent(token);
  }

  whoAmI(): Promise<string> {
    return this.#agent.whoAmI();
  }
}

export const describe = (token: string) => new FacebookAdsAgent(token).describe();
`;

const AT_ONCE = `
const agentOf = (token: string) => new FacebookAdsAgent(token);

router.get('/books/:name', async (req, res) => {
  res.json(await new Books((await userNamed(req.params.name)).token).whoAmI());
});

router.get('/at-once/:name', (req, res) => {
  res.json(describe(users[req.params.name]?.token ?? ''));
});

router.get('/factory/:name', (req, res, next) => {
  agentOf(users[req.params.name]?.token ?? '')
    .whoAmI()
    .then((found) => res.json(found), next);
});
`;

/** Trees beside a cache with an entry for each set of arguments: two users meet, and neither gets what is the other's. */
export const keyedTrees: readonly Tree[] = [
  keyedTree(
    'agents of two users who ask at a time',
    { 'routes/main.ts': routesOf(INTERLEAVED) },
    { requests: ['/inline/', '/chain/', '/all/'].flatMap((way) => both((name) => way + name)) },
  ),
  keyedTree(
    'a token that the constructor refuses, and none at all',
    { 'routes/main.ts': routesOf(REFUSED) },
    {
      requests: [
        ...both((name) => `/mapped/${name}`),
        'GET /mapped/carol & GET /mapped/bob',
        'GET /mapped/dave & GET /mapped/alice',
        'GET /passed/carol',
        'GET /passed/dave & GET /passed/bob & GET /passed/dave',
      ],
      // What is refused is built each time: nothing of it is kept.
      agents: 12,
    },
  ),
  keyedTree(
    'factories whose callers give the agent of a user on',
    { 'routes/main.ts': routesOf(FACTORIES) },
    { requests: ['/given-on/', '/mapped/', '/looked-up/'].flatMap((way) => both((name) => way + name)) },
  ),
  keyedTree(
    'the agent of a user through the functions of four files',
    {
      'agent-of.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export function agentOf(token: string) {
  return new FacebookAdsAgent(token);
}
`,
      'agent-of-user.ts': `import { agentOf } from './agent-of%ext';

export const agentOfUser = (user: { token: string }) => agentOf(user.token);
`,
      'context.ts': `import { agentOfUser } from './agent-of-user%ext';

export function contextOf(user: { token: string }) {
  const agent = agentOfUser(user);
  return { agent, limit: 2 };
}
`,
      'routes/main.ts': routesOf(
        `
router.get('/context/:name', async (req, res) => {
  const { agent, limit } = contextOf(await userNamed(req.params.name));
  res.json([await agent.whoAmI(), await agent.getCampaigns('ACTIVE', limit)]);
});
`,
        "import { contextOf } from '../context%ext';\n",
      ),
    },
    { requests: both((name) => `/context/${name}`) },
  ),
  keyedTree(
    'a service of one user, which builds its agent where it needs it',
    {
      'books.ts': SERVICE,
      'routes/main.ts': routesOf(OF_A_SERVICE, "import { Books } from '../books%ext';\n"),
    },
    { requests: both((name) => `/books/${name}`) },
  ),
  keyedTree(
    'agents whose settings are a part of their key, beside the shared one',
    { 'routes/main.ts': routesOf(SETTINGS) },
    { requests: ['/tags/', '/same/'].flatMap((way) => both((name) => way + name)), agents: 3 },
  ),
  keyedTree('a task that goes from user to user', {
    'tasks/main.ts': tasks(COLLECT).replace('\n\n', "\nimport { userNamed } from '../users%ext';\n\n"),
  }),
  keyedTree(
    'agents of users in CommonJS',
    {
      'client-of.js': `const { FacebookAdsAgent } = require('./agents/facebook-ads-agent%ext');

module.exports = (token) => new FacebookAdsAgent(token);
`,
      'services.js': `const clientOf = require('./client-of%ext');

exports.agentOf = (user) => clientOf(user.token);
`,
      'routes/main.js': COMMON_JS,
    },
    {
      flavour: 'cjs',
      agents: 3,
      requests: ['/inline/', '/module/', '/further/'].flatMap((way) => both((name) => way + name)),
    },
  ),
  keyedTree(
    'agents of users that a static method builds',
    {
      'routes/main.ts': routesOf(
        INTERLEAVED.replaceAll('new FacebookAdsAgent(', 'FacebookAdsAgent.forUser('),
      ),
    },
    {
      config: { keyed: true, builtBy: 'forUser' },
      requests: ['/inline/', '/chain/', '/all/'].flatMap((way) => both((name) => way + name)),
    },
  ),
  keyedTree(
    'agents of users that are given at once',
    {
      'books.ts': HELD_AT_ONCE,
      'routes/main.ts': routesOf(AT_ONCE, "import { Books, describe } from '../books%ext';\n"),
    },
    {
      config: { keyed: true, sync: true },
      requests: ['/books/', '/at-once/', '/factory/'].flatMap((way) => both((name) => way + name)),
      // Who has no token is refused each time, by what is built for that.
      agents: 10,
    },
  ),
  keyedTree(
    'tokens that are refused at once',
    { 'routes/main.ts': routesOf(REFUSED) },
    {
      config: { keyed: true, sync: true },
      requests: [
        'GET /mapped/carol & GET /mapped/bob',
        'GET /passed/dave & GET /passed/alice',
        'GET /passed/carol',
      ],
      agents: 8,
    },
  ),
  keyedTree(
    'agents of users that are given at once in CommonJS',
    {
      'client-of.js': `const { FacebookAdsAgent } = require('./agents/facebook-ads-agent%ext');

module.exports = (token) => new FacebookAdsAgent(token);
`,
      'services.js': `const clientOf = require('./client-of%ext');

exports.agentOf = (user) => clientOf(user.token);
`,
      'routes/main.js': COMMON_JS,
    },
    {
      flavour: 'cjs',
      agents: 3,
      config: { keyed: true, sync: true },
      requests: ['/inline/', '/module/', '/further/'].flatMap((way) => both((name) => way + name)),
    },
  ),
];
