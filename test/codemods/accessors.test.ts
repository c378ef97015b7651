import { middleware, placeReading } from './support/place-reading.ts';

const FUNCTION = `let token = '';
export function Conf(given) { if (given !== undefined) token = given; return token; }`;
const METHOD = `class Settings { token = ''; get(given) { given && (this.token = given); return this.token; } }
export const Conf = new Settings();`;
const ALWAYS = `let token = '';
export function Conf(given) { token = given; return token; }`;

const placeOf = (kept: string, code: string) =>
  placeReading([kept, kept === METHOD ? 'Conf.get()' : 'Conf()', code]);
const called = (kept: string, given: string) => (kept === METHOD ? `Conf.get(${given})` : `Conf(${given})`);

describe.each([
  ['a function', FUNCTION],
  ['a method', METHOD],
])('%s that sets what it reads, when it is given that', (_, kept) => {
  test.each(['req.query.t', '...req.query.all', 'String(req.headers.authorization)'])(
    'is a setter for a request that gives %s',
    async (given) => {
      expect(await placeOf(kept, middleware(called(kept, given)))).toBe('constructor-reads-request');
    },
  );

  test('reads for all who give nothing', async () => {
    expect(await placeOf(kept, middleware(`res.locals.token = ${called(kept, '')}`))).toBe('migrated');
  });

  test('may be given something at start', async () => {
    const code = `function start() { ${called(kept, 'process.env.T')}; }
start();
${middleware(`res.locals.token = ${called(kept, '')}`)}`;
    expect(await placeOf(kept, code)).toBe('migrated');
  });
});

test('a function that sets in any case does so for who gives nothing, too', async () => {
  expect(await placeOf(ALWAYS, middleware(called(ALWAYS, '')))).toBe('constructor-reads-request');
});
