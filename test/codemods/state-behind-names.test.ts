import { someOf } from '../support/depth.ts';
import { type ClassAndRoute, statusOf } from './support/status-of-route.ts';

/** A method that keeps what it is given, and one that does not. */
const KEEPS = '(x: string) => { this.kept = x; return x; }';
const GIVES = '(x: string) => [x]';
const GET = 'get: (target: any, name: any)';

/** An agent whose constructor does something, with a method that is called by a name that only runs tell. */
const built = (code: string, more: Partial<ClassAndRoute> = {}): ClassAndRoute => ({
  members: `kept = ""; constructor() { ${code} }`,
  use: 'res.json((agent as any).load(req.query.x));',
  ...more,
});
const LOOP = 'for (const name of ["load", "save"])';

describe('a method by a name that no code tells keeps the place where it keeps what it is given', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      ['set in a loop', built(`${LOOP} (this as any)[name] = ${KEEPS};`)],
      ['defined in a loop', built(`${LOOP} Object.defineProperty(this, name, { value: ${KEEPS} });`)],
      [
        'set on the prototype in a loop',
        {
          files: {
            'src/more.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n${LOOP} (FacebookAdsAgent.prototype as any)[name] = function (x: string) { this.kept = x; return x; };\n`,
          },
          use: 'res.json((agent as any).load(req.query.x));',
        },
      ],
      [
        'computed in the class',
        {
          members: 'kept = ""; ["lo" + "ad"](x: string) { this.kept = x; return x; }',
          use: 'res.json((agent as any).load(req.query.x));',
        },
      ],
      [
        'computed in the class, and called by another',
        {
          members:
            'kept = ""; ["lo" + "ad"](x: string) { this.kept = x; return x; } find(x: string) { return (this as any).load(x); }',
          use: 'res.json(agent.find(req.query.x));',
        },
      ],
      [
        'a symbol, called by another',
        {
          before: 'const KEEP = Symbol("keep");',
          members:
            'kept = ""; [KEEP](x: string) { this.kept = x; return x; } find(x: string) { return this[KEEP](x); }',
          use: 'res.json(agent.find(req.query.x));',
        },
      ],
      ['one of two', built(`this.load = Math.random() > 1 ? ${KEEPS} : ${GIVES};`)],
      ['the other of two', built(`this.load = Math.random() > 1 ? ${GIVES} : ${KEEPS};`)],
      [
        'made by a proxy',
        built(`return new Proxy(this, { ${GET} => name === "load" ? ${KEEPS} : target[name] });`),
      ],
      [
        'made by a proxy that a base gives',
        {
          before: `class Base { kept = ""; constructor() { return new Proxy(this, { ${GET} => name === "load" ? ${KEEPS} : target[name] }); } }`,
          extended: 'Base',
          use: 'res.json((agent as any).load(req.query.x));',
        },
      ],
      [
        'around each method of a proxy',
        built(
          `return new Proxy(this, { ${GET} => { const found = target[name]; return typeof found === "function" ? (...given: any[]) => { target.kept = given[0]; return found.apply(target, given); } : found; } });`,
          { use: 'res.json(agent.getCampaigns(req.query.x));' },
        ),
      ],
      [
        'of a part that is a proxy',
        {
          members: `kept = ""; readonly api: any = new Proxy({}, { ${GET} => ${KEEPS} });`,
          use: 'res.json(agent.api.load(req.query.x));',
        },
      ],
      [
        'of a hidden part that is a proxy',
        {
          members: `kept = ""; #api: any = new Proxy({}, { ${GET} => ${KEEPS} }); find(x: string) { return this.#api.load(x); }`,
          use: 'res.json(agent.find(req.query.x));',
        },
      ],
      [
        'of an object that the constructor gives',
        built(`let kept = ""; return { load: (x: string) => { kept = x; return kept; } } as any;`),
      ],
      [
        'of another instance that the constructor gives',
        built('return new Other() as any;', {
          before: 'class Other { kept = ""; load(x: string) { this.kept = x; return x; } }',
        }),
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('a method by a name that no code tells is migrated where it keeps nothing', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      ['set in a loop', built(`${LOOP} (this as any)[name] = ${GIVES};`)],
      [
        'symbols beside methods that only count',
        {
          before: 'import { inspect } from "node:util";\nconst COUNT = Symbol.for("count");',
          members:
            'calls = 0; [inspect.custom]() { return this.calls; } [COUNT]() { return this.calls; } find(x: string) { this.calls++; return [x]; }',
          use: 'res.json(agent.find(req.query.x));',
        },
      ],
      [
        'made by a proxy',
        built(`return new Proxy(this, { ${GET} => name === "load" ? ${GIVES} : target[name] });`),
      ],
      [
        'of a proxy that gives each method on, beside one that keeps',
        built(
          `return new Proxy(this, { ${GET} => { const found = Reflect.get(target, name); return typeof found === "function" ? found.bind(target) : found; } }); } keep(x: string) { this.kept = x;`,
          { use: 'res.json(agent.getCampaigns(req.query.x));' },
        ),
      ],
      [
        'around each method of a proxy',
        built(
          `return new Proxy(this, { ${GET} => { const found = target[name]; return typeof found === "function" ? (...given: any[]) => found.apply(target, given) : found; } });`,
          { use: 'res.json(agent.getCampaigns(req.query.x));' },
        ),
      ],
      [
        'of a part that is a proxy',
        {
          members: `readonly api: any = new Proxy({}, { ${GET} => ${GIVES} });`,
          use: 'res.json(agent.api.load(req.query.x));',
        },
      ],
      [
        'of an object that the constructor gives',
        built(`return { load: ${GIVES}, getCampaigns: ${GIVES} } as any;`),
      ],
      [
        'of the one instance that there is',
        built('if (one) return one; one = this;', {
          before: 'let one: any;',
          use: 'res.json(agent.getCampaigns(req.query.x));',
        }),
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});

/** A class whose static a middleware of another file sets on it, or on the class above, and what the constructor reads. */
const inherited = (
  value: string,
  set = 'Base.use(req.query.t);',
  use = 'static use(x: string) { Base.t = x; }',
) => ({
  before: "import { Base } from '../base.js';",
  extended: 'Base',
  members: `token: unknown; constructor() { super(); this.token = ${value}; }`,
  files: {
    'src/base.ts': `export class Base { static t = ""; ${use} }\n`,
    'src/middleware.ts': `import { Base } from './base.js';\nexport function before(req: any, _res: any, next: any) { ${set} next(); }\n`,
  },
});

const context = (value: string, made: string): ClassAndRoute => ({
  before: `import * as hooks from 'node:async_hooks';\nimport { createRequire } from 'node:module';\nvoid [hooks, createRequire];\n${made}`,
  members: `token = ${value};`,
});

describe('a constructor that reads what a request sets by another name keeps the place', () => {
  test.each<[string, ClassAndRoute]>(
    someOf([
      ['a static of the class above', inherited('FacebookAdsAgent.t')],
      ['the same by brackets', inherited('(FacebookAdsAgent as any)["t"]')],
      ['the same of what it is built by', inherited('new.target.t')],
      ['the same of its constructor', inherited('(this.constructor as any).t')],
      [
        'one that a static sets by `this`',
        inherited('FacebookAdsAgent.t', undefined, 'static use(x: string) { this.t = x; }'),
      ],
      ['one that is set from outside', inherited('FacebookAdsAgent.t', 'Base.t = req.query.t;')],
      [
        'one that a static gives by `this`',
        inherited(
          'FacebookAdsAgent.now()',
          undefined,
          'static now() { return this.t; } static use(x: string) { Base.t = x; }',
        ),
      ],
      [
        'one behind accessors',
        inherited(
          'FacebookAdsAgent.now',
          'Base.now = req.query.t;',
          'static #t = ""; static get now() { return Base.#t; } static set now(x: string) { Base.#t = x; }',
        ),
      ],
      [
        'a context that extends that of Node',
        context(
          'ctx.getStore()',
          'class Ctx extends hooks.AsyncLocalStorage<string> {}\nexport const ctx = new Ctx();',
        ),
      ],
      [
        'the bound getter of a context',
        context(
          'now()',
          'export const als = new hooks.AsyncLocalStorage<string>();\nconst now = als.getStore.bind(als);',
        ),
      ],
      [
        'a context of a module that the process gives',
        context(
          'als.getStore()',
          'const { AsyncLocalStorage } = process.getBuiltinModule("node:async_hooks");\nexport const als = new AsyncLocalStorage();',
        ),
      ],
      [
        'a context of a module that is required',
        context(
          'als.getStore()',
          'const load = createRequire(import.meta.url);\nconst { AsyncLocalStorage } = load("node:async_hooks");\nexport const als = new AsyncLocalStorage();',
        ),
      ],
      [
        'the id of what goes on',
        context('stores.get(hooks.executionAsyncId())', 'export const stores = new Map<number, string>();'),
      ],
    ]),
  )('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('manual');
  });
});

describe('a constructor that reads by another name what no request sets is migrated', () => {
  test.each<[string, ClassAndRoute]>([
    [
      'a static of the class above, beside one that is set',
      inherited(
        'FacebookAdsAgent.t',
        undefined,
        'static other = ""; static use(x: string) { Base.other = x; }',
      ),
    ],
    ['one of its constructor', inherited('(this.constructor as any).t', 'void Base;', '')],
    [
      'one beside accessors of another file by the same name',
      inherited(
        'FacebookAdsAgent.now',
        'const own = { now: "" }; own.now = req.query.t;',
        'static get now() { return Base.t; }',
      ),
    ],
    [
      'a class that extends one of Node',
      context('new Kept().get("x")', 'class Kept extends Map<string, string> {}'),
    ],
    [
      'a module that the process gives',
      context('os.hostname()', 'const os = process.getBuiltinModule("node:os");'),
    ],
  ])('%s', async (_what, given) => {
    expect(await statusOf(given)).toBe('migrated');
  });
});
