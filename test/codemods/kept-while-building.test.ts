import { someOf } from '../support/depth.ts';
import { middleware, placeReading, type Row } from './support/place-reading.ts';

/** What makes settings while an agent is built and keeps them for all, and how code gets at them. */
const KEPT: Record<string, readonly [kept: string, object: string]> = {
  'a variable, by `??=`': [`let c; export const Conf = () => (c ??= { token: '' });`, 'Conf()'],
  'a variable, by a test': [
    `let c; export function Conf() { if (!c) c = { token: '' }; return c; }`,
    'Conf()',
  ],
  'a variable, by another function': [
    `let c; export function init() { c ??= { token: '' }; } export const Conf = () => { init(); return c; };`,
    'Conf()',
  ],
  'a variable of a closure': [
    `export const Conf = (() => { let c; return () => (c ??= { token: '' }); })();`,
    'Conf()',
  ],
  'a variable behind a getter': [
    `let c; export const Conf = { get now() { return (c ??= { token: '' }); } };`,
    'Conf.now',
  ],
  'a part of what a variable holds': [
    `let c; export const Conf = () => (c ??= { ads: { token: '' } });`,
    'Conf().ads',
  ],
  'what a package gives': [
    `import rc from 'rc'; let c; export const Conf = () => (c ??= rc('shop', { token: '' }));`,
    'Conf()',
  ],
  'a static': [
    `export class Conf { static one; token = ''; static get() { return (Conf.one ??= new Conf()); } }`,
    'Conf.get()',
  ],
  'a private static': [
    `export class Conf { static #one; token = ''; static get() { if (!this.#one) this.#one = new Conf(); return this.#one; } }`,
    'Conf.get()',
  ],
  'a static by keys': [
    `export class Conf { static all = {}; static of(k) { return (Conf.all[k] ??= { token: '' }); } }`,
    `Conf.of('a')`,
  ],
  'an object': [`const s = {}; export const Conf = () => (s.c ??= { token: '' });`, 'Conf()'],
  'what is global': [`export const Conf = () => (globalThis.shop ??= { token: '' });`, 'Conf()'],
};

const SETS: Record<string, (object: string) => string> = {
  'by its name': (object) => `${object}.token = req.query.t`,
  'by another name': (object) => `const own = ${object}; own.token = req.query.t`,
  'with all that is given': (object) => `Object.assign(${object}, req.query)`,
};

const HARMLESS: Record<string, (object: string) => string> = {
  'that is only read': (object) => middleware(`res.locals.token = ${object}.token`),
  'of which another part is set': (object) => middleware(`${object}.port = req.query.t`),
  'that is set while files load': (object) => `${object}.token = process.env.T;`,
  'that a request sets and ends': (object) =>
    `router.put('/', (req, res) => { ${object}.token = req.body.t; res.end(); });`,
};

describe.each(Object.keys(KEPT))('what is kept while an agent is built in %s', (form) => {
  const [kept, object] = KEPT[form] ?? ['', ''];
  const placeOf = (code: string) => placeReading([kept, `${object}.token`, code]);

  test.each(someOf(Object.keys(SETS)))('is of a request that sets it %s', async (way) => {
    expect(await placeOf(middleware(SETS[way]?.(object) ?? ''))).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HARMLESS)))('is the same for all where it is one %s', async (way) => {
    expect(await placeOf(HARMLESS[way]?.(object) ?? '')).toBe('migrated');
  });
});

test.each<[string, Row]>([
  ['an object', [`export const Conf = () => ({ token: '' });`, 'Conf().token', 'Conf().token = req.query.t']],
  [
    'an instance',
    [
      `export class Conf { token = ''; static make() { return new Conf(); } }`,
      'Conf.make().token',
      'Conf.make().token = req.query.t',
    ],
  ],
])('%s that each call makes anew is of nobody', async (_, [kept, read, code]) => {
  expect(await placeReading([kept, read, middleware(code)])).toBe('migrated');
});
