import { cleanupOldData, collectCampaignMetrics } from './collectors.ts';
import { analyzePerformance, generateDailyReport } from './processors.ts';
import type { ScheduledTask } from './task.ts';

export const SCHEDULE: readonly ScheduledTask[] = [
  { name: 'collectCampaignMetrics', pattern: '*/30 * * * *', spanSeconds: 1800, run: collectCampaignMetrics },
  { name: 'analyzePerformance', pattern: '0 * * * *', spanSeconds: 3600, run: analyzePerformance },
  { name: 'generateDailyReport', pattern: '0 8 * * *', spanSeconds: 86_400, run: generateDailyReport },
  { name: 'cleanupOldData', pattern: '0 2 * * 0', run: cleanupOldData },
];
