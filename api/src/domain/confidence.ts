import { timeOf } from './activity.ts';
import { ATTRIBUTION } from './attribution.ts';
import type { Campaign } from './campaign.ts';
import type { Insights } from './insights.ts';
import type { Results } from './results.ts';

/** How far a figure can be relied on, and why no further. */
export interface Confidence {
  level: 'high' | 'medium' | 'low';
  reason: string;
}

/** Fewer results than this say little of what the next one costs; fewer impressions little of a rate. */
const FEW = { results: 10, impressions: 2000 };
const VERY_FEW = { results: 3, impressions: 500 };
/** Facebook still learns whom to show a campaign for about so many days. */
const YOUNG_DAYS = 7;
/** Days for which clicks of the day still bring conversions. */
const CONVERTING_DAYS = 7;
const DAY_MS = 86_400_000;

interface Doubt {
  level: 'medium' | 'low';
  reason: string;
}

/** What a campaign's figures are judged by. */
export interface Figures {
  campaign: Pick<Campaign, 'start_time' | 'created_time'>;
  insights: Insights;
  results: Results | null;
}

/**
 * @param costThreshold major units: what has spent less than one result may cost has not had its chance
 * @param further doubts of the caller's own
 */
export function confidenceIn(
  { campaign, insights, results }: Figures,
  { now, costThreshold, further = [] }: { now: Date; costThreshold: number; further?: readonly string[] },
): Confidence {
  const doubts = [
    ...further.map((reason): Doubt => ({ level: 'low', reason })),
    ...doubtsOfResults(results),
    ...doubtsOfSize(insights, results, costThreshold),
    ...doubtsOfAge(campaign, now),
    ...doubtsOfDays(insights, now),
  ];
  const level = doubts.some((doubt) => doubt.level === 'low') ? 'low' : doubts.length > 0 ? 'medium' : 'high';
  const reason = doubts.map((doubt) => doubt.reason).join('; ') || basis(insights, results);
  return { level, reason };
}

function doubtsOfResults(results: Results | null): Doubt[] {
  if (results === null || results.complete) return [];
  return [{ level: 'low', reason: results.note ?? `its ${results.type} look incomplete` }];
}

function doubtsOfSize(insights: Insights, results: Results | null, costThreshold: number): Doubt[] {
  const doubts: Doubt[] = [];
  const { impressions, spend } = insights;
  if (spend < costThreshold) {
    doubts.push({
      level: 'low',
      reason: `too little spend: ${spend.toFixed(2)} of ${costThreshold.toFixed(2)}`,
    });
  }
  if (impressions < FEW.impressions) {
    const level = impressions < VERY_FEW.impressions ? 'low' : 'medium';
    doubts.push({ level, reason: `only ${impressions} impressions` });
  }
  if (results !== null && results.count !== null && results.count < FEW.results) {
    const level = results.count < VERY_FEW.results ? 'low' : 'medium';
    doubts.push({ level, reason: `only ${results.count} ${results.type.replace('_', ' ')}` });
  }
  return doubts;
}

function doubtsOfAge({ start_time, created_time }: Figures['campaign'], now: Date): Doubt[] {
  const start = timeOf(start_time) ?? timeOf(created_time);
  if (start === null) return [];
  const days = Math.floor((now.getTime() - start) / DAY_MS);
  if (days < 0 || days >= YOUNG_DAYS) return [];
  return [{ level: 'low', reason: `a young campaign: it started ${days} days ago` }];
}

/** Days whose conversions still come in weigh when they are half of the period or more. */
function doubtsOfDays({ date_start, date_stop }: Insights, now: Date): Doubt[] {
  const [start, stop] = [Date.parse(date_start), Date.parse(date_stop)];
  if (Number.isNaN(start) || Number.isNaN(stop)) return [];
  const changing = (stop + DAY_MS - Math.max(start, now.getTime() - CONVERTING_DAYS * DAY_MS)) / DAY_MS;
  const days = (stop - start) / DAY_MS + 1;
  if (changing < days / 2) return [];
  return [{ level: 'medium', reason: 'most of its days can still gain conversions' }];
}

function basis({ date_start, date_stop, spend, impressions }: Insights, results: Results | null): string {
  const counted = results?.count ? `, ${results.count} ${results.type.replace('_', ' ')}` : '';
  return (
    `${date_start} to ${date_stop}: ${spend.toFixed(2)} spent, ${impressions} impressions${counted}; ` +
    `figures of the last ${ATTRIBUTION.settles_after_days} days can still change`
  );
}
