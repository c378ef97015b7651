import { someOf } from '../support/depth.ts';
import { middleware, placeReading } from './support/place-reading.ts';

type Kept = readonly [kept: string, read: string, set: (object: string) => string];

const token = (object: string) => `${object}.token = req.query.t`;

const KEPT: Record<string, Kept> = {
  'an object': [`export const Conf = { token: '', port: 1 };`, 'Conf.token', token],
  'a parsed text': [
    `import { readFileSync } from 'node:fs';
export const Conf = JSON.parse(readFileSync('conf.json', 'utf8'));`,
    'Conf.token',
    token,
  ],
  'what a package makes': [
    `import { cleanEnv, str } from 'envalid';
export const Conf = cleanEnv(process.env, { token: str() });`,
    'Conf.token',
    token,
  ],
  'what has methods of a package': [
    `import convict from 'convict';
export const Conf = convict({});`,
    `Conf.get('token')`,
    (object) => `${object}.set('token', req.query.t)`,
  ],
};

/** What puts settings where others get at them, and by what these do. */
const HELD: Record<string, readonly [put: string, had: string]> = {
  'locals of the application': ['app.locals.conf = Conf;', 'req.app.locals.conf'],
  'a setting of the application': [`app.set('conf', Conf);`, `req.app.get('conf')`],
  'settings of the application': [`app.set('conf', Conf);`, 'req.app.settings.conf'],
  'the request': [middleware('req.conf = Conf'), 'req.conf'],
  'locals of the answer': [middleware('res.locals.conf = Conf'), 'res.locals.conf'],
  'a map': [`const all = new Map([['conf', Conf]]);`, `all.get('conf')`],
  'a map that is filled': [
    `const all = new Map();
all.set('conf', Conf);`,
    `all.get('conf')`,
  ],
  'values of a map': [`const all = new Map([['conf', Conf]]);`, '[...all.values()][0]'],
  'pairs of a map': [`const all = new Map([['conf', Conf]]);`, '[...all][0][1]'],
  'a list that is filled': [
    `const all = [];
all.push(Conf);`,
    'all[0]',
  ],
  'a container': [`container.register({ conf: asValue(Conf) });`, `container.resolve('conf')`],
  'what a container builds with': [`container.register({ conf: asValue(Conf) });`, 'container.cradle.conf'],
  'a container, by a key': [`container.register('conf', { useValue: Conf });`, `container.resolve('conf')`],
  'a binding': [`container.bind('conf').toConstantValue(Conf);`, `container.get('conf')`],
  'a proxy': ['const seen = new Proxy(Conf, { get: (target, key) => Reflect.get(target, key) });', 'seen'],
};

const IMPORTS = `import express from 'express';
import { asValue, bus, container, Inject, Module } from 'some-kit';
const app = express();
`;

describe.each(Object.keys(KEPT))('%s that a constructor reads', (form) => {
  const [kept, read, set] = KEPT[form] ?? ['', '', token];
  const placeOf = (code: string) => placeReading([kept, read, IMPORTS + code]);

  test.each(someOf(Object.keys(HELD)))('and %s has may be set by that', async (way) => {
    const [put, had] = HELD[way] ?? ['', ''];
    expect(await placeOf(`${put}\n${middleware(set(had))}`)).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HELD)))(
    'and %s has is the same for all where it is only read',
    async (way) => {
      const [put, had] = HELD[way] ?? ['', ''];
      expect(await placeOf(`${put}\n${middleware(`res.locals.port = ${had}.port`)}`)).toBe('migrated');
    },
  );

  test.each(
    someOf([
      `bus.on('conf', (conf) => { ${middleware(set('conf'))} });
bus.emit('conf', Conf);`,
      `container.register({ conf: asValue(Conf) });
export class Login { constructor({ conf }) { this.own = conf; } handle(req, res, next) { ${set('this.own')}; next(); } }`,
      `@Module({ providers: [{ provide: 'conf', useValue: Conf }] })
export class App {}
export class Guard { constructor(@Inject('conf') private own) {} canActivate(req) { ${set('this.own')}; return true; } }`,
      `app.locals.conf = Conf;
${middleware(`for (const key of Object.keys(app.locals)) { ${set('app.locals[key]')}; }`)}`,
      `app.set('conf', Conf);
const KEY = 'conf';
${middleware(set('req.app.get(KEY)'))}`,
      `app.locals.conf = Conf;
${middleware(`const own = req.app.locals; ${set('own[req.query.k]')}`)}`,
      `${middleware('req.conf = Conf')}
${middleware(set('req[req.query.k]'))}`,
      `const all = new Map([['conf', Conf]]);
${middleware(set('Object.fromEntries(all).conf'))}`,
      `const all = new Map([['conf', Conf]]);
${middleware(`const [[, conf]] = all; ${set('conf')}`)}`,
      `const all = new Set([Conf]);
${middleware(set('all.values().next().value'))}`,
      `@Module({ providers: [{ provide: 'conf', useFactory: () => Conf }] })
export class App {}
export class Guard { constructor(@Inject('conf') private own) {} canActivate(req) { ${set('this.own')}; return true; } }`,
      `const all = new Map([['conf', Conf]]);
${middleware(`all.forEach((conf) => { ${set('conf')}; })`)}`,
      `const all = new Set([Conf]);
${middleware(`for (const conf of all) { ${set('conf')}; }`)}`,
    ]),
  )('may be set by who is given it: %s', async (code) => {
    expect(await placeOf(code)).toBe('constructor-reads-request');
  });

  test.each([
    middleware('req.conf = Conf; res.locals.port = req[req.query.k].port'),
    `bus.on('conf', (conf) => { console.log(conf.port); });
bus.emit('conf', Conf);`,
    `@Module({ providers: [{ provide: 'conf', useValue: Conf }] })
export class App {}
export class Guard { constructor(@Inject('conf') private own) {} canActivate() { return this.own.port > 0; } }`,
  ])('is the same for all where who is given it only reads it: %s', async (code) => {
    expect(await placeOf(code)).toBe('migrated');
  });
});

test('a package that has its settings itself is set where it is told one by its name', async () => {
  const code = `import nconf from 'nconf';\n${middleware(`nconf.set('token', req.query.t)`)}`;
  const kept = `import nconf from 'nconf';\nexport const Conf = () => nconf.get('token');`;
  expect(await placeReading([kept, 'Conf()', code])).toBe('constructor-reads-request');
});
