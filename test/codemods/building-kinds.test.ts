import { someOf } from '../support/depth.ts';
import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

describe('an agent whose building differs by request, or that is treated as its own, keeps the place', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'an AsyncLocalStorage, in the constructor',
        {
          members: 't; constructor() { this.t = als.getStore()?.token; }',
          before:
            'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();',
        },
      ],
      [
        'an AsyncLocalStorage, in a field',
        {
          members: 't = als.getStore()?.token;',
          before:
            'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();',
        },
      ],
      [
        'an AsyncLocalStorage, in a default',
        {
          members: 'constructor(readonly t = als.getStore()) {}',
          before:
            'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();',
        },
      ],
      [
        'an AsyncLocalStorage, by a function',
        {
          members: 't; constructor() { this.t = cur(); }',
          before:
            'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();\nconst cur = () => als.getStore();',
        },
      ],
      [
        'an AsyncLocalStorage of another file',
        {
          members: 't = current();',
          before: 'import { current } from "../ctx.js";',
          files: {
            'src/ctx.ts':
              'import { AsyncLocalStorage } from "node:async_hooks";\nconst als = new AsyncLocalStorage<any>();\nexport const current = () => als.getStore();\n',
          },
        },
      ],
      [
        'an AsyncLocalStorage, in the class above',
        {
          before: 'import { Base } from "./base.js";',
          extended: 'Base',
          files: {
            'src/agents/base.ts':
              'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();\nexport class Base { t = als.getStore(); }\n',
          },
        },
      ],
      [
        'module var set by handler',
        {
          members: 'u = state.user;',
          before: 'import { state } from "../state.js";',
          files: {
            'src/state.ts': 'export const state = { user: "" };\n',
            'src/mw.ts':
              'import { state } from "./state.js";\nexport const mw = (req: any, _res: any, next: any) => { state.user = req.user; next(); };\n',
          },
        },
      ],
      [
        'let exported setter',
        {
          members: 'u = user;',
          before: 'import { user } from "../state.js";',
          files: {
            'src/state.ts': 'export let user = "";\nexport const setUser = (u: string) => { user = u; };\n',
            'src/mw.ts':
              'import { setUser } from "./state.js";\nexport const mw = (req: any, _res: any, next: any) => { setUser(req.user); next(); };\n',
          },
        },
      ],
      [
        'static set by handler',
        {
          members: 'static current = ""; t = FacebookAdsAgent.current;',
          files: {
            'src/mw.ts':
              'import { FacebookAdsAgent } from "./agents/facebook-ads-agent.js";\nexport const mw = (req: any, _res: any, next: any) => { FacebookAdsAgent.current = req.user; next(); };\n',
          },
        },
      ],
      [
        'env assigned',
        {
          members: 't = process.env.TOKEN;',
          files: {
            'src/mw.ts':
              'export const mw = (req: any, _res: any, next: any) => { process.env.TOKEN = req.user; next(); };\n',
          },
        },
      ],
      [
        'env destructured assigned',
        {
          members: 't; constructor() { const { TOKEN } = process.env; this.t = TOKEN; }',
          files: {
            'src/mw.ts':
              'export const mw = (req: any, _res: any, next: any) => { process.env["TOKEN"] = req.user; next(); };\n',
          },
        },
      ],
      [
        'env Object.assign',
        {
          members: 't = process.env.TOKEN;',
          files: {
            'src/mw.ts':
              'export const mw = (req: any, _res: any, next: any) => { Object.assign(process.env, { TOKEN: req.user }); next(); };\n',
          },
        },
      ],
      [
        'globalThis',
        {
          members: 't = (globalThis as any).tok;',
          files: {
            'src/mw.ts':
              'export const mw = (req: any, _res: any, next: any) => { (globalThis as any).tok = req.user; next(); };\n',
          },
        },
      ],
      [
        'cls-hooked',
        {
          members: 't = getNamespace("x").get("token");',
          before: 'import { getNamespace } from "cls-hooked";',
        },
      ],
      [
        'http-context',
        {
          members: 't = httpContext.get("token");',
          before: 'import httpContext from "express-http-context";',
        },
      ],
      [
        'nestjs-cls',
        {
          members: 't = ClsServiceManager.getClsService().get("token");',
          before: 'import { ClsServiceManager } from "nestjs-cls";',
        },
      ],
      [
        'map of current',
        {
          members: 'u = state.get("user");',
          before: 'import { state } from "../state.js";',
          files: {
            'src/state.ts': 'export const state = new Map<string, string>();\n',
            'src/mw.ts':
              'import { state } from "./state.js";\nexport const mw = (req: any, _res: any, next: any) => { state.set("user", req.user); next(); };\n',
          },
        },
      ],
      [
        'current request object',
        {
          members: 'u = request()?.user;',
          before: 'import { request } from "../state.js";',
          files: {
            'src/state.ts':
              'let current: any;\nexport const enter = (r: any) => { current = r; };\nexport const request = () => current;\n',
            'src/mw.ts':
              'import { enter } from "./state.js";\nexport const mw = (req: any, _res: any, next: any) => { enter(req); next(); };\n',
          },
        },
      ],
      [
        'extends EventEmitter on',
        {
          before: 'import { EventEmitter } from "node:events";',
          extended: 'EventEmitter',
          use: 'agent.on("x", () => res.end());',
        },
      ],
      [
        'extends Transform',
        {
          before: 'import { Transform } from "node:stream";',
          extended: 'Transform',
          use: 'req.pipe(agent as any);',
        },
      ],
      [
        'pipeline',
        {
          before: 'import { PassThrough } from "node:stream";',
          extended: 'PassThrough',
          use: 'const { pipeline } = await import("node:stream/promises"); await pipeline(req, agent as any, res);',
        },
      ],
      ['abort', { extended: 'AbortController', use: 'setTimeout(() => (agent as any).abort(), 1);' }],
      ['using', { members: '[Symbol.dispose]() {}', use: '{ using a = agent; void a; }' }],
      ['close', { members: 'close() {}', use: 'agent.close();' }],
      [
        'DisposableStack',
        { members: '[Symbol.dispose]() {}', use: 'using stack = new DisposableStack(); stack.use(agent);' },
      ],
      [
        'finally end',
        {
          members: 'async end() {}',
          use: 'try { await agent.getCampaigns(); } finally { await agent.end(); }',
        },
      ],
      ['kept module', { use: 'kept.push(agent);' }],
      ['kept req', { use: '(globalThis as any).last = agent;' }],
      ['compare', { use: 'if (agent === other) res.end();' }],
      ['weakmap key', { use: 'owners.set(agent, req.user);' }],
      ['assign prop', { members: 'tag = "";', use: 'Object.assign(agent, { tag: req.query.x });' }],
      ['define prop', { use: 'Object.defineProperty(agent, "x", { value: req.query.x });' }],
      ['reflect set', { use: 'Reflect.set(agent, "x", req.query.x);' }],
      ['bracket', { use: '(agent as any)[req.query.k] = req.query.x;' }],
      ['proto', { use: 'Object.setPrototypeOf(agent, req.query);' }],
      ['delete', { members: 'x? = 1;', use: 'delete agent.x;' }],
      ['update', { members: 'n = 0;', use: 'agent.n++;' }],
      ['a pattern whose target is a member of it', { members: 'n: any;', use: '[agent.n] = [req.query.x];' }],
      ['method replaced', { use: 'agent.getCampaigns = async () => [];' }],
      ['freeze', { use: 'Object.freeze(agent);' }],
      ['lodash set', { use: 'const { set } = await import("lodash"); set(agent, "a.b", req.query.x);' }],
      ['given to mutating helper', { members: 't = "";', use: 'tag(agent, req.query.x);' }],
      [
        'the environment by a computed name, which a route assigns',
        {
          members:
            '#key; t; constructor(key = "TOKEN") { this.#key = key; this.t = process.env[this.#key]; }',
          files: {
            'src/mw.ts':
              'export const save = (req: any, _res: any, next: any) => { for (const [name, value] of Object.entries(req.body)) process.env[name] = String(value); next(); };\n',
          },
        },
      ],
      [
        'the environment, which a route replaces',
        {
          members: 't = process.env.TOKEN;',
          files: {
            'src/mw.ts':
              'export const save = (req: any) => { process.env = { ...process.env, ...req.body }; };\n',
          },
        },
      ],
      [
        'the environment, to which a route writes by another name of it',
        {
          members: 't = process.env.TOKEN;',
          files: {
            'src/mw.ts':
              'const own = process.env;\nexport const save = (req: any) => { own.TOKEN = req.body.token; };\n',
          },
        },
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('one that does not is migrated', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      [
        'lazy memo',
        {
          members: 'http = getHttp();',
          before: 'import { getHttp } from "../state.js";',
          files: {
            'src/state.ts':
              'let client: any;\nexport const getHttp = () => { client ??= { base: process.env.BASE }; return client; };\n',
          },
        },
      ],
      [
        'lazy memo if',
        {
          members: 'http = getHttp();',
          before: 'import { getHttp } from "../state.js";',
          files: {
            'src/state.ts':
              'let client: any;\nexport function getHttp() { if (!client) client = { base: process.env.BASE }; return client; }\n',
          },
        },
      ],
      [
        'module init',
        {
          members: 'b = base;',
          before: 'import { base } from "../state.js";',
          files: {
            'src/state.ts': 'export let base = "a";\nif (process.env.BASE) base = process.env.BASE;\n',
          },
        },
      ],
      [
        'let config loaded at start',
        {
          members: 'b = base;',
          before: 'import { base } from "../state.js";',
          files: { 'src/state.ts': 'export let base = "a";\n' },
        },
      ],
      ['env', { members: 't = process.env.TOKEN;' }],
      [
        'the environment with a default',
        { members: 'constructor(readonly t = process.env.TOKEN ?? "a") {}' },
      ],
      [
        'const config',
        {
          members: 't = config.token;',
          before: 'import { config } from "../config.js";',
          files: { 'src/config.ts': 'export const config = { token: process.env.TOKEN };\n' },
        },
      ],
      ['own counter', { members: 'static count = 0; id = ++FacebookAdsAgent.count;' }],
      ['date now', { members: 'born = Date.now();' }],
      ['uuid', { members: 'id = randomUUID();', before: 'import { randomUUID } from "node:crypto";' }],
      [
        'an AsyncLocalStorage that a method reads each time',
        {
          members: 'q() { return als.getStore(); }',
          before:
            'import { AsyncLocalStorage } from "node:async_hooks";\nexport const als = new AsyncLocalStorage<any>();',
          use: 'res.json(agent.q());',
        },
      ],
      ['read helper', { members: 't = "";', use: 'res.json(read(agent));' }],
      ['instanceof', { use: 'if (agent instanceof FacebookAdsAgent) res.set("a", "b");' }],
      [
        'promise all',
        {
          members: 'async a() { return 1; }',
          use: 'res.json(await Promise.all([agent.a(), agent.getCampaigns()]));',
        },
      ],
      [
        'map cb',
        {
          members: 'async a(x: any) { return x; }',
          use: 'res.json(await Promise.all([1].map((x) => agent.a(x))));',
        },
      ],
      [
        'try catch',
        {
          members: 'async a() { return 1; }',
          use: 'try { res.json(await agent.a()); } catch { res.sendStatus(500); }',
        },
      ],
      [
        'the environment by a computed name, which files set while they load',
        {
          members: 't; constructor(key = "TOKEN") { this.t = process.env[key]; }',
          files: { 'src/start.ts': 'process.env.TZ = "UTC";\nexport {};\n' },
        },
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});
