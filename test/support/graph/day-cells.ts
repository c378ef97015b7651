import type { DayCell, SeededAd, SeededCampaign } from './data-types.ts';
import { between, type Prng, prng } from './prng.ts';

const LEAD_OBJECTIVES = ['OUTCOME_LEADS', 'LEAD_GENERATION'];
const DAY_MS = 86_400_000;
const WEEK_SHAPE = [0.8, 1.1, 1.05, 1, 1, 1.15, 0.9];

/**
 * What an ad delivers on a day: a function of seed, ad and day alone, so that a clock that moves on
 * never changes the days behind it. Undefined where the campaign does not deliver.
 */
export function dayCell(
  seed: string,
  campaign: SeededCampaign,
  ad: SeededAd,
  day: string,
): DayCell | undefined {
  if (day < campaign.firstDay || (campaign.lastDay !== undefined && day > campaign.lastDay)) return undefined;
  if (campaign.pace.impressions === 0) return undefined;
  const draw = prng(`${seed}/${ad.id}/${day}`);
  const around = (spread: number) => between(draw, [1 - spread, 1 + spread]);
  const { pace } = campaign;
  const impressions = Math.ceil(
    (pace.impressions / campaign.ads.length) * tide(campaign.id, day) * around(0.25),
  );
  const clicks = Math.floor(impressions * pace.clickRate * around(0.15));
  const results = Math.min(clicks, rounded(clicks * pace.purchaseRate * around(0.2), draw));
  const isForLeads = LEAD_OBJECTIVES.includes(campaign.objective);
  const purchases = isForLeads ? 0 : results;
  return {
    day,
    impressions,
    clicks,
    linkClicks: Math.floor(clicks * between(draw, [0.7, 0.95])),
    reach: Math.ceil(impressions * between(draw, [0.72, 0.95])),
    spend: Math.round((impressions / 1000) * pace.thousand * around(0.1)),
    cartAdditions: purchases * 3 + Math.floor(clicks / 20),
    purchases,
    revenue: purchases * Math.round(pace.basket * around(0.2)),
    leads: isForLeads ? results : 0,
  };
}

/** Week days differ, and each campaign rises and falls over some two months. */
function tide(campaignId: string, day: string): number {
  const date = new Date(day);
  const phase = Number(campaignId.slice(-3));
  const slow = 1 + 0.2 * Math.sin(date.getTime() / DAY_MS / 10 + phase);
  return slow * (WEEK_SHAPE[date.getUTCDay()] ?? 1);
}

/** Rounds up with the probability of the fraction, so that small rates still sell now and then. */
function rounded(value: number, draw: Prng): number {
  return Math.floor(value + draw());
}
