import { getCachedAgentProvider } from '../utils/agent-cache.ts';
import { scoreCampaigns, summarizeDashboard } from '../analytics/performance-analyzer.ts';
import type { N8nClient } from '../integrations/n8n-client.ts';
import type { NotionClient } from '../integrations/notion-client.ts';
import { dailySummary } from '../integrations/notion-pages.ts';
import { logger } from '../observability/logger.ts';
import { raiseAlerts, UNDERPERFORMING_BELOW } from './alerts.ts';

export interface ProcessorDeps {
  n8n: N8nClient;
  notion: NotionClient;
}

/**
 * Scores the active campaigns of the last week and alerts on those that underperform.
 * @returns how many campaigns were alerted on
 */
export async function analyzePerformance(deps: ProcessorDeps): Promise<number> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = await provider.getAgent();
  const campaigns = await agent.getCampaignsWithInsights({ status: 'ACTIVE', period: 'last_7d' });
  const poor = scoreCampaigns(campaigns).filter(
    ({ score }) => score !== null && score < UNDERPERFORMING_BELOW,
  );
  await raiseAlerts(poor, deps);
  logger.info(`Analyzed ${campaigns.length} campaigns, ${poor.length} underperform`);
  return poor.length;
}

/** Sends yesterday's summary to Notion and n8n, whichever is configured. */
export async function generateDailyReport({ n8n, notion }: ProcessorDeps): Promise<void> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = await provider.getAgent();
  const campaigns = await agent.getCampaignsWithInsights({ period: 'yesterday' });
  const dashboard = summarizeDashboard(campaigns);
  if (notion.configured) await notion.createPage(dailySummary(dashboard));
  if (n8n.configured) await n8n.send({ event: 'daily-report', dashboard });
  logger.info(`Daily report of ${campaigns.length} campaigns generated`);
}
