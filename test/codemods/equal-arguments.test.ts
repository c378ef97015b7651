import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { createTree, type Tree } from '../support/trees.ts';

/** A place beside a cache: what the cache builds with, and what the place does. */
interface Pair {
  /** The arguments of the cache's own construction, or its whole `createAgent` with what stands above it. */
  cache: string;
  /** The arguments at the place, or the whole handler with what stands above it. */
  place: string;
  /** Other files below `src`. */
  files?: Readonly<Record<string, string>>;
  /** The type parameters of the class. */
  type?: string;
  /** The parameters of its constructor. */
  takes?: string;
}

const SETTINGS = `export const TOKEN = process.env.ADS_TOKEN ?? '';
export const settings = { token: process.env.ADS_TOKEN, api: { version: 'v24', retries: 3 } };
export default { token: process.env.ADS_TOKEN, version: 'v24' };
`;
const ZOD = `import { z } from 'zod';
export const env = z.object({ ADS_TOKEN: z.string() }).parse(process.env);
`;

const ROW = 'export interface Row { id: string }\n';

/** The shared agent, written in another way. */
const SAME: Record<string, Pair> = {
  'the type argument of the cache, from another file and by another name': {
    cache: `import type { Row } from '../row.js';
async function createAgent() { return new FacebookAdsAgent<Row[]>('t'); }`,
    place: `import type { Line as Own } from './all.js';
(req, res) => {
  const agent = new FacebookAdsAgent< Own [] >('t');`,
    files: { 'row.ts': ROW, 'all.ts': "export type { Row as Line } from './row.js';\n" },
    type: '<T = string>',
  },
  'the default of the type argument, written out': {
    cache: "'t'",
    place: `(req, res) => {
  const agent = new FacebookAdsAgent<string>('t');`,
    type: '<T = string>',
  },
  'the type argument that the cache says of its promise': {
    cache: `async function createAgent(): Promise<FacebookAdsAgent<number>> { return new FacebookAdsAgent('t'); }`,
    place: `(req, res) => {
  const agent: FacebookAdsAgent<number> = new FacebookAdsAgent('t');`,
    type: '<T = string>',
  },
  'any type argument, where the cache leaves it open': {
    cache: "async function createAgent() { return new FacebookAdsAgent<any>('t'); }",
    place: `(req, res) => {
  const agent = new FacebookAdsAgent<string>('t');`,
    type: '<T = string>',
  },
  'a type that does not speak of the class': {
    cache: "'t'",
    place: `interface Source { describe(): string }
(req, res) => {
  const agent: Source = new FacebookAdsAgent('t');`,
    type: '<T = string>',
  },
  'a variable of the environment': { cache: 'process.env.ADS_TOKEN', place: "process.env['ADS_TOKEN']" },
  'a variable of the environment, where a file loads them from another': {
    cache: 'process.env.ADS_TOKEN',
    place: 'process.env.ADS_TOKEN',
    files: {
      'load.ts':
        'for (const [name, value] of Object.entries(read())) process.env[name] ??= value;\nexport const seen = (name) => process.env[name] === undefined;\n',
    },
  },
  'a variable of the environment, where files read, copy and hand on all of them, and set others': {
    cache: 'process.env.ADS_TOKEN',
    place: 'process.env.ADS_TOKEN',
    files: {
      'read.ts': `import { env } from 'node:process';
Object.assign(process.env, read());
const copy = { ...env };
export function start(name, value) {
  copy[name] = value;
  copy.ADS_TOKEN = value;
  env.TZ = 'UTC';
  Object.assign({}, env, { ADS_TOKEN: value });
  const box = { env: { ADS_TOKEN: '' } };
  box.env.ADS_TOKEN = value;
  return spawn(name, { env: { ...process.env, ADS_TOKEN: value } });
}
`,
    },
  },
  'a member of an enum': {
    cache: `import { Region as R } from '../region.js';
async function createAgent() { return new FacebookAdsAgent({ region: R.Us }); }`,
    place: `import { Region } from './all.js';
(req, res) => {
  const agent = new FacebookAdsAgent({ region: Region.Us });`,
    files: {
      'region.ts': "export enum Region { Eu = 'eu', Us = 'us' }\n",
      'all.ts': "export * from './region.js';\n",
    },
  },
  'the text of a member of an enum, and what a function does no more than to read': {
    cache: "'us', process.env.ADS_TOKEN",
    place: `import { Region, token } from './region.js';
(req, res) => {
  const agent = new FacebookAdsAgent(Region.Us, token());`,
    files: {
      'region.ts':
        "export enum Region { Eu = 'eu', Us = 'us' }\nexport function token() { return process.env.ADS_TOKEN; }\n",
    },
  },
  'names that are taken out of the environment': {
    cache: "process.env.ADS_TOKEN, process.env.ADS_VERSION ?? 'v1'",
    place: `const { ADS_TOKEN: token, PORT } = process.env;
export const port = PORT;
(req, res) => {
  const { ADS_VERSION = 'v1' } = process.env;
  const agent = new FacebookAdsAgent(token, ADS_VERSION);`,
  },
  'a literal': { cache: "'t'", place: '"t"' },
  'a default': { cache: "process.env.ADS_TOKEN ?? ''", place: "process.env.ADS_TOKEN ?? ''" },
  'a local constant': {
    cache: "process.env.ADS_TOKEN ?? ''",
    place: `(req, res) => {
  const token = process.env.ADS_TOKEN ?? '';
  const agent = new FacebookAdsAgent(token);`,
  },
  'a pattern with a default': {
    cache: "process.env.ADS_TOKEN ?? 'x'",
    place: `const { ADS_TOKEN = 'x' } = process.env;
(req, res) => {
  const agent = new FacebookAdsAgent(ADS_TOKEN);`,
  },
  'a chain of constants in other files': {
    cache: `import { TOKEN } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(TOKEN); }`,
    place: `import { TOKEN as token } from './settings.js';
const own = token;
(req, res) => {
  const agent = new FacebookAdsAgent(own);`,
    files: { 'settings.ts': SETTINGS },
  },
  'a constant on one side alone': {
    cache: "process.env.ADS_TOKEN ?? ''",
    place: `import { TOKEN } from './settings.js';
(req, res) => {
  const agent = new FacebookAdsAgent(TOKEN);`,
    files: { 'settings.ts': SETTINGS },
  },
  'members of settings': {
    cache: `import { settings } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(settings.token, settings.api.version); }`,
    place: `import { settings } from './settings.js';
(req, res) => {
  const { token, api } = settings;
  const agent = new FacebookAdsAgent(token, api.version);`,
    files: { 'settings.ts': SETTINGS },
  },
  'members of a default export': {
    cache: `import config from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(config.token, config.version); }`,
    place: `import * as all from './settings.js';
(req, res) => {
  const agent = new FacebookAdsAgent(all.default.token, 'v24');`,
    files: { 'settings.ts': SETTINGS },
  },
  'settings beside others that are written to': {
    cache: `import config from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
    place: `import own from './settings.js';
(req, res) => {
  const agent = new FacebookAdsAgent(own.token);`,
    files: {
      'settings.ts': SETTINGS,
      'admin.ts': `import config, { settings } from './settings.js';
import { settings as other } from './other.js';
export const set = (next) => { other.token = next; config.version = next; settings.token = next; };
`,
      'other.ts': 'export const settings = { token: process.env.ADS_TOKEN };\n',
    },
  },
  'members of the package for settings': {
    cache: `import config from 'config';
async function createAgent() { return new FacebookAdsAgent(config.get('ads.token')); }`,
    place: `import settings from 'config';
const url = settings.get<string>('ads.token');
(req, res) => {
  const agent = new FacebookAdsAgent(url);`,
  },
  'settings that are made once': {
    cache: `import { env } from '../env.js';
async function createAgent() { return new FacebookAdsAgent(env.ADS_TOKEN); }`,
    place: `import { env } from './env.js';
(req, res) => {
  const agent = new FacebookAdsAgent(env.ADS_TOKEN);`,
    files: { 'env.ts': ZOD },
  },
  'an object in another order': {
    cache: "{ token: process.env.ADS_TOKEN, version: 'v24', nested: { a: 1, b: [true, null] } }",
    place: "{ nested: { b: [true, null], a: 1 }, 'version': 'v24', token: process.env['ADS_TOKEN'] }",
  },
  'an object that is spread': {
    cache: "{ token: process.env.ADS_TOKEN, version: 'v25' }",
    place: `const base = { token: process.env.ADS_TOKEN, version: 'v24' };
(req, res) => {
  const agent = new FacebookAdsAgent({ ...base, version: 'v25' });`,
  },
  'an object that is spread, of one that is spread itself': {
    cache: "{ token: process.env.ADS_TOKEN, version: 'v25' }",
    place: `const base = { token: process.env.ADS_TOKEN, version: 'v24' };
const newer = { ...base, version: 'v25' };
(req, res) => {
  const agent = new FacebookAdsAgent({ version: 'v1', ...newer });`,
  },
  'what a function gives, spread': {
    cache: "{ token: process.env.ADS_TOKEN, version: 'v25' }",
    place: `const options = () => ({ token: process.env.ADS_TOKEN });
(req, res) => {
  const agent = new FacebookAdsAgent({ ...options(), version: 'v25' });`,
  },
  'an object that others are assigned to': {
    cache: "{ token: process.env.ADS_TOKEN, version: 'v25' }",
    place: `const base = { token: process.env.ADS_TOKEN, version: 'v24' };
(req, res) => {
  const agent = new FacebookAdsAgent(Object.assign({}, base, { version: 'v25' }));`,
  },
  conversions: {
    cache: 'Number(process.env.RETRIES ?? 3), String(process.env.ADS_TOKEN).trim()',
    place: `const retries = Number(process.env.RETRIES ?? 3);
(req, res) => {
  const agent = new FacebookAdsAgent(retries, String(process.env.ADS_TOKEN).trim());`,
  },
  'a helper that reads the environment': {
    cache: `import { required } from '../required.js';
async function createAgent() { return new FacebookAdsAgent(required('ADS_TOKEN')); }`,
    place: `import { required } from './required.js';
(req, res) => {
  const agent = new FacebookAdsAgent(required('ADS_TOKEN'));`,
    files: {
      'required.ts': `export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(\`\${name} is not set\`);
  return value;
}
`,
    },
  },
  'a frozen object, and one that is only read': {
    cache: `import { fixed, read } from '../fixed.js';
async function createAgent() { return new FacebookAdsAgent(fixed.a, read); }`,
    place: `import { fixed, read } from './fixed.js';
(req, res) => {
  console.log(Object.keys(read), read.limit);
  const agent = new FacebookAdsAgent(fixed.a, { limit: 5 });`,
    files: {
      'fixed.ts':
        'export const fixed = Object.freeze({ a: 1 });\nexport const read = { limit: 5 } as const;\n',
    },
  },
  'the same object of another module': {
    cache: `import { client } from '../http.js';
async function createAgent() { return new FacebookAdsAgent(client); }`,
    place: `import { client as http } from './http.js';
(req, res) => {
  const agent = new FacebookAdsAgent(http);`,
    files: { 'http.ts': 'export const client = new Map();\n' },
  },
  'the default of a parameter': {
    cache: 'process.env.ADS_TOKEN',
    place: '',
    takes: 'readonly token: string | undefined = process.env.ADS_TOKEN',
  },
  'nothing, where the cache gives the default': {
    cache: '',
    place: 'undefined',
    takes: 'readonly limit: number = 5',
  },
  'a file of JSON': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent(config.api.version); }`,
    place: `import { createRequire } from 'node:module';
import ads from './ads.json' assert { type: 'json' };
(req, res) => {
  const agent = new FacebookAdsAgent(ads.api.version);`,
    files: { 'ads.json': '\uFEFF{ "token": "t", "api": { "version": "v24" } }\n' },
  },
  'a file of JSON as a namespace, by a name of it, and by what it says': {
    cache: `import { version } from '../ads.json';
async function createAgent() { return new FacebookAdsAgent(version, 't'); }`,
    place: `import * as ads from './ads.json';
(req, res) => {
  const agent = new FacebookAdsAgent("v24", ads.default.token);`,
    files: { 'ads.json': '{ "version": "v24", "token": "t" }' },
  },
  'a file of JSON that is loaded': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent({ token: config.token }); }`,
    place: `const ads = require('./ads.json');
(req, res) => {
  const agent = new FacebookAdsAgent({ token: ads['token'] });`,
    files: { 'ads.json': '{ "token": "t" }' },
  },
  'a file of JSON that settings are made of': {
    cache: `const settings = require('../settings.js');
async function createAgent() { return new FacebookAdsAgent(settings.host); }`,
    place: `const { host } = require('./ads.json');
(req, res) => {
  const agent = new FacebookAdsAgent(host);`,
    files: {
      'ads.json': '{ "host": "h" }',
      'settings.js': "const file = require('./ads.json');\nmodule.exports = { ...file, more: 1 };\n",
    },
  },
  'a cache with parts of its own': {
    cache: `const options = { token: process.env.ADS_TOKEN };
const build = () => new FacebookAdsAgent(options);
class Holder { static make() { return build(); } }
async function createAgent() { return Holder.make(); }`,
    place: '{ token: process.env.ADS_TOKEN }',
  },
  'a namespace and a constant of the package': {
    cache: `import * as api from '../consts.js';
async function createAgent() { return new FacebookAdsAgent(api.VERSION); }`,
    place: "'v24'",
    files: { 'consts.ts': "export const VERSION = 'v24';\n" },
  },
};

/** Settings that a file exports without a name, and that another one writes to. */
function writtenElsewhere(ways: Record<string, string>): Record<string, Pair> {
  const pairs = Object.entries(ways).map(([way, text]): [string, Pair] => [
    `settings that are written to ${way}`,
    {
      cache: `import config from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
      place: `import own from './settings.js';
(req, res) => {
  const agent = new FacebookAdsAgent(own.token);`,
      files: {
        'settings.ts': SETTINGS,
        'barrel.ts': "export { default as conf } from './settings.js';\n",
        'admin.ts': text,
      },
    },
  ]);
  return Object.fromEntries(pairs);
}

/** The environment, in a tree that writes to it in one way each. */
function assignedIn(ways: Readonly<Record<string, string>>): Record<string, Pair> {
  const pairs = Object.entries(ways).map(([way, text]): [string, Pair] => [
    `a variable of the environment that the tree assigns ${way}`,
    { cache: 'process.env.ADS_TOKEN', place: 'process.env.ADS_TOKEN', files: { 'admin.ts': text } },
  ]);
  return Object.fromEntries(pairs);
}

/** Another agent, or one of which that cannot be told. */
const OTHER: Record<string, Pair> = {
  'another variable': { cache: 'process.env.ADS_TOKEN', place: 'process.env.OTHER_TOKEN' },
  'another member of an enum': {
    cache: `import { Region } from '../region.js';
async function createAgent() { return new FacebookAdsAgent(Region.Eu); }`,
    place: `import { Region } from './region.js';
(req, res) => {
  const agent = new FacebookAdsAgent(Region.Us);`,
    files: { 'region.ts': "export enum Region { Eu = 'eu', Us = 'us' }\n" },
  },
  'a member of another enum of that name': {
    cache: `import { Region } from '../region.js';
async function createAgent() { return new FacebookAdsAgent(Region.Us); }`,
    place: `import { Region } from './other.js';
(req, res) => {
  const agent = new FacebookAdsAgent(Region.Us);`,
    files: {
      'region.ts': "export enum Region { Us = 'us' }\n",
      'other.ts': "export enum Region { Us = 'US' }\n",
    },
  },
  'a member of an enum by a name of the request': {
    cache: `import { Region } from '../region.js';
async function createAgent() { return new FacebookAdsAgent(Region.Us); }`,
    place: `import { Region } from './region.js';
(req, res) => {
  const agent = new FacebookAdsAgent(Region[req.query.region]);`,
    files: { 'region.ts': "export enum Region { Us = 'us' }\n" },
  },
  'another default': { cache: "process.env.ADS_TOKEN ?? ''", place: 'process.env.ADS_TOKEN' },
  'another operator': { cache: "process.env.ADS_TOKEN ?? ''", place: "process.env.ADS_TOKEN || ''" },
  'another number of them': { cache: "'t'", place: "'t', 'v24'" },
  'another order': { cache: "'a', 'b'", place: "'b', 'a'" },
  'a part of the request': { cache: 'process.env.ADS_TOKEN', place: 'req.user.token' },
  'a parameter of the same name': {
    cache: `const token = process.env.ADS_TOKEN;
async function createAgent() { return new FacebookAdsAgent(token); }`,
    place: `(token, res) => {
  const agent = new FacebookAdsAgent(token);`,
  },
  'a constant of the same name': {
    cache: `import { TOKEN } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(TOKEN); }`,
    place: `import { TOKEN } from './other.js';
(req, res) => {
  const agent = new FacebookAdsAgent(TOKEN);`,
    files: { 'settings.ts': SETTINGS, 'other.ts': 'export const TOKEN = process.env.OTHER_TOKEN;\n' },
  },
  'a variable that is given another value': {
    cache: 'process.env.ADS_TOKEN',
    place: `let token = process.env.ADS_TOKEN;
export const change = (next) => { token = next; };
(req, res) => {
  const agent = new FacebookAdsAgent(token);`,
  },
  'a variable of the environment that the tree assigns': {
    cache: 'process.env.CHANGED_TOKEN',
    place: 'process.env.CHANGED_TOKEN',
    files: { 'change.ts': "export function change(next) { process.env['CHANGED_TOKEN'] = next; }\n" },
  },
  'a variable of the environment, where an endpoint assigns whichever it is told': {
    cache: 'process.env.ADS_TOKEN',
    place: 'process.env.ADS_TOKEN',
    files: { 'update.ts': 'export function update(name, value) { process.env[name] = value; }\n' },
  },
  ...assignedIn({
    'by Object.assign': 'export function set(next) { Object.assign(process.env, { ADS_TOKEN: next }); }\n',
    'by Object.assign, from what it is told':
      'export function set(next) { Object.assign(process.env, next); }\n',
    'by Object.defineProperty':
      "export function set(value) { Object.defineProperty(process.env, 'ADS_TOKEN', { value }); }\n",
    'by Reflect.set': "export function set(next) { Reflect.set(process.env, 'ADS_TOKEN', next); }\n",
    'under another type': 'export function set(next) { (process.env as any).ADS_TOKEN = next; }\n',
    'with all others': 'export function set(next) { process.env = { ...process.env, ...next }; }\n',
    'of the global process': 'export function set(next) { globalThis.process.env.ADS_TOKEN = next; }\n',
    'by an import of it':
      "import { env as own } from 'node:process';\nexport function set(next) { own.ADS_TOKEN = next; }\n",
    'by an import of the process':
      "import own from 'node:process';\nexport function set(name, next) { own.env[name] = next; }\n",
    'by a require of the process':
      "const { env: own } = require('process');\nexport function set(name, next) { own[name] = next; }\n",
    'by another name': 'const own = process.env;\nexport function set(next) { own.ADS_TOKEN = next; }\n',
    'by a name of a name':
      'const { env } = process;\nexport function set(name) { const own = env; delete own[name]; }\n',
  }),
  'settings that the tree writes to': {
    cache: `import { settings } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(settings.token); }`,
    place: `import { settings } from './settings.js';
(req, res) => {
  const agent = new FacebookAdsAgent(settings.token);`,
    files: {
      'settings.ts': SETTINGS,
      'admin.ts':
        "import { settings } from './settings.js';\nexport const set = (next) => { settings.token = next; };\n",
    },
  },
  'settings that are merged into': {
    cache: `import { settings } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(settings.api); }`,
    place: `import { settings } from './settings.js';
export const set = (next) => { Object.assign(settings.api, next); };
(req, res) => {
  const agent = new FacebookAdsAgent(settings.api);`,
    files: { 'settings.ts': SETTINGS },
  },
  'settings that a helper writes to': {
    cache: `import { settings } from '../settings.js';
async function createAgent() { return new FacebookAdsAgent(settings.token); }`,
    place: `import { settings } from './settings.js';
import { fill } from './fill.js';
fill(settings);
(req, res) => {
  const agent = new FacebookAdsAgent(settings.token);`,
    files: { 'settings.ts': SETTINGS, 'fill.ts': 'export function fill(into) { into.token = read(); }\n' },
  },
  ...writtenElsewhere({
    'by the default import':
      "import conf from './settings.js';\nexport const set = (next) => { conf.token = next; };\n",
    'through the namespace':
      "import * as all from './settings.js';\nexport const set = (next) => { all.default.token = next; };\n",
    'through a module that is loaded where it runs':
      "export async function set(next) { const { default: conf } = await import('./settings.js'); conf.token = next; }\n",
    'through require': "export function set(next) { require('./settings.js').default.token = next; }\n",
    'through an object that holds it':
      "import conf from './settings.js';\nconst all = { conf };\nexport const set = (next) => { all.conf.token = next; };\n",
    'through another name of it':
      "import { default as conf } from './settings.js';\nconst own = conf;\nexport const set = (next) => { Object.assign(own, next); };\n",
    'in a file that is given it by a barrel':
      "import { conf } from './barrel.js';\nexport const set = (next) => { conf.token = next; };\n",
  }),
  'exports of CommonJS that their own file writes to': {
    cache: `const { settings } = require('../settings.cjs');
async function createAgent() { return new FacebookAdsAgent(settings.token); }`,
    place: `const { settings } = require('./settings.cjs');
(req, res) => {
  const agent = new FacebookAdsAgent(settings.token);`,
    files: {
      'settings.cjs':
        'module.exports = { settings: { token: process.env.ADS_TOKEN } };\nmodule.exports.set = (next) => { module.exports.settings.token = next; };\n',
    },
  },
  'settings of a package that a file writes to': {
    cache: `import config from 'config';
async function createAgent() { return new FacebookAdsAgent(config.get('ads.token')); }`,
    place: `import config from 'config';
(req, res) => {
  const agent = new FacebookAdsAgent(config.get('ads.token'));`,
    files: {
      'admin.ts':
        "import config from 'config';\nexport const set = (next) => { config.ads.token = next; };\n",
    },
  },
  'settings of a package by a name of the request': {
    cache: `import config from 'config';
async function createAgent() { return new FacebookAdsAgent(config.get('ads.token')); }`,
    place: `import config from 'config';
(req, res) => {
  const agent = new FacebookAdsAgent(config.get(req.params.name));`,
  },
  'another type argument': {
    cache: "async function createAgent() { return new FacebookAdsAgent<number>('t'); }",
    place: `(req, res) => {
  const agent = new FacebookAdsAgent<string>('t');`,
    type: '<T>',
  },
  'another type argument than the default': {
    cache: "'t'",
    place: `(req, res) => {
  const agent: FacebookAdsAgent<number> = new FacebookAdsAgent('t');`,
    type: '<T = string>',
  },
  'the default, where the cache has another type argument': {
    cache: "async function createAgent() { return new FacebookAdsAgent<number>('t'); }",
    place: "'t'",
    type: '<T = string>',
  },
  'another type of that name as its argument': {
    cache: `import type { Row } from '../row.js';
async function createAgent() { return new FacebookAdsAgent<Row>('t'); }`,
    place: `interface Row { name: string }
(req, res) => {
  const agent = new FacebookAdsAgent<Row>('t');`,
    files: { 'row.ts': ROW },
    type: '<T = string>',
  },
  'a type argument of the function around it': {
    cache: "async function createAgent<T>() { return new FacebookAdsAgent<T>('t'); }",
    place: `async function describe<T>() { const agent = new FacebookAdsAgent<T>('t'); return agent.describe(); }
(req, res) => {
  describe<string>(); const agent = { describe() {} };`,
    type: '<T = string>',
  },
  'what a function is to give, of another type argument': {
    cache: "async function createAgent() { return new FacebookAdsAgent<number>('t'); }",
    place: `const make = (): FacebookAdsAgent => new FacebookAdsAgent('t');
(req, res) => {
  const agent = make();`,
    type: '<T = string>',
  },
  'another file of JSON': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
    place: `import config from './other.json' with { type: 'json' };
(req, res) => {
  const agent = new FacebookAdsAgent(config.token);`,
    files: { 'ads.json': '{ "token": "t" }', 'other.json': '{ "token": "o" }' },
  },
  'a file of JSON that another file writes to': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
    place: `import config from './ads.json' with { type: 'json' };
(req, res) => {
  const agent = new FacebookAdsAgent(config.token);`,
    files: {
      'ads.json': '{ "token": "t" }',
      'admin.ts': "import ads from './ads.json';\nexport const set = (token) => { ads.token = token; };\n",
    },
  },
  'a member of a file of JSON by a name of the request': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
    place: `import config from './ads.json' with { type: 'json' };
(req, res) => {
  const agent = new FacebookAdsAgent(config[req.params.name]);`,
    files: { 'ads.json': '{ "token": "t" }' },
  },
  'a file of JSON that does not parse': {
    cache: `import config from '../ads.json' with { type: 'json' };
async function createAgent() { return new FacebookAdsAgent(config.token); }`,
    place: `import config from './ads.json' with { type: 'json' };
(req, res) => {
  const agent = new FacebookAdsAgent(config.token);`,
    files: { 'ads.json': '{ "token": ' },
  },
  'a property that a spread of a spread sets': {
    cache: "'t'",
    place: `const base = { token: process.env.ADS_TOKEN };
const newer = { ...base, version: 'v25' };
const config = { token: 't', ...newer };
(req, res) => {
  const agent = new FacebookAdsAgent(config.token);`,
  },
  'a property that one by a computed name may set': {
    cache: "'t'",
    place: `const config = { token: 't', [process.env.NAME ?? 'token']: 'u' };
(req, res) => {
  const agent = new FacebookAdsAgent(config.token);`,
  },
  'an object that a function gives and its caller sets': {
    cache: '{ token: process.env.ADS_TOKEN }',
    place: `const held = { token: process.env.ADS_TOKEN };
const options = () => held;
(req, res) => {
  options().token = req.query.token;
  const agent = new FacebookAdsAgent({ ...options() });`,
  },
  'an object that was there before, which others are assigned to': {
    cache: '{ token: process.env.ADS_TOKEN }',
    place: `const held = { token: process.env.ADS_TOKEN };
(req, res) => {
  const agent = new FacebookAdsAgent(Object.assign(held, req.query));`,
  },
  'a spread with a part of the request': {
    cache: '{ token: process.env.ADS_TOKEN }',
    place: '{ token: process.env.ADS_TOKEN, ...req.body }',
  },
  'an object with one more property': {
    cache: '{ token: process.env.ADS_TOKEN }',
    place: "{ token: process.env.ADS_TOKEN, locale: 'pt' }",
  },
  'an object of the place': { cache: 'new Map()', place: 'new Map()' },
  'a function of the place': { cache: '() => 1', place: '() => 1' },
  'what a call gives': { cache: 'Date.now()', place: 'Date.now()' },
  'a getter of settings': {
    cache: `import { live } from '../live.js';
async function createAgent() { return new FacebookAdsAgent(live.token); }`,
    place: `import { live } from './live.js';
(req, res) => {
  const agent = new FacebookAdsAgent(live.token);`,
    files: {
      'live.ts':
        'class Live { get token() { return store.current; } }\nexport const live = new Live();\nexport const plain = { get token() { return store.current; } };\n',
    },
  },
  'what the place takes of itself': {
    cache: 'process.env.ADS_TOKEN',
    place: `class Service {
  token = process.env.ADS_TOKEN;
  make(res) {
    const agent = new FacebookAdsAgent(this.token);
    res.json(agent.describe());
  }
}
(req, res) => {
  new Service().make(res); const agent = { describe() {} };`,
  },
  'nothing, where the cache gives something': { cache: "'t'", place: '', takes: 'readonly token?: string' },
  'nothing, where the default is another': { cache: '7', place: '', takes: 'readonly limit: number = 5' },
  'a cache that builds in two ways': {
    cache: `let first = true;
async function createAgent() {
  return first ? new FacebookAdsAgent('a') : new FacebookAdsAgent('b');
}`,
    place: "'a'",
  },
};

const CACHE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
export async function getFacebookAgent() { return new FacebookAdsAgent('t'); }
`;

const all = { ...SAME, ...OTHER };
const results = new Map<string, FileResult>();
let tree: Tree;

beforeAll(async () => {
  const files = Object.entries(all).flatMap(([name, pair]) => Object.entries(filesOf(folderOf(name), pair)));
  tree = createTree(Object.fromEntries(files));
  for await (const result of migrateTree([tree.root], { ...DEFAULT_OPTIONS })) {
    if (result.path.endsWith('routes.ts')) results.set(result.path, result);
  }
});
afterAll(() => tree.remove());

test.each(someOf(Object.keys(SAME)))('the shared agent: %s', (name) => {
  const { status, occurrences, output } = resultOf(name);
  expect(occurrences.flatMap(({ left }) => left ?? [])).toEqual([]);
  expect(status).toBe('migrated');
  expect(output).toContain('await getFacebookAgent()');
  expect(output).not.toContain('new FacebookAdsAgent');
});

test.each(someOf(Object.keys(OTHER)))('another agent: %s', (name) => {
  const { status, occurrences } = resultOf(name);
  expect(status).toBe('manual');
  expect(occurrences).toHaveLength(1);
  const ids = ['built-with-arguments', 'built-with-constants', 'built-without-arguments'];
  expect(OTHER[name]?.type ? ['other-type-arguments'] : ids).toContain(occurrences[0]?.left?.id);
});

test('a static block is left for where it stands', async () => {
  const own = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.ts': 'export class FacebookAdsAgent {}\n',
    'src/utils/agent-cache.ts': CACHE,
    'src/classes.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
export class Service {
  static agent = new FacebookAdsAgent('t');
  static { Service.agent = new FacebookAdsAgent('u'); }
}
export function make() {
  return class { static { keep(new FacebookAdsAgent()); } };
}
`,
  });
  const found: unknown[] = [];
  for await (const { path, occurrences } of migrateTree([own.root], { ...DEFAULT_OPTIONS }))
    if (path.endsWith('classes.ts')) found.push(...occurrences.map(({ line, left }) => [line, left?.id]));
  expect(found).toEqual([
    [3, 'kept-from-load'],
    [4, 'kept-from-load'],
    [7, 'in-static-block'],
  ]);
  own.remove();
});

test('what a factory was given that maps its failure goes with its import', async () => {
  const own = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/config.ts': "export const config = { token: 't' };\n",
    'src/agents/facebook-ads-agent.ts':
      'export class FacebookAdsAgent { constructor(readonly token: string) {} async all() { return []; } }\n',
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { config } from '../config.js';
let shared;
const createAgent = async () => new FacebookAdsAgent(config.token);
export const getFacebookAgent = () => (shared ??= createAgent());
`,
    'src/make.ts': `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
import { config } from './config.js';
export function make() {
  try {
    return new FacebookAdsAgent(config.token);
  } catch (cause) {
    throw new Error('no agent', { cause });
  }
}
`,
    'src/use.ts': "import { make } from './make.js';\nexport const all = async () => make().all();\n",
  });
  const outputs = new Map<string, string | undefined>();
  for await (const { path, output } of migrateTree([own.root], { ...DEFAULT_OPTIONS }))
    outputs.set(path.slice(path.lastIndexOf('/') + 1), output);
  expect(outputs.get('make.ts')).toContain('return await getFacebookAgent();');
  expect(outputs.get('make.ts')).not.toContain('config');
  own.remove();
});

test.each([
  ['const FacebookAdsAgent', 'module.exports = FacebookAdsAgent;'],
  ['const { FacebookAdsAgent }', 'module.exports = { FacebookAdsAgent };'],
])(
  'a class that is loaded as %s beside what it is given leaves its line to the cache',
  async (name, exported) => {
    const own = createTree({
      'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
      'src/config.js': "const { TOKEN } = process.env;\nmodule.exports = { token: TOKEN || 't' };\n",
      'src/agents/facebook-ads-agent.js': `class FacebookAdsAgent {\n  constructor(token) {\n    this.token = token;\n  }\n  async all() {\n    return [];\n  }\n}\n${exported}\n`,
      'src/utils/agent-cache.js': `${name} = require('../agents/facebook-ads-agent');
const config = require('../config');
let shared;
const createAgent = async () => new FacebookAdsAgent(config.token);
exports.getFacebookAgent = () => (shared ??= createAgent());
`,
      'src/use.js': `${name} = require('./agents/facebook-ads-agent');
const config = require('./config');
const path = require('node:path');

exports.all = async () => {
  const agent = new FacebookAdsAgent(config.token);
  return [await agent.all(), path.sep];
};
`,
    });
    const outputs: (string | undefined)[] = [];
    for await (const { path, output } of migrateTree([own.root], { ...DEFAULT_OPTIONS }))
      if (path.endsWith('/use.js')) outputs.push(output);
    expect(outputs).toEqual([
      `const { getFacebookAgent } = require('./utils/agent-cache');
const path = require('node:path');

exports.all = async () => {
  const agent = await getFacebookAgent();
  return [await agent.all(), path.sep];
};
`,
    ]);
    own.remove();
  },
);

test('what nothing uses any more goes with the arguments', () => {
  expect(resultOf('a local constant').output).not.toContain('ADS_TOKEN');
  expect(resultOf('a chain of constants in other files').output).not.toContain('settings');
  const { output } = resultOf('names that are taken out of the environment');
  expect(output).toContain('const { PORT } = process.env;');
  expect(output).not.toContain('ADS_');
});

function resultOf(name: string): FileResult {
  const result = results.get(tree.path(`${folderOf(name)}/src/routes.ts`));
  if (!result) throw new Error(`nothing was found in ${name}`);
  return result;
}

function folderOf(name: string): string {
  return name.replaceAll(/\W+/g, '-');
}

function filesOf(
  folder: string,
  { cache, place, files = {}, takes, type = '' }: Pair,
): Record<string, string> {
  const creates = cache.includes('createAgent')
    ? cache
    : `async function createAgent() { return new FacebookAdsAgent(${cache}); }`;
  const at = place.search(/^\(\w+, res\) => \{$/m);
  const above = at < 0 ? '' : place.slice(0, at);
  const built = at < 0 ? `(req, res) => {\n  const agent = new FacebookAdsAgent(${place});` : place.slice(at);
  const own: Record<string, string> = {
    'agents/facebook-ads-agent.ts': `export class FacebookAdsAgent${type} {
  constructor(${takes ?? '..._given: unknown[]'}) {}
  describe() { return 'agent'; }
}
`,
    'utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
${creates}
let shared;
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
export function getCachedAgentProvider() { return { getAgent: getFacebookAgent }; }
`,
    'routes.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
${above}
export const router = Router();
router.get('/', async ${built}
  res.json(agent.describe());
});
`,
    ...files,
  };
  return {
    [`${folder}/package.json`]: '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    ...Object.fromEntries(Object.entries(own).map(([file, text]) => [`${folder}/src/${file}`, text])),
  };
}
