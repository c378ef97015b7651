import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const AGENT = `export class FacebookAdsAgent {
  constructor(readonly given: any) {}
  async getCampaigns() { return [this.given]; }
}
`;
const TYPES = `export interface Owner { name: string }
export interface Account extends Owner { id: string; token: string; owner: Owner }
export class Plain { #secret = 1; constructor(readonly id: string, readonly token: string) {} }
export class Told extends Plain { toString() { return this.id + this.token; } }
export class Hidden { #token: string; constructor(token: string) { this.#token = token; } }
export class Primitive extends Plain { [Symbol.toPrimitive]() { return this.token; } }
export type Id = string & { readonly brand: unique symbol };
`;

const outcomeOf = async (parameter: string, key: string, built: string) => {
  const tree = new Tree({
    ...GROUND,
    'agent-cache.config.json': JSON.stringify({ keyed: true }),
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/models/account.ts': TYPES,
    'src/models/index.ts': "export * from './account.ts';\n",
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { type Account, Hidden, type Id, Plain, Primitive, Told } from '../models/index.ts';
const agents: any = new Map<unknown, FacebookAdsAgent>();
const byName: any = {};
const nameOf = (of: unknown) => \`account \${of}\`;
export async function getFacebookAgentFor(${parameter}) {
  const key: any = ${key};
  ${
    key.startsWith('byName')
      ? `return (${key} ??= new FacebookAdsAgent(${built}));`
      : `let a = agents.get(key); if (!a) { a = new FacebookAdsAgent(${built}); agents.set(key, a); } return a;`
  }
}
`,
    'src/api/a.ts': NEW_WAY.replaceAll('getFacebookAgent', 'getFacebookAgentFor').replace('()', "('x')"),
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { ok, items } = await report(tree);
  return { ok, ids: items.flatMap(({ findings }) => findings.map(({ id }) => id)) };
};

test.each(
  someOf([
    ['String of an interface', 'account: Account', 'String(account)', 'account'],
    ['a template of an interface', 'account: Account', `\`for \${account}\``, 'account'],
    ['a text beside a class', 'account: Plain', "'for ' + account", 'account'],
    ['a list of a class', 'account: Plain', "[account].join(':')", 'account'],
    ['toString of a class', 'id: string, token: string', 'new Plain(id, token).toString()', 'token'],
    ['a template of an instance', 'id: string, token: string', `\`\${new Plain(id, token)}\``, 'token'],
    ['a text beside an object', 'id: string, token: string', "'' + { id, token }", 'token'],
    ['a list of all arguments', '...of: Account[]', 'of.join()', 'of[0].token'],
    ['a list that was given', 'of: readonly Account[]', 'of.join()', 'of'],
    ['concat', 'account: Account', "'for '.concat(account)", 'account'],
    ['encodeURIComponent', 'account: Account', 'encodeURIComponent(account)', 'account'],
    ['a function that makes a text of it', 'account: Account', 'nameOf(account)', 'account'],
    ['one of two types', 'account: Account | undefined', `\`\${account}\``, 'account'],
    ['a type made of another', 'account: Readonly<Partial<Account>>', `\`\${account}\``, 'account'],
    ['a property that is an object', 'account: Account', `\`\${account.owner}\``, 'account.owner.name'],
    ['a pattern', '{ owner }: Account', `\`\${owner}\``, 'owner.name'],
    ['the property of a plain object', 'account: Account', 'byName[account as any]', 'account'],
    ['what an agent is built of a property of', 'account: any', 'String(account)', 'account.token'],
    ['JSON of a Map', 'token: string', 'JSON.stringify(new Map([[1, token]]))', 'token'],
    ['JSON of what is private', 'token: string', 'JSON.stringify({ of: new Hidden(token) })', 'token'],
  ]),
)('a key that all objects share mixes their agents: %s', async (_what, parameter, key, built) => {
  expect(await outcomeOf(parameter, key, built)).toEqual({ ok: false, ids: ['cache-mixes'] });
});

test.each(
  someOf([
    ['the object itself', 'account: Account', 'account', 'account'],
    ['String of a text', 'token: string', 'String(token)', 'token'],
    ['String of a number', 'id: number', 'String(id)', 'id'],
    ['a branded text', 'id: Id', `\`for \${id}\``, 'id'],
    ['an object that tells its text', 'account: Told', `\`for \${account}\``, 'account'],
    ['an instance that tells its text', 'id: string, token: string', 'String(new Told(id, token))', 'token'],
    ['one that says what it is', 'account: Primitive', "account + ''", 'account'],
    ['a type that nobody sees', 'url: URL', `\`\${url}\``, 'url.href'],
    ['an address of no type', 'url: any', `\`\${url}\``, 'url.href'],
    ['a property that is a text', 'account: Account', `\`\${account.token}\``, 'account.token'],
    ['all of its values', 'account: Account', 'Object.values(account).join()', 'account'],
    ['a list of texts', 'id: string, token: string', '[id, token].join()', 'token'],
    ['a list of texts that was given', 'scopes: string[]', "[...scopes].sort().join(' ')", 'scopes'],
    ['the tokens of a list', 'of: Account[]', 'of.map((each) => each.token).join()', 'of'],
    [
      'a text without its blanks',
      'token: string',
      'token.trim().toLowerCase()',
      'token.trim().toLowerCase()',
    ],
    ['the property of a plain object', 'token: string', 'byName[token]', 'token'],
    ['JSON', 'account: Account', 'JSON.stringify(account)', 'account'],
    ['JSON of an instance', 'id: string, token: string', 'JSON.stringify([new Plain(id, token)])', 'token'],
    ['either', 'of: any', "typeof of === 'string' ? of : of.token", "typeof of === 'string' ? of : of.token"],
  ]),
)('a key that tells one from another is well: %s', async (_what, parameter, key, built) => {
  expect(await outcomeOf(parameter, key, built)).toEqual({ ok: true, ids: [] });
});

test.each([
  ['the names of what is in it', 'account: Account', 'Object.keys(account).join()', 'account'],
  ['whether it is more', 'token: string', "token > 'm'", 'token'],
  ['whether there is one', 'token: string', '!token', 'token'],
  ['what is left of it', 'id: number', 'id % 16', 'id'],
  ['how many were given', '...of: string[]', 'of.length', 'of[0]'],
])('a key of which there are fewer than callers mixes their agents: %s', async (_what, ...code) => {
  expect(await outcomeOf(...(code as [string, string, string]))).toEqual({ ok: false, ids: ['cache-mixes'] });
});

describe('what is found under one part of what callers give, and kept under another,', () => {
  const swapped = (get: string, set: string) => {
    const cache = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
const agents = new Map<unknown, FacebookAdsAgent>();
export async function getFacebookAgentFor(id: string, token: string) {
  let a = agents.get(${get});
  if (!a) { a = new FacebookAdsAgent(token); agents.set(${set}, a); }
  return a;
}
`;
    return report(
      new Tree({
        ...GROUND,
        'agent-cache.config.json': JSON.stringify({ keyed: true }),
        'src/agents/facebook-ads-agent.ts': AGENT,
        'src/utils/agent-cache.ts': cache,
        'src/api/a.ts': NEW_WAY.replaceAll('getFacebookAgent', 'getFacebookAgentFor').replace('()', "('x')"),
        'MIGRATION.md': '- [x] `src/api/a.ts`\n',
      }),
    );
  };

  test.each([
    ['token', 'id'],
    ['id', 'token'],
    [`\`\${id}:\${token}\``, `\`\${token}:\${id}\``],
  ])('is not verified: %s, %s', async (get, set) => {
    expect((await swapped(get, set)).cache.verified).not.toBe('source');
  });

  test.each([
    ['token', 'token'],
    [`\`\${id}:\${token}\``, `id + ':' + token`],
    ['arguments[1]', 'token'],
    ['token.padEnd(40)', 'token.padEnd(40)'],
  ])('is where both are the same: %s, %s', async (get, set) => {
    const { ok, cache } = await swapped(get, set);
    expect({ ok, verified: cache.verified }).toEqual({ ok: true, verified: 'source' });
  });
});
