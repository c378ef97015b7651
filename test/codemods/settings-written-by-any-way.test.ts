import { someOf } from '../support/depth.ts';
import { placeBeside } from './support/place-beside.ts';

const CONF = `export const conf = {
  token: process.env.TOKEN,
  port: 1,
  db: { t: process.env.DB_TOKEN },
  log: { level: 'info' },
  pg: { max: 2 },
};
`;

/** One that is given its settings, or one that reads them. */
const agent = (reads?: string) => `${reads === undefined ? '' : "import { conf } from '../conf.js';"}
export class FacebookAdsAgent {
  #given;
  constructor(given) { this.#given = ${reads ?? 'given'}; }
  async list() { return fetch('http://127.0.0.1:9/', { body: JSON.stringify(this.#given) }); }
}
`;

/** A place that builds with a setting as the cache does, or whose constructor reads one, beside code that uses them. */
function placeOf(code: string, given: string, reads?: string): Promise<string> {
  const files = {
    'package.json':
      '{ "type": "module", "dependencies": { "express": "^5.1.0", "lodash": "4", "pg": "8", "winston": "3" } }',
    'src/agents/facebook-ads-agent.ts': agent(reads),
    'src/conf.ts': CONF,
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { conf } from '../conf.js';
let shared;
async function createAgent() { return new FacebookAdsAgent(${given}); }
export function getFacebookAgent() { return (shared ??= createAgent()); }
`,
  };
  return placeBeside(files, code, { imports: "import { conf } from './conf.js';", given });
}

/** How requests write to `token` and to `db.t` of the settings. */
const WRITTEN: Record<string, string> = {
  'what an arrow function gives': `const me = () => conf;
router.post('/', (req, res) => { me().token = me().db.t = req.query.t; res.end(); });`,
  'what a function gives': `function me() { return conf; } router.post('/', (req, res) => { const c = me(); c.token = c.db.t = req.query.t; res.end(); });`,
  'an element of a list': `const all = [conf];
router.post('/', (req, res) => { all[0].token = all[0].db.t = req.query.t; res.end(); });`,
  'each element of a list': `router.post('/', (req, res) => { [conf].forEach((c) => { c.token = c.db.t = req.query.t; }); res.end(); });`,
  'the variable of a loop': `router.post('/', (req, res) => { for (const c of [conf]) { c.token = c.db.t = req.query.t; } res.end(); });`,
  'what a map is made with': `const m = new Map([['c', conf]]);
router.post('/', (req, res) => { const c = m.get('c'); c.token = c.db.t = req.query.t; res.end(); });`,
  'what a map is given': `const m = new Map(); m.set('c', conf);
router.post('/', (req, res) => { const c = m.get('c'); c.token = c.db.t = req.query.t; res.end(); });`,
  'the this of a call': `function fill(t) { this.token = this.db.t = t; } router.post('/', (req, res) => { fill.call(conf, req.query.t); res.end(); });`,
  'what call() is given': `function fill(c, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill.call(null, conf, req.query.t); res.end(); });`,
  'what apply() is given': `function fill(c, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill.apply(null, [conf, req.query.t]); res.end(); });`,
  'what Reflect.apply is given': `function fill(c, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { Reflect.apply(fill, null, [conf, req.query.t]); res.end(); });`,
  'a spread argument': `function fill(c, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill(...[conf, req.query.t]); res.end(); });`,
  'the this of a bound function': `function fill(t) { this.token = this.db.t = t; } const f = fill.bind(conf);
router.post('/', (req, res) => { f(req.query.t); res.end(); });`,
  'what a bound function is given': `function fill(c, t) { c.token = c.db.t = t; } const f = fill.bind(null, conf);
router.post('/', (req, res) => { f(req.query.t); res.end(); });`,
  'a field': `class S { c = conf; put(t) { this.c.token = this.c.db.t = t; } } const s = new S();
router.post('/', (req, res) => { s.put(req.query.t); res.end(); });`,
  'a private field': `class S { #c = conf; put(t) { this.#c.token = this.#c.db.t = t; } } const s = new S();
router.post('/', (req, res) => { s.put(req.query.t); res.end(); });`,
  'a static': `class S { static c = conf; } router.post('/', (req, res) => { S.c.token = S.c.db.t = req.query.t; res.end(); });`,
  'a field that a constructor gives its value': `class S { constructor(c) { this.c = c; } put(t) { this.c.token = this.c.db.t = t; } } const s = new S(conf);
router.post('/', (req, res) => { s.put(req.query.t); res.end(); });`,
  'the default of a parameter': `function fill(t, c = conf) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill(req.query.t); res.end(); });`,
  'the default of a part': `function fill(t, { c = conf } = {}) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill(req.query.t); res.end(); });`,
  'a condition': `router.post('/', (req, res) => { const c = req.query.x ? conf : {}; c.token = req.query.t; if (c.db) c.db.t = req.query.t; res.end(); });`,
  'what stands in for nothing': `router.post('/', (req, res) => { const c = conf ?? {}; c.token = c.db.t = req.query.t; res.end(); });`,
  'what stands in for nothing, at once': `router.post('/', (req, res) => { (conf ?? {}).token = (conf ?? {}).db.t = req.query.t; res.end(); });`,
  'a comma': `router.post('/', (req, res) => { (0, conf).token = (0, conf).db.t = req.query.t; res.end(); });`,
  'what is behind a condition': `router.post('/', (req, res) => { const c = req.query.t && conf; c.token = c.db.t = req.query.t; res.end(); });`,
  'what is reduced to': `router.post('/', (req, res) => { Object.entries(req.query).reduce((c, [k, v]) => { c[k] = v; c.db[k] = v; return c; }, conf); res.end(); });`,
  'what a list of names is reduced to': `const put = (names) => names.reduce((c, name) => { c[name] = ''; c.db[name] = ''; return c; }, conf);
router.post('/', (req, res) => { put(req.body.names); res.end(); });`,
  'a function of a package by another name': `import { set as put } from 'lodash';
router.post('/', (req, res) => { put(conf, 'token', req.query.t); put(conf.db, 't', req.query.t); res.end(); });`,
  'a name for a function of a package': `import _ from 'lodash';
const put = _.merge;
router.post('/', (req, res) => { put(conf, req.query); res.end(); });`,
  'a proxy': `const p = new Proxy(conf, {});
router.post('/', (req, res) => { p.token = p.db.t = req.query.t; res.end(); });`,
  'Object()': `router.post('/', (req, res) => { const c = Object(conf); c.token = c.db.t = req.query.t; res.end(); });`,
  'what is behind a frozen part': `const c = Object.freeze(conf.db) && conf;
router.post('/', (req, res) => { c.token = c.db.t = req.query.t; res.end(); });`,
  'a getter': `const holder = { get c() { return conf; } };
router.post('/', (req, res) => { holder.c.token = holder.c.db.t = req.query.t; res.end(); });`,
  'an object that holds it': `const holder = { c: conf };
router.post('/', (req, res) => { holder.c.token = holder.c.db.t = req.query.t; res.end(); });`,
  'an object in another one': `const holder = { a: { c: conf } };
router.post('/', (req, res) => { holder.a.c.token = holder.a.c.db.t = req.query.t; res.end(); });`,
  'an object that is given to a function': `function fill({ c }, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill({ c: conf }, req.query.t); res.end(); });`,
  'names of the request': `router.post('/', (req, res) => { for (const k of Object.keys(req.query)) { conf[k] = req.query[k]; conf.db[k] = req.query[k]; } res.end(); });`,
  __defineGetter__: `router.post('/', (req, res) => { conf.__defineGetter__('token', () => req.query.t); conf.db.__defineGetter__('t', () => req.query.t); res.end(); });`,
  'Reflect.set': `router.post('/', (req, res) => { Reflect.set(conf, 'token', req.query.t); Reflect.set(conf.db, 't', req.query.t); res.end(); });`,
  'Reflect.set by another name': `const { set } = Reflect;
router.post('/', (req, res) => { set(conf, 'token', req.query.t); set(conf.db, 't', req.query.t); res.end(); });`,
  'Object.assign by another name': `const put = Object.assign;
router.post('/', (req, res) => { put(conf, req.query); put(conf.db, req.query); res.end(); });`,
  'Object.assign.call': `router.post('/', (req, res) => { Object.assign.call(null, conf, req.query); Object.assign.apply(Object, [conf.db, req.query]); res.end(); });`,
  arguments: `function fill() { arguments[0].token = arguments[0].db.t = arguments[1]; } router.post('/', (req, res) => { fill(conf, req.query.t); res.end(); });`,
  'a pattern of the rest': `function fill(...[c, t]) { c.token = c.db.t = t; } router.post('/', (req, res) => { fill(conf, req.query.t); res.end(); });`,
  'the rest': `function fill(...all) { all[0].token = all[0].db.t = all[1]; } router.post('/', (req, res) => { fill(conf, req.query.t); res.end(); });`,
  'a pattern of a list': `router.post('/', (req, res) => { const [c] = [conf]; c.token = c.db.t = req.query.t; res.end(); });`,
  'a callback of a promise': `router.post('/', async (req, res) => { await Promise.resolve(conf).then((c) => { c.token = c.db.t = req.query.t; }); res.end(); });`,
  'a promise': `router.post('/', async (req, res) => { const c = await conf; c.token = c.db.t = req.query.t; res.end(); });`,
  'an async function': `const me = async () => conf;
router.post('/', async (req, res) => { (await me()).token = (await me()).db.t = req.query.t; res.end(); });`,
  'a generator': `function* me() { yield conf; } router.post('/', (req, res) => { for (const c of me()) c.token = c.db.t = req.query.t; res.end(); });`,
  'a closure': `const make = (c) => (t) => { c.token = c.db.t = t; }; const put = make(conf);
router.post('/', (req, res) => { put(req.query.t); res.end(); });`,
  'res.locals': `router.use((req, res, next) => { res.locals.c = conf; next(); });
router.post('/', (req, res) => { res.locals.c.token = res.locals.c.db.t = req.query.t; res.end(); });`,
  'app.set': `router.use((req, res, next) => { req.app.set('c', conf); next(); });
router.post('/', (req, res) => { req.app.get('c').token = req.app.get('c').db.t = req.query.t; res.end(); });`,
  'a weak reference': `const w = new WeakRef(conf);
router.post('/', (req, res) => { w.deref().token = w.deref().db.t = req.query.t; res.end(); });`,
  'a tagged template': `const put = (s, c, t) => { c.token = c.db.t = t; };
router.post('/', (req, res) => { put\`a\${conf}b\${req.query.t}\`; res.end(); });`,
  'an exception': `router.post('/', (req, res) => { try { throw conf; } catch (c) { c.token = c.db.t = req.query.t; } res.end(); });`,
  'a part of what holds it': `const ob = { conf };
router.post('/', (req, res) => { const { conf: c } = ob; c.token = c.db.t = req.query.t; res.end(); });`,
  'the values of what holds it': `const ob = { conf };
router.post('/', (req, res) => { for (const c of Object.values(ob)) { c.token = c.db.t = req.query.t; } res.end(); });`,
  'a list that is put together': `router.post('/', (req, res) => { const c = [].concat(conf)[0]; c.token = c.db.t = req.query.t; res.end(); });`,
  'what is found in a list': `router.post('/', (req, res) => { const c = [conf].find(() => true); c.token = c.db.t = req.query.t; res.end(); });`,
  'a variable': `let c2; c2 = conf;
router.post('/', (req, res) => { c2.token = c2.db.t = req.query.t; res.end(); });`,
  'a variable that is given it once': `let c2;
router.post('/', (req, res) => { c2 ||= conf; c2.token = c2.db.t = req.query.t; res.end(); });`,
  'an event': `import { EventEmitter } from 'node:events';
const bus = new EventEmitter(); bus.on('c', (c, t) => { c.token = c.db.t = t; });
router.post('/', (req, res) => { bus.emit('c', conf, req.query.t); res.end(); });`,
  'a function that sets any name': `const put = (c, k, v) => { c[k] = v; };
router.post('/', (req, res) => { put(conf, 'token', req.query.t); put(conf.db, 't', req.query.t); res.end(); });`,
  'a package': `import _ from 'lodash';
router.post('/', (req, res) => { _.set(conf, 'token', req.query.t); _.merge(conf, req.query); res.end(); });`,
  delete: `router.post('/', (req, res) => { delete conf.token; delete conf.db.t; res.end(); });`,
  'a pattern that is assigned': `router.post('/', (req, res) => { ({ t: conf.token, u: conf.db.t } = req.query); res.end(); });`,
  'a list that is assigned': `router.post('/', (req, res) => { [conf.token, conf.db.t] = [req.query.t, req.query.t]; res.end(); });`,
  'the head of a loop': `router.post('/', (req, res) => { for (conf.token of [req.query.t]); for (conf.db.t of [req.query.t]); res.end(); });`,
  'a constructor function': `function Fill(c, t) { c.token = c.db.t = t; } router.post('/', (req, res) => { new Fill(conf, req.query.t); res.end(); });`,
  'what is spread': `const opts = { ...{ c: conf } };
router.post('/', (req, res) => { opts.c.token = opts.c.db.t = req.query.t; res.end(); });`,
  'an object that a function gives': `const me = () => ({ c: conf });
router.post('/', (req, res) => { me().c.token = me().c.db.t = req.query.t; res.end(); });`,
  'a list that a function gives': `const me = () => [conf];
router.post('/', (req, res) => { me()[0].token = me()[0].db.t = req.query.t; res.end(); });`,
  'a function that calls another one': `const run = (f) => f(conf);
router.post('/', (req, res) => { run((c) => { c.token = c.db.t = req.query.t; }); res.end(); });`,
  'a function that is given it and another one': `const each = (x, f) => f(x);
router.post('/', (req, res) => { each(conf, (c) => { c.token = c.db.t = req.query.t; }); res.end(); });`,
};

/** How they write to `db.t` alone, by what shares that object with the settings. */
const WRITTEN_BELOW: Record<string, string> = {
  'the values of all': `router.post('/', (req, res) => { for (const d of Object.values(conf)) d.t = req.query.t; res.end(); });`,
  'the entries of all': `router.post('/', (req, res) => { for (const [, d] of Object.entries(conf)) d.t = req.query.t; res.end(); });`,
  'a copy': `const copy = { ...conf };
router.post('/', (req, res) => { copy.db.t = req.query.t; res.end(); });`,
  'a copy by Object.assign': `const copy = Object.assign({}, conf);
router.post('/', (req, res) => { copy.db.t = req.query.t; res.end(); });`,
  'the rest of a pattern': `const { x, ...copy } = conf;
router.post('/', (req, res) => { copy.db.t = req.query.t; res.end(); });`,
  'the names of all': `router.post('/', (req, res) => { for (const k in conf) conf[k].t = req.query.t; res.end(); });`,
  'what is frozen': `const c = Object.freeze(conf);
router.post('/', (req, res) => { c.db.t = req.query.t; res.end(); });`,
  'what is made of entries': `const c = Object.fromEntries(Object.entries(conf));
router.post('/', (req, res) => { c.db.t = req.query.t; res.end(); });`,
  'an heir': `const c = Object.create(conf);
router.post('/', (req, res) => { c.db.t = req.query.t; res.end(); });`,
  'a part by a package': `import { pick } from 'lodash';
const c = pick(conf, ['db']);
router.post('/', (req, res) => { c.db.t = req.query.t; res.end(); });`,
};

/** What is no write to `token` and to `db`. */
const READ: Record<string, string> = {
  'a part is read': `router.get('/x', (req, res) => { res.json({ port: conf.port }); });`,
  'it is logged': `console.log(conf); console.info('c', { conf });`,
  'its text is sent': `router.get('/x', (req, res) => { res.json(JSON.parse(JSON.stringify(conf))); });`,
  'a deep copy is changed': `router.get('/x', (req, res) => { const c = structuredClone(conf); c.token = c.db.t = req.query.t; res.json(c); });`,
  'its names are sent': `router.get('/x', (req, res) => { res.json(Object.keys(conf)); });`,
  'another part is changed': `let port = conf.port; port = 5; conf.port = 7;`,
  'packages are built with parts': `import winston from 'winston';
import { Pool } from 'pg';
export const logger = winston.createLogger(conf.log);
export const pool = new Pool(conf.pg);`,
  'a function shows it': `function show(c) { return \`\${c.port}\`; } router.get('/x', (req, res) => { res.json(show(conf)); });`,
  'it is asked for': `router.get('/x', (req, res) => { if (!conf || conf === 5) throw new Error('x'); const c = req.query.x ? conf : {}; res.json(c.port); });`,
  'a function gives it': `const me = () => conf;
export const other = () => me().port;
router.get('/x', (req, res) => { res.json(me().port); });`,
  'a pattern takes the rest': `const { token, ...others } = conf;
router.get('/x', (req, res) => { res.json(others.port); });`,
  'a copy is changed': `const copy = { ...conf, port: 8 }; copy.token = 'x';
router.get('/x', (req, res) => { res.json(copy.port); });`,
  'a private field has it': `class S { #c = conf; show() { return this.#c.port; } } export const s = new S();
router.get('/x', (req, res) => { res.json(s.show()); });`,
  'a private parameter has it': `class S { constructor(private readonly c = conf) {} show() { return this.c.port; } } export const s = new S();
router.get('/x', (req, res) => { res.json(s.show()); });`,
  'it is the default of a parameter': `function show(c = conf) { return c.port; } router.get('/x', (req, res) => { res.json(show()); });`,
  'an object holds it': `const holder = { conf, other: 1 };
router.get('/x', (req, res) => { res.json(holder.conf.port); });`,
  'it is sent': `router.get('/x', (req, res) => { res.json({ conf }); });`,
  'it is rendered': `router.get('/x', (req, res) => { res.render('x', { conf }); });`,
  'it is given by call()': `function show(c) { return \`\${c.port}\`; } router.get('/x', (req, res) => { res.json(show.call(null, conf)); });`,
  'a type is that of it': `type C = typeof conf;
export const is = (c: C) => c.port;`,
  'another part is given another value': `const other = { ...conf.log }; other.level = 'x';
router.get('/x', (req, res) => { conf.log = other; res.end(); });`,
  'a function looks up a path in it': `const at = (way) => way.split('.').reduce((c, name) => c?.[name], conf);
router.get('/x', (req, res) => { res.json(at('log.level')); });`,
  'a function takes it apart': `function show({ c }) { return c.port; } router.get('/x', (req, res) => { res.json(show({ c: conf })); });`,
  'a function gives what holds it': `const me = () => ({ c: conf });
router.get('/x', (req, res) => { res.json(me().c.port); });`,
};

test.each(someOf(Object.keys(WRITTEN)))('settings are left that requests write to by %s', async (way) => {
  expect(await placeOf(WRITTEN[way] ?? '', 'conf.token')).toBe('built-with-arguments');
  expect(await placeOf(WRITTEN[way] ?? '', 'conf.db')).toBe('built-with-arguments');
});

test.each(someOf(Object.keys(WRITTEN_BELOW)))(
  'settings are left that requests write below by %s',
  async (way) => {
    expect(await placeOf(WRITTEN_BELOW[way] ?? '', 'conf.db.t')).toBe('built-with-arguments');
    expect(await placeOf(WRITTEN_BELOW[way] ?? '', 'conf')).toBe('built-with-arguments');
    expect(await placeOf(WRITTEN_BELOW[way] ?? '', 'conf.token')).toBe('migrated');
  },
);

test.each(someOf(Object.keys(READ)))('settings are the same for all where %s', async (way) => {
  expect(await placeOf(READ[way] ?? '', 'conf.token')).toBe('migrated');
  expect(await placeOf(READ[way] ?? '', 'conf.db')).toBe('migrated');
});

/** The same code in a middleware, which goes on to the place. */
const inMiddleware = (code = '') =>
  code
    .replace("router.post('/', async (req, res)", 'router.use(async (req, res, next)')
    .replace("router.post('/', (req, res)", 'router.use((req, res, next)')
    .replace('res.end()', 'next()');

test.each(someOf(Object.keys(WRITTEN)))(
  'what a constructor reads is that of the request where a middleware writes to it by %s',
  async (way) => {
    expect(await placeOf(inMiddleware(WRITTEN[way]), '', 'conf.token')).toBe('constructor-reads-request');
  },
);

test.each(someOf(Object.keys(WRITTEN_BELOW)))(
  'what a constructor reads is that of the request where a middleware writes below by %s',
  async (way) => {
    const code = WRITTEN_BELOW[way] ?? '';
    expect(await placeOf(inMiddleware(code), '', 'conf.db.t')).toBe('constructor-reads-request');
  },
);

test.each(someOf(Object.keys(READ)))('what a constructor reads is the same for all where %s', async (way) => {
  expect(await placeOf(inMiddleware(READ[way]), '', 'conf.token')).toBe('migrated');
});
