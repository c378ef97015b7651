import { someOf } from '../support/depth.ts';
import { leftInTree } from './support/left-in.ts';
import { placeBeside } from './support/place-beside.ts';

/** What a module keeps, by what of it a constructor reads a token, and how a request would set that. */
type Kept = readonly [kept: string, read: string, set: (object: string) => string];

const token = (object: string) => `${object}.token = req.query.t`;

const KEPT: Record<string, Kept> = {
  'what a package gives': [
    `import rc from 'rc';
export const Conf = rc('shop', { token: '' });`,
    'Conf.token',
    token,
  ],
  'what a text says': ['export const Conf = JSON.parse(process.env.CONF);', 'Conf.token', token],
  'a part of a part of what a text says': [
    'export const Conf = JSON.parse(process.env.CONF).shop.agents;',
    'Conf.ads.token',
    (object) => `${object}.ads.token = req.query.t`,
  ],
  'a clone': [`export const Conf = structuredClone({ token: '' });`, 'Conf.token', token],
  'an object with what others give it': [
    `export const Conf = Object.assign({}, { token: '' });`,
    'Conf.token',
    token,
  ],
  'one that takes no more members': [`export const Conf = Object.seal({ token: '' });`, 'Conf.token', token],
  'a function': [
    `export function Conf() {}
Conf.token = '';`,
    'Conf.token',
    token,
  ],
  'a class without a name': [`export const Conf = class { static token = ''; };`, 'Conf.token', token],
  'a prototype': [
    `export class Conf {}
Conf.prototype.token = '';`,
    'new Conf().token',
    (object) => `${object}.prototype.token = req.query.t`,
  ],
  'a namespace': [`export namespace Conf { export let token = ''; }`, 'Conf.token', token],
  'what is loaded at once': [
    `export const Conf = await Promise.resolve({ token: '' });`,
    'Conf.token',
    token,
  ],
};

const WAYS: Record<string, (set: (object: string) => string) => string> = {
  'by its name': (set) => `router.use((req, res, next) => { ${set('Conf')}; next(); });`,
  'by a function': (set) => `function fill(to, req) { ${set('to')}; }
router.use((req, res, next) => { fill(Conf, req); next(); });`,
  'by a list': (set) => `const all = [Conf];
router.use((req, res, next) => { for (const each of all) ${set('each')}; next(); });`,
};

const HARMLESS: Record<string, string> = {
  'who only reads it': `router.get('/x', (req, res) => { res.json({ is: Conf !== undefined }); });`,
  'who sets another one': `const other = { token: '' };
router.use((req, res, next) => { other.token = req.query.t; next(); });`,
  'what is set while files load': `Conf.port = 8080;`,
};

const agent = (read: string) => `
export class FacebookAdsAgent {
  #token;
  constructor() { this.#token = ${read}; }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.#token }); }
}
`;

describe.each(Object.keys(KEPT))('a constructor reads %s', (form) => {
  const [kept, read, set] = KEPT[form] ?? ['', '', token];
  const placeOf = (code: string) =>
    placeBeside(
      {
        'src/conf.ts': kept,
        'src/agents/facebook-ads-agent.ts': `import { Conf } from '../conf.js';${agent(read)}`,
      },
      code,
      { imports: "import { Conf } from './conf.js';" },
    );

  test.each(someOf(Object.keys(WAYS)))('that requests set %s', async (way) => {
    expect(await placeOf(WAYS[way]?.(set) ?? '')).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HARMLESS)))('and is shared beside %s', async (way) => {
    expect(await placeOf(HARMLESS[way] ?? '')).toBe('migrated');
  });
});

/** What all files share without loading it, and by what of it a constructor reads a token. */
const SHARED: Record<string, readonly [kept: string, read: string, object: string]> = {
  'the global object has': [`globalThis.shop = { token: '' };`, 'globalThis.shop.token', 'globalThis.shop'],
  'a global variable has': [`global.shop = { token: '' };`, 'shop.token', 'shop'],
  'the process has': [`process.shop = { token: '' };`, 'process.shop.token', 'process.shop'],
};

describe.each(Object.keys(SHARED))('a constructor reads what %s', (form) => {
  const [kept, read, object] = SHARED[form] ?? ['', '', ''];
  const placeOf = (code: string) =>
    placeBeside(
      {
        'src/conf.ts': kept,
        'src/agents/facebook-ads-agent.ts': `import '../conf.js';${agent(read)}`,
      },
      code,
      { imports: "import './conf.js';" },
    );
  const named = (code: string) => code.replaceAll('Conf', object);

  test.each(someOf(Object.keys(WAYS)))('that requests set %s', async (way) => {
    expect(await placeOf(named(WAYS[way]?.(token) ?? ''))).toBe('constructor-reads-request');
  });

  test('that a request puts another one in the place of', async () => {
    const code = `router.use((req, res, next) => { ${object} = { token: req.query.t }; next(); });`;
    expect(await placeOf(code)).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(HARMLESS)))('and is shared beside %s', async (way) => {
    expect(await placeOf(named(HARMLESS[way] ?? ''))).toBe('migrated');
  });
});

describe('a constructor reads what a file of CommonJS exports', () => {
  const placeOf = async (kept: string, code: string) => {
    const left = await leftInTree({
      'package.json': '{ "dependencies": { "express": "^5.1.0" } }',
      'src/conf.js': kept,
      'src/agents/facebook-ads-agent.js': `const Conf = require('../conf');
class FacebookAdsAgent {
  constructor() { this.token = Conf.token; }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.token }); }
}
module.exports = { FacebookAdsAgent };
`,
      'src/utils/agent-cache.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
let shared;
async function createAgent() { return new FacebookAdsAgent(); }
module.exports = { getFacebookAgent() { return (shared ??= createAgent()); } };
`,
      'src/place.js': `const { Router } = require('express');
const { FacebookAdsAgent } = require('./agents/facebook-ads-agent');
const place = Router();
place.get('/', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.list());
});
module.exports = { place };
`,
      'src/code.js': `const { Router } = require('express');
const Conf = require('./conf');
const router = Router();
${code}
module.exports = { router };
`,
    });
    return left.join();
  };

  describe.each(["exports.token = '';", "module.exports.token = '';", "module.exports = { token: '' };"])(
    'by `%s`',
    (kept) => {
      test.each(someOf(Object.keys(WAYS)))('that requests set %s', async (way) => {
        expect(await placeOf(kept, WAYS[way]?.(token) ?? '')).toBe('constructor-reads-request');
      });

      test.each(someOf(Object.keys(HARMLESS)))('and is shared beside %s', async (way) => {
        expect(await placeOf(kept, HARMLESS[way] ?? '')).toBe('migrated');
      });
    },
  );
});
