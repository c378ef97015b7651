import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const AGENT = `export class FacebookAdsAgent {
  constructor(..._given: any[]) {}
  async getCampaigns() { return []; }
}
`;
const ROUTE = `import { getFacebookAgentFor } from '../utils/agent-cache.ts';
export const h = async (req: any) => (await getFacebookAgentFor(req.one, req.other)).getCampaigns();
`;
const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const HASH = "import { createHash } from 'node:crypto';\n";

interface Outcome {
  ok: boolean;
  verified: string;
  ids: (string | undefined)[];
  why?: string | undefined;
}

const MIXED: Outcome = { ok: false, verified: 'no', ids: ['cache-mixes'] };
const VERIFIED: Outcome = { ok: true, verified: 'source', ids: [] };

const judged = async (cache: string): Promise<Outcome> => {
  const tree = new Tree({
    ...GROUND,
    'agent-cache.config.json': JSON.stringify({ keyed: true }),
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache,
    'src/api/a.ts': ROUTE,
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { ok, cache: verdict, items } = await report(tree);
  const ids = items.flatMap(({ findings }) => findings.map(({ id }) => id));
  return { ok, verified: verdict.verified, ids, ...(verdict.why !== undefined && { why: verdict.why }) };
};

const kept = (key: string, built: string) =>
  `const key: any = ${key}; let a = agents.get(key); if (!a) { a = new FacebookAdsAgent(${built}); agents.set(key, a); } return a;`;
const getter = (given: string, body: string, more = '') =>
  `${more}${CLASS}const agents: any = new Map<unknown, unknown>();\nexport async function getFacebookAgentFor(${given}) { ${body} }\n`;

type Row = [given: string, key: string, built: string, more?: string];
/** A test for each key; their texts are no formats of titles. */
const each = <Case extends readonly [string, string, string, ...unknown[]]>(
  what: string,
  cases: readonly Case[],
  run: (row: Case) => Promise<void>,
) => {
  for (const row of cases)
    test(`a key ${what}: (${row[0]}) ${row[1]}, of an agent of ${row[2]}`, () => run(row));
};

const TOKEN = 'token: string';
const BOTH = 'id: string, token: string';
const DIGEST = "createHash('sha256').update(token).digest('hex')";

each<Row>(
  'mixes agents',
  [
    [TOKEN, `${DIGEST}.slice(0, 2)`, 'token', HASH],
    [TOKEN, `${DIGEST}.substring(0, N)`, 'token', `${HASH}const N = 4;\n`],
    [TOKEN, `${DIGEST}[0]`, 'token', HASH],
    [TOKEN, "createHash('sha256').update(token).digest()[0]", 'token', HASH],
    [TOKEN, 'short(token)', 'token', `${HASH}const short = (token: string) => ${DIGEST}.slice(0, 6);\n`],
    [TOKEN, 'token.slice(-4)', 'token'],
    [TOKEN, 'token.at(0)', 'token'],
    [TOKEN, 'token.charCodeAt(0)', 'token'],
    [TOKEN, "token.slice(0, token.indexOf('.'))", 'token'],
    [TOKEN, "token.split('.')[0]", 'token'],
    [TOKEN, 'token[0]', 'token'],
    [TOKEN, 'Boolean(token)', 'token'],
    [TOKEN, '!!token', 'token'],
    [TOKEN, 'typeof token', 'token'],
    [TOKEN, 'token.toLowerCase()', 'token'],
    [BOTH, `\`\${id.toLowerCase()}:\${token}\``, 'id, token'],
    [TOKEN, 'parseInt(token, 10)', 'token'],
    [TOKEN, 'Number(token)', 'token'],
    ['id: number', 'id & 15', 'id'],
    ['id: number', 'id >> 4', 'id'],
    [BOTH, 'id', '{ id, label: token.slice(0, 4) }'],
    ['o: any', "JSON.stringify(o, ['id'])", 'o.id, o.token'],
    ['o: any', "JSON.stringify(o, ['id'])", 'o'],
    ['o: Map<string, string>', 'JSON.stringify(o)', 'o'],
    ['o: any', 'o.user.id', 'o.user.token'],
    ['o: any', 'JSON.stringify({ ...o, token: undefined })', 'o'],
    ['role: string, token: string', "role === 'admin' ? 'admin' : token", 'token'],
    ['region: string, token: string', 'token', "token, region === 'eu' ? 'a' : 'b'"],
    ['isTest: boolean, token: string', 'token', "token, isTest ? 'a' : 'b'"],
    ['region: string, token: string', 'token', "({ eu: 'a', us: 'b' } as any)[region], token"],
  ],
  async ([given, key, built, more]) => {
    expect(await judged(getter(given, kept(key, built), more))).toEqual(MIXED);
  },
);

each<Row>(
  'keeps enough',
  [
    [TOKEN, DIGEST, 'token', HASH],
    [TOKEN, `${DIGEST}.slice(0, 16)`, 'token', HASH],
    [TOKEN, "createHash('md5').update(token).digest('base64url').substring(0, 22)", 'token', HASH],
    [TOKEN, "createHmac('sha256', 's').update(token).digest('hex')", 'token', HASH.replace('Hash', 'Hmac')],
    [TOKEN, 'token.toLowerCase()', 'token.toLowerCase()'],
    [TOKEN, 'token.trim()', 'token.trim()'],
    [TOKEN, "token.replace(/^Bearer /, '')", "token.replace(/^Bearer /, '')"],
    [TOKEN, 'token.slice(7)', 'token.slice(7)'],
    [TOKEN, 'token', 'token.slice(7)'],
    [TOKEN, 'token', '{ token, label: token.slice(0, 4) }'],
    ['id: number', 'Number(id)', 'id'],
    ['id: number', '+id', 'id'],
    ['o: any', "JSON.stringify(o, ['id', 'token'])", 'o.id, o.token'],
    ['o: any', 'JSON.stringify(o, null, 2)', 'o'],
    ['o: Map<string, string>', 'JSON.stringify([...o])', 'o'],
    ['o: any', 'o.user.token', 'o.user.token'],
    ['o: any', 'JSON.stringify({ ...o })', 'o'],
    ['region: string, token: string', `\`\${region}:\${token}\``, "token, region === 'eu' ? 'a' : 'b'"],
    ['isTest: boolean, token: string', "(isTest ? 't' : 'p') + token", "token, isTest ? 'a' : 'b'"],
    [
      BOTH,
      'keyOf(id, token)',
      'id, token',
      'const keyOf = (...of: string[]) => of.map((e) => encodeURIComponent(e)).join();\n',
    ],
  ],
  async ([given, key, built, more]) => {
    expect(await judged(getter(given, kept(key, built), more))).toEqual(VERIFIED);
  },
);

each<[...Row, says: string]>(
  'says what nobody can tell',
  [
    [TOKEN, `${DIGEST}.slice(0, 8)`, 'token', HASH, '.slice()'],
    [TOKEN, 'token.trim()', 'token', '', '.trim()'],
    [TOKEN, "token.replace(/[^a-z]/g, '')", 'token', '', '.replace()'],
    [TOKEN, 'enc(token)', 'token', "import { enc } from 'encoder';\n", 'enc of encoder()'],
    [TOKEN, 'decode(token).sub', 'token', "import { decode } from 'jwt';\n", 'decode of jwt()'],
    ['account: any', 'String(account)', 'account', '', 'a text of it'],
    ['account: any', `\`for \${account}\``, 'account', '', 'a text of it'],
    [
      'o: any',
      "JSON.stringify(o, (name, v) => (name === 'x' ? 1 : v))",
      'o',
      '',
      'JSON of what a function lets through',
    ],
  ],
  async ([given, key, built, more, says]) => {
    expect(await judged(getter(given, kept(key, built), more))).toEqual({
      ok: true,
      verified: 'no',
      ids: [],
      why: expect.stringMatching(/keeps callers apart who differ in the 1st argument: it makes .* of that/),
    });
    expect((await judged(getter(given, kept(key, built), more))).why).toContain(says);
  },
);

describe('a condition on what is given keeps nobody apart', () => {
  test.each([
    ['how long it is', BOTH, "if (token.length < 10) throw new Error('short');"],
    ['what it is like', BOTH, "if (!/^EA/.test(token)) throw new Error('not one');"],
    ['how it begins', BOTH, "if (!token.startsWith('EA')) throw new Error('not one');"],
  ])('%s', async (_what, given, condition) => {
    expect(await judged(getter(given, `${condition} ${kept('id', 'token')}`))).toEqual(MIXED);
    expect(await judged(getter(given, `${condition} ${kept("id + ':' + token", 'id, token')}`))).toEqual(
      VERIFIED,
    );
  });

  test.each([
    ['there is no id', 'id: string | undefined, token: string', 'if (!id)'],
    ['there is none at all', 'id: string | undefined, token: string', 'if (id === undefined)'],
    ['it is one of some', 'id: string, token: string', "if (id === 'anonymous')"],
  ])('%s', async (_what, given, condition) => {
    const anonymous = (built: string) => `${condition} return (one ??= new FacebookAdsAgent(${built}));`;
    const rest = kept(`\`\${id}:\${token}\``, 'id, token');
    expect(await judged(getter(given, `${anonymous('token')} ${rest}`, 'let one: any;\n'))).toEqual(MIXED);
    expect(await judged(getter(given, `${anonymous("'x'")} ${rest}`, 'let one: any;\n'))).toEqual(VERIFIED);
  });
});

describe('a package that remembers', () => {
  const BUILD = '(id: string, token: string) => new FacebookAdsAgent(id, token)';
  const remembered = (imports: string, made: string) =>
    judged(`${imports}\n${CLASS}export const getFacebookAgentFor = ${made};\n`);

  test.each([
    ["import memoize from 'lodash/memoize.js';", `memoize(${BUILD}, (id: string) => id)`],
    ["import memoize from 'lodash/memoize.js';", `memoize(${BUILD}, (_id: string, token: string) => token)`],
    ["import memoize from 'p-memoize';", `memoize(async ${BUILD}, { cacheKey: ([id]: any) => id })`],
    ["import memoizee from 'memoizee';", `memoizee(${BUILD}, { length: 1 })`],
    ["import memoizee from 'memoizee';", `memoizee(${BUILD}, { normalizer: (a: any) => a[0] })`],
  ])('by too little: %s %s', async (imports, made) => {
    expect(await remembered(imports, made)).toEqual(MIXED);
  });

  test.each([
    ["import memoize from 'lodash/memoize.js';", `memoize(${BUILD}, (...of: string[]) => of.join('|'))`],
    [
      "import memoize from 'p-memoize';",
      `memoize(async ${BUILD}, { cacheKey: (of: any) => JSON.stringify(of) })`,
    ],
    ["import memoizee from 'memoizee';", `memoizee(${BUILD}, { promise: true })`],
  ])('by enough: %s %s', async (imports, made) => {
    expect(await remembered(imports, made)).toEqual(VERIFIED);
  });
});
