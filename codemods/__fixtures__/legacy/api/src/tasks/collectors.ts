import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { logger } from '../observability/logger.ts';
import type { Stores } from '../stores/record-log.ts';

const SNAPSHOT_RETENTION_DAYS = 90;
const CHAT_RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Keeps today's delivery of every campaign as one snapshot.
 * @returns how many campaigns the snapshot holds
 */
export async function collectCampaignMetrics({ stores }: { stores: Stores }): Promise<number> {
  const agent = new FacebookAdsAgent();
  const campaigns = await agent.getCampaignsWithInsights({ period: 'today' });
  await stores.snapshots.append('account', { at: new Date().toISOString(), campaigns });
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
