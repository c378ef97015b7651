import { CAMPAIGN_FIELDS } from '../../../api/src/agents/campaign-rows.ts';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { INSIGHTS_FIELDS } from '../../../api/src/agents/insights-rows.ts';
import type { GraphServer } from '../../../test/support/graph/index.ts';
import { median } from '../cache/numbers.ts';
import { stockSdk } from './stock-sdk.ts';

export interface DashboardCost {
  name: string;
  /** Calls to Graph for one dashboard. */
  graphCalls: number;
  p50Ms: number;
}

const PERIOD = 'last_30d';

/** What the campaigns of a dashboard, each with its delivery, cost in calls and time. */
export async function measureDashboard(graph: GraphServer, rounds: number): Promise<DashboardCost[]> {
  const agent = new FacebookAdsAgent(graph.settings);
  await agent.connect();
  const perCampaign = async () => {
    for (const { id } of await agent.getCampaigns()) await agent.getCampaignInsights(id, PERIOD);
  };
  return [
    await measure('ours', graph, rounds, () => agent.getCampaignsWithInsights({ period: PERIOD })),
    await measure('one call per campaign', graph, rounds, perCampaign),
    await measure('one call per campaign, stock SDK', graph, rounds, await stockDashboard(graph)),
  ];
}

async function stockDashboard(graph: GraphServer): Promise<() => Promise<void>> {
  const { AdAccount, Campaign, api } = await stockSdk(graph);
  const account = new AdAccount(`act_${graph.settings.adAccountId}`, {}, undefined, api);
  return async () => {
    const campaigns = await account.getCampaigns([...CAMPAIGN_FIELDS], { limit: 500 });
    for (const { id } of campaigns) {
      const campaign = new Campaign(String(id), {}, undefined, api);
      await campaign.getInsights([...INSIGHTS_FIELDS], { date_preset: PERIOD });
    }
  };
}

async function measure(
  name: string,
  graph: GraphServer,
  rounds: number,
  dashboard: () => Promise<unknown>,
): Promise<DashboardCost> {
  await dashboard();
  graph.journal.clear();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await dashboard();
    times.push(performance.now() - begin);
  }
  return { name, graphCalls: graph.journal.count() / rounds, p50Ms: median(times) };
}
