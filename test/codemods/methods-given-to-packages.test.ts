import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { leftInTree } from './support/left-in.ts';

const INSTALLED = {
  'node_modules/ads-sdk/package.json': '{ "name": "ads-sdk", "version": "1.0.0", "main": "lib/index.js" }',
  'node_modules/ads-sdk/lib/index.js': `'use strict';
class AdsClient { constructor() { this.base = '/v24'; } me() { return fetch(this.base + '/me'); } }
exports.AdsClient = AdsClient;
`,
};

function leftBy(added: string, more: Record<string, string>): Promise<string[]> {
  return leftInTree(
    {
      'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0", "ads-sdk": "^1.0.0" } }',
      'src/utils/agent-cache.ts': `import { AdsClient } from 'ads-sdk';
let shared: Promise<AdsClient> | undefined;
async function createAgent(): Promise<AdsClient> { return new AdsClient(); }
export function getAds(): Promise<AdsClient> { return (shared ??= createAgent()); }
`,
      'src/more.ts': `import { AdsClient } from 'ads-sdk';\nclass Other {}\n${added}\n`,
      'src/routes.ts': `import { Router } from 'express';
import { AdsClient } from 'ads-sdk';
import './more.js';
export const router = Router();
router.get('/', async (req: any, res: any) => {
  const client = new AdsClient();
  const as = (client as any).as(String(req.query.t));
  res.json([as, await client.me()]);
});
`,
      ...more,
    },
    {
      ...DEFAULT_OPTIONS,
      agentClass: 'AdsClient',
      agentModule: 'ads-sdk',
      factory: 'getAds',
    },
  );
}

const KEEPS: Record<string, string> = {
  'set on its prototype': 'AdsClient.prototype.as = function (t: string) { this.token = t; return t; };',
  'set by a name for its prototype':
    'const proto = AdsClient.prototype as any; proto.as = function (t: string) { this.token = t; return t; };',
  'defined on its prototype':
    "Object.defineProperty(AdsClient.prototype, 'as', { value: function (t: string) { this.token = t; return t; } });",
  'assigned to its prototype':
    'Object.assign(AdsClient.prototype, { as(this: any, t: string) { this.token = t; return t; } });',
  'that keeps beside it':
    'const tokens = new Map(); (AdsClient.prototype as any).as = function (t: string) { tokens.set(this, t); return t; };',
};

const SAFE: Record<string, string> = {
  'that reads': "AdsClient.prototype.as = function (t: string) { return this.base + '/' + t; };",
  'that calls another': 'AdsClient.prototype.as = function (t: string) { return fetch(this.base + t); };',
  'set on another class': 'Other.prototype.as = function (t: string) { this.token = t; return t; };',
};

describe.each([
  ['installed', INSTALLED],
  ['not installed', {}],
])('a method that the tree gives to a class of a package that is %s', (_, more) => {
  test.each(Object.keys(KEEPS))('keeps the place where it keeps what it is given: %s', async (way) => {
    expect(await leftBy(KEEPS[way] ?? '', more)).toEqual([expect.stringMatching(/^agent-keeps-/)]);
  });

  test.each(Object.keys(SAFE))('keeps nothing: %s', async (way) => {
    expect(await leftBy(SAFE[way] ?? '', more)).toEqual(['migrated']);
  });
});
