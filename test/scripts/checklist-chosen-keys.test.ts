import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const AGENT = `export class FacebookAdsAgent {
  constructor(..._given: any[]) {}
  async getCampaigns() { return []; }
}
`;
const ROUTE = `import { getFacebookAgentFor } from '../utils/agent-cache.ts';
export const h = async (req: any) => (await getFacebookAgentFor(req.one, req.two, req.three)).getCampaigns();
`;
const HEAD = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
const agents: any = new Map<unknown, unknown>();
const URLS: any = { eu: 'a', us: 'b' };
const REGIONS: any = { eu: { url: 'a' }, us: { url: 'b' } };
const urlOf = (of: string) => { switch (of) { case 'eu': return 'a'; case 'us': return 'b'; default: throw new Error(of); } };
`;

type Row = [given: string, before: string, key: string, built: string];

/** What the gate says of a getter that keeps by a key what it builds of something chosen. */
const judged = async ([given, before, key, built]: Row) => {
  const tree = new Tree({
    ...GROUND,
    'agent-cache.config.json': JSON.stringify({ keyed: true }),
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': `${HEAD}export async function getFacebookAgentFor(${given}) { ${before} const key: any = ${key}; let found = agents.get(key); if (!found) { found = new FacebookAdsAgent(${built}); agents.set(key, found); } return found; }\n`,
    'src/api/a.ts': ROUTE,
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { ok, cache, items } = await report(tree);
  return { ok, verified: cache.verified, ids: items.flatMap(({ findings }) => findings.map(({ id }) => id)) };
};

/** A test for each row; their texts are no formats of titles. */
const each = (rows: readonly Row[], outcome: object) => {
  for (const row of rows)
    test(row.join(' | '), async () => {
      expect(await judged(row)).toEqual(outcome);
    });
};

const REGION = 'region: string, token: string';
const TWO = 'region: string, a: string, b: string';
const EITHER = 'id: string, token?: string';
const IF = "let base; if (region === 'eu') base = 'a'; else base = 'b';";
const CHOSEN = "const base = region === 'eu' ? 'a' : 'b';";
const OPTIONS = "const made: any = { token: o.token }; if (o.sandbox) made.url = 'a';";
const ONE_OF = 'const one = ({ eu: a, us: b } as any)[region];';
const TESTED = "const base = /^eu/.test(region) ? 'e' : 'u';";

describe('a key that has what was chosen, or what decides, keeps callers apart', () => {
  each(
    [
      [REGION, CHOSEN, `\`\${base}:\${token}\``, 'base, token'],
      [REGION, CHOSEN, `\`\${region}:\${token}\``, 'base, token'],
      [REGION, IF, `\`\${base}:\${token}\``, 'base, token'],
      [REGION, TESTED, `\`\${base}:\${token}\``, 'base, token'],
      [REGION, 'const base = URLS[region];', `\`\${base}:\${token}\``, 'base, token'],
      [REGION, 'const base = URLS[region] ?? URLS.eu;', `\`\${base}:\${token}\``, 'base, token'],
      [REGION, '', `\`\${region}:\${token}\``, 'REGIONS[region].url, token'],
      [REGION, '', `\`\${urlOf(region)}:\${token}\``, 'urlOf(region), token'],
      [
        REGION,
        '',
        `region === 'eu' ? \`eu:\${token}\` : \`us:\${token}\``,
        "region === 'eu' ? 'a' : 'b', token",
      ],
      [TWO, ONE_OF, 'one', 'one'],
      [TWO, ONE_OF, `\`\${region}:\${a}:\${b}\``, 'one'],
      [TWO, "const one = region === 'eu' ? a : b;", 'one', 'one'],
      [EITHER, '', 'token ?? id', 'token ?? id'],
      [EITHER, 'let one = token; one ??= id;', 'one', 'one'],
      ['id: string, o?: any', "const region = o?.region ?? 'eu';", `\`\${id}:\${region}\``, 'id, region'],
      ["id: string, { region = 'eu' }: any = {}", '', `\`\${id}:\${region}\``, 'id, region'],
      ['o: any', OPTIONS, 'JSON.stringify(made)', 'made'],
      ['o: any', "const url = o.sandbox ? 'a' : 'b';", `\`\${url}:\${o.token}\``, '{ token: o.token, url }'],
    ],
    { ok: true, verified: 'source', ids: [] },
  );
});

describe('a key that lacks it mixes them', () => {
  each(
    [
      [REGION, CHOSEN, 'token', 'base, token'],
      [REGION, 'const base = URLS[region];', 'token', 'base, token'],
      [REGION, '', 'token', 'REGIONS[region].url, token'],
      [REGION, TESTED, `\`\${/^us/.test(region)}:\${token}\``, 'base, token'],
      [
        REGION,
        '',
        `region === 'us' ? \`us:\${token}\` : \`x:\${token}\``,
        "region === 'eu' ? 'a' : 'b', token",
      ],
      [TWO, ONE_OF, 'region', 'one'],
      [TWO, ONE_OF, 'a', 'one'],
      [TWO, 'const one = ({ eu: { a }, us: { b } } as any)[region];', 'region', 'one'],
      [EITHER, '', 'token', 'token ?? id'],
      [EITHER, '', 'token', 'token || id'],
      [EITHER, 'let one = token; one ??= id;', 'token', 'one'],
      ['o: any', 'const { token = o.apiKey } = o;', 'o.token', 'token'],
      ["id: string, { region = 'eu' }: any = {}", '', 'id', 'id, region'],
      ['o: any', OPTIONS, 'o.token', 'made'],
    ],
    { ok: false, verified: 'no', ids: ['cache-mixes'] },
  );
});
