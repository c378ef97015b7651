import { FacebookAdsAgent } from '../../../../api/src/agents/facebook-ads-agent.ts';
import type { Campaign, CampaignWithInsights } from '../../../../api/src/domain/campaign.ts';
import { type GraphServer, startGraphServer } from '../../../support/graph/index.ts';

let graph: GraphServer;
let agent: FacebookAdsAgent;

beforeAll(async () => {
  graph = await startGraphServer();
  agent = new FacebookAdsAgent(graph.settings);
});

afterAll(() => graph.close());

async function ask<T>(query: string): Promise<{ type: string; data: T }> {
  const answer = await agent.processNaturalLanguageQuery(query);
  expect(answer.query).toBe(query);
  return answer as { type: string; data: T };
}

type Ranking = { metric: string; campaigns: (CampaignWithInsights & { rank: number; value: number })[] };
type One = { campaign: Campaign; insights: unknown };

test('lists campaigns by status', async () => {
  const { type, data } = await ask<{ count: number; campaigns: Campaign[] }>(
    'Quais campanhas estão pausadas?',
  );
  const paused = graph.data.campaigns({ effectiveStatus: 'PAUSED' });
  expect(type).toBe('campaigns');
  expect(data.count).toBe(paused.length);
  expect(data.campaigns.map(({ id }) => id).sort()).toEqual(paused.map(({ id }) => id).sort());
});

test('tells what was spent in a period, in the account’s currency', async () => {
  const { type, data } = await ask('Quanto gastei nos últimos 7 dias?');
  expect(type).toBe('spend');
  expect(data).toMatchObject({
    currency: 'BRL',
    period: 'last_7d',
    spend: graph.data.expectedInsights({ preset: 'last_7d' })?.spend,
  });
});

test('sums the spend of a status', async () => {
  const { data } = await ask<{ spend: number }>('how much did the paused campaigns spend last month?');
  const expected = graph.data
    .campaigns({ effectiveStatus: 'PAUSED' })
    .map(({ id }) => graph.data.expectedInsights({ campaignId: id, preset: 'last_month' })?.spend ?? 0)
    .reduce((total, spend) => total + spend, 0);
  expect(data.spend).toBeCloseTo(expected, 6);
});

test('summarises the account', async () => {
  const { type, data } = await ask<{ insights: unknown }>('resumo de ontem');
  expect(type).toBe('performance');
  expect(data.insights).toMatchObject({
    impressions: graph.data.expectedInsights({ preset: 'yesterday' })?.impressions,
  });
});

test('ranks campaigns by a metric, the bad ones first when asked for the worst', async () => {
  const { type, data } = await ask<Ranking>('5 piores campanhas por CPA nos últimos 30 dias');
  const byCost = graph.data
    .campaigns()
    .filter(({ effectiveStatus }) => !['ARCHIVED', 'DELETED'].includes(effectiveStatus))
    .map(({ id }) => ({ id, cpa: graph.data.expectedInsights({ campaignId: id, preset: 'last_30d' })?.cpa }))
    .filter((entry): entry is { id: string; cpa: number } => typeof entry.cpa === 'number')
    .sort((a, b) => b.cpa - a.cpa);
  expect(type).toBe('ranking');
  expect(data.metric).toBe('cpa');
  expect(data.campaigns.map(({ id, value }) => ({ id, cpa: value }))).toEqual(byCost.slice(0, 5));
  expect(data.campaigns.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
});

test('a cheap acquisition is a good one', async () => {
  const best = await ask<Ranking>('best campaign by cpa');
  const lowest = await ask<Ranking>('campaign with the lowest cpa');
  expect(best.data.campaigns).toHaveLength(1);
  expect(best.data.campaigns[0]?.id).toBe(lowest.data.campaigns[0]?.id);
});

test('adds up the budgets of the active campaigns', async () => {
  const { type, data } = await ask<{ total_daily_budget: number }>('Qual o orçamento total?');
  const minor = graph.data
    .activeCampaigns()
    .reduce((total, { dailyBudget }) => total + (dailyBudget ?? 0), 0);
  expect(type).toBe('budgets');
  expect(data.total_daily_budget).toBeCloseTo(minor / 100, 6);
});

describe('one campaign', () => {
  const seeded = () => {
    const [campaign] = graph.data.campaigns({ kind: 'excellent', effectiveStatus: 'ACTIVE' });
    if (!campaign) throw new Error('no such campaign in the data set');
    return campaign;
  };
  const expectSeeded = ({ type, data }: { type: string; data: One }) => {
    const { id } = seeded();
    expect(type).toBe('campaign');
    expect(data.campaign.id).toBe(id);
    expect(data.insights).toMatchObject({
      spend: graph.data.expectedInsights({ campaignId: id, preset: 'last_7d' })?.spend,
    });
  };

  test('by id', async () => {
    expectSeeded(await ask<One>(`Como está a campanha ${seeded().id} nos últimos 7 dias?`));
  });

  test('by its name in quotes', async () => {
    expectSeeded(await ask<One>(`how did "${seeded().name.toUpperCase()}" do in the last 7 days?`));
  });

  test('by its name without quotes', async () => {
    expectSeeded(await ask<One>(`métricas da campanha ${seeded().name} nos últimos 7 dias`));
  });

  test('by a part of its name that no other has', async () => {
    const [theme = '', number = ''] = seeded().name.split(/ (?=\d+$)/);
    const alike = graph.data.campaigns().filter(({ name }) => name.startsWith(theme));
    const { type, data } = await ask<{ count: number; campaigns: Campaign[] }>(`como anda "${theme}"?`);
    expect(alike.length).toBeGreaterThan(1);
    expect(type).toBe('campaigns');
    expect(data.campaigns.map(({ id }) => id)).toContain(seeded().id);
    expectSeeded(await ask<One>(`como foi ${theme} ${number} nos últimos 7 dias?`));
  });

  test('by words of the names of several', async () => {
    const { type, data } = await ask<{ campaigns: Campaign[] }>('campanhas de remarketing');
    const named = data.campaigns.map(({ name }) => name);
    expect(type).toBe('campaigns');
    expect(named.length).toBeGreaterThan(1);
    expect(named.every((name) => /remarketing/i.test(name))).toBe(true);
  });

  test('that is named without quotes and does not exist is not taken for the account', async () => {
    expect(await ask('como está a campanha Xyzzy?')).toMatchObject({
      type: 'not_found',
      data: { campaign: 'xyzzy' },
    });
  });

  test('that does not exist is said not to be found', async () => {
    expect(await ask('como está a campanha "que nunca existiu"?')).toMatchObject({
      type: 'not_found',
      data: { campaign: 'que nunca existiu' },
    });
    expect(await ask('campanha 404404404')).toMatchObject({ type: 'not_found' });
  });
});

test('answers what it does not understand with examples, and all of them work', async () => {
  const { type, data } = await ask<{ examples: Record<string, string[]> }>('qual a previsão do tempo?');
  expect(type).toBe('help');
  for (const example of Object.values(data.examples).flat()) {
    expect((await ask(example)).type).not.toBe('help');
  }
});
