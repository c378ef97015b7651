import { someOf } from '../support/depth.ts';
import { CLASS, leftIn } from './support/left-in.ts';

const OWN = `${CLASS}\nexport class Own extends FacebookAdsAgent { extra() { return 1; } }`;
const PLACE = `${CLASS}\nexport const list = async () => new FacebookAdsAgent().list();`;
const taking = (take: string, built: string) => `${take}\nexport const list = async () => ${built}.list();`;
const COMMON = "const { FacebookAdsAgent } = require('./agents/facebook-ads-agent');";

/** How a subclass is built, or may be. */
const BUILT: Record<string, Record<string, string>> = {
  'where it stands': {
    'src/s.ts': `${CLASS}\nexport const list = () => new (class extends FacebookAdsAgent {})().list();`,
  },
  'by another name for what is imported': {
    'src/s.ts': OWN,
    'src/u.ts': taking("import { Own as Client } from './s.js';", 'new Client()'),
  },
  'by another name for what is exported': {
    'src/s.ts': `${CLASS}\nclass Own extends FacebookAdsAgent {}\nexport { Own as Client };`,
    'src/u.ts': taking("import { Client } from './s.js';", 'new Client()'),
  },
  'by a name for what has none': {
    'src/s.ts': `${CLASS}\nexport default class extends FacebookAdsAgent {}`,
    'src/u.ts': taking("import Client from './s.js';", 'new Client()'),
  },
  'through what hands it on': {
    'src/s.ts': OWN,
    'src/b.ts': "export { Own as Third } from './s.js';",
    'src/u.ts': taking("import * as all from './b.js';", 'new all.Third()'),
  },
  'by the name of a constant': {
    'src/s.ts': OWN,
    'src/u.ts': taking("import { Own } from './s.js';\nconst Client = Own;", 'new Client()'),
  },
  'as a part of an object': {
    'src/s.ts': `${CLASS}\nclass Own extends FacebookAdsAgent {}\nexport const all = { first: Own };`,
    'src/u.ts': taking("import { all } from './s.js';", 'new all.first()'),
  },
  'by a name that only a run tells': {
    'src/s.ts': OWN,
    'src/u.ts': "import * as all from './s.js';\nexport const list = async (name) => new all[name]().list();",
  },
  'by itself': {
    'src/s.ts': `${CLASS}\nexport class Own extends FacebookAdsAgent { static create() { return new this(); } }`,
    'src/u.ts': taking("import { Own } from './s.js';", 'Own.create()'),
  },
  'by a class below it': {
    'src/s.ts': OWN,
    'src/t.ts': "import { Own as Base } from './s.js';\nexport class Third extends Base {}",
    'src/u.ts': taking("import { Third } from './t.js';", 'new Third()'),
  },
  'by whom it is given to': {
    'src/s.ts': OWN,
    'src/u.ts':
      "import { Own } from './s.js';\nimport { container } from 'tsyringe';\ncontainer.register('own', Own);",
  },
  'by whom a function gives it to': {
    'src/s.ts': `${CLASS}\nexport const made = () => class extends FacebookAdsAgent {};`,
  },
  'by CommonJS': {
    'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
    'src/s.js': `${COMMON}\nmodule.exports = class extends FacebookAdsAgent {};`,
    'src/u.js': "exports.list = async () => new (require('./s'))().list();",
  },
};

/** What is done with a subclass that builds none. */
const NOT_BUILT: Record<string, Record<string, string>> = {
  'is exported': {},
  'is compared with, and a type': {
    'src/u.ts':
      "import { Own } from './s.js';\nexport const is = (given: unknown): given is Own => given instanceof Own;",
  },
  'has the name of another class': {
    'src/o.ts': 'export class Own {}',
    'src/u.ts': "import { Own } from './o.js';\nexport const own = new Own();",
  },
  'has a member that is read': {
    'src/s.ts': `${CLASS}\nexport class Own extends FacebookAdsAgent { static label = 'own'; }`,
    'src/u.ts': "import { Own } from './s.js';\nexport const { label } = Own;",
  },
  'is built by a test': {
    'src/u.test.ts': "import { Own } from './s.js';\ntest('list', () => new Own().list());",
  },
};

describe('a class below that of the agent', () => {
  test.each(someOf(Object.keys(BUILT)))('is told of where it is built %s', async (way) => {
    expect(await leftIn(BUILT[way] ?? {})).toEqual(['subclass-built']);
  });

  test.each(someOf(Object.keys(NOT_BUILT)))('is none to tell of that %s', async (way) => {
    expect(await leftIn({ 'src/s.ts': OWN, 'src/place.ts': PLACE, ...NOT_BUILT[way] })).toEqual(['migrated']);
  });
});
