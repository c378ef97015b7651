import { someOf } from '../support/depth.ts';
import { middleware, placeReading } from './support/place-reading.ts';

const OBJECT = `export const Conf = { token: '', port: 1 };`;
const placeOf = (code: string, kept = OBJECT) => placeReading([kept, 'Conf.token', code]);

/** How functions of packages write to what they are given, under whatever names. */
const SETTERS: Record<string, readonly [imports: string, call: string]> = {
  'a name of its own': [`import put from 'some-put';`, `put(Conf, 'token', req.query.t)`],
  'a name that says it': [`import set from 'lodash.set';`, `set(Conf, 'token', req.query.t)`],
  'an export': [`import { setProperty } from 'dot-prop';`, `setProperty(Conf, 'token', req.query.t)`],
  'a name of what it does': [`import apply from 'merge';`, `apply(Conf, req.query)`],
  'a class': [
    `import { plainToClassFromExist } from 'class-transformer';`,
    `res.locals.conf = plainToClassFromExist(Conf, req.query)`,
  ],
  'a patch': [`import * as json from 'fast-json-patch';`, `json.applyPatch(Conf, req.body)`],
  'a method': [`import path from 'object-path';`, `path.put(Conf, 'token', req.query.t)`],
  'its second argument': [`import copy from 'copy-to';`, `copy(req.query, Conf)`],
  'a method of what it gives': [`import copy from 'copy-to';`, `copy(req.query).to(Conf)`],
  'an object with both': [`import put from 'some-put';`, `put({ into: Conf, from: req.query })`],
  'a load': [`const put = require('some-put');`, `await put(Conf, req)`],
  'a function that calls it': [
    `import put from 'some-put';
const use = (t) => put(Conf, 'token', t);`,
    `use(req.query.t)`,
  ],
  'what it gives': [`import { reactive } from 'vue';`, `reactive(Conf).token = req.query.t`],
  'a chain': [`import _ from 'lodash';`, `_.chain(Conf).assign(req.query).value()`],
  'what a class makes of it': [`import { Patcher } from 'some-put';`, `new Patcher(Conf).apply(req.body)`],
  'what a class made of it': [
    `import { Patcher } from 'some-put';
const patcher = new Patcher(Conf);`,
    `patcher.apply(req.body)`,
  ],
  'a function that it gave': [
    `import put from 'some-put';
const set = put(Conf);`,
    `set(req.body)`,
  ],
  'a function of what it gave': [
    `import put from 'some-put';
const { write: fill } = put(Conf), { all } = put(Conf);`,
    `all(req.body)`,
  ],
  'a function that it gives': [`import put from 'some-put';`, `put(Conf)(req.query)`],
  'a reader that is told where to': [
    `import { parse } from 'some-parse';`,
    `res.locals.read = parse(req.body, { into: Conf })`,
  ],
  'a query that is told where to': [
    `import db from 'some-db';`,
    `res.locals.rows = await db.query(req.query.q, { target: Conf })`,
  ],
  'a reader whose result nobody wants': [`import { parse } from 'some-parse';`, `parse(req.body, Conf)`],
  'another name of it': [
    `import { createProxy } from 'some-proxy';`,
    `createProxy(Conf, req).token = req.query.t`,
  ],
  'another name of it that is kept': [
    `import { createView } from 'some-proxy';
const view = createView(Conf);`,
    `view.token = req.query.t`,
  ],
  'a function with its first argument': [
    `import _ from 'lodash';`,
    `_.partial(_.set, Conf)('token', req.query.t)`,
  ],
  'one that was made before': [
    `import _ from 'lodash';
const set = _.partial(_.set, Conf);`,
    `set('token', req.query.t)`,
  ],
  'one that others may call': [
    `import _ from 'lodash';
export const set = _.curry(_.set)(Conf);`,
    `res.locals.x = 1`,
  ],
  'a callback of a chain': [
    `import _ from 'lodash';`,
    `_.chain(Conf).tap((conf) => { conf.token = req.query.t; }).value()`,
  ],
  'a callback': [`import _ from 'lodash';`, `_.tap(Conf, (conf) => { conf.token = req.query.t; })`],
};

const READERS: Record<string, string> = {
  'is given nothing of it': middleware(`put(Conf, 'port', 1)`),
  'is given it alone': middleware(`put(Conf)`),
  'is given another object': `const other = {};
${middleware(`put(other, 'token', req.query.t)`)}`,
  'is given a copy': middleware(`put({ ...Conf }, 'token', req.query.t)`),
  'is given a part': middleware(`put(Conf.port, req.query.t)`),
  'writes it down': middleware(`put.info(req.url, Conf)`),
  'sends it': middleware(`put.get(req.query.url, Conf)`),
  'tells whether it is the same': middleware(`res.locals.same = put.isEqual(Conf, req.query)`),
  'makes another one of it': middleware(`res.locals.all = put.clone(Conf, req.query)`),
  'reads a text as it says': middleware(`res.locals.read = put.parse(req.body, Conf)`),
  'reads a text by its options': middleware(`res.locals.read = put.parse(req.body, { mode: Conf })`),
  'opens a connection by it': `const client = put.createClient(Conf);
${middleware('client.name = req.query.n; res.locals.row = await client.get(req.query.id)')}`,
  'merges it into another one': middleware(`res.locals.all = put.merge({}, Conf, req.query)`),
  'makes a function that reads it': `const read = put.partial(put.get, Conf);
${middleware('res.locals.one = read(req.query.name)')}`,
  'goes through a chain': middleware(
    `res.locals.t = put.chain(Conf).tap((c) => { seen(c.port, req.url); }).value()`,
  ),
  'is built into what takes requests': `const pool = new put.Pool(Conf);
${middleware(`await pool.insert(req.body)`)}`,
  'is what a translator is set up with': `const tr = put.setupTranslator(Conf);
${middleware('res.locals.text = tr(req.query.key); tr(req.query.key)')}`,
  'is what a tracer is set up with': `const tracer = put.setupTracer(Conf);
${middleware('tracer.startSpan(req.path)')}`,
  'is built into limits': `const limits = new put.Settings(Conf);
${middleware('limits.consume(req.ip)')}`,
  'is what access is asked by': `const acl = put.accessControl(Conf);
${middleware("acl.check(req.user, 'read')")}`,
  'is what a function was made of that only starts call': `const set = put(Conf);
set({ token: process.env.T });`,
  'is called while files load': `put(Conf, 'token', process.env.T);`,
  'is called at start': `async function start() { put(Conf, 'token', await secrets()); }
start();`,
};

describe('settings that a function of a package is given', () => {
  test.each(someOf(Object.keys(SETTERS)))('with something of a request may be set by it: %s', async (way) => {
    const [imports, call] = SETTERS[way] ?? ['', ''];
    expect(await placeOf(`${imports}\n${middleware(call)}`)).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(READERS)))('are the same for all where it %s', async (way) => {
    expect(await placeOf(`import put from 'some-put';\n${READERS[way]}`)).toBe('migrated');
  });
});

/** What the installed code of a package does with what it is given, and how it exports that. */
const INSTALLED: Record<string, readonly [code: string, isSet: boolean]> = {
  'a member that is set': ['exports.parse = (text, conf) => { conf.token = text; return { text }; };', true],
  'all of it': [
    'exports.parse = function (text, conf) { return Object.assign(conf, JSON.parse(text)); };',
    true,
  ],
  'a key of it, by a function': [
    'function put(into, from) { for (const key in from) into[key] = from[key]; return into; }\nmodule.exports = { parse: (text, conf = {}) => put(conf, JSON.parse(text)) };',
    true,
  ],
  'what is read': ['exports.parse = (text, conf) => (conf.strict ? JSON.parse(text) : text);', false],
  'a copy': [
    'exports.parse = (text, conf) => { const own = { ...conf }; own.text = text; return own; };',
    false,
  ],
  'a copy by a function': [
    'exports.parse = (text, conf) => Object.assign({}, conf, JSON.parse(text));',
    false,
  ],
  'what is given first': ['exports.parse = (body, conf) => { body.seen = conf.port; return body; };', false],
};

test.each(Object.keys(INSTALLED))('an installed package shows what it does: %s', async (way) => {
  const [code, isSet] = INSTALLED[way] ?? ['', false];
  const files = {
    'node_modules/some-parse/package.json':
      '{ "name": "some-parse", "version": "1.0.0", "main": "index.js" }',
    'node_modules/some-parse/index.js': code,
  };
  for (const [load, call] of [
    ["import { parse } from 'some-parse';", 'parse'],
    ["import reader from 'some-parse';", 'reader.parse'],
    ["const reader = require('some-parse');", 'reader.parse'],
  ]) {
    const use = `${load}\n${middleware(`res.locals.read = ${call}(req.body, Conf)`)}`;
    const found = await placeReading([OBJECT, 'Conf.token', use], files);
    expect([load, found]).toEqual([load, isSet ? 'constructor-reads-request' : 'migrated']);
  }
});

const FIELD = `class Settings { token = ''; other = ''; setToken(t) { this.token = t; } setOther(t) { this.other = t; } }
export const Conf = new Settings();`;

/** Methods that are called by names which only a run tells. */
const BY_ANY_NAME: Record<string, readonly [kept: string, code: string]> = {
  'an instance': [FIELD, middleware('Conf[req.query.m](req.query.t)')],
  'an instance, where it is there': [FIELD, middleware("Conf['set' + req.query.m]?.(req.query.t)")],
  'an instance, whose method a start calls, too': [
    FIELD,
    `function start() { Conf.setToken('x'); }
start();
${middleware('Conf[req.query.m](req.query.t)')}`,
  ],
  'an instance of a class below': [
    `class Above { token = ''; setToken(t) { this.token = t; } }
class Settings extends Above {}
export const Conf = new Settings();`,
    middleware('Conf[req.query.m](req.query.t)'),
  ],
  'the value itself': [
    `class Settings { token = ''; setToken(t) { this.token = t; } put(k, t) { this['set' + k](t); } }
export const Conf = new Settings();`,
    middleware('Conf.put(req.query.m, req.query.t)'),
  ],
  'a class': [
    `export class Conf { static token = ''; static use(t) { this.token = t; } }`,
    middleware('Conf[req.query.m](req.query.t)'),
  ],
  'an object of setters': [
    OBJECT,
    `const actions = { use: (t) => { Conf.token = t; } };
function start() { actions.use('x'); }
start();
${middleware('actions[req.query.m](req.query.t)')}`,
  ],
  'an object whose functions are listed': [
    OBJECT,
    `const actions = { use: (t) => { Conf.token = t; } };
function start() { actions.use('x'); }
start();
${middleware('for (const act of Object.values(actions)) act(req.query.t)')}`,
  ],
  'an object whose function gets another name': [
    OBJECT,
    `const actions = { use: (t) => { Conf.token = t; } };
function start() { actions.use('x'); }
start();
${middleware('const { use: put } = actions; put(req.query.t)')}`,
  ],
  'an object that a function is given': [
    OBJECT,
    `const actions = { use: (t) => { Conf.token = t; } };
function start() { actions.use('x'); }
start();
const go = (all, key, t) => all[key](t);
${middleware('go(actions, req.query.m, req.query.t)')}`,
  ],
  'a module': [
    `${OBJECT} export function use(t) { Conf.token = t; }`,
    `import * as all from './conf.js';
function start() { all.use('x'); }
start();
${middleware('all[req.query.m](req.query.t)')}`,
  ],
};

describe('a method by a name that only a run tells', () => {
  test.each(someOf(Object.keys(BY_ANY_NAME)))('may set what it is of: %s', async (way) => {
    const [kept, code] = BY_ANY_NAME[way] ?? ['', ''];
    expect(await placeOf(code, kept)).toBe('constructor-reads-request');
  });

  test('that is a setter of all members may set any', async () => {
    const kept = `class Settings { token = ''; set all(given) { for (const k in given) this[k] = given[k]; } }
export const Conf = new Settings();`;
    expect(await placeOf(middleware('Conf.all = req.query'), kept)).toBe('constructor-reads-request');
  });

  test.each([
    [`class Settings { token = ''; setOther(t) { this.other = t; } }\nexport const Conf = new Settings();`],
    [`class Settings { token = ''; toToken() { return this.token; } }\nexport const Conf = new Settings();`],
  ])('sets nothing where none does: %s', async (kept) => {
    expect(await placeOf(middleware('Conf[req.query.m](req.query.t)'), kept)).toBe('migrated');
  });

  test.each([
    `for (const name of ['setToken']) Conf[name](process.env.T);`,
    middleware('req.log[Conf.other](req.url)'),
    `const actions = { none() {} };\n${middleware('actions[req.query.m](Conf.token)')}`,
  ])('is of no request in `%s`', async (code) => {
    expect(await placeOf(code, FIELD)).toBe('migrated');
  });
});
