import { getCachedAgentProvider } from '../utils/agent-cache.ts';
import { dayBefore, deliveryDay } from '../agents/account-day.ts';
import { logger } from '../observability/logger.ts';
import type { Stores } from '../stores/stores.ts';

const SNAPSHOT_RETENTION_DAYS = 90;
const CHAT_RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;
/** What is left of them is read half an hour later. */
const MOST_PAST_DAYS = 3;

/**
 * Keeps today's delivery of every campaign, once a day what yesterday's came to, and what earlier days have gained while
 * conversions still came in.
 * @returns how many campaigns there are today
 */
export async function collectCampaignMetrics({ stores }: { stores: Stores }): Promise<number> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = await provider.getAgent();
  const campaigns = await agent.getCampaignsWithInsights({ period: 'today' });
  const today = deliveryDay(campaigns, await agent.getAccountDay(new Date()));
  await stores.snapshots.record({
    day: today.date,
    at: new Date().toISOString(),
    complete: false,
    campaigns,
  });
  const { date: yesterday } = dayBefore(today);
  const isOver = !(await stores.snapshots.isComplete(yesterday));
  const changed = await stores.snapshots.daysToReadAgain(new Date().toISOString());
  for (const day of [...(isOver ? [yesterday] : []), ...changed].slice(0, MOST_PAST_DAYS)) {
    const past = await agent.getCampaignsWithInsights({ period: { since: day, until: day } });
    const at = new Date().toISOString();
    await stores.snapshots.record({ day, at, complete: true, campaigns: past });
  }
  logger.info(`Collected metrics of ${campaigns.length} campaigns`);
  return campaigns.length;
}

/**
 * Drops what has outlived its use.
 * @returns how many records went
 */
export async function cleanupOldData({ stores }: { stores: Stores }): Promise<number> {
  const now = Date.now();
  const removed = await Promise.all([
    stores.snapshots.removeBefore(new Date(now - SNAPSHOT_RETENTION_DAYS * DAY_MS)),
    stores.suggestions.removeBefore(new Date(now - SNAPSHOT_RETENTION_DAYS * DAY_MS)),
    stores.chat.removeBefore(new Date(now - CHAT_RETENTION_DAYS * DAY_MS)),
  ]);
  const total = removed.reduce((sum, count) => sum + count, 0);
  logger.info(`Removed ${total} old records`);
  return total;
}
