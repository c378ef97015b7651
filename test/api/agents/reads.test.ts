import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import type { Insights } from '../../../api/src/domain/campaign.ts';
import { DATE_PRESETS, type Period } from '../../../api/src/domain/period.ts';
import { NotFoundError } from '../../../api/src/errors.ts';
import { type ExpectedInsights, type GraphServer, startGraphServer } from '../../support/graph/index.ts';

// 02:30 UTC: still the day before in São Paulo, Santiago and Los Angeles.
const NOW = new Date('2026-11-22T02:30:00Z');

let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer({ now: () => NOW });
});

afterAll(() => graph.close());
afterEach(() => graph.paging.set({}));

/** What the data set expects, under the names that the agent answers with. */
function expected(insights: ExpectedInsights | null): Insights | null {
  if (insights === null) return null;
  const { purchases: conversions, ...others } = insights;
  return { ...others, conversions };
}

const when = (period: Period) => (typeof period === 'string' ? { preset: period } : period);

describe.each(['brl', 'clp', 'usd'])('the %s account', (tenant) => {
  const agentOf = () => new FacebookAdsAgent(graph.settingsFor(tenant));

  test('lists its campaigns with budgets in its currency', async () => {
    const campaigns = await agentOf().getCampaigns();
    const { offset } = graph.data.account(tenant);
    const seeded = graph.data
      .campaigns({ account: tenant })
      .filter(({ effectiveStatus }) => !['ARCHIVED', 'DELETED'].includes(effectiveStatus));
    expect(campaigns).toHaveLength(seeded.length);
    for (const seed of seeded) {
      const { id, name, effectiveStatus, objective, dailyBudget, lifetimeBudget } = seed;
      const { createdTime, firstDay, stopTime } = seed;
      expect(campaigns).toContainEqual({
        id,
        name,
        status: expect.any(String),
        effective_status: effectiveStatus,
        objective,
        daily_budget: dailyBudget === undefined ? null : dailyBudget / offset,
        lifetime_budget: lifetimeBudget === undefined ? null : lifetimeBudget / offset,
        budget_remaining:
          lifetimeBudget === undefined ? null : Math.max(0, lifetimeBudget - graph.data.spentBy(id)) / offset,
        start_time: `${firstDay}T00:00:00+0000`,
        stop_time: stopTime ?? null,
        created_time: createdTime,
        updated_time: expect.any(String),
      });
    }
  });

  test.each(DATE_PRESETS)('adds up %s as the data set does', async (preset) => {
    expect(await agentOf().getAccountInsights(preset)).toEqual(
      expected(graph.data.expectedInsights({ account: tenant, preset })),
    );
  });

  test('joins every campaign with its own delivery in two calls, and one for what is archived', async () => {
    const agent = agentOf();
    await agent.connect();
    graph.journal.clear();
    const period = { since: '2026-10-03', until: '2026-11-09' };
    const campaigns = await agent.getCampaignsWithInsights({ period });
    const unlisted = graph.data
      .campaigns({ account: tenant })
      .filter(({ effectiveStatus }) => ['ARCHIVED', 'DELETED'].includes(effectiveStatus))
      .filter(({ id }) => graph.data.expectedInsights({ campaignId: id, ...period }) !== null);
    expect(graph.journal.counts()).toEqual({
      campaigns: { [tenant]: unlisted.length > 0 ? 2 : 1 },
      account_insights: { [tenant]: 1 },
    });
    expect(campaigns.map(({ id }) => id)).toEqual(expect.arrayContaining(unlisted.map(({ id }) => id)));
    expect(campaigns.length).toBeGreaterThan(0);
    for (const { id, insights } of campaigns) {
      expect(insights).toEqual(expected(graph.data.expectedInsights({ campaignId: id, ...period })));
    }
  });
});

describe('campaigns', () => {
  const agentOf = (settings = graph.settings) => new FacebookAdsAgent(settings);

  test('are narrowed by status', async () => {
    const paused = await agentOf().getCampaigns('PAUSED');
    expect(paused.map(({ id }) => id).sort()).toEqual(
      graph.data
        .campaigns({ effectiveStatus: 'PAUSED' })
        .map(({ id }) => id)
        .sort(),
    );
  });

  test.each([1, 24, 25, 26, 63])('a limit of %i is a cap on all pages together', async (limit) => {
    graph.paging.set({ shortPages: true, emptyPages: true, trailingNext: true });
    const all = await agentOf().getCampaigns();
    const some = await agentOf().getCampaigns(undefined, limit);
    expect(some).toEqual(all.slice(0, limit));
    expect(some.length).toBe(Math.min(limit, all.length));
  });

  test('come whole and once through short, empty and trailing pages', async () => {
    const plain = await agentOf().getCampaignsWithInsights({ period: 'last_7d' });
    graph.paging.set({ shortPages: true, emptyPages: true, trailingNext: true });
    expect(await agentOf().getCampaignsWithInsights({ period: 'last_7d' })).toEqual(plain);
    expect(new Set(plain.map(({ id }) => id)).size).toBe(plain.length);
  });

  test('limit and status also hold for campaigns with insights', async () => {
    const some = await agentOf().getCampaignsWithInsights({ status: 'ACTIVE', limit: 7 });
    expect(some).toHaveLength(7);
    expect(new Set(some.map(({ effective_status }) => effective_status))).toEqual(new Set(['ACTIVE']));
  });

  test('one is found by its id', async () => {
    const [first] = await agentOf().getCampaigns(undefined, 1);
    expect(await agentOf().getCampaign(first?.id ?? '')).toEqual(first);
  });
});

describe('insights of one object', () => {
  const agent = () => new FacebookAdsAgent(graph.settings);

  test.each<Period>([
    'today',
    'yesterday',
    'last_7d',
    'maximum',
    { since: '2026-11-01', until: '2026-11-01' },
  ])('of each kind of campaign for %j', async (period) => {
    const kinds = ['excellent', 'expensive', 'no-purchases', 'no-clicks', 'undelivered'] as const;
    for (const kind of kinds) {
      const id = graph.data.campaigns({ kind, effectiveStatus: 'ACTIVE' })[0]?.id ?? '';
      expect(await agent().getCampaignInsights(id, period)).toEqual(
        expected(graph.data.expectedInsights({ campaignId: id, ...when(period) })),
      );
    }
  });

  test('rates without a denominator are null, and no delivery is no insights', async () => {
    const ofKind = (kind: 'no-purchases' | 'no-clicks' | 'undelivered') =>
      graph.data.campaigns({ kind, effectiveStatus: 'ACTIVE' })[0]?.id ?? '';
    expect(await agent().getCampaignInsights(ofKind('undelivered'), 'maximum')).toBeNull();
    expect(await agent().getCampaignInsights(ofKind('no-purchases'), 'last_30d')).toMatchObject({
      conversions: 0,
      cpa: null,
      roas: 0,
    });
    expect(await agent().getCampaignInsights(ofKind('no-clicks'), 'last_30d')).toMatchObject({
      clicks: 0,
      ctr: 0,
      cpc: null,
    });
  });

  test('of an ad, over the last 30 days unless told otherwise', async () => {
    const ad = graph.data.campaigns({ kind: 'excellent' })[0]?.ads[0];
    const adId = ad?.id ?? '';
    expect(await agent().getAdInsights(adId)).toEqual(
      expected(graph.data.expectedInsights({ adId, preset: 'last_30d' })),
    );
    expect(await agent().getAdInsights(adId, 'yesterday')).toEqual(
      expected(graph.data.expectedInsights({ adId, preset: 'yesterday' })),
    );
  });
});

describe('an object that is not there', () => {
  const agent = () => new FacebookAdsAgent(graph.settings);
  const campaign = () => graph.data.campaigns({ kind: 'excellent' })[0];
  const foreign = () => graph.data.campaigns({ account: 'clp', kind: 'excellent' })[0];

  test.each([
    ['an unknown id', () => '404404404'],
    ['no id', () => ''],
    ['a path', () => '../me'],
    ['an account', () => `act_${graph.settings.adAccountId}`],
    ["another tenant's campaign", () => foreign()?.id ?? ''],
    ['an ad', () => campaign()?.ads[0]?.id ?? ''],
  ])('%s is no campaign', async (_, id) => {
    await expect(agent().getCampaign(id())).rejects.toBeInstanceOf(NotFoundError);
    await expect(agent().getCampaignInsights(id(), 'last_30d')).rejects.toBeInstanceOf(NotFoundError);
  });

  test.each([
    ['an unknown id', () => '404404404'],
    ["another tenant's ad", () => foreign()?.ads[0]?.id ?? ''],
    ['a campaign', () => campaign()?.id ?? ''],
  ])('%s is no ad', async (_, id) => {
    await expect(agent().getAdInsights(id())).rejects.toBeInstanceOf(NotFoundError);
  });

  test("another account's campaign stays hidden although the token may read both", async () => {
    graph.tokens.get('brl').accountIds.add(graph.settingsFor('usd').adAccountId);
    const id = graph.data.campaigns({ account: 'usd', kind: 'excellent' })[0]?.id ?? '';
    try {
      await expect(agent().getCampaign(id)).rejects.toBeInstanceOf(NotFoundError);
      await expect(agent().getCampaignInsights(id, 'last_30d')).rejects.toBeInstanceOf(NotFoundError);
    } finally {
      graph.tokens.get('brl').accountIds.delete(graph.settingsFor('usd').adAccountId);
    }
  });
});

describe('what leaves the agent', () => {
  test('is plain: it survives JSON and holds no class, number id or token', async () => {
    const agent = new FacebookAdsAgent(graph.settings);
    const campaigns = await agent.getCampaignsWithInsights();
    expect(JSON.parse(JSON.stringify(campaigns))).toEqual(campaigns);
    for (const campaign of campaigns) {
      expect(Object.getPrototypeOf(campaign)).toBe(Object.prototype);
      expect(typeof campaign.id).toBe('string');
    }
  });
});
