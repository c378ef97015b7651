import { atThisMoment } from '../domain/account-report.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { campaignResults } from '../domain/campaign-results.ts';
import { type Confidence, confidenceIn } from '../domain/confidence.ts';
import { DEFAULT_THRESHOLDS } from '../domain/default-thresholds.ts';
import { aimOf } from '../domain/objective.ts';
import type { Results } from '../domain/results.ts';
import {
  type JudgedRates,
  judgedValue,
  RATINGS,
  type Rating,
  type ScoredMetric,
  scaleOf,
} from './score-scale.ts';
import { type DeliveryTotals, ratio, round, sumDelivery } from './totals.ts';

export interface CampaignScore extends DeliveryTotals {
  campaign_id: string;
  name: string;
  status: string;
  objective: string | null;
  /** 0 to 100 with one decimal; null for a campaign without delivery, and where what it rests on is not all there. */
  score: number | null;
  rating: Rating | null;
  /** What it came to by its objective; null without delivery. */
  results: Results | null;
  /** How far the score can be relied on; null without delivery. */
  confidence: Confidence | null;
}

/**
 * Scores every campaign on the scale of its objective (see `score-scale.ts`):
 * `score = 100 × Σ weight × points / Σ weight`, where a metric's points run in a straight line from
 * 0 at `zero` to 1 at `full` and stay within. A campaign that sells has no score while purchases of it are missing.
 * @returns the best score first, campaigns without a score last
 */
export function scoreCampaigns(
  campaigns: readonly CampaignWithInsights[],
  { now }: { now: Date } = atThisMoment(),
): CampaignScore[] {
  return campaigns.map((campaign) => scoreCampaign(campaign, now)).sort(byScore);
}

function scoreCampaign(campaign: CampaignWithInsights, now: Date): CampaignScore {
  const { id, name, status, objective, insights } = campaign;
  const delivery = sumDelivery([insights]);
  const results = campaignResults(campaign);
  const aim = aimOf(objective);
  const isKnown = delivery.impressions > 0 && !(aim === 'sales' && results?.complete === false);
  const rates = { ...delivery, ...priceOfReach(delivery, insights?.reach ?? 0) };
  const score = isKnown ? scoreDelivery(rates, scaleOf(aim)) : null;
  const rating = score === null ? null : (RATINGS.find(({ from }) => score >= from)?.rating ?? null);
  const costThreshold = DEFAULT_THRESHOLDS.cpa_threshold;
  const confidence =
    insights && delivery.impressions > 0
      ? confidenceIn({ campaign, insights, results }, { now, costThreshold })
      : null;
  return { campaign_id: id, name, status, objective, score, rating, results, confidence, ...delivery };
}

function priceOfReach({ spend, impressions }: DeliveryTotals, reach: number) {
  return { cpm: ratio(1000 * spend, impressions), costPerReach: ratio(1000 * spend, reach) };
}

function scoreDelivery(delivery: JudgedRates, scale: readonly ScoredMetric[]): number {
  const weights = scale.reduce((sum, { weight }) => sum + weight, 0);
  const points = scale.reduce((sum, row) => sum + row.weight * pointsOf(row, delivery), 0);
  return round((100 * points) / weights, 1);
}

function pointsOf({ metric, zero, full }: ScoredMetric, delivery: JudgedRates): number {
  const share = (judgedValue(metric, delivery) - zero) / (full - zero);
  return Math.min(1, Math.max(0, share));
}

function byScore(a: CampaignScore, b: CampaignScore): number {
  return (b.score ?? -1) - (a.score ?? -1) || b.spend - a.spend || a.campaign_id.localeCompare(b.campaign_id);
}
