import { someOf } from '../support/depth.ts';
import { placeBeside } from './support/place-beside.ts';
import { middleware, placeReading } from './support/place-reading.ts';

/** A place that builds with a variable as the cache does, beside code that uses the environment. */
function placeOf(code: string): Promise<string> {
  const files = {
    'package.json':
      '{ "type": "module", "dependencies": { "express": "^5.1.0", "dotenv": "16", "lodash": "4", "zod": "3" } }',
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  constructor(readonly token?: string) {}
  async list() { return fetch('http://127.0.0.1:9/', { body: this.token }); }
}
`,
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared;
async function createAgent() { return new FacebookAdsAgent(process.env.TOKEN); }
export function getFacebookAgent() { return (shared ??= createAgent()); }
`,
  };
  return placeBeside(files, code, { given: 'process.env.TOKEN' });
}

/** How requests, or timers, write to the variable. */
const WRITTEN: Record<string, string> = {
  'its name': `router.post('/', (req, res) => { process.env.TOKEN = req.query.t; res.end(); });`,
  'a constant': `const env = process.env;
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'a part of the process': `const { env } = process;
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'an import of the process': `import process from 'node:process';
router.post('/', (req, res) => { process.env.TOKEN = req.query.t; res.end(); });`,
  'an import of it': `import { env } from 'node:process';
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'an import of it by another name': `import { env as e } from 'process';
router.post('/', (req, res) => { e.TOKEN = req.query.t; res.end(); });`,
  'a namespace': `import * as p from 'node:process';
router.post('/', (req, res) => { p.env.TOKEN = req.query.t; res.end(); });`,
  globalThis: `router.post('/', (req, res) => { globalThis.process.env.TOKEN = req.query.t; res.end(); });`,
  global: `router.post('/', (req, res) => { global.process.env['TOKEN'] = req.query.t; res.end(); });`,
  'a part of the global object': `const { process: p } = globalThis;
router.post('/', (req, res) => { p.env.TOKEN = req.query.t; res.end(); });`,
  'a part of a part of it': `const { process: { env } } = globalThis;
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'another name for it': `const g = globalThis;
router.post('/', (req, res) => { g.process.env.TOKEN = req.query.t; res.end(); });`,
  'a function that is given it all': `const put = (all, t) => { all.process.env.TOKEN = t; };
router.post('/', (req, res) => { put(globalThis, req.query.t); res.end(); });`,
  'itself in itself': `router.post('/', (req, res) => { global.global.process.env.TOKEN = req.query.t; res.end(); });`,
  'the default of a namespace': `import * as p from 'node:process';
router.post('/', (req, res) => { p.default.env.TOKEN = req.query.t; res.end(); });`,
  'a name that is put together': `router.post('/', (req, res) => { process['env']['TOK' + 'EN'] = req.query.t; res.end(); });`,
  'the names of a request': `router.post('/', (req, res) => { for (const [k, v] of Object.entries(req.body)) process.env[k] = v; res.end(); });`,
  'Object.assign': `router.post('/', (req, res) => { Object.assign(process.env, req.body); res.end(); });`,
  'Object.assign by another name': `const put = Object.assign;
router.post('/', (req, res) => { put(process.env, req.body); res.end(); });`,
  'Object.assign, taken apart': `const { assign } = Object;
router.post('/', (req, res) => { assign(process.env, req.body); res.end(); });`,
  'Object.assign.call': `router.post('/', (req, res) => { Object.assign.call(null, process.env, req.body); res.end(); });`,
  'Reflect.set': `router.post('/', (req, res) => { Reflect.set(process.env, 'TOKEN', req.query.t); res.end(); });`,
  'Object.defineProperty': `router.post('/', (req, res) => { Object.defineProperty(process.env, 'TOKEN', { value: req.query.t }); res.end(); });`,
  delete: `router.post('/', (req, res) => { delete process.env.TOKEN; res.end(); });`,
  'another environment': `router.post('/', (req, res) => { process.env = { ...process.env, TOKEN: req.query.t }; res.end(); });`,
  'a pattern': `router.post('/', (req, res) => { ({ t: process.env.TOKEN } = req.query); res.end(); });`,
  'a pattern of a list': `router.post('/', (req, res) => { [process.env.TOKEN] = [req.query.t]; res.end(); });`,
  'the head of a loop': `router.post('/', (req, res) => { for (process.env.TOKEN of [req.query.t]); res.end(); });`,
  'a default': `router.post('/', (req, res) => { process.env.TOKEN ||= req.query.t; res.end(); });`,
  'a function that is given it': `function put(env, t) { env.TOKEN = t; }
router.post('/', (req, res) => { put(process.env, req.query.t); res.end(); });`,
  'a function that is told the name': `function put(k, t) { process.env[k] = t; }
router.post('/', (req, res) => { put('TOKEN', req.query.t); res.end(); });`,
  'an arrow function that gives it': `const env = () => process.env;
router.post('/', (req, res) => { env().TOKEN = req.query.t; res.end(); });`,
  'a function that gives it': `function env() { return process.env; }
router.post('/', (req, res) => { env().TOKEN = req.query.t; res.end(); });`,
  'the default of a parameter': `function put(t, env = process.env) { env.TOKEN = t; }
router.post('/', (req, res) => { put(req.query.t); res.end(); });`,
  'a part of a default': `function put(t, { env } = process) { env.TOKEN = t; }
router.post('/', (req, res) => { put(req.query.t); res.end(); });`,
  'an object that holds it': `const h = { env: process.env };
router.post('/', (req, res) => { h.env.TOKEN = req.query.t; res.end(); });`,
  'a field': `class S { env = process.env; put(t) { this.env.TOKEN = t; } } const s = new S();
router.post('/', (req, res) => { s.put(req.query.t); res.end(); });`,
  'a field that a constructor gives its value': `class S { constructor(env) { this.env = env; } put(t) { this.env.TOKEN = t; } } const s = new S(process.env);
router.post('/', (req, res) => { s.put(req.query.t); res.end(); });`,
  'the this of a call': `function put(t) { this.TOKEN = t; }
router.post('/', (req, res) => { put.call(process.env, req.query.t); res.end(); });`,
  'a list': `const all = [process.env];
router.post('/', (req, res) => { all[0].TOKEN = req.query.t; res.end(); });`,
  'a proxy': `const env = new Proxy(process.env, {});
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'a package': `import { populate } from 'dotenv';
router.post('/', (req, res) => { populate(process.env, req.body); res.end(); });`,
  'a condition': `router.post('/', (req, res) => { (req.query.x ? process.env : {}).TOKEN = req.query.t; res.end(); });`,
  'what stands in for nothing': `const env = globalThis.ENV ?? process.env;
router.post('/', (req, res) => { env.TOKEN = req.query.t; res.end(); });`,
  'a timer': `setTimeout(() => { process.env.TOKEN = 'x'; }, 1000);`,
  'another name of the process': `const p = process;
router.post('/', (req, res) => { p.env.TOKEN = req.query.t; res.end(); });`,
  require: `const p = require('process');
router.post('/', (req, res) => { p.env.TOKEN = req.query.t; res.end(); });`,
  'a path of the process': `import _ from 'lodash';
router.post('/', (req, res) => { _.set(process, 'env.TOKEN', req.query.t); res.end(); });`,
  'a package that sets': `import { set } from 'lodash';
router.post('/', (req, res) => { set(process.env, 'TOKEN', req.query.t); res.end(); });`,
  'a package that merges': `import { merge } from 'lodash';
router.post('/', (req, res) => { merge(process.env, req.body); res.end(); });`,
  'a tagged template': `const put = (s, env, t) => { env.TOKEN = t; };
router.post('/', (req, res) => { put\`a\${process.env}b\${req.query.t}\`; res.end(); });`,
  'what is reduced to': `router.post('/', (req, res) => { Object.entries(req.body).reduce((e, [k, v]) => { e[k] = v; return e; }, process.env); res.end(); });`,
  'a getter': `const h = { get env() { return process.env; } };
router.post('/', (req, res) => { h.env.TOKEN = req.query.t; res.end(); });`,
  'apply()': `function put(env, t) { env.TOKEN = t; }
router.post('/', (req, res) => { put.apply(null, [process.env, req.query.t]); res.end(); });`,
};

/** What is no write to it. */
const READ: Record<string, string> = {
  'the global object is given something else': `Object.assign(globalThis, { kept: process.env.TOKEN });
(function (root) { root.lib = 1; })(globalThis);
const g = globalThis;
router.post('/', (req, res) => { g.seen = req.query.t; res.end(); });`,
  'it is read': `router.get('/x', (req, res) => { res.json({ port: process.env.PORT, t: process.env.TOKEN }); });`,
  'another variable is set': `router.post('/', (req, res) => { process.env.OTHER = req.query.t; res.end(); });`,
  'a copy is changed': `router.post('/', (req, res) => { const env = { ...process.env }; env.TOKEN = req.query.t; res.end(); });`,
  'a file is read into it at first': `import dotenv from 'dotenv';
dotenv.config();`,
  'another process is given it': `import { spawn } from 'node:child_process';
router.post('/', (req, res) => { spawn('ls', [], { env: process.env }); res.end(); });`,
  'a package checks it': `import { z } from 'zod';
export const conf = z.object({ TOKEN: z.string() }).parse(process.env);`,
  'a function asks it': `function need(env, k) { if (!env[k]) throw new Error(k); return env[k]; } need(process.env, 'PORT');`,
  'its names are sent': `router.get('/x', (req, res) => { res.json(Object.keys(process.env).length); });`,
  'it is a default': `function port(env = process.env) { return env.PORT; }
router.get('/x', (req, res) => { res.json(port()); });`,
  'it has other names': `const env = process.env; const { env: e2 } = process;
router.get('/x', (req, res) => { res.json([env.PORT, e2.PORT]); });`,
};

/** How requests have it filled from what they say. */
const FILLED: Record<string, string> = {
  'the process': middleware('process.loadEnvFile(req.query.file)'),
  'a function of the process': `import { loadEnvFile as load } from 'node:process';
${middleware("load('.env.' + req.params.tenant)")}`,
  'a namespace of the process': `import * as p from 'node:process';
${middleware('p.loadEnvFile(req.query.file)')}`,
  dotenv: `import dotenv from 'dotenv';
${middleware('dotenv.config({ path: req.query.file, override: true })')}`,
  'a name of dotenv': `import { config as load } from 'dotenv';
${middleware("const file = '.env.' + req.hostname; load({ path: file, override: true })")}`,
  'dotenv, loaded there': middleware(
    "(await import('dotenv')).config({ path: req.query.file, override: true })",
  ),
  'dotenv, required there': middleware("require('dotenv').config({ path: req.query.file })"),
  'another package': `const flow = require('dotenv-flow');
${middleware('flow.config({ node_env: req.query.stage })')}`,
  'a function that is given the file': `import dotenv from 'dotenv';
const useFile = (path) => dotenv.config({ path, override: true });
${middleware('useFile(req.query.file)')}`,
};

/** How it is filled once, or with the same each time, or how such packages do something else. */
const FILLED_ALIKE: Record<string, string> = {
  'a file that is always the same': `import dotenv from 'dotenv';
${middleware("dotenv.config({ path: '.env' })")}`,
  'a file of the start': `import dotenv from 'dotenv';
import path from 'node:path';
export function load(root) { dotenv.config({ path: path.join(root, '.env') }); }
load(process.cwd());`,
  'a file by the stage': `import { config } from 'dotenv';
config({ path: \`.env.\${process.env.NODE_ENV}\` });`,
  'what only reads a text': `import dotenv from 'dotenv';
${middleware('res.locals.vars = dotenv.parse(req.body.text)')}`,
  'settings of another package': `import cloud from 'some-cloud';
${middleware('cloud.config({ path: req.query.file })')}`,
  'a function of that name': `const loadEnvFile = (name) => name.length;
${middleware('res.locals.n = loadEnvFile(req.query.file)')}`,
};

describe('the environment', () => {
  test.each(someOf(Object.keys(FILLED)))('is filled by requests by %s', async (way) => {
    expect(await placeOf(FILLED[way] ?? '')).toBe('constructor-reads-request');
  });

  test('is filled for a constructor that reads it', async () => {
    const kept = 'export const Conf = {};';
    const code = middleware('process.loadEnvFile(req.query.file)');
    expect(await placeReading([kept, 'process.env.TOKEN', code])).toBe('constructor-reads-request');
    expect(await placeReading([kept, "'fixed'", code])).toBe('migrated');
  });

  test.each(someOf(Object.keys(FILLED_ALIKE)))('is the same for all with %s', async (way) => {
    expect(await placeOf(FILLED_ALIKE[way] ?? '')).toBe('migrated');
  });
});

test.each(someOf(Object.keys(WRITTEN)))(
  'a variable of the environment is no constant that is set by %s',
  async (way) => {
    expect(await placeOf(WRITTEN[way] ?? '')).toBe('built-with-arguments');
  },
);

test.each(someOf(Object.keys(READ)))(
  'a variable of the environment is the same for all where %s',
  async (way) => {
    expect(await placeOf(READ[way] ?? '')).toBe('migrated');
  },
);
