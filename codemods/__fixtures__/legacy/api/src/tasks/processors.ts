import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { dayBefore, deliveryDay } from '../agents/account-day.ts';
import { scoreCampaigns, summarizeDashboard } from '../analytics/performance-analyzer.ts';
import { groundsOf } from '../domain/account-report.ts';
import { logger } from '../observability/logger.ts';
import { raiseAlerts, UNDERPERFORMING_BELOW } from './alerts.ts';
import { sendDailyReport } from './daily-report.ts';
import type { TaskDeps, TaskRun } from './task.ts';

/**
 * Scores the active campaigns of the last week and tells of those that have become poor, worse or well again.
 * @returns how many campaigns underperform
 */
export async function analyzePerformance(deps: TaskDeps, run: TaskRun): Promise<number> {
  const agent = new FacebookAdsAgent();
  const report = await agent.getAccountReport({ status: 'ACTIVE', period: 'last_7d', checked: true });
  const { campaigns } = report;
  for (const warning of groundsOf(report).warnings) logger.warn(`${warning}: alerts are held`);
  const scores = scoreCampaigns(campaigns, report);
  const poor = scores.filter(({ score }) => score !== null && score < UNDERPERFORMING_BELOW);
  const news = await raiseAlerts(scores, deps, run);
  logger.info(`Analyzed ${campaigns.length} campaigns, ${poor.length} underperform, news of ${news}`);
  return poor.length;
}

/** Sends the summary of the account's last whole day to Notion and n8n, whichever is configured. */
export async function generateDailyReport(deps: TaskDeps, run: TaskRun): Promise<void> {
  const agent = new FacebookAdsAgent();
  const yesterday = dayBefore(await agent.getAccountDay(run.due));
  const isLate = yesterday.date !== dayBefore(await agent.getAccountDay(new Date())).date;
  // Facebook says itself which day is yesterday, unless the run is made up for on another day.
  const period = isLate ? { since: yesterday.date, until: yesterday.date } : 'yesterday';
  const report = await agent.getAccountReport({ period, withTotal: true });
  const day = deliveryDay(report.campaigns, yesterday);
  await sendDailyReport(summarizeDashboard(report.campaigns, report), day, deps, run);
  logger.info(`Daily report of ${report.campaigns.length} campaigns generated`, { date: day.date });
}
