import { someOf } from '../support/depth.ts';
import { placeReading, type Row } from './support/place-reading.ts';

const SET: Record<string, Row> = {
  'a static of the class above, by another name of the class': [
    `class Base { static token = ''; }
export class Conf extends Base {}`,
    `Conf.token`,
    `const own = () => Conf;
router.use((req, res, next) => { own().token = req.query.t; next(); });`,
  ],
  'a static, by another name of the class': [
    `export class Conf { static token = ''; }`,
    `Conf.token`,
    `const C = Conf;
router.use((req, res, next) => { C.token = req.query.t; next(); });`,
  ],
  'a static, by a method that a function calls': [
    `export class Conf { static token = ''; static use(t) { this.token = t; } }`,
    `Conf.token`,
    `const go = (c, t) => c.use(t);
router.use((req, res, next) => { go(Conf, req.query.t); next(); });`,
  ],
  'a static, by a list of classes': [
    `export class Conf { static token = ''; }`,
    `Conf.token`,
    `const all = [Conf];
router.use((req, res, next) => { all[0].token = req.query.t; next(); });`,
  ],
  'a field, by what a function gives': [
    `class C { token = ''; }
export const Conf = new C();`,
    `Conf.token`,
    `const c = () => Conf;
router.use((req, res, next) => { c().token = req.query.t; next(); });`,
  ],
  'a field, by a method': [
    `class C { token = ''; put(t) { this.token = t; } }
export const Conf = new C();`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.put(req.query.t); next(); });`,
  ],
  'a field, by a method of what an object holds': [
    `class C { token = ''; put(t) { this.token = t; } }
export const Conf = new C();`,
    `Conf.token`,
    `const h = { c: Conf };
router.use((req, res, next) => { h.c.put(req.query.t); next(); });`,
  ],
  'all fields': [
    `class C { token = ''; load(o) { Object.assign(this, o); } }
export const Conf = new C();`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.load(req.query); next(); });`,
  ],
  'a field, by a bound method': [
    `class C { token = ''; put(t) { this.token = t; } }
export const Conf = new C();`,
    `Conf.token`,
    `const put = Conf.put.bind(Conf);
router.use((req, res, next) => { put(req.query.t); next(); });`,
  ],
  'a private field, by its setter': [
    `class C { #t = ''; set token(t) { this.#t = t; } get token() { return this.#t; } }
export const Conf = new C();`,
    `Conf.token`,
    `const c = [Conf];
router.use((req, res, next) => { c[0].token = req.query.t; next(); });`,
  ],
  'a field, by a setter of the class above': [
    `class Base { t = ''; set token(t) { this.t = t; } get token() { return this.t; } }
class C extends Base {}
export const Conf = new C();`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.token = req.query.t; next(); });`,
  ],
  'a field, by a method that its setter calls': [
    `class C { t = ''; put(t) { this.t = t; } set token(t) { this.put(t); } get token() { return this.t; } }
export const Conf = new C();`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.token = req.query.t; next(); });`,
  ],
  'a field, by a setter of all': [
    `class C { token = ''; set all(given) { Object.assign(this, given); } }
export const Conf = new C();`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.all = req.query; next(); });`,
  ],
  'what a private field holds': [
    `class C { #t = {}; put(k, t) { this.#t[k] = t; } get(k) { return this.#t[k]; } }
export const Conf = new C();`,
    `Conf.get('token')`,
    `const c = [Conf];
router.use((req, res, next) => { c[0].put('token', req.query.t); next(); });`,
  ],
  'a map is read': [
    `export const Conf = new Map();`,
    `Conf.get('token')`,
    `router.use((req, res, next) => { Conf.set('token', req.query.t); next(); });`,
  ],
  'a map, by what a function gives': [
    `export const Conf = new Map();`,
    `Conf.get('token')`,
    `const m = () => Conf;
router.use((req, res, next) => { m().set('token', req.query.t); next(); });`,
  ],
  'a map, by a function': [
    `export const Conf = new Map();`,
    `Conf.get('token')`,
    `const put = (m, t) => m.set('token', t);
router.use((req, res, next) => { put(Conf, req.query.t); next(); });`,
  ],
  'a list': [
    `export const Conf = [];`,
    `Conf[0]`,
    `const l = { l: Conf };
router.use((req, res, next) => { l.l.unshift(req.query.t); next(); });`,
  ],
  'it is kept when it is first read': [
    `export let Conf = ''; export const put = (t) => { Conf = t; };`,
    `Conf`,
    `import { put } from './conf.js';
router.use((req, res, next) => { put(req.query.t); next(); });`,
  ],
  'a variable that holds an object': [
    `let c = { token: '' }; export const Conf = () => c; export const put = (t) => { c = { token: t }; };`,
    `Conf().token`,
    `import { put } from './conf.js';
router.use((req, res, next) => { put(req.query.t); next(); });`,
  ],
  'what a variable holds': [
    `const c = { token: '' }; export const Conf = () => c;`,
    `Conf().token`,
    `router.use((req, res, next) => { Conf().token = req.query.t; next(); });`,
  ],
  'what the global object holds': [
    `export const Conf = (globalThis[Symbol.for('c')] ??= { token: '' });`,
    `Conf.token`,
    `router.use((req, res, next) => { globalThis[Symbol.for('c')].token = req.query.t; next(); });`,
  ],
  'what is read of a file': [
    `import data from './d.json'; export const Conf = data;`,
    `Conf.token`,
    `const c = [Conf];
router.use((req, res, next) => { c[0].token = req.query.t; next(); });`,
  ],
  'an object, by its method': [
    `export const Conf = { token: '', use(t) { this.token = t; } };`,
    `Conf.token`,
    `router.use((req, res, next) => { Conf.use(req.query.t); next(); });`,
  ],
  'an object, by a method that is taken out': [
    `export const Conf = { token: '', use(t) { Conf.token = t; } };`,
    `Conf.token`,
    `const { use } = Conf;
router.use((req, res, next) => { use(req.query.t); next(); });`,
  ],
  'a variable behind a getter': [
    `export const Conf = {}; Object.defineProperty(Conf, 'token', { get: () => cur }); let cur = ''; export const put = (t) => { cur = t; };`,
    `Conf.token`,
    `import { put } from './conf.js';
router.use((req, res, next) => { put(req.query.t); next(); });`,
  ],
};

const READ: Record<string, Row> = {
  'another static is set': [
    `export class Conf { static token = process.env.T; static other = 1; }`,
    `Conf.token`,
    `const C = Conf;
router.use((req, res, next) => { C.other = req.query.t; next(); });`,
  ],
  'a method reads it': [
    `class C { token = ''; get(k) { return this[k]; } }
export const Conf = new C();`,
    `Conf.token`,
    `const c = () => Conf;
router.use((req, res, next) => { req.t = c().get('token'); next(); });`,
  ],
  'a map is read': [
    `export const Conf = new Map([['token', process.env.T]]);`,
    `Conf.get('token')`,
    `const m = () => Conf;
router.use((req, res, next) => { req.t = m().get('token'); next(); });`,
  ],
  'it is kept when it is first read': [
    `let c; export const Conf = () => (c ??= { token: process.env.T });`,
    `Conf().token`,
    `router.use((req, res, next) => { req.t = Conf().token; next(); });`,
  ],
  'it is set while files load': [
    `class C { token = ''; put(t) { this.token = t; } }
export const Conf = new C();`,
    `Conf.token`,
    `Conf.put(process.env.T);`,
  ],
  'a request sets it that ends there': [
    `export const Conf = { token: '' };`,
    `Conf.token`,
    `const c = [Conf]; router.post('/', (req, res) => { c[0].token = req.query.t; res.end(); });`,
  ],
};

test.each(someOf(Object.keys(SET)))('a constructor reads what is set for a request: %s', async (way) => {
  expect(await placeReading(SET[way])).toBe('constructor-reads-request');
});

test.each(someOf(Object.keys(READ)))('a constructor reads what is the same for all where %s', async (way) => {
  expect(await placeReading(READ[way])).toBe('migrated');
});
