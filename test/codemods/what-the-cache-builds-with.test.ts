import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { leftInTree } from './support/left-in.ts';

interface Kind {
  /** What `conf.js` exports as `conf`. */
  conf: string;
  /** What the constructor takes of what it is given. */
  takes?: string;
  /** What stands in front of the construction, in the cache and in the handler, and the argument. */
  given?: readonly [before: string, argument: string];
}

const STORE = `import { AsyncLocalStorage } from 'node:async_hooks';
export const store = new AsyncLocalStorage();
`;
const GETTER = 'get token() { return store.getStore().token; }';

/** The reason of the place in a tree whose cache builds with the same as the place; `migrated` where it has none. */
async function placeOf({ conf, takes = 'this.token = given.token;', given = ['', 'conf'] }: Kind) {
  const [before, argument] = given;
  const left = await leftInTree(
    {
      'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
      'src/conf.js': STORE + conf,
      'src/agents/facebook-ads-agent.js': `export class FacebookAdsAgent {
  constructor(given) { ${takes} }
  async list() { return fetch('http://127.0.0.1:9/', { headers: { authorization: String(this.token) } }); }
}
`,
      'src/utils/agent-cache.js': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { conf } from '../conf.js';
let shared;
async function createAgent() { ${before} return new FacebookAdsAgent(${argument}); }
export function getFacebookAgent() { return (shared ??= createAgent()); }
`,
      'src/routes.js': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { conf } from './conf.js';
export const router = Router();
router.get('/', async (req, res) => {
  ${before}
  const agent = new FacebookAdsAgent(${argument});
  res.json(await agent.list());
});
`,
    },
    DEFAULT_OPTIONS,
  );
  return left.join();
}

const OF_REQUESTS: Record<string, Kind> = {
  'a getter of an object': {
    conf: `export const conf = Object.freeze({ more: 1, inner: { ${GETTER} } });`,
    takes: 'this.token = given.inner.token;',
  },
  'a getter of an instance': { conf: `class Conf { ${GETTER} }\nexport const conf = new Conf();` },
  'a getter of the class above': {
    conf: `class Base { ${GETTER} }\nclass Conf extends Base {}\nexport const conf = new Conf();`,
  },
  'a static getter': { conf: `export class conf { static ${GETTER} }` },
  'a getter of what a function keeps': {
    conf: `class Conf { ${GETTER} }\nlet kept;\nexport function conf() { if (!kept) kept = new Conf(); return kept; }`,
    given: ['', 'conf()'],
  },
  'a getter of what a local name stands for': {
    conf: `class Conf { ${GETTER} }\nexport const conf = new Conf();`,
    given: ['const all = conf;', 'all'],
  },
  'a function, which the constructor calls': {
    conf: 'export const conf = () => store.getStore().token;',
    takes: 'this.token = given();',
  },
  'a method': {
    conf: 'class Conf { now() { return store.getStore().token; } }\nexport const conf = new Conf();',
    takes: 'const { token } = { token: given.now() }; this.token = token;',
  },
  'a getter that a copy takes': {
    conf: `export const conf = Object.freeze({ ${GETTER}, more: 1 });`,
    takes: 'this.all = { ...given }; this.token = this.all.token;',
  },
};

const OF_ALL: Record<string, Kind> = {
  'what calls of the agent look up later': {
    conf: `class Conf { ${GETTER} }\nexport const conf = new Conf();`,
    takes: 'this.conf = given;',
  },
  'another member than that of requests': {
    conf: `class Conf { url = 'http://127.0.0.1:9/'; ${GETTER} }\nexport const conf = new Conf();`,
    takes: 'this.url = given.url;',
  },
  'a getter of what stays': {
    conf: 'class Conf { #t = process.env.TOKEN; get token() { return this.#t; } }\nexport const conf = new Conf();',
  },
  'a function that is called by calls of the agent': {
    conf: 'export const conf = () => store.getStore().token;',
    takes: 'this.token = () => given();',
  },
};

test.each(someOf(Object.keys(OF_REQUESTS)))(
  'what the constructor takes of what it is given may be of one request: %s',
  async (kind) => {
    expect(await placeOf(OF_REQUESTS[kind] as Kind)).toBe('constructor-reads-request');
  },
);

test.each(someOf(Object.keys(OF_ALL)))(
  'what the constructor takes of what it is given is for all: %s',
  async (kind) => {
    expect(await placeOf(OF_ALL[kind] as Kind)).toBe('migrated');
  },
);
