import { someOf } from '../support/depth.ts';
import { placeBeside } from './support/place-beside.ts';
import { middleware } from './support/place-reading.ts';

const AGENT = `import { Conf } from '../conf.js';
export class FacebookAdsAgent {
  #token;
  constructor() { this.#token = Conf.get('token'); }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.#token }); }
}
`;

/** How a module of the tree has a package's store under a name of its own. */
const NAMED: Record<string, Record<string, string>> = {
  'a constant': { 'src/conf.ts': "import nconf from 'nconf';\nexport const Conf = nconf;" },
  'a name of an export': { 'src/conf.ts': "export { default as Conf } from 'nconf';" },
  'a name of an import': { 'src/conf.ts': "import nconf from 'nconf';\nexport { nconf as Conf };" },
  'a constant of another module': {
    'src/conf.ts': "import { first } from './first.js';\nexport const Conf = first;",
    'src/first.ts': "import nconf from 'nconf';\nexport const first = nconf;",
  },
  'what is exported as a whole': {
    'src/conf.ts': "import Store from './first.cjs';\nexport const Conf = Store;",
    'src/first.cjs': "module.exports = require('nconf');",
  },
};

const placeOf = (files: Record<string, string>, code: string) =>
  placeBeside({ ...files, 'src/agents/facebook-ads-agent.ts': AGENT }, code, {
    imports: "import { Conf } from './conf.js';",
  });

describe('the store of a package that the tree has as', () => {
  test.each(someOf(Object.keys(NAMED)))('%s is set by a request that names no package', async (as) => {
    const files = NAMED[as] ?? {};
    expect(await placeOf(files, middleware("Conf.set('token', req.query.t)"))).toBe(
      'constructor-reads-request',
    );
  });

  test.each(someOf(Object.keys(NAMED)))('%s is the same for all who read it', async (as) => {
    const files = NAMED[as] ?? {};
    expect(await placeOf(files, middleware("res.locals.token = Conf.get('token')"))).toBe('migrated');
    expect(await placeOf(files, "Conf.set('token', process.env.T);")).toBe('migrated');
  });

  test('another one is none of it', async () => {
    const files = {
      ...NAMED['a constant'],
      'src/other.ts': "import cache from 'other-store';\nexport const Other = cache;",
    };
    const code = `import { Other } from './other.js';\n${middleware("Other.set('token', req.query.t)")}`;
    expect(await placeOf(files, code)).toBe('migrated');
  });
});
