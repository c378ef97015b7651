import type { N8nClient } from '../integrations/n8n-client.ts';
import type { NotionClient } from '../integrations/notion-client.ts';
import type { Stores } from '../stores/stores.ts';
import { cleanupOldData, collectCampaignMetrics } from './collectors.ts';
import { analyzePerformance, generateDailyReport } from './processors.ts';

/** What tasks work on. */
export interface TaskDeps {
  stores: Stores;
  n8n: N8nClient;
  notion: NotionClient;
}

export interface ScheduledTask {
  name: string;
  /** Five cron fields, read in UTC. */
  pattern: string;
  /**
   * What is sent or kept by runs that are due within the same span (seconds, counted in UTC) is sent or
   * kept once, where tasks are shared among processes. Default 60.
   */
  spanSeconds?: number;
  run(deps: TaskDeps): Promise<unknown>;
}

export const SCHEDULE: readonly ScheduledTask[] = [
  { name: 'collectCampaignMetrics', pattern: '*/30 * * * *', spanSeconds: 1800, run: collectCampaignMetrics },
  { name: 'analyzePerformance', pattern: '0 * * * *', spanSeconds: 3600, run: analyzePerformance },
  { name: 'generateDailyReport', pattern: '0 8 * * *', spanSeconds: 86_400, run: generateDailyReport },
  { name: 'cleanupOldData', pattern: '0 2 * * 0', run: cleanupOldData },
];
