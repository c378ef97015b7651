import type { CampaignWithInsights } from '../domain/campaign.ts';
import {
  CLICK_OBJECTIVES,
  CLICK_SCALE,
  judgedValue,
  RATINGS,
  type Rating,
  SALES_SCALE,
  type ScoredMetric,
} from './score-scale.ts';
import { type DeliveryTotals, round, sumDelivery } from './totals.ts';

export interface CampaignScore extends DeliveryTotals {
  campaign_id: string;
  name: string;
  status: string;
  objective: string | null;
  /** 0 to 100 with one decimal; null for a campaign without delivery. */
  score: number | null;
  rating: Rating | null;
}

/**
 * Scores every campaign on the scale of its objective (see `score-scale.ts`):
 * `score = 100 × Σ weight × points / Σ weight`, where a metric's points run in a straight line from
 * 0 at `zero` to 1 at `full` and stay within.
 * @returns the best score first, campaigns without delivery last
 */
export function scoreCampaigns(campaigns: readonly CampaignWithInsights[]): CampaignScore[] {
  return campaigns.map(scoreCampaign).sort(byScore);
}

function scoreCampaign({ id, name, status, objective, insights }: CampaignWithInsights): CampaignScore {
  const delivery = sumDelivery([insights]);
  const scale = objective !== null && CLICK_OBJECTIVES.has(objective) ? CLICK_SCALE : SALES_SCALE;
  const score = delivery.impressions === 0 ? null : scoreDelivery(delivery, scale);
  const rating = score === null ? null : (RATINGS.find(({ from }) => score >= from)?.rating ?? null);
  return { campaign_id: id, name, status, objective, score, rating, ...delivery };
}

function scoreDelivery(delivery: DeliveryTotals, scale: readonly ScoredMetric[]): number {
  const weights = scale.reduce((sum, { weight }) => sum + weight, 0);
  const points = scale.reduce((sum, row) => sum + row.weight * pointsOf(row, delivery), 0);
  return round((100 * points) / weights, 1);
}

function pointsOf({ metric, zero, full }: ScoredMetric, delivery: DeliveryTotals): number {
  const share = (judgedValue(metric, delivery) - zero) / (full - zero);
  return Math.min(1, Math.max(0, share));
}

function byScore(a: CampaignScore, b: CampaignScore): number {
  return (b.score ?? -1) - (a.score ?? -1) || b.spend - a.spend || a.campaign_id.localeCompare(b.campaign_id);
}
