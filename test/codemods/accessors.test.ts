import { someOf } from '../support/depth.ts';
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

const DEFAULTED = `let token = '';
export function Conf(given) { token = given ?? token; return token; }`;

/** Other ways in which a function takes what it sets; who gives it nothing may be taken for one that sets, too. */
const TAKEN: Record<string, string> = {
  'of all that it is given': 'if (arguments.length > 0) token = arguments[0];',
  'of a list of that': 'if (rest.length > 0) token = rest[0];',
  'by a constant': 'const next = given; if (next) token = next;',
  'by a pattern': 'if (given) ({ token } = given);',
  'in a function of its own': '[given].filter(Boolean).forEach((each) => { token = each; });',
};

test.each(someOf(Object.keys(TAKEN)))('a function sets what it takes %s', async (how) => {
  const kept = `let token = '';
export function Conf(${how.includes('list') ? '...rest' : 'given'}) { ${TAKEN[how]} return token; }`;
  expect(await placeOf(kept, middleware('Conf(req.query.t)'))).toBe('constructor-reads-request');
});

describe.each([
  ['a function', FUNCTION],
  ['a method', METHOD],
  ['a function with a default', DEFAULTED],
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
