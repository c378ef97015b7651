import { runTool } from '../support/run-tool.ts';
import { createTree, runCommand, type Tree } from '../support/trees.ts';

const CLIENT = `export class AdsClient {
  static built = 0;
  constructor(readonly token: string | undefined, readonly options: { locale?: string } = {}) { AdsClient.built += 1; }
  async me(): Promise<string> {
    const { token, options } = this;
    await new Promise((resolve) => setImmediate(resolve));
    return \`\${token} \${options.locale ?? '-'}\`;
  }
}
`;

/** Handlers are functions of a request here: what they answer is compared before and after. */
const HANDLERS = `import { AdsClient } from './clients/ads-client.js';
import { exchange, users } from './users.js';

export interface Req { user: { token: string }; query: Record<string, string>; body: Record<string, string> }

export async function own(req: Req): Promise<string> {
  try {
    const client = new AdsClient(req.user.token, { locale: req.query['locale'] ?? 'pt' });
    return await client.me();
  } catch (error) {
    return String(error);
  }
}

export async function shared(_req: Req): Promise<string> {
  const token = process.env['ADS_TOKEN'] ?? 'none';
  return await new AdsClient(token).me();
}

export async function alsoShared(_req: Req): Promise<string> {
  const client = new AdsClient(process.env['ADS_TOKEN'] ?? 'none');
  return await client.me();
}

async function clientOf(name: string) {
  const found = await users.find(name);
  if (!found) throw new Error('no such user');
  return new AdsClient(found.token);
}

export async function lookedUp(req: Req): Promise<string> {
  const client = await clientOf(req.query['name'] ?? '');
  return await client.me();
}

export async function callback(req: Req): Promise<string> {
  const { accessToken } = await exchange(req.query['code'] ?? '');
  const client = new AdsClient(accessToken);
  return await client.me();
}

export async function login(req: Req): Promise<string> {
  const client = new AdsClient(req.body['token']);
  return await client.me();
}
`;
const USERS = `export const users = { async find(name: string) { return name === '' ? undefined : { token: 'of ' + name }; } };
export async function exchange(code: string) { return { accessToken: 'made of ' + code }; }
`;
const MAIN = `import { AdsClient } from './clients/ads-client.js';
import * as handlers from './handlers.js';
const requests = ['alice', 'bob', 'alice', 'carol', 'bob'].map((name) => ({
  user: { token: 'of ' + name }, query: { name, code: name, locale: name === 'carol' ? 'en' : 'pt' }, body: { token: 'typed by ' + name },
}));
const answers = await Promise.all(
  requests.flatMap((request) => Object.values(handlers).map((handler) => handler(request).catch(String))),
);
console.log(JSON.stringify({ answers, built: AdsClient.built }));
`;

const FLAGS = ['--agent-class', 'AdsClient', '--agent-module', 'clients/ads-client'];
const codemod = (tree: Tree, ...args: string[]) => runTool('codemod', args, tree.root);

async function serve(tree: Tree): Promise<{ answers: string[]; built: number }> {
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const { stdout, stderr } = await runCommand(process.execPath, ['--import', loader, 'src/main.ts'], {
    cwd: tree.root,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { answers: string[]; built: number };
}

test('users that interleave get answers of their own before and after, of an agent for each', async () => {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/clients/ads-client.ts': CLIENT,
    'src/handlers.ts': HANDLERS,
    'src/users.ts': USERS,
    'src/main.ts': MAIN,
  });
  const before = await serve(tree);
  const init = await codemod(tree, '--init', 'src', '--keyed', ...FLAGS);
  expect(init).toMatchObject({ code: 0, stderr: '' });
  expect(init.stdout).toContain(
    "It builds new AdsClient(process.env['ADS_TOKEN'] ?? 'none'); these build it otherwise:\n",
  );
  const { code, stdout } = await codemod(tree, '--keyed', ...FLAGS, 'src');
  expect(code).toBe(1);
  const left = stdout.split('\n').filter((line) => line.includes('handlers.ts:'));
  expect(left).toEqual([
    expect.stringContaining('The token is made in this request'),
    expect.stringContaining('is checked here for the first time'),
  ]);
  const written = tree.read('src/handlers.ts');
  expect(written).toContain("await getAdsClientFor(req.user.token, { locale: req.query['locale'] ?? 'pt' })");
  expect(written).toContain('return await getAdsClientFor(found.token);');
  expect(written).toContain('return await (await getAdsClient()).me();');
  const after = await serve(tree);
  expect(after.answers).toEqual(before.answers);
  expect(before.built).toBe(30);
  // Three users by their locale, three that are looked up, the shared one, and those that are left.
  expect(after.built).toBe(3 + 3 + 1 + 10);
  const again = await codemod(tree, '--keyed', '--dry-run', ...FLAGS, 'src');
  expect(again.stdout).not.toContain('+++');
  tree.remove();
});

const SUPABASE = `import { createClient } from '@supabase/supabase-js';
export class Repository {
  private readonly db = createClient(process.env.DB_URL!, process.env.DB_KEY!);
  list() { return this.db.from('x').select(); }
}
export const own = (key: string) => createClient(process.env.DB_URL!, key).from('x').select();
`;
const SDK = `import { Account, Sdk } from 'ads-sdk';
export async function silent(id: string) {
  Sdk.init(process.env.TOKEN);
  return await new Account(id).read();
}
export async function said(id: string) {
  const api = Sdk.init(process.env.TOKEN);
  return await new Account(id, api).read();
}
`;

test('what is built by a function or a static method is found, and a default that it sets is left', async () => {
  const tree = createTree({
    'package.json':
      '{ "type": "module", "dependencies": { "express": "^5.1.0", "@supabase/supabase-js": "2", "ads-sdk": "1" } }',
    'db/repository.ts': SUPABASE,
    'sdk/accounts.ts': SDK,
  });
  const client = [
    '--agent-class',
    'createClient',
    '--agent-module',
    '@supabase/supabase-js',
    '--built-by',
    'function',
  ];
  expect(
    await codemod(tree, '--init', 'db', '--sync', '--keyed', '--factory', 'getDb', ...client),
  ).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(await codemod(tree, '--sync', '--keyed', '--factory', 'getDb', ...client, 'db')).toMatchObject({
    code: 0,
    stderr: '',
  });
  const repository = tree.read('db/repository.ts');
  expect(repository).toContain('private readonly db = getDb();');
  expect(repository).toContain("getDbFor(process.env.DB_URL!, key).from('x')");
  const sdk = ['--agent-class', 'Sdk', '--agent-module', 'ads-sdk', '--built-by', 'init'];
  expect(await codemod(tree, '--init', 'sdk', ...sdk)).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout } = await codemod(tree, ...sdk, 'sdk');
  expect(code).toBe(1);
  expect(stdout).toContain(
    'Nobody uses what Sdk.init() gives here, so it sets a default for the whole process',
  );
  const accounts = tree.read('sdk/accounts.ts');
  expect(accounts).toContain('  Sdk.init(process.env.TOKEN);\n');
  expect(accounts).toContain('const api = await getSdk();');
  const demand = await codemod(tree, '--sync', ...sdk, '--dry-run', 'sdk');
  expect(demand).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^codemod: --sync: getSdk\(\) of sdk\/utils/),
  });
  tree.remove();
});

test('a cache of nothing but entries is asked for them alone, at once where that is demanded', async () => {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/books.ts':
      'export class Books {\n  constructor(private readonly token: string) {}\n  list(): string[] { return [this.token]; }\n}\n',
    'src/routes.ts': `import { Router } from 'express';
import { Books } from './books.js';
export const router = Router();
router.get('/', (req, res) => res.json(new Books(String(req.get('x-token'))).list()));
`,
  });
  const client = ['--keyed', '--agent-class', 'Books', '--agent-module', 'src/books.ts'];
  expect(await codemod(tree, '--init', 'src', '--sync', ...client)).toMatchObject({ code: 0, stderr: '' });
  expect(tree.read('src/utils/agent-cache.ts')).not.toContain('getBooks()');
  expect(await codemod(tree, '--sync', ...client, 'src')).toMatchObject({ code: 0, stderr: '' });
  expect(tree.read('src/routes.ts')).toContain("res.json(getBooksFor(String(req.get('x-token'))).list())");
  tree.write(
    'src/utils/agent-cache.ts',
    "import { Books } from '../books.js';\nexport async function getBooksFor(token: string) { return new Books(token); }\n",
  );
  expect(await codemod(tree, '--sync', ...client, '--dry-run', 'src')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^codemod: --sync: getBooksFor\(\) of src\/utils/),
  });
  tree.remove();
});
