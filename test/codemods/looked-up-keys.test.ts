import { someOf } from '../support/depth.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { explained } from './support/explained.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const OPTIONS = { ...DEFAULT_OPTIONS, agentClass: 'ShopClient', factory: 'getShopClient', keyed: true };

/** A cache with entries of what a builder is given, and a route that has `call` build its client. */
const tree = (module: string, builtBy: string, call: string, more: Record<string, string> = {}) => ({
  'package.json': '{ "type": "module", "dependencies": { "express": "^5.0.0", "shop-sdk": "^1.0.0" } }',
  'src/utils/agent-cache.ts': `import { ShopClient } from '${module.replace(/^\./, '..')}';
const entries = new Map<string, Promise<ShopClient>>();
export async function getShopClientFor(...given: Parameters<typeof ShopClient.${builtBy}>): Promise<ShopClient> {
  const key = JSON.stringify(given);
  const found = entries.get(key) ?? Promise.resolve(ShopClient.${builtBy}(...given));
  entries.set(key, found);
  return found;
}
`,
  'src/routes.ts': `import { Router } from 'express';
import { ShopClient } from '${module}';
export const router = Router();
router.get('/:shop', async (req, res) => {
  const client = ${call};
  res.json(await client.orders());
});
`,
  ...more,
});

async function leftOf(files: Record<string, string>, options: object) {
  const own = temporaryTree(files);
  const left: (string | undefined)[] = [];
  for await (const result of migrateTree([own.root], { ...OPTIONS, ...options }))
    left.push(...explained(result).flatMap(({ id }) => (id === undefined ? [] : [id])));
  own.remove();
  return left;
}

test.each(
  someOf([
    ['await ShopClient.getForShop(req.params.shop)', true],
    ['ShopClient.forUser(req.user.id)', true],
    ['ShopClient.create(req.params.shop)', true],
    ['await ShopClient.loadByEmail(String(req.query.email))', true],
    ['await ShopClient.getForShop(req.user.token)', false],
    ['ShopClient.withToken(req.user.shop)', false],
    ['ShopClient.create({ shop: req.params.shop, accessToken: req.user.accessToken })', false],
    ['ShopClient.connect(req.user.databaseUrl)', false],
  ]),
)('of a package that nobody can read, %s may look up a token: %s', async (call, isLeft) => {
  const [, builtBy = ''] = /ShopClient\.(\w+)/.exec(call) ?? [];
  const left = await leftOf(tree('shop-sdk', builtBy, call), { agentModule: 'shop-sdk', builtBy });
  expect(left).toEqual(isLeft ? ['key-may-be-looked-up'] : []);
});

const CALL = 'await ShopClient.open(req.user.token)';
test.each(
  someOf([
    ['asks a store of the tree', 'new ShopClient(rows.get(id) ?? "")', true],
    ['asks a store of a package', 'new ShopClient(store.get(id))', true],
    ['asks a table that is filled elsewhere', 'new ShopClient(filled[id] ?? "")', true],
    ['asks a table that stands there', 'new ShopClient(id, HOSTS[id] ?? "")', false],
    ['only writes it otherwise', "new ShopClient(Buffer.from(clean(id)).toString('base64').trim())", false],
    [
      'has a client of HTTP made',
      "new ShopClient('', '', http.create({ headers: { authorization: id } }))",
      false,
    ],
    ['has one made and gives it more', 'new ShopClient(more(id))', true],
    ['asks by HTTP', "new ShopClient(http.get('/tokens/' + id))", true],
    ['gives it what is the same for all', 'new ShopClient(id, "", logger("shops"))', false],
  ]),
)('a builder that %s looks up what it builds with: %s', async (_, built, isLeft) => {
  const agent = `import { logger, store } from 'stores';
import http from 'axios';
const rows = new Map<string, string>();
const filled: Record<string, string> = {};
const HOSTS: Record<string, string> = { eu: 'eu.test', us: 'us.test' };
const clean = (text: string) => text.trim();
export const fill = (id: string, token: string) => { filled[id] = token; rows.set(id, token); };
const more = (id: string) => { const made = http.create({ baseURL: id }); made.defaults.auth = filled[id]; return made; };
export class ShopClient {
  constructor(readonly token: string, readonly host = '', readonly log: unknown = undefined) {}
  static open(id: string): ShopClient { return ${built}; }
  async orders(): Promise<number> { return this.token.length; }
}
`;
  const files = tree('./shop-client.js', 'open', CALL, { 'src/shop-client.ts': agent });
  expect(await leftOf(files, { agentModule: 'shop-client', builtBy: 'open' })).toEqual(
    isLeft ? ['key-looked-up'] : [],
  );
});
