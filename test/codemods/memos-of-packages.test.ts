import { middleware, placeReading } from './support/place-reading.ts';

/** How packages make a function run once. */
const MADE: Record<string, string> = {
  'a member': "import _ from 'lodash';\nexport const Conf = _.once(() => ({ token: process.env.T }));",
  'a name':
    "import { memoize } from 'lodash';\nexport const Conf = memoize(() => ({ token: process.env.T }));",
  'a package by its path':
    "import keep from 'lodash/once.js';\nexport const Conf = keep(() => ({ token: process.env.T }));",
  'a package of that name':
    "import onetime from 'onetime';\nexport const Conf = onetime(() => ({ token: process.env.T }));",
  'all of a package': "import once from 'once';\nexport const Conf = once(() => ({ token: process.env.T }));",
};

const SETTERS = [
  'Conf().token = req.query.t',
  'Object.assign(Conf(), req.body)',
  'const conf = Conf(); conf.token = req.query.t',
  'const { token: _, ...rest } = Conf(); put(Conf(), req.query.t)',
];

describe.each(Object.keys(MADE))('what a function gives that %s lets run once', (how) => {
  test.each(SETTERS)('is set by `%s`', async (code) => {
    const put = 'const put = (conf, token) => { conf.token = token; };\n';
    expect(await placeReading([MADE[how] ?? '', 'Conf().token', put + middleware(code)])).toBe(
      'constructor-reads-request',
    );
  });

  test.each(['res.locals.token = Conf().token', 'const { token } = Conf(); res.locals.token = token'])(
    'is the same for all who read it: `%s`',
    async (code) => {
      expect(await placeReading([MADE[how] ?? '', 'Conf().token', middleware(code)])).toBe('migrated');
    },
  );

  test('may be set at start', async () => {
    const code = 'Conf().token = process.env.T;\nfunction start() { Conf().port = 1; }\nstart();';
    expect(await placeReading([MADE[how] ?? '', 'Conf().token', code])).toBe('migrated');
  });
});
