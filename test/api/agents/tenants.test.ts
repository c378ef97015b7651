import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';

const ROUNDS = 1000;
const AT_ONCE = 40;

let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer();
});

afterAll(() => graph.close());

test('two agents interleaved thousands of times never see each other’s data or token', async () => {
  const tenants = ['clp', 'usd'].map((id) => {
    // Thousands of calls at once take their time on a machine that does much else.
    const agent = new FacebookAdsAgent({ ...graph.settingsFor(id), timeoutSeconds: 600 });
    const own = new Set(graph.data.campaigns({ account: id }).map((campaign) => campaign.id));
    const spend = graph.data.expectedInsights({ account: id, preset: 'last_7d' })?.spend;
    return { id, agent, own, spend };
  });
  let foreign = 0;
  let round = 0;
  const worker = async (): Promise<void> => {
    while (round < ROUNDS) {
      const turn = round++;
      await Promise.all(
        tenants.map(async ({ agent, own, spend }) => {
          if (turn % 100 === 0) {
            if ((await agent.getAccountInsights('last_7d'))?.spend !== spend) foreign++;
          } else {
            const campaigns = await agent.getCampaigns(undefined, 1 + (turn % 3));
            if (campaigns.length === 0 || campaigns.some(({ id }) => !own.has(id))) foreign++;
          }
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(foreign).toBe(0);
  expect(graph.journal.crossTenant()).toEqual([]);
  expect(graph.journal.count('campaigns', 'clp') + graph.journal.count('account_insights', 'clp')).toBe(
    ROUNDS,
  );
  expect(graph.journal.count('campaigns', 'usd') + graph.journal.count('account_insights', 'usd')).toBe(
    ROUNDS,
  );
  expect(graph.journal.validations()).toBe(2);
  expect(tenants.map(({ agent }) => agent.account?.currency)).toEqual(['CLP', 'USD']);
});

test('agents of one token but other accounts answer for their own account alone', async () => {
  const both = graph.settingsFor('clp');
  const accountId = graph.settingsFor('usd').adAccountId;
  graph.tokens.get('clp').accountIds.add(accountId);
  const other = new FacebookAdsAgent({ ...both, adAccountId: accountId });
  const own = new Set(graph.data.campaigns({ account: 'usd' }).map(({ id }) => id));
  const campaigns = await other.getCampaigns();
  expect(campaigns.every(({ id }) => own.has(id))).toBe(true);
  expect(other.account?.currency).toBe('USD');
});
