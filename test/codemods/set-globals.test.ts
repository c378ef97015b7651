import { someOf } from '../support/depth.ts';
import { middleware, placeReading } from './support/place-reading.ts';

/** Ways to set what all files share, and harmless ones; the name is `shop`, and what it holds is `{ token: req.query.t }`. */
const SET: Record<string, string> = {
  'a name that only a run tells': `HOLDER[req.query.k] = VALUE`,
  'a part by such a name': `HOLDER[req.query.k].token = req.query.t`,
  'a constant': `const KEY = 'shop'; HOLDER[KEY] = VALUE`,
  'a text': `HOLDER['shop'].token = req.query.t`,
  'a type': `(HOLDER as any).shop = VALUE`,
  'a part behind a type': `(HOLDER as any).shop.token = req.query.t`,
  'an object': `Object.assign(HOLDER, { shop: VALUE })`,
  'all that is given': `Object.assign(HOLDER, req.query)`,
  Reflect: `Reflect.set(HOLDER, 'shop', VALUE)`,
  'a definition': `Object.defineProperty(HOLDER, 'shop', { value: VALUE })`,
  'another name': `const all = HOLDER as any; all.shop.token = req.query.t`,
  'a pattern': `const { shop } = HOLDER as any; shop.token = req.query.t`,
  'a function': `fill(HOLDER, req.query)`,
};

const HARMLESS: Record<string, string> = {
  'another name': `(HOLDER as any).other = req.query.t`,
  'another constant': `const KEY = 'other'; HOLDER[KEY] = req.query.t`,
  'an object with another one': `Object.assign(HOLDER, { other: req.query.t })`,
  'a symbol': `HOLDER[Symbol.for('shop')] = req.query.t`,
  'a read': `res.locals.token = (HOLDER as any).shop.token`,
  'a look at all names': `res.locals.names = Object.keys(HOLDER)`,
};

const FUNCTION = 'function fill(to, query) { to.shop = query; }';

describe.each(['globalThis', 'global', 'process', 'globalThis.process'])('what `%s` holds', (holder) => {
  const of = holder.endsWith('process') ? 'process' : 'globalThis';
  const placeOf = (code: string, made: string) => {
    const use = code.replaceAll('HOLDER', holder).replaceAll('VALUE', '{ token: req.query.t }');
    return placeReading([
      `${made}\nexport const Conf = 1;`,
      `(${of} as any).shop.token`,
      `${FUNCTION}\n${middleware(use)}`,
    ]);
  };
  const made = `(${of} as any).shop = { token: '' };`;

  test.each(someOf(Object.keys(SET)))('is of a request that sets it by %s', async (way) => {
    expect(await placeOf(SET[way] ?? '', made)).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HARMLESS)))('is the same for all beside %s', async (way) => {
    expect(await placeOf(HARMLESS[way] ?? '', made)).toBe('migrated');
  });

  test('and has another name is changed by that', async () => {
    const kept = `const shop = { token: '' };
Object.assign(${of}, { shop });
export const Conf = () => shop;`;
    const code = middleware('Conf().token = req.query.t');
    expect(await placeReading([kept, `(${of} as any).shop.token`, code])).toBe('constructor-reads-request');
  });
});

test('the process goes by the name of its module, too', async () => {
  const code = `import own from 'node:process';\n${middleware('own.shop = { token: req.query.t }')}`;
  const kept = `process.shop = { token: '' };\nexport const Conf = 1;`;
  expect(await placeReading([kept, 'process.shop.token', code])).toBe('constructor-reads-request');
});
