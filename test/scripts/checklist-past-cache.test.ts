import { someOf } from '../support/depth.ts';
import { AGENT_MODULE, check, GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const AGENT_FILE = 'src/agents/facebook-ads-agent.ts';
const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const GETTER = "import { getFacebookAgent } from '../utils/agent-cache.ts';\n";
const CACHE = `${CLASS}let agent: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async () => (agent ??= new FacebookAdsAgent());\n`;
const MAPPED = `${CLASS}export const agents = new Map<string, FacebookAdsAgent>();\nexport async function getFacebookAgent(id = 'main') { let a = agents.get(id); if (!a) { a = new FacebookAdsAgent(); agents.set(id, a); } return a; }\n`;
const FRESH = `${CLASS}let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent(o: { fresh?: boolean } = {}) { if (o.fresh || !a) a = new FacebookAdsAgent(); return a; }\n`;

const BUILDER = `${CACHE}export const fresh = () => new FacebookAdsAgent();\n`;
const aliased = (alias: string) =>
  JSON.stringify({ compilerOptions: { paths: { [alias]: ['./src/utils/agent-cache.ts'] } } });

const ASKED = `${CLASS}let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent(o: { fresh?: boolean } = {}) { if (o.fresh) return new FacebookAdsAgent(); return (a ??= new FacebookAdsAgent()); }\n`;
const MANY = `${BUILDER}export const make = { fresh, other: 1 };
export class Agents { static fresh() { return new FacebookAdsAgent(); } one() { return new FacebookAdsAgent(); } shared() { return getFacebookAgent(); } }
export const agents = new Agents();
`;

const BY_OBJECT = `${CLASS}const m = new WeakMap<object, FacebookAdsAgent>();\nexport const getFacebookAgent = async (key: object) => { let a = m.get(key); if (!a) { a = new FacebookAdsAgent(); m.set(key, a); } return a; };\n`;
const OWN_PROVIDERS = `${CACHE}export const createProvider = () => { let own: FacebookAdsAgent | undefined; return { getAgent: async () => (own ??= new FacebookAdsAgent()) }; };\n`;
const WITH_PROVIDER = `${CLASS}let a: FacebookAdsAgent | undefined; let at = 0;\nexport const getFacebookAgent = async () => (a ??= new FacebookAdsAgent());\nexport const getCachedAgentProvider = ({ cacheTtl }: { cacheTtl: number }) => ({ getAgent: async () => { if (!a || (Date.now() - at) / 1000 >= cacheTtl) { a = new FacebookAdsAgent(); at = Date.now(); } return a; } });\n`;
const DROPPING = `${CACHE}export const reset = () => { agent = undefined; };\n`;

type Files = Record<string, string>;
type Row = [name: string, cache: string, route: string, files?: Files];

/** Rows of a cache module that has builders of all kinds beside its getter. */
function handedOn(rows: [name: string, route: string, files?: Files][]): Row[] {
  return rows.map(([name, route, files = {}]) => [name, MANY, route, files]);
}

function treeOf(cache: string, route: string, files: Files = {}): Tree {
  return new Tree({
    ...GROUND,
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': route,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
    ...files,
  });
}

describe('an agent is built past the cache by way of', () => {
  test.each<Row>(
    someOf([
      [
        'an entry for each request',
        BY_OBJECT,
        `${GETTER}export const h = async (req: any) => (await getFacebookAgent(req)).getCampaigns();\n`,
      ],
      [
        'a TTL of nothing in another file',
        WITH_PROVIDER,
        "import { TTL } from '../ttl.ts';\nimport { getCachedAgentProvider } from '../utils/agent-cache.ts';\nexport const h = async () => (await getCachedAgentProvider({ cacheTtl: TTL }).getAgent()).getCampaigns();\n",
        {
          'src/ttl.ts': "export { NONE as TTL } from './none.ts';\n",
          'src/none.ts': 'export const NONE = 0;\n',
        },
      ],
      [
        'a provider of its own in each call',
        OWN_PROVIDERS,
        "import { createProvider } from '../utils/agent-cache.ts';\nexport const h = async () => (await createProvider().getAgent()).getCampaigns();\n",
      ],
      [
        'a provider of its own in each instance',
        OWN_PROVIDERS,
        "import { createProvider } from '../utils/agent-cache.ts';\nexport class Report { #provider = createProvider(); async list() { return (await this.#provider.getAgent()).getCampaigns(); } }\n",
      ],
      [
        'letting go of it when the answer is sent',
        DROPPING,
        "import { getFacebookAgent, reset } from '../utils/agent-cache.ts';\nexport const h = async (_req: any, res: any) => { res.on('finish', () => reset()); res.json(await (await getFacebookAgent()).getCampaigns()); };\n",
      ],
      [
        'letting go of it at the end of the turn',
        DROPPING,
        "import { getFacebookAgent, reset } from '../utils/agent-cache.ts';\nexport const h = async (_req: any, res: any) => { process.nextTick(reset); setImmediate(() => { reset(); }); res.json(await (await getFacebookAgent()).getCampaigns()); };\n",
      ],
      [
        'letting go of it before each request',
        DROPPING,
        NEW_WAY,
        {
          'src/server.ts':
            "import express from 'express';\nimport { reset } from './utils/agent-cache.ts';\nconst app = express();\napp.use((_q, _r, next) => { reset(); next(); });\napp.listen(1);\n",
        },
      ],
      [
        'letting go of it before each request, in a list and for every path',
        DROPPING,
        NEW_WAY,
        {
          'src/server.ts':
            "import express from 'express';\nimport { reset } from './utils/agent-cache.ts';\nconst app = express();\nconst drop = (_q: any, _r: any, next: any) => { reset(); next(); };\napp.all('/{*any}', [drop]);\napp.listen(1);\n",
        },
      ],
      [
        'letting go of it before each request of its router',
        DROPPING,
        "import { Router } from 'express';\nimport { getFacebookAgent, reset } from '../utils/agent-cache.ts';\nexport const router = Router();\nrouter.use((_q, _r, next) => { reset(); next(); });\nrouter.get('/', async (_q, r) => { r.json(await (await getFacebookAgent()).getCampaigns()); });\n",
      ],
      [
        'middleware of another file that lets go of it',
        DROPPING,
        NEW_WAY,
        {
          'src/fresh.ts':
            "import { reset } from './utils/agent-cache.ts';\nexport function fresh(_q: unknown, _r: unknown, next: () => void) { reset(); next(); }\n",
          'src/server.ts':
            "import express from 'express';\nimport { fresh as first } from './fresh.ts';\nconst app = express();\napp.use('/', first);\napp.listen(1);\n",
        },
      ],
      [
        'an object that is exported by default',
        `${CACHE}export default { fresh: () => new FacebookAdsAgent(), getFacebookAgent };\n`,
        "import c from '../utils/agent-cache.ts';\nexport const h = async () => c.fresh().getCampaigns();\n",
      ],
      [
        'a static method of a class of the cache',
        `${CACHE}export class Agents { static fresh() { return new FacebookAdsAgent(); } }\n`,
        "import { Agents } from '../utils/agent-cache.ts';\nexport const h = async () => Agents.fresh().getCampaigns();\n",
      ],
      [
        'a method of an instance',
        `${CACHE}export class Agents { fresh() { return new FacebookAdsAgent(); } }\n`,
        "import { Agents } from '../utils/agent-cache.ts';\nconst agents = new Agents();\nexport const h = async () => agents.fresh().getCampaigns();\n",
      ],
      [
        'a field that holds an instance',
        `${CACHE}export class Agents { fresh() { return new FacebookAdsAgent(); } }\n`,
        "import { Agents } from '../utils/agent-cache.ts';\nexport class Service { agents = new Agents(); list() { return this.agents.fresh().getCampaigns(); } }\n",
      ],
      [
        'a pattern of a namespace',
        `${CACHE}export const fresh = () => new FacebookAdsAgent();\n`,
        "import * as c from '../utils/agent-cache.ts';\nconst { fresh: make } = c;\nexport const h = async () => make().getCampaigns();\n",
      ],
      [
        'a module that is loaded later',
        `${CACHE}export const fresh = () => new FacebookAdsAgent();\n`,
        "export const h = async () => { const { fresh } = await import('../utils/agent-cache.ts'); return fresh().getCampaigns(); };\n",
      ],
      [
        'a module that is loaded later, by then',
        `${CACHE}export const fresh = () => new FacebookAdsAgent();\n`,
        "export const h = () => import('../utils/agent-cache.ts').then(({ fresh }) => fresh().getCampaigns());\n",
      ],
      [
        'a builder that gives a builder',
        `${CACHE}export const builder = () => () => new FacebookAdsAgent();\n`,
        "import { builder } from '../utils/agent-cache.ts';\nconst make = builder();\nexport const h = async () => make().getCampaigns();\n",
      ],
      [
        'a builder among others, by its key',
        `${CACHE}export const make = { prod: () => new FacebookAdsAgent() };\n`,
        "import { make } from '../utils/agent-cache.ts';\nexport const h = async () => make['prod']().getCampaigns();\n",
      ],
      [
        'a middleware that puts one on the request',
        `${CACHE}export const attach = (req: any, _res: any, next: any) => { req.agent = new FacebookAdsAgent(); next(); };\n`,
        "import { Router } from 'express';\nimport { attach } from '../utils/agent-cache.ts';\nexport const r = Router();\nr.use(attach);\n",
      ],
      [
        'a function that calls back with one',
        `${CACHE}export const withAgent = async (f: any) => f(new FacebookAdsAgent());\n`,
        "import { withAgent } from '../utils/agent-cache.ts';\nexport const h = async () => withAgent((a: any) => a.getCampaigns());\n",
      ],
      [
        'an object around one',
        `${CACHE}export const open = () => ({ agent: new FacebookAdsAgent() });\n`,
        "import { open } from '../utils/agent-cache.ts';\nexport const h = async () => open().agent.getCampaigns();\n",
      ],
      [
        'an answer that one was built for',
        `${CACHE}export const listCampaigns = () => new FacebookAdsAgent().getCampaigns();\n`,
        "import { listCampaigns } from '../utils/agent-cache.ts';\nexport const h = async () => listCampaigns();\n",
      ],
      [
        'a generator',
        `${CACHE}export function* agents() { while (true) yield new FacebookAdsAgent(); }\n`,
        "import { agents } from '../utils/agent-cache.ts';\nexport const h = async () => { for (const a of agents()) return a.getCampaigns(); };\n",
      ],
      [
        'one for some accounts',
        `${CACHE}export const forAccount = (id?: string) => (id === undefined ? getFacebookAgent() : new FacebookAdsAgent());\n`,
        "import { forAccount } from '../utils/agent-cache.ts';\nexport const h = async (req: any) => (await forAccount(req.params.id)).getCampaigns();\n",
      ],
      [
        'a part of a part of the cache',
        "import { build } from './build.ts';\nlet a: any;\nexport const getFacebookAgent = async () => (a ??= await build());\n",
        "import { build } from '../utils/build.ts';\nexport const h = async () => (await build()).getCampaigns();\n",
        {
          'src/utils/core.ts': `${CLASS}export const make = () => new FacebookAdsAgent();\n`,
          'src/utils/build.ts':
            "import { make } from './core.ts';\nexport const build = async () => make();\n",
        },
      ],
      [
        'another name in a barrel',
        CACHE,
        "import { client } from '../agents/index.ts';\nexport const h = async () => client().getCampaigns();\n",
        {
          [AGENT_FILE]: `${AGENT_MODULE}export const make = () => new FacebookAdsAgent();\n`,
          'src/agents/index.ts': "export { make as client } from './facebook-ads-agent.ts';\n",
        },
      ],
      [
        'a namespace in a barrel',
        CACHE,
        "import { ads } from '../agents/index.ts';\nexport const h = async () => ads.make().getCampaigns();\n",
        {
          [AGENT_FILE]: `${AGENT_MODULE}export const make = () => new FacebookAdsAgent();\n`,
          'src/agents/index.ts': "export * as ads from './facebook-ads-agent.ts';\n",
        },
      ],
      [
        'a static method that is added later',
        CACHE,
        `${CLASS}export const h = async () => FacebookAdsAgent.open().getCampaigns();\n`,
        { [AGENT_FILE]: `${AGENT_MODULE}FacebookAdsAgent.open = () => new FacebookAdsAgent();\n` },
      ],
      [
        "a service of the agent's module",
        CACHE,
        "import { Ads } from '../agents/facebook-ads-agent.ts';\nexport const h = async () => new Ads().list();\n",
        {
          [AGENT_FILE]: `${AGENT_MODULE}export class Ads { agent = new FacebookAdsAgent(); list() { return this.agent.getCampaigns(); } }\n`,
        },
      ],
      [
        'a subclass without a name',
        CACHE,
        "import Shop from '../lib/shop.ts';\nexport const h = async () => new Shop().getCampaigns();\n",
        { 'src/lib/shop.ts': `${CLASS}export default class extends FacebookAdsAgent {}\n` },
      ],
      [
        'the constructor of the shared one',
        CACHE,
        `${GETTER}export const h = async () => { const a = await getFacebookAgent(); return new (a.constructor as any)().getCampaigns(); };\n`,
      ],
      [
        'the prototype of the class',
        CACHE,
        `${CLASS}export const h = async () => Object.create(FacebookAdsAgent.prototype).getCampaigns();\n`,
      ],
      [
        'a method of the agent that copies it',
        CACHE,
        `${GETTER}export const h = async () => (await getFacebookAgent()).clone().getCampaigns();\n`,
        {
          [AGENT_FILE]:
            'export class FacebookAdsAgent { clone() { return new FacebookAdsAgent(); } async getCampaigns() { return []; } }\n',
        },
      ],
      [
        'a function that lets go of it before',
        `${CACHE}export const reset = () => { agent = undefined; };\n`,
        "import { getFacebookAgent, reset } from '../utils/agent-cache.ts';\nexport const h = async () => { reset(); return (await getFacebookAgent()).getCampaigns(); };\n",
      ],
      [
        'what the cache keeps it in, emptied before',
        `${CLASS}export const state: { agent?: FacebookAdsAgent } = {};\nexport const getFacebookAgent = async () => (state.agent ??= new FacebookAdsAgent());\n`,
        "import { getFacebookAgent, state } from '../utils/agent-cache.ts';\nexport const h = async () => { state.agent = undefined; return (await getFacebookAgent()).getCampaigns(); };\n",
      ],
      [
        'a map of the cache, emptied before',
        MAPPED,
        "import { agents, getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async () => { agents.clear(); return (await getFacebookAgent()).getCampaigns(); };\n",
      ],
      [
        'a key that is new each time',
        MAPPED,
        "import { randomUUID } from 'node:crypto';\nimport { getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async () => (await getFacebookAgent(randomUUID())).getCampaigns();\n",
      ],
      [
        'an argument that forces a new one',
        `${CLASS}let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent(force = false) { if (force || !a) a = new FacebookAdsAgent(); return a; }\n`,
        `${GETTER}export const h = async () => (await getFacebookAgent(true)).getCampaigns();\n`,
      ],
      [
        'an option that forces a new one',
        FRESH,
        `${GETTER}export const h = async () => (await getFacebookAgent({ fresh: true })).getCampaigns();\n`,
      ],
      [
        'the getter by another name, asked for a fresh one',
        FRESH,
        "import { getFacebookAgent as get } from '../utils/agent-cache.ts';\nexport const h = async () => (await get({ fresh: true })).getCampaigns();\n",
      ],
      [
        'the getter in a variable, asked for a fresh one',
        FRESH,
        `${GETTER}const get = getFacebookAgent;\nexport const h = async () => (await get({ fresh: true })).getCampaigns();\n`,
      ],
      [
        'an optional call of the getter, which asks for a fresh one',
        FRESH,
        `${GETTER}export const h = async () => (await getFacebookAgent?.({ fresh: true })).getCampaigns();\n`,
      ],
      [
        'the getter’s own call',
        FRESH,
        `${GETTER}export const h = async () => (await getFacebookAgent.call(null, { fresh: true })).getCampaigns();\n`,
      ],
      [
        'the getter’s own apply',
        FRESH,
        `${GETTER}export const h = async () => (await getFacebookAgent.apply(null, [{ fresh: true }])).getCampaigns();\n`,
      ],
      [
        'an alias that says nothing of the file',
        BUILDER,
        "import { fresh } from '@app/cached';\nexport const h = async () => fresh().getCampaigns();\n",
        { 'tsconfig.json': aliased('@app/cached') },
      ],
      [
        'an alias like a package',
        BUILDER,
        "import { fresh } from 'cached';\nexport const h = async () => fresh().getCampaigns();\n",
        { 'tsconfig.json': aliased('cached') },
      ],
      [
        'a package of the workspace that hands it on',
        BUILDER,
        NEW_WAY,
        {
          'package.json':
            '{ "type": "module", "workspaces": ["packages/*"], "dependencies": { "express": "^5.0.0" } }\n',
          'packages/fb/package.json':
            '{ "name": "@acme/fb", "type": "module", "exports": "./src/index.ts" }\n',
          'packages/fb/src/index.ts': "export { fresh } from '../../../src/utils/agent-cache.ts';\n",
          'packages/web/package.json': '{ "name": "@acme/web", "type": "module" }\n',
          'packages/web/src/r.ts':
            "import { fresh } from '@acme/fb';\nexport const h = async () => fresh().getCampaigns();\n",
        },
      ],
      [
        'a copy of the class that a package without a cache has',
        CACHE,
        `${GETTER}export const h = async () => (await getFacebookAgent()).getCampaigns();\n`,
        {
          'packages/b/src/agents/facebook-ads-agent.ts': AGENT_MODULE,
          'packages/b/src/x.ts':
            "import { FacebookAdsAgent } from './agents/facebook-ads-agent.ts';\nexport const f = async () => { const a = new FacebookAdsAgent(); return a.getCampaigns(); };\n",
        },
      ],
      ...handedOn([
        [
          'a default of a parameter',
          "import * as c from '../utils/agent-cache.ts';\nexport const h = (deps = c) => deps.fresh().getCampaigns();\n",
        ],
        [
          'a default in a pattern of a parameter',
          "import * as c from '../utils/agent-cache.ts';\nexport const h = ({ cache: { fresh } = c } = {}) => fresh().getCampaigns();\n",
        ],
        [
          'a default of a variable',
          "import { fresh } from '../utils/agent-cache.ts';\nexport const h = (o: any) => { const { make = fresh } = o; return make().getCampaigns(); };\n",
        ],
        [
          'the module, given to a function',
          "import * as c from '../utils/agent-cache.ts';\nimport { run } from 'x';\nexport const h = () => run(c);\n",
        ],
        [
          'the module, loaded where it is given',
          "import { run } from 'x';\nexport const h = async () => run(await import('../utils/agent-cache.ts'));\n",
        ],
        [
          'the module, required where it is given',
          "const { run } = require('x');\nmodule.exports.h = () => run(require('../utils/agent-cache.ts'));\n",
        ],
        [
          'the module in an object',
          "import * as c from '../utils/agent-cache.ts';\nexport const services = { cache: c };\n",
        ],
        [
          'the module, spread',
          "import * as c from '../utils/agent-cache.ts';\nconst all = { ...c };\nexport const h = () => all.fresh().getCampaigns();\n",
        ],
        [
          'the module, by a key that nobody knows',
          "import * as c from '../utils/agent-cache.ts';\nexport const h = (k: string) => (c as any)[k]().getCampaigns();\n",
        ],
        [
          'the values of an object',
          "import { make } from '../utils/agent-cache.ts';\nexport const h = () => Object.values(make).forEach((m: any) => m());\n",
        ],
        [
          'the keys of an object',
          "import { make } from '../utils/agent-cache.ts';\nexport const h = () => { for (const k in make) (make as any)[k](); };\n",
        ],
        [
          'an instance, given to a function',
          "import { agents } from '../utils/agent-cache.ts';\nimport { run } from 'x';\nexport const h = () => run(agents);\n",
        ],
        [
          'a class, given to a function',
          "import { Agents } from '../utils/agent-cache.ts';\nimport { run } from 'x';\nexport const h = () => run(Agents);\n",
        ],
        [
          'a private field with a default',
          "import * as c from '../utils/agent-cache.ts';\nexport class S { constructor(private readonly cache = c) {} h() { return this.cache.fresh().getCampaigns(); } }\n",
        ],
        [
          'what another file takes out of an object',
          "import { fresh } from '../other.ts';\nexport const h = () => fresh().getCampaigns();\n",
          {
            'src/other.ts':
              "import { make } from './utils/agent-cache.ts';\nexport const { fresh } = make;\n",
          },
        ],
        [
          'what another file exports by default',
          "import c from '../other.ts';\nexport const h = () => c.fresh().getCampaigns();\n",
          { 'src/other.ts': "import * as c from './utils/agent-cache.ts';\nexport default c;\n" },
        ],
        [
          'a barrel, given to a function',
          "import * as all from '../other.ts';\nimport { run } from 'x';\nexport const h = () => run(all);\n",
          { 'src/other.ts': "export * from './utils/agent-cache.ts';\n" },
        ],
        [
          'Reflect.apply',
          "import { fresh } from '../utils/agent-cache.ts';\nexport const h = () => Reflect.apply(fresh, null, []).getCampaigns();\n",
        ],
        [
          'a list',
          "import { fresh } from '../utils/agent-cache.ts';\nexport const h = () => [fresh].map((f) => f());\n",
        ],
        [
          'the second of two',
          "import { fresh, getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (x: boolean) => (await (x ? getFacebookAgent : fresh)()).getCampaigns();\n",
        ],
        [
          'the other branch',
          "import { fresh, getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (x: boolean) => (x ? (await getFacebookAgent()).getCampaigns() : fresh().getCampaigns());\n",
        ],
        [
          'a variable that is set twice',
          "import { fresh, getFacebookAgent } from '../utils/agent-cache.ts';\nlet get: any = getFacebookAgent;\nexport const useFresh = () => { get = fresh; };\nexport const h = async () => (await get()).getCampaigns();\n",
        ],
        [
          'a var of another block',
          "import { fresh } from '../utils/agent-cache.ts';\nexport const h = (x: boolean) => { if (x) { var get = fresh; } return get!().getCampaigns(); };\n",
        ],
        [
          'a path in a constant',
          "const P = '../utils/agent-cache.ts';\nexport const h = async () => (await import(P)).fresh().getCampaigns();\n",
        ],
        [
          'a path that is put together',
          `const name = process.env.NAME ?? 'agent-cache';\nexport const h = async () => (await import(\`../utils/\${name}.ts\`)).fresh().getCampaigns();\n`,
        ],
        [
          'a path in a template',
          'export const h = async () => (await import(`../utils/agent-cache.ts`)).fresh().getCampaigns();\n',
        ],
        [
          'a loader that is made',
          "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nexport const h = () => load('../utils/agent-cache.ts').fresh().getCampaigns();\n",
        ],
        [
          'require by another name',
          "const load = require;\nmodule.exports.h = () => load('../utils/agent-cache.ts').fresh().getCampaigns();\n",
        ],
        [
          'require of what is resolved',
          "module.exports.h = () => require(require.resolve('../utils/agent-cache.ts')).fresh().getCampaigns();\n",
        ],
        [
          'a subclass without any name',
          `${CLASS}export const h = () => new (class extends FacebookAdsAgent {})().getCampaigns();\n`,
        ],
        [
          'a subclass in an object',
          `${CLASS}const by = { shop: class extends FacebookAdsAgent {} };\nexport const h = () => new by.shop().getCampaigns();\n`,
        ],
        [
          'a variable that is exported',
          "import { fresh } from '../utils/agent-cache.ts';\nexport let make: any;\nmake = fresh;\n",
        ],
      ]),
      [
        'the getter, bound to what asks for a fresh one',
        ASKED,
        `${GETTER}export const h = async () => (await getFacebookAgent.bind(null, { fresh: true })()).getCampaigns();\n`,
      ],
      [
        'the getter, applied to what asks for a fresh one',
        ASKED,
        `${GETTER}export const h = async () => (await Reflect.apply(getFacebookAgent, null, [{ fresh: true }])).getCampaigns();\n`,
      ],
      [
        'a component',
        CACHE,
        NEW_WAY,
        {
          'src/views/b.vue':
            '<script setup>\nimport { FacebookAdsAgent } from "../agents/facebook-ads-agent.ts";\nconst a = new FacebookAdsAgent();\n</script>\n',
        },
      ],
      [
        'a script without an extension',
        CACHE,
        NEW_WAY,
        {
          'bin/collect':
            "#!/usr/bin/env node\nconst { FacebookAdsAgent } = require('../src/agents/facebook-ads-agent');\nnew FacebookAdsAgent().getCampaigns();\n",
        },
      ],
    ]),
  )('%s', async (_name, cache, route, files = {}) => {
    expect(await check(treeOf(cache, route, files))).toMatchObject({ exitCode: 1 });
  });
});

describe('well is a file that', () => {
  test.each<Row>(
    someOf([
      [
        'keeps one provider for all',
        OWN_PROVIDERS,
        "import { createProvider } from '../utils/agent-cache.ts';\nconst provider = createProvider();\nexport const h = async () => (await provider.getAgent()).getCampaigns();\n",
      ],
      [
        'gives a getter its request to log it',
        `${CLASS}let a: FacebookAdsAgent | undefined;\nexport const getFacebookAgent = async (req?: any) => { console.log(req?.url, req?.headers.host); return (a ??= new FacebookAdsAgent()); };\n`,
        `${GETTER}export const h = async (req: any) => (await getFacebookAgent(req)).getCampaigns();\n`,
      ],
      [
        'gives what is the same for all requests as a key',
        BY_OBJECT,
        `${GETTER}export const h = async (req: any) => (await getFacebookAgent(req.app)).getCampaigns();\n`,
      ],
      [
        'lets go of it on a signal, after a failure, and where an operator asks for it',
        DROPPING,
        NEW_WAY,
        {
          'src/server.ts':
            "import express from 'express';\nimport { reset } from './utils/agent-cache.ts';\nconst app = express();\nconst drop = (_q: any, _r: any, next: any) => { reset(); next(); };\nprocess.on('SIGHUP', () => reset());\napp.post('/admin/reset', drop, (_q, r) => { r.end(); });\napp.use('/admin/drop', drop);\napp.all('/admin/*any', drop);\nconst admin = express.Router();\nadmin.use(drop);\napp.use((error: any, _q: any, _r: any, next: any) => { reset(); next(error); });\napp.listen(1);\n",
        },
      ],
      [
        'asks for the shared one by another name, by a variable and by its own call',
        FRESH,
        "import { getFacebookAgent as get } from '../utils/agent-cache.ts';\nconst ask = get;\nexport const h = async () => [await (await get()).getCampaigns(), await (await ask({ fresh: false })).getCampaigns(), await (await get.call(null)).getCampaigns(), await (await get.apply(null, [])).getCampaigns()];\n",
      ],
      [
        'gives the getter on',
        CACHE,
        `${GETTER}const run = async (ask: any) => (await ask()).getCampaigns();\nexport const h = () => run(getFacebookAgent);\nexport const deps = { getFacebookAgent };\n`,
      ],
      [
        'takes the getter by an alias',
        CACHE,
        "import { getFacebookAgent } from '@app/cached';\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n",
        { 'tsconfig.json': aliased('@app/cached') },
      ],
      [
        'asks helpers of the cache that build nothing',
        `${CACHE}export const isReady = () => agent !== undefined;\nexport const stats = () => ({ cached: isReady() });\n`,
        "import { getFacebookAgent, stats } from '../utils/agent-cache.ts';\nexport const h = async () => [stats(), await (await getFacebookAgent()).getCampaigns()];\n",
      ],
      [
        'has the cache warmed up',
        `${CACHE}export const warmUp = async () => { await getFacebookAgent(); };\n`,
        "import { getFacebookAgent, warmUp } from '../utils/agent-cache.ts';\nexport const start = () => warmUp();\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n",
      ],
      [
        'renews the shared one, away from what takes it',
        `${CACHE}export const renew = async () => { agent = new FacebookAdsAgent(); };\n`,
        "import { getFacebookAgent, renew } from '../utils/agent-cache.ts';\nexport const admin = async () => { await renew(); };\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n",
      ],
      [
        'lets go of it elsewhere',
        `${CACHE}export const reset = () => { agent = undefined; };\n`,
        "import { getFacebookAgent, reset } from '../utils/agent-cache.ts';\nexport const admin = () => { reset(); return 'done'; };\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n",
      ],
      [
        'takes an agent that was built at load',
        `${CLASS}export const agent = new FacebookAdsAgent();\nexport const getFacebookAgent = async () => agent;\n`,
        "import { agent } from '../utils/agent-cache.ts';\nexport const h = async () => agent.getCampaigns();\n",
      ],
      [
        'asks a provider object of the cache',
        `${CLASS}class Provider { #a?: FacebookAdsAgent; get() { return (this.#a ??= new FacebookAdsAgent()); } }\nexport const provider = new Provider();\nexport const getFacebookAgent = async () => provider.get();\n`,
        "import { provider } from '../utils/agent-cache.ts';\nexport const h = async () => provider.get().getCampaigns();\n",
      ],
      [
        'asks for the agent of an account',
        MAPPED,
        `${GETTER}export const h = async (req: any) => (await getFacebookAgent(req.params.account)).getCampaigns();\n`,
      ],
      [
        'says that no new one is wanted',
        FRESH,
        `${GETTER}export const h = async () => (await getFacebookAgent({ fresh: false })).getCampaigns();\n`,
      ],
      [
        'asks a view of what the module keeps, made for itself',
        `${CLASS}let agent: FacebookAdsAgent | undefined; let at = 0;\nexport class View { constructor(private ttl = 60) {} async getAgent() { if (!agent || Date.now() - at > this.ttl * 1000) { agent = new FacebookAdsAgent(); at = Date.now(); } return agent; } }\nexport const getFacebookAgent = () => new View().getAgent();\n`,
        "import { View } from '../utils/agent-cache.ts';\nexport const h = async () => (await new View(30).getAgent()).getCampaigns();\n",
      ],
      [
        'is called back with the shared one',
        `${CACHE}export const withAgent = async (f: any) => f(await getFacebookAgent());\n`,
        "import { withAgent } from '../utils/agent-cache.ts';\nexport const h = async () => withAgent((a: any) => a.getCampaigns());\n",
      ],
      [
        'has the shared one put on its requests',
        `${CACHE}export const attach = async (req: any, _res: any, next: any) => { req.agent = await getFacebookAgent(); next(); };\n`,
        "import { Router } from 'express';\nimport { attach } from '../utils/agent-cache.ts';\nexport const r = Router();\nr.use(attach);\n",
      ],
      [
        'hands the getter something that it does not look at',
        `${CLASS}let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent(_context?: unknown) { return (a ??= new FacebookAdsAgent()); }\n`,
        `${GETTER}export const h = async (req: any) => (await getFacebookAgent({ req, at: Date.now() })).getCampaigns();\n`,
      ],
      [
        'lets go of it when it failed, and tries once more',
        `${CACHE}export const invalidate = () => { agent = undefined; };\n`,
        "import { getFacebookAgent, invalidate } from '../utils/agent-cache.ts';\nexport const h = async () => { try { return await (await getFacebookAgent()).getCampaigns(); } catch { invalidate(); return (await getFacebookAgent()).getCampaigns(); } };\n",
      ],
      [
        'copies something else by a method of that name',
        CACHE,
        `${GETTER}export const h = async (req: any) => { const r = req.clone(); return [r, await (await getFacebookAgent()).getCampaigns()]; };\n`,
        {
          [AGENT_FILE]:
            'export class FacebookAdsAgent { clone() { return new FacebookAdsAgent(); } async getCampaigns() { return []; } }\n',
        },
      ],
      [
        'has a name of its own that the cache has, too',
        `${CACHE}export const fresh = () => new FacebookAdsAgent();\n`,
        `${GETTER}const fresh = () => 1;\nexport const h = async (make = fresh) => [make(), await (await getFacebookAgent()).getCampaigns()];\n`,
      ],
      [
        'compares with the class',
        CACHE,
        `${GETTER}${CLASS}export const h = async () => { const a = await getFacebookAgent(); if (!(a instanceof FacebookAdsAgent)) throw new Error('x'); return a.getCampaigns(); };\n`,
      ],
      [
        "takes errors and numbers of the agent's module",
        CACHE,
        `${GETTER}import { AdsError, VERSION } from '../agents/facebook-ads-agent.ts';\nexport const h = async () => { try { return (await getFacebookAgent()).getCampaigns(); } catch { throw new AdsError(String(VERSION)); } };\n`,
        {
          [AGENT_FILE]: `${AGENT_MODULE}export class AdsError extends Error {}\nexport const VERSION = 1;\n`,
        },
      ],
      [
        'gets from a router what a builder is called',
        `${CACHE}export const get = () => new FacebookAdsAgent();\n`,
        `${GETTER}import { Router } from 'express';\nexport const r = Router();\nr.get('/', async (_req, res) => res.json(await (await getFacebookAgent()).getCampaigns()));\n`,
      ],
      ...handedOn([
        [
          'asks a default of a parameter for the getter',
          "import * as c from '../utils/agent-cache.ts';\nexport const h = async (deps = c) => (await deps.getFacebookAgent()).getCampaigns();\n",
        ],
        [
          'keeps the module in a private field, for the getter',
          "import * as c from '../utils/agent-cache.ts';\nexport class S { constructor(private readonly cache = c) {} async h() { return (await this.cache.getFacebookAgent()).getCampaigns(); } }\n",
        ],
        [
          'asks what another file exports by default for the getter',
          "import c from '../other.ts';\nexport const h = async () => (await c.getFacebookAgent()).getCampaigns();\n",
          { 'src/other.ts': "import * as c from './utils/agent-cache.ts';\nexport default c;\n" },
        ],
        [
          'takes something else out of an object of builders',
          "import { make } from '../utils/agent-cache.ts';\nconst { other } = make;\nexport const h = () => other;\n",
        ],
        [
          'asks an instance for the shared one',
          "import { agents } from '../utils/agent-cache.ts';\nexport const h = async () => (await agents.shared()).getCampaigns();\n",
        ],
        [
          'only looks what it has',
          "import * as c from '../utils/agent-cache.ts';\nimport { fresh, getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (x: any) => [typeof fresh, x === fresh, 'fresh' in c, Object.keys(c), await (await getFacebookAgent()).getCampaigns()];\n",
        ],
        [
          'keeps a builder that nobody calls',
          "import { fresh, getFacebookAgent } from '../utils/agent-cache.ts';\nconst make = fresh;\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n",
        ],
        [
          'has the getter in a list and applies it',
          "import { getFacebookAgent as get } from '../utils/agent-cache.ts';\nexport const h = async () => [await Promise.all([get].map((f) => f())), await Reflect.apply(get, null, [])];\n",
        ],
        [
          'chooses between two ways to the shared one',
          "import { agents, getFacebookAgent } from '../utils/agent-cache.ts';\nexport const h = async (x: boolean) => (await (x ? getFacebookAgent() : agents.shared())).getCampaigns();\n",
        ],
      ]),
      [
        'binds the getter to nothing, and to what asks for no fresh one',
        ASKED,
        `${GETTER}const one = getFacebookAgent.bind(null);\nconst other = getFacebookAgent.bind(null, { fresh: false });\nexport const h = async () => [await one(), await other()];\n`,
      ],
      [
        'hands on a module that has no builder',
        `${CACHE}export const reset = () => { agent = undefined; };\nexport const stats = () => ({ cached: agent !== undefined });\n`,
        "import * as c from '../utils/agent-cache.ts';\nimport { run } from 'x';\nexport const h = () => run(c);\n",
      ],
      [
        'loads something else by a path that is put together',
        CACHE,
        `${GETTER}export const h = async (l: string) => [await import(\`./locales/\${l}.ts\`), await (await getFacebookAgent()).getCampaigns()];\n`,
        { 'src/api/locales/en.ts': 'export default {};\n' },
      ],
      [
        'loads the cache by a constant, for the getter',
        BUILDER,
        "const P = '../utils/agent-cache.ts';\nexport const h = async () => (await (await import(P)).getFacebookAgent()).getCampaigns();\n",
      ],
      [
        'shows a component that names no class',
        CACHE,
        NEW_WAY,
        {
          'src/views/b.vue': '<script setup>\nconst a = 1;\n</script>\n',
          LICENSE: 'new FacebookAdsAgent() is free\n',
          'bin/tool': '\0ELF new FacebookAdsAgent()',
          'bin/packed': '#!/usr/bin/env node\n\0 new FacebookAdsAgent()',
        },
      ],
    ]),
  )('%s', async (_name, cache, route, files = {}) => {
    const { ok, cache: verdict } = await report(treeOf(cache, route, files));
    expect({ ok, verified: verdict.verified }).toEqual({ ok: true, verified: 'source' });
  });
});

test('what may build an agent is not settled by a run of the cache itself', async () => {
  const cache = `${CACHE}export const forAccount = (id?: string) => (globalThis.isKnown(id) ? getFacebookAgent() : new FacebookAdsAgent());\n`;
  const route =
    "import { forAccount } from '../utils/agent-cache.ts';\nexport const h = async () => (await forAccount('a')).getCampaigns();\n";
  const { cache: verdict } = await report(treeOf(cache, route), ['--verify-cache']);
  expect(verdict).toMatchObject({ verified: 'no', why: expect.stringContaining('forAccount') });
});

describe('not verified is a cache that keeps its agent', () => {
  test.each(
    someOf([
      [
        'by the time',
        'const m = new Map<number, FacebookAdsAgent>();\nexport async function getFacebookAgent() { const k = Date.now(); let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a; }\n',
      ],
      [
        'by chance',
        "import { randomUUID } from 'node:crypto';\nconst m = new Map<string, FacebookAdsAgent>();\nexport async function getFacebookAgent() { const k = randomUUID(); let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a; }\n",
      ],
      [
        'by a number that counts',
        'const m = new Map<number, FacebookAdsAgent>(); let n = 0;\nexport async function getFacebookAgent() { const k = n++; let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a; }\n',
      ],
      [
        'by a symbol',
        'const m = new Map<symbol, FacebookAdsAgent>();\nexport async function getFacebookAgent() { const k = Symbol(); let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a; }\n',
      ],
      [
        'for 0 seconds',
        'const TTL = 0; let a: FacebookAdsAgent | undefined; let at = 0;\nexport async function getFacebookAgent() { if (a && Date.now() - at < TTL) return a; a = new FacebookAdsAgent(); at = Date.now(); return a; }\n',
      ],
      [
        'until the next turn',
        'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { a ??= new FacebookAdsAgent(); setTimeout(() => { a = undefined; }, 0); return a; }\n',
      ],
      [
        'until the microtasks ran',
        'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { a ??= new FacebookAdsAgent(); queueMicrotask(() => { a = undefined; }); return a; }\n',
      ],
      [
        'until its promise is settled',
        'let p: Promise<FacebookAdsAgent> | undefined;\nexport const getFacebookAgent = () => (p ??= Promise.resolve(new FacebookAdsAgent()).finally(() => { p = undefined; }));\n',
      ],
      [
        'until its promise is fulfilled',
        'let p: Promise<FacebookAdsAgent> | undefined;\nexport const getFacebookAgent = () => (p ??= Promise.resolve(new FacebookAdsAgent()).then((a) => { p = undefined; return a; }));\n',
      ],
      [
        'behind a getter that builds',
        'const box = { get agent() { return new FacebookAdsAgent(); } };\nexport const getFacebookAgent = async () => box.agent;\n',
      ],
      [
        'for a request',
        "import { cache } from 'react';\nexport const getFacebookAgent = cache(async () => new FacebookAdsAgent());\n",
      ],
      [
        'in a variable that another one hides',
        'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { if (!a) { let a = new FacebookAdsAgent(); return a; } return a; }\n',
      ],
    ]),
  )('%s', async (_name, cache) => {
    expect((await report(treeOf(CLASS + cache, NEW_WAY))).cache.verified).toBe('no');
  });
});

describe('verified is a cache that keeps its agent', () => {
  test.each([
    [
      'on a timer',
      'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { if (!a) { a = new FacebookAdsAgent(); setTimeout(() => { a = undefined; }, 60_000).unref(); } return a; }\n',
    ],
    [
      'until it failed',
      'let p: Promise<FacebookAdsAgent> | undefined;\nexport const getFacebookAgent = () => { p ??= (async () => new FacebookAdsAgent())(); p.catch(() => { p = undefined; }); return p; };\n',
    ],
    [
      'on the function',
      'export async function getFacebookAgent() { const self: any = getFacebookAgent; return (self.agent ??= new FacebookAdsAgent()); }\n',
    ],
    ['by an account', MAPPED.slice(CLASS.length)],
    [
      'behind a getter that keeps it',
      'let a: FacebookAdsAgent | undefined;\nconst box = { get agent() { return (a ??= new FacebookAdsAgent()); } };\nexport const getFacebookAgent = async () => box.agent;\n',
    ],
    [
      'in a loop',
      'let a: FacebookAdsAgent | undefined;\nexport async function getFacebookAgent() { while (!a) a = new FacebookAdsAgent(); return a; }\n',
    ],
  ])('%s', async (_name, cache) => {
    const { ok, cache: verdict } = await report(treeOf(CLASS + cache, NEW_WAY));
    expect({ ok, verified: verdict.verified }).toEqual({ ok: true, verified: 'source' });
  });
});

test('what may build an agent, and cannot be followed, leaves the cache unverified and says where it is taken', async () => {
  const cache = `${CACHE}import memoize from 'remembering';\nexport const mine = memoize(async () => new FacebookAdsAgent());\n`;
  const route =
    "import { mine } from '../utils/agent-cache.ts';\nexport const h = async () => (await mine()).getCampaigns();\n";
  const { ok, cache: verdict } = await report(treeOf(cache, route));
  expect(ok).toBe(true);
  expect(verdict).toMatchObject({
    verified: 'no',
    why: expect.stringContaining('src/api/a.ts:2 takes mine'),
  });
});
