import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { Assumption } from '../../codemods/agent-cache/options.ts';
import type { Occurrence } from '../../codemods/agent-cache/result.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const ROUTES = `import { Router } from 'express';
import { AdsClient } from 'ads-sdk';

export const router = Router();

router.get('/me', async (req, res) => {
  const client = new AdsClient();
  await client.track(String(req.headers.authorization));
  res.json(await client.me());
});

router.get('/sign-in', async (req, res) => {
  const client = new AdsClient();
  client.auth.signIn(() => req.headers.authorization).catch(() => undefined);
  res.json(await client.me());
});

router.get('/profile', async (req, res) => {
  const client = new AdsClient();
  await client.prepare('v24.0');
  res.json(await client.profile(String(req.query.id)));
});
`;

const BASE = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0", "ads-sdk": "^1.0.0" } }',
  'src/utils/agent-cache.ts':
    "import { AdsClient } from 'ads-sdk';\nlet shared: Promise<AdsClient> | undefined;\nasync function createAgent(): Promise<AdsClient> {\n  return new AdsClient();\n}\nexport function getAds(): Promise<AdsClient> {\n  return (shared ??= createAgent());\n}\n",
  'src/routes.ts': ROUTES,
};

const ES5 = `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
var Auth = (function () {
  function Auth() { this.tokens = []; }
  Auth.prototype.signIn = function (token) { return fetch('/sign-in', { body: String(token) }); };
  return Auth;
})();
function AdsClient() { this.auth = new Auth(); this.seen = undefined; }
AdsClient.prototype.track = function (id) { TRACK };
AdsClient.prototype.me = function () { return fetch('/me').then(function (r) { return r.json(); }); };
AdsClient.prototype.profile = function (id) { return fetch('/profile/' + id); };
AdsClient.prototype.prepare = function (version) { return fetch('/prepare/' + version); };
exports.AdsClient = AdsClient;
`;

async function placesIn(
  files: Record<string, string>,
  assume: readonly Assumption[] = [],
): Promise<Occurrence[]> {
  const tree = temporaryTree({ ...BASE, ...files });
  try {
    const options = {
      ...DEFAULT_OPTIONS,
      agentClass: 'AdsClient',
      agentModule: 'ads-sdk',
      cacheModule: `${tree.root}/src/utils/agent-cache`,
      factory: 'getAds',
      assume,
    };
    const found: Occurrence[] = [];
    for await (const { path, occurrences } of migrateTree([`${tree.root}/src`], options))
      if (path.endsWith('routes.ts')) found.push(...occurrences);
    return found;
  } finally {
    tree.remove();
  }
}

const installed = (track: string) => ({
  'node_modules/ads-sdk/package.json': '{ "name": "ads-sdk", "version": "1.0.0", "main": "lib/index.js" }',
  'node_modules/ads-sdk/lib/index.js': ES5.replace('TRACK', track),
});

const actions = (places: readonly Occurrence[]) => places.map(({ action }) => action);

test('a class that cannot be read is left where a call is given something of the request and its result is dropped', async () => {
  const places = await placesIn({});
  expect(actions(places)).toEqual(['manual', 'manual', 'rewired']);
  expect(places[0]?.left).toMatchObject({
    id: 'call-may-keep',
    names: { method: 'track' },
    at: [{ line: 8 }],
  });
  expect(places[1]?.left).toMatchObject({
    id: 'call-may-keep',
    names: { method: 'auth.signIn' },
    at: [{ line: 14 }],
  });
});

test('an answer lets a place be rewired, which then says that it rests on it', async () => {
  const answer = { id: 'method-keeps-nothing', of: 'AdsClient.track', why: 'it counts only' };
  const places = await placesIn({}, [answer, { ...answer, of: 'AdsClient.profile' }]);
  expect(actions(places)).toEqual(['rewired', 'manual', 'rewired']);
  expect(places.map(({ assumptions }) => assumptions)).toEqual([[answer], undefined, undefined]);
});

test('an installed class is judged by its source', async () => {
  const sent = await placesIn(installed("return fetch('/track/' + id)"));
  expect(actions(sent)).toEqual(['rewired', 'rewired', 'rewired']);
  const kept = await placesIn(installed('this.seen = id; return this;'));
  expect(actions(kept)).toEqual(['manual', 'rewired', 'rewired']);
  expect(kept[0]?.left).toMatchObject({
    id: 'agent-keeps-argument',
    at: [{ line: 8 }, { line: 9, shown: 'lib/index.js' }],
  });
});

test('no answer makes a method keep nothing that keeps its argument', async () => {
  const answer = { id: 'method-keeps-nothing', of: 'AdsClient', why: 'a guess' };
  const places = await placesIn(installed('this.seen = id; return this;'), [answer]);
  expect(actions(places)).toEqual(['manual', 'rewired', 'rewired']);
});

test.each([
  ['@aws-sdk/client-s3', 'S3Client', 'client.send(new PutObjectCommand({ Key: req.params.id }))', true],
  ['@aws-sdk/client-s3', 'S3Client', 'client.config.use(req.params.id)', false],
  ['@slack/web-api', 'WebClient', 'client.chat.postMessage({ text: req.body.text })', true],
  ['@slack/web-api', 'WebClient', 'client.setToken(req.body.token)', false],
  ['stripe', 'Stripe', 'client.customers.update(req.params.id, { name: req.body.name })', true],
  ['stripe', 'Stripe', 'client.setHost(req.body.host)', false],
  ['other-sdk', 'Client', 'client.send(req.body)', false],
])('what is known of %s, %s: `%s` keeps nothing: %s', async (agentModule, agentClass, call, isKnown) => {
  const tree = temporaryTree({
    'package.json': `{ "type": "module", "dependencies": { "express": "^5.1.0", "${agentModule}": "1" } }`,
    'src/utils/agent-cache.ts': `import { ${agentClass} } from '${agentModule}';
let shared: Promise<${agentClass}> | undefined;
async function createClient() { return new ${agentClass}(); }
export function getClient() { return (shared ??= createClient()); }
`,
    'src/routes.ts': `import { Router } from 'express';
import { ${agentClass} } from '${agentModule}';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const router = Router();
router.post('/:id', async (req, res) => { const client = new ${agentClass}(); await ${call}; res.end(); });
`,
  });
  const options = { ...DEFAULT_OPTIONS, agentClass, agentModule, factory: 'getClient' };
  const left: (string | undefined)[] = [];
  for await (const { occurrences } of migrateTree([tree.root], options))
    left.push(...occurrences.map((each) => each.left?.id));
  tree.remove();
  expect(left).toEqual([isKnown ? undefined : expect.any(String)]);
});

test('a file of the tree that an alias names as such a package is read', async () => {
  const tree = temporaryTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@aws-sdk/client-s3": ["./src/fake.ts"] } } }',
    'src/fake.ts':
      "import { Fake } from 'some-fake';\nexport class S3Client extends Fake {}\nexport class PutObjectCommand { constructor(readonly input: unknown) {} }\n",
    'src/utils/agent-cache.ts': `import { S3Client } from '@aws-sdk/client-s3';
let shared: Promise<S3Client> | undefined;
async function createClient() { return new S3Client(); }
export function getClient() { return (shared ??= createClient()); }
`,
    'src/routes.ts': `import { Router } from 'express';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const router = Router();
router.post('/:id', async (req, res) => { const client = new S3Client(); await client.send(new PutObjectCommand({ Key: req.params.id })); res.end(); });
`,
  });
  const options = {
    ...DEFAULT_OPTIONS,
    agentClass: 'S3Client',
    agentModule: '@aws-sdk/client-s3',
    factory: 'getClient',
  };
  const left: (string | undefined)[] = [];
  for await (const { occurrences } of migrateTree([tree.root], options))
    left.push(...occurrences.map((each) => each.left?.id));
  tree.remove();
  expect(left).toEqual([expect.any(String)]);
});
