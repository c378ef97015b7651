import { someOf } from '../support/depth.ts';
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
  'a package of another name':
    "import hold from 'holder';\nexport const Conf = hold(() => ({ token: process.env.T }));",
  'a package that is given a function by its name':
    "const hold = require('holder');\nfunction make() { return { token: process.env.T }; }\nexport const Conf = hold(make);",
  'a method of what a package made':
    "import { Keeper } from 'keeper';\nconst keeper = new Keeper(() => ({ token: process.env.T }));\nexport const Conf = () => keeper.get();",
  'an object of functions':
    "import hold from 'holder';\nconst all = hold({ make: () => ({ token: process.env.T }) });\nexport const Conf = () => all.make();",
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

/** How packages make a function that runs each time, as far as is known. */
const RUN_ANEW: Record<string, string> = {
  'a package': "import wrap from 'some-wrap';\nexport const Conf = wrap(() => ({ token: current }));",
  'a method':
    "import { traced } from 'some-trace';\nconst t = traced({ read: () => ({ token: current }) });\nexport const Conf = () => t.read();",
  'a promise of it':
    "import { promisify } from 'some-util';\nexport const Conf = promisify(() => ({ token: current }));",
};

test.each(someOf(Object.keys(RUN_ANEW)))(
  'what requests set is read by a function that %s runs',
  async (how) => {
    const setter = `export const use = (token) => { current = token; };`;
    const keptBeside = (beside: string) => `let current = '';\n${beside}\n${RUN_ANEW[how]}`;
    const code = `import { use } from './conf.js';\n${middleware('use(req.query.t)')}`;
    expect(await placeReading([keptBeside(setter), 'Conf().token', code])).toBe('constructor-reads-request');
    const reading = middleware('res.locals.t = Conf().token');
    expect(await placeReading([keptBeside(''), 'Conf().token', reading])).toBe('migrated');
  },
);
