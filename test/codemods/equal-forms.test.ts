import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { createTree, type Tree } from '../support/trees.ts';

/** How a file gets at a value: what stands at its top, what stands in the function, and the argument. */
type Form = readonly [above: string, inside: string, argument: string];

interface Kind {
  files: Readonly<Record<string, string>>;
  forms: readonly Form[];
  esm?: boolean;
  typescript?: boolean;
}

const V = 'process.env.LEDGER_URL';
const [ONE, TWO] = ['process.env.ONE', 'process.env.TWO'];

/** The ways to a name `url` that a module of CommonJS exports. */
const required = (module: string): Form[] => [
  [`const { url } = require('${module}');`, '', 'url'],
  ['', '', `require('${module}').url`],
  [`const { url: own } = require('${module}');`, '', 'own'],
  [`const cfg = require('${module}');`, '', 'cfg.url'],
  [`const cfg = require('${module}');\nconst { url } = cfg;`, '', 'url'],
  [`const cfg = require('${module}');`, 'const { url } = cfg;', 'url'],
  [`const url = require('${module}').url;`, '', 'url'],
  ['', `const { url } = require('${module}');`, 'url'],
  ['', `const cfg = require('${module}');`, "cfg['url']"],
];
const byDefault = (module: string): Form[] => [
  [`import cfg from '${module}';`, '', 'cfg.url'],
  [`import cfg from '${module}';\nconst { url } = cfg;`, '', 'url'],
  [`import * as all from '${module}';`, '', 'all.default.url'],
  [`import { default as cfg } from '${module}';`, 'const own = cfg;', 'own.url'],
];
const byName = (module: string): Form[] => [
  [`import { url } from '${module}';`, '', 'url'],
  [`import { url as own } from '${module}';`, '', 'own'],
  [`import * as all from '${module}';`, '', 'all.url'],
  [`import * as all from '${module}';`, 'const { url } = all;', 'url'],
];
/** The ways to the `url` of what a function gives that is the whole module. */
const called = (module: string): Form[] => [
  [`const config = require('${module}');`, '', 'config().url'],
  [`const config = require('${module}');\nconst { url } = config();`, '', 'url'],
  [`const config = require('${module}');`, 'const cfg = config();', 'cfg.url'],
  [`const { url } = require('${module}')();`, '', 'url'],
  ['', '', `require('${module}')().url`],
];
const calledByName = (module: string): Form[] => [
  [`import { config } from '${module}';`, '', 'config().url'],
  [`import { config } from '${module}';`, 'const { url } = config();', 'url'],
  [`import { config } from '${module}';\nconst cfg = config();`, '', 'cfg.url'],
  [`import * as all from '${module}';`, '', 'all.config().url'],
];
/** The ways to `ledger.url` of a module. */
const inside = (module: string): Form[] => [
  [`const { ledger } = require('${module}');`, '', 'ledger.url'],
  [`const { ledger: { url } } = require('${module}');`, '', 'url'],
  [`const { url } = require('${module}').ledger;`, '', 'url'],
  [`const url = require('${module}').ledger.url;`, '', 'url'],
  ['', '', `require('${module}').ledger.url`],
  [`const config = require('${module}');`, 'const ledger = config.ledger;', 'ledger.url'],
];

/** The ways to what a static method of a class gives. */
const ofStatic: Form[] = [
  ["const { Config } = require('./config');", '', 'Config.get()'],
  ["const { Config } = require('./config');", 'const config = Config.get();', 'config'],
  ["const all = require('./config');", '', 'all.Config.get()'],
  ['', '', "require('./config').Config.get()"],
];
const STATIC: Form = ['', '', "require('./config').Config.get()"];
const classOf = (members: string) => `class Config { ${members} }\nmodule.exports = { Config };`;

/** How one constant is declared; all the forms of a kind come to it. */
const KINDS: Record<string, Kind> = {
  'an object that is exported': {
    files: { 'config.js': `module.exports = { url: ${V} || 'http://x', more: 1 };` },
    forms: required('./config'),
  },
  'a number that is computed': {
    files: {},
    forms: [
      ['', '', '{ timeout: 30_000, strict: true }'],
      ['', '', '{ strict: !0, timeout: 30 * 1000 }'],
      ['const SECOND = 1000;', '', '{ timeout: (20 + 10) * SECOND, strict: true }'],
    ],
  },
  'a text that is put together': {
    files: {},
    forms: [
      ['', '', `\`key-\${${V}}:1\``],
      ['', '', `'key-' + ${V} + ':1'`],
      ["const PREFIX = 'key-';", '', `\`\${PREFIX}\${${V}}\` + ':1'`],
      ['const { LEDGER_URL: url } = process.env;', "const key = 'key' + '-' + url;", `\`\${key}:\${'1'}\``],
    ],
  },
  'a text of one value': {
    files: {},
    forms: [
      ['', '', `String(${V})`],
      ['', '', `\`\${${V}}\``],
      ['', '', `'' + ${V}`],
    ],
  },
  'an object with a name, in the index of a folder': {
    files: {
      'config/index.js': `require('dotenv').config();\nconst config = { url: ${V}, more: 1 };\nif (!config.url) throw new Error('no url');\nmodule.exports = config;`,
    },
    forms: required('./config'),
  },
  'exports one by one': {
    files: { 'config.js': `const env = process.env;\nexports.url = env.LEDGER_URL;\nexports.more = 1;` },
    forms: required('./config'),
  },
  'a frozen object': {
    files: { 'config.js': `module.exports = Object.freeze({ url: ${V} });` },
    forms: required('./config'),
  },
  'a name with a default': {
    files: {
      'config.js': `const { LEDGER_URL: url = 'http://x' } = process.env;\nmodule.exports = { url };`,
    },
    forms: [
      ...required('./config'),
      [`const { url = 'never' } = require('./config');`, '', 'url'],
      [`const config = require('./config');`, '', "config.url ?? 'never'"],
      [`const { LEDGER_URL = 'http://x' } = process.env;`, '', 'LEDGER_URL'],
      ['', '', "process.env.LEDGER_URL ?? 'http://x'"],
    ],
  },
  'what a call gave when the module was loaded': {
    files: { 'config.js': `const load = require('loader');\nmodule.exports = load();` },
    forms: required('./config'),
  },
  'a function': {
    files: {
      'config.js': `module.exports = () => ({ url: ${V}, more: required(1) });\nfunction required(n) { return n; }`,
    },
    forms: called('./config'),
  },
  'a function with names of its own': {
    files: {
      'config.js': `function config() {\n  const { LEDGER_URL: url, PORT = '1' } = process.env;\n  if (!url) throw new Error('no url');\n  return { url, port: Number(PORT) };\n}\nmodule.exports = config;`,
    },
    forms: called('./config'),
  },
  'a function that gives a constant': {
    files: {
      'config.js': `const settings = { url: ${V} };\nmodule.exports = function config() { return settings; };`,
    },
    forms: called('./config'),
  },
  'a function that keeps what it read': {
    files: {
      'config.js': `let cached;\nfunction config() {\n  if (!cached) {\n    cached = Object.freeze({ url: ${V} || 'http://x', more: 1 });\n  }\n  return cached;\n}\nmodule.exports = config;`,
    },
    forms: called('./config'),
  },
  'a function that gives at once what it kept': {
    files: {
      'config.js': `let cached = null;\nmodule.exports = function config() {\n  if (cached !== null) return cached;\n  const url = ${V};\n  if (!url) throw new Error('no url');\n  cached = { url };\n  return cached;\n};`,
    },
    forms: called('./config'),
  },
  'a function of one expression that keeps it': {
    files: {
      'config.js': `let cached;\nconst config = () => (cached ??= { url: ${V} });\nmodule.exports = config;`,
    },
    forms: called('./config'),
  },
  'a function that keeps what another one read, and is let go of in tests': {
    files: {
      'config.js': `let cached;\nconst load = () => ({ url: ${V} });\nexport function config() { return cached ?? (cached = load()); }\nexport function reset() { cached = undefined; }`,
    },
    forms: calledByName('./config.js'),
    esm: true,
  },
  'a function that keeps what a call gave': {
    files: {
      'config.ts': `import { z } from 'zod';\nconst schema = z.object({ url: z.string() });\nlet cached: { url: string } | undefined;\nexport function config(): { url: string } {\n  if (cached === undefined) cached = schema.parse(process.env);\n  return cached;\n}`,
    },
    forms: calledByName('./config.js'),
    typescript: true,
    esm: true,
  },
  'a function that prepares what it keeps': {
    files: {
      'config.js': `const { open } = require('opener');\nlet pool = null;\nfunction config() {\n  if (pool === null) {\n    const at = require('node:path').join(__dirname, ${V});\n    pool = open(at);\n    pool.on('error', (error) => { if (error) return; });\n    for (const each of [1, 2]) pool.warm(each);\n  }\n  return pool;\n}\nmodule.exports = config;`,
    },
    forms: called('./config'),
  },
  'a function that makes at its first call what it keeps, and prepares it': {
    files: {
      'config.ts': `import { Pool } from 'pg';\nlet pool: Pool | undefined;\nexport const config = (): Pool => {\n  if (pool) return pool;\n  console.log('connects');\n  pool = new Pool(${V});\n  if (process.env.DEBUG) pool.on('error', console.error);\n  return pool;\n};`,
    },
    forms: [
      ["import { config } from './config.js';", '', 'config()'],
      ["import { config } from './config.js';", 'const pool = config();', 'pool'],
      ["import * as all from './config.js';", '', 'all.config()'],
    ],
    typescript: true,
    esm: true,
  },
  'a private static that a method makes at its first call': {
    files: {
      'config.js': classOf(
        `static #one = null; static get() { if (Config.#one) return Config.#one; const at = require('node:path').join(${V}); Config.#one = new Config(); Config.#one.at = at; return Config.#one; }`,
      ),
    },
    forms: ofStatic,
  },
  'a static that nobody else writes to': {
    files: {
      'config.js': classOf('static one; static get() { return (Config.one ??= new Config()); }'),
      'other.js': "exports.one = require('./config').Config.one;",
    },
    forms: ofStatic,
  },
  'a static of the class by this, which is private': {
    files: {
      'config.ts': `export class Config {\n  static #one?: Config;\n  static get(): Config {\n    if (this.#one === undefined) {\n      this.#one = new Config();\n    }\n    return this.#one;\n  }\n}`,
    },
    forms: [
      ["import { Config } from './config.js';", '', 'Config.get()'],
      ["import * as all from './config.js';", '', 'all.Config.get()'],
    ],
    typescript: true,
    esm: true,
  },
  'a group of settings': {
    files: { 'config.js': `module.exports.ledger = { url: ${V} };` },
    forms: inside('./config'),
  },
  'a module that is another one': {
    files: {
      'config/index.js': "module.exports = require('./env');",
      'config/env.js': `module.exports = { url: ${V} };`,
    },
    forms: [...required('./config').slice(0, 5), ...required('./config/env').slice(0, 4)],
  },
  'a module that spreads another one': {
    files: {
      'config/index.js': "module.exports = { ...require('./env'), other: 1 };",
      'config/env.js': `module.exports = { url: ${V} };`,
    },
    forms: [...required('./config').slice(0, 5), ...required('./config/env').slice(0, 4)],
  },
  'modules that are members of another one': {
    files: {
      'config/index.js':
        "const pages = require('./pages');\nmodule.exports = { ledger: require('./ledger'), pages };",
      'config/ledger.js': `module.exports = { url: ${V} };`,
      'config/pages.js': 'module.exports = { size: 10 };',
    },
    forms: [...inside('./config'), ...required('./config/ledger').slice(0, 4)],
  },
  'a default export': {
    files: { 'config.js': `const config = { url: ${V} };\nexport { config as default };` },
    forms: byDefault('./config.js'),
    esm: true,
  },
  'a name that is exported past other modules': {
    files: {
      'config.js': "export * from './other.js';\nexport * from './env.js';",
      'other.js': "export default { url: 'http://other' };",
      'env.js': `export const { LEDGER_URL: url = 'x' } = process.env;`,
    },
    forms: [...byName('./config.js'), ...byName('./env.js')],
    esm: true,
  },
  'a namespace that is exported': {
    files: {
      'folder/config.js':
        "import * as env from './env.js';\nexport * as other from './env.js';\nexport { env };",
      'folder/env.js': `export const url = ${V};`,
    },
    forms: [
      [`import { env } from './folder/config.js';`, '', 'env.url'],
      [`import * as all from './folder/config.js';`, '', 'all.env.url'],
      [`import { other } from './folder/config.js';`, 'const { url } = other;', 'url'],
      ...byName('./folder/env.js'),
    ],
    esm: true,
  },
  'a function by its name': {
    files: { 'config.js': `const settings = { url: ${V} };\nexport function config() { return settings; }` },
    forms: calledByName('./config.js'),
    esm: true,
  },
  'exports of CommonJS, imported': {
    files: { 'config.cjs': `exports.url = ${V};` },
    forms: [...byDefault('./config.cjs'), ...byName('./config.cjs')],
    esm: true,
  },
  'an export that is assigned': {
    files: { 'config.ts': `const config = { url: ${V} } as const;\nexport = config;` },
    forms: [
      [`import config = require('./config.js');`, '', 'config.url'],
      [`import config from './config.js';`, '', 'config.url'],
      [`import config = require('./config.js');`, 'const { url } = config;', 'url!'],
    ],
    typescript: true,
    esm: true,
  },
};

/** What another file does that writes to nothing of a configuration. */
const ONLY_READS = `let url;
({ url } = require('./config'));
let all = require('./config');
all = undefined;
module.exports = { url, all };
`;

/** Ways by which two places come to two values, though their words are alike. */
const APART: Record<string, { files: Record<string, string>; cache: Form; place: Form }> = {
  'numbers that are computed': {
    files: {},
    cache: ['', '', '{ timeout: 30 * 1000 }'],
    place: ['', '', '{ timeout: 30 * 100 }'],
  },
  'a number and a text of it': {
    files: {},
    cache: ['', '', '{ timeout: 10 * 3 }'],
    place: ['', '', "{ timeout: '30' }"],
  },
  'another module': {
    files: {
      'config.js': `module.exports = { url: ${V} };`,
      'other.js': 'module.exports = { url: process.env.OTHER };',
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./other').url"],
  },
  'values that are added, and not put together': {
    files: {},
    cache: ['', '', `${ONE} + ${TWO}`],
    place: ['', '', `\`\${${ONE}}\${${TWO}}\``],
  },
  'a number in front of a text': {
    files: {},
    cache: ['', '', "1 + 2 + 'x'"],
    place: ['', '', "'12' + 'x'"],
  },
  'texts that are parted otherwise': {
    files: {},
    cache: ['', '', `\`\${${ONE}}-\${${TWO}}\``],
    place: ['', '', `\`\${${ONE}}\${${TWO}}-\``],
  },
  'another member': {
    files: { 'config.js': `module.exports = { url: ${V}, other: process.env.OTHER };` },
    cache: ["const { url } = require('./config');", '', 'url'],
    place: ["const { other: url } = require('./config');", '', 'url'],
  },
  'a whole module of the same words in another folder': {
    files: {
      'config.js': `module.exports = { url: ${V} };`,
      'utils/config.js': 'module.exports = { url: process.env.OTHER };',
    },
    cache: ["const config = require('./utils/config');", '', 'config'],
    place: ["const config = require('./config');", '', 'config'],
  },
  'a default that is taken': {
    files: { 'config.js': `module.exports = { url: ${V} };` },
    cache: ["const { url } = require('./config');", '', 'url'],
    place: ["const { url = 'http://x' } = require('./config');", '', 'url'],
  },
  'settings of a function that are written to, by its call': {
    files: {
      'config.js': `const settings = { url: ${V} };\nmodule.exports = () => settings;`,
      'admin.js': "exports.set = (next) => { require('./config')().url = next; };",
    },
    cache: ['', '', "require('./config')().url"],
    place: ["const config = require('./config');", '', 'config().url'],
  },
  'settings of a function that are written to, by a name of what it gives': {
    files: {
      'config.js': `const settings = { url: ${V} };\nexports.config = () => settings;`,
      'admin.js':
        "const all = require('./config');\nexports.set = (next) => { const own = all.config(); Object.assign(own, next); };",
    },
    cache: ["const { config } = require('./config');", '', 'config().url'],
    place: ["const { config } = require('./config');", '', 'config().url'],
  },
  'a function that gives another thing each time': {
    files: { 'config.js': 'let calls = 0;\nmodule.exports = () => ({ url: String(calls++) });' },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'a function that does something beside': {
    files: {
      'config.js': `const log = require('./log');\nmodule.exports = () => ({ url: ${V}, at: log.next() });`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'a function that refuses to give nothing': {
    files: {
      'config.js': `module.exports = () => {\n  if (!${V}) throw new Error('no url');\n  return { url: ${V} };\n};`,
    },
    cache: ['', '', V],
    place: ["const config = require('./config');", '', 'config().url'],
  },
  'a function that refuses to keep nothing': {
    files: {
      'config.js': `let kept;\nmodule.exports = () => {\n  if (!kept) {\n    if (!${V}) throw new Error('no url');\n    kept = { url: ${V} };\n  }\n  return kept;\n};`,
    },
    cache: ['', '', V],
    place: ["const config = require('./config');", '', 'config().url'],
  },
  'an object that inherits what is told': {
    files: {},
    cache: ['', '', `{ url: ${ONE} }`],
    place: ['', '', `{ __proto__: { url: ${ONE} } }`],
  },
  'a function that is told something': {
    files: { 'config.js': 'module.exports = (name) => ({ url: process.env[name] });' },
    cache: ['', '', "require('./config')('A').url"],
    place: ['', '', "require('./config')('B').url"],
  },
  'exports that are written to where they are loaded': {
    files: {
      'config.js': `exports.url = ${V};`,
      'admin.js': "exports.set = (next) => { require('./config').url = next; };",
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings that are given a name, which writes to them': {
    files: {
      'config.js': `module.exports = { url: ${V} };`,
      'admin.js': "let own;\nown = require('./config');\nexports.set = (next) => { own.url = next; };",
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings that something else is given, and others write to there': {
    files: {
      'config.js': `module.exports = { url: ${V} };`,
      'admin.js': `exports.start = (app) => { app.locals.config = require('./config'); };
exports.put = (req) => { req.app.locals.config.url = req.body.url; };`,
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings that are kept and let go of, of a call': {
    files: {
      'config.js': `let cached;\nexports.config = () => (cached ??= require('loader').load());\nexports.reset = () => { cached = undefined; };`,
    },
    cache: ['', '', "require('./config').config().url"],
    place: ['', '', "require('./config').config().url"],
  },
  'settings that are kept and written to where they are': {
    files: {
      'config.js': `let cached;\nexports.config = () => (cached ??= { url: ${V} });\nexports.set = (url) => { cached.url = url; };`,
    },
    cache: ['', '', "require('./config').config().url"],
    place: ['', '', "require('./config').config().url"],
  },
  'settings that are kept and written to elsewhere': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => (cached ??= { url: ${V} });`,
      'admin.js': "exports.set = (next) => { require('./config')().url = next; };",
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are kept for a while': {
    files: {
      'config.js': `let cached;\nlet at = 0;\nmodule.exports = () => {\n  if (!cached || Date.now() - at > 1000) {\n    cached = { url: require('loader').read() };\n    at = Date.now();\n  }\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are kept of one of two': {
    files: {
      'config.js': `let cached;\nexports.config = () => (cached ??= { url: ${V} });\nexports.use = (url) => { cached = { url }; };`,
    },
    cache: ['', '', "require('./config').config().url"],
    place: ['', '', "require('./config').config().url"],
  },
  'settings that are kept under a condition': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => {\n  if (!cached) {\n    if (process.env.READY) cached = require('loader').load();\n  }\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings beside which others are given': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => {\n  if (!cached) {\n    if (process.env.OTHER) return require('other').load();\n    cached = require('loader').load();\n  }\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are kept, and prepared each time': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => {\n  if (!cached) cached = require('loader').load();\n  require('loader').renew(cached);\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are kept, and written to when they are': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => {\n  if (!cached) {\n    cached = { url: process.env.LEDGER_URL };\n    setInterval(() => { cached.url = require('loader').url(); }, 1000);\n  }\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'a static that another file lets go of': {
    files: {
      'config.js': classOf('static one; static get() { return (Config.one ??= new Config()); }'),
      'admin.js': "exports.reset = () => { require('./config').Config.one = undefined; };",
    },
    cache: STATIC,
    place: STATIC,
  },
  'a static that another method lets go of': {
    files: {
      'config.js': classOf(
        'static #one; static get() { return (Config.#one ??= new Config()); } static reset() { this.#one = undefined; }',
      ),
    },
    cache: STATIC,
    place: STATIC,
  },
  'a static of each class that extends it': {
    files: {
      'config.js': classOf('static one; static get() { return (this.one ??= new this()); }'),
    },
    cache: STATIC,
    place: STATIC,
  },
  'a field that a method keeps': {
    files: {
      'config.js':
        'class Config { one; get() { return (this.one ??= new Config()); } }\nmodule.exports = { Config: { get: () => new Config().get() } };',
    },
    cache: STATIC,
    place: STATIC,
  },
  'a static that is asked for more': {
    files: {
      'config.js': classOf(
        'static one; static get() { if (!Config.one || Config.one.old) Config.one = new Config(); return Config.one; }',
      ),
    },
    cache: STATIC,
    place: STATIC,
  },
  'settings that are asked for what they are': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => {\n  if (cached !== 'ready') cached = require('loader').load();\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are asked for another nothing than there is': {
    files: {
      'config.js': `let cached = null;\nmodule.exports = () => {\n  if (cached !== undefined) cached = require('loader').load();\n  return cached;\n};`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings of an instance that sets them': {
    files: {
      'config.js': `class Settings {\n  url = process.env.LEDGER_URL;\n  use(url) { this.url = url; }\n}\nlet cached;\nmodule.exports = () => (cached ??= new Settings());`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'a static of a class that a function makes': {
    files: {
      'config.js': `const make = () => {\n  class Config { static #one; static get() { return (Config.#one ??= new Config()); } }\n  return Config;\n};\nmodule.exports = { Config: make() };`,
    },
    cache: STATIC,
    place: STATIC,
  },
  'settings that are kept and have a getter': {
    files: {
      'config.js': `let cached;\nmodule.exports = () => (cached ??= { get url() { return require('./now').url; } });`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings that are kept, of a call that has a getter': {
    files: {
      'config.js': `let cached;\nconst load = () => ({ get url() { return require('./now').url; } });\nmodule.exports = () => (cached ??= load());`,
    },
    cache: ['', '', "require('./config')().url"],
    place: ['', '', "require('./config')().url"],
  },
  'settings with a getter': {
    files: {
      'config.js': `module.exports = { get url() { return require('./now').url; } };`,
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings with a getter in them': {
    files: {
      'config.js': `module.exports = { ledger: { get url() { return require('./now').url; } } };`,
    },
    cache: ['', '', "require('./config').ledger.url"],
    place: ['', '', "require('./config').ledger.url"],
  },
  'settings of a call with a getter': {
    files: {
      'config.js': `const load = () => ({ get url() { return require('./now').url; } });\nconst settings = load();\nmodule.exports = settings;`,
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings of a class with a getter of its own': {
    files: {
      'config.js': `class Config { static get url() { return require('./now').url; } }\nmodule.exports = { Config };`,
    },
    cache: ['', '', "require('./config').Config.url"],
    place: ['', '', "require('./config').Config.url"],
  },
  'settings of a class whose base has a getter': {
    files: {
      'config.js': `class Base { get url() { return require('./now').url; } }\nclass Config extends Base {}\nmodule.exports = new Config();`,
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'settings that answer by code': {
    files: {
      'config.js': `module.exports = new Proxy({}, { get: (_all, name) => require('./now')[name] });`,
    },
    cache: ['', '', "require('./config').url"],
    place: ['', '', "require('./config').url"],
  },
  'what a function gives, changed by the place': {
    files: { 'config.js': `module.exports = () => ({ url: ${V} });` },
    cache: ['', '', "require('./config')().url"],
    place: [
      "const config = require('./config');",
      'const cfg = config(); cfg.url = req.query.url;',
      'cfg.url',
    ],
  },
};

let tree: Tree;
const left = new Map<string, string>();
const seen = new Set<string>();

beforeAll(async () => {
  const files: Record<string, string> = {};
  for (const [name, kind] of Object.entries(KINDS))
    for (const [index, form] of kind.forms.entries())
      Object.assign(files, treeOf(`${folderOf(name)}/${index}`, kind, form, placesBeside(kind, index)));
  for (const [name, { files: own, cache, place }] of Object.entries(APART))
    Object.assign(files, treeOf(`${folderOf(name)}/0`, { files: own, forms: [] }, cache, [place]));
  tree = createTree(files);
  for await (const { path, status, occurrences } of migrateTree([tree.root], { ...DEFAULT_OPTIONS })) {
    if (!/\/route-\d+\.[jt]s$/.test(path)) continue;
    seen.add(path);
    if (status !== 'migrated') left.set(path, occurrences.map((each) => each.left?.id).join(' '));
  }
});
afterAll(() => tree.remove());

test.each(someOf(Object.keys(KINDS)))('one value, however it is got at: %s', (name) => {
  const kind = KINDS[name];
  const apart = (kind?.forms ?? []).flatMap((cache, index) =>
    placesBeside(kind as Kind, index).flatMap((place, number) => {
      const file = `${folderOf(name)}/${index}/src/route-${number}.${kind?.typescript ? 'ts' : 'js'}`;
      const why = seen.has(tree.path(file)) ? left.get(tree.path(file)) : 'not seen';
      return why === undefined ? [] : [{ cache, place, why }];
    }),
  );
  expect(apart).toEqual([]);
});

test.each(someOf(Object.keys(APART)))('two values, though the words are alike: %s', (name) => {
  const why = left.get(tree.path(`${folderOf(name)}/0/src/route-0.js`));
  expect(['built-with-arguments', 'built-with-constants']).toContain(why);
});

test('what a file required for nothing but the arguments goes with them, unless it does something by itself', async () => {
  const route = (above: string, built: string) => `const { Router } = require('express');
const { FacebookAdsAgent } = require('./agents/facebook-ads-agent');
${above}
const router = Router();
router.get('/', async (req, res) => {
  const agent = ${built};
  res.json(await agent.all());
});
module.exports = router;
`;
  const factory = 'function make() {\n  return new FacebookAdsAgent(config.url);\n}';
  const own = createTree({
    'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js':
      'class FacebookAdsAgent { constructor(url) { this.url = url; } async all() { return []; } }\nmodule.exports = { FacebookAdsAgent };\n',
    'src/utils/agent-cache.js':
      "const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');\nconst { url } = require('../config');\nlet shared;\nconst create = async () => new FacebookAdsAgent(url);\nmodule.exports = { getFacebookAgent: () => (shared ??= create()) };\n",
    'src/config.js': "'use strict';\nmodule.exports = { url: process.env.URL || 'http://x' };\n",
    'src/loud.js': "require('./start').listen();\nmodule.exports = require('./config');\n",
    'src/pattern.js': route("const { url } = require('./config');", 'new FacebookAdsAgent(url)'),
    'src/whole.js': route("const config = require('./config');", 'new FacebookAdsAgent(config.url)'),
    'src/made.js': route(`const config = require('./config');\n${factory}`, 'make()'),
    'src/used.js': route(
      "const config = require('./config');\nconsole.log(config);",
      'new FacebookAdsAgent(config.url)',
    ),
    'src/kept.js': route("const config = require('./loud');", 'new FacebookAdsAgent(config.url)'),
  });
  const requires: Record<string, boolean> = {};
  for await (const { path, output } of migrateTree([own.root], { ...DEFAULT_OPTIONS }))
    if (output !== undefined)
      requires[path.slice(path.lastIndexOf('/') + 1)] = /'\.\/(config|loud)'/.test(output);
  expect(requires).toEqual({
    'pattern.js': false,
    'whole.js': false,
    'made.js': false,
    'used.js': true,
    'kept.js': true,
  });
  own.remove();
});

/** Two other forms for each, so that all of them meet in the end. */
function placesBeside({ forms }: Kind, index: number): Form[] {
  return [1, 3].flatMap((step) => forms.slice((index + step) % forms.length).slice(0, 1));
}

function folderOf(name: string): string {
  return name.replaceAll(/\W+/g, '-');
}

function treeOf(
  folder: string,
  { files, esm = false, typescript = false }: Kind,
  cache: Form,
  places: readonly Form[],
): Record<string, string> {
  const ends = typescript ? 'ts' : 'js';
  const load = (names: string, module: string) =>
    esm ? `import ${names} from '${module}';` : `const ${names} = require('${module}');`;
  const gives = (name: string) => (esm ? `export { ${name} };` : `module.exports = { ${name} };`);
  const [above, within, argument] = cache.map(fromCache);
  const all: Record<string, string> = {
    ...files,
    ...(!esm && { 'read-only.js': ONLY_READS }),
    [`agents/facebook-ads-agent.${ends}`]: `class FacebookAdsAgent {
  url;
  constructor(url) { this.url = url; }
  describe() { return this.url; }
}
${gives('FacebookAdsAgent')}`,
    [`utils/agent-cache.${ends}`]: `${load('{ FacebookAdsAgent }', '../agents/facebook-ads-agent.js')}
${above}
let shared;
async function createAgent() {
  ${within}
  return new FacebookAdsAgent(${argument});
}
const getFacebookAgent = () => (shared ??= createAgent());
${gives('getFacebookAgent')}`,
  };
  for (const [index, [top, body, given]] of places.entries())
    all[`route-${index}.${ends}`] = `${load('{ Router }', 'express')}
${load('{ FacebookAdsAgent }', './agents/facebook-ads-agent.js')}
${top}
const router = Router();
router.get('/', async (req, res) => {
  ${body}
  const agent = new FacebookAdsAgent(${given});
  res.json(agent.describe());
});
${gives('router')}`;
  const manifest = { type: esm ? 'module' : 'commonjs', dependencies: { express: '^5.1.0' } };
  return Object.fromEntries([
    [`${folder}/package.json`, JSON.stringify(manifest)],
    ...Object.entries(all).map(([file, text]) => [`${folder}/src/${file}`, `${text}\n`]),
  ]);
}

/** The cache stands one folder below the files that it takes its settings from, unless they are beside it. */
function fromCache(text: string): string {
  return text.includes("'./utils/") ? text.replaceAll("'./utils/", "'./") : text.replaceAll("'./", "'../");
}
