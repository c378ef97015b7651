import type { CampaignWithInsights } from '../../domain/campaign.ts';
import type { Question } from './parse-question.ts';
import { METRICS, type Metric, type Order } from './vocabulary.ts';

const DEFAULT_COUNT = 5;

/**
 * The first campaigns by a metric; those without a figure for it are left out. Best and worst know
 * which way a metric is good, highest and lowest go by the figure. Without a metric, best and worst
 * mean ROAS, highest and lowest mean spend.
 */
export function rankCampaigns(campaigns: readonly CampaignWithInsights[], question: Question) {
  const { order = 'best', count = DEFAULT_COUNT } = question;
  const metric = question.metric ?? (order === 'best' || order === 'worst' ? 'roas' : 'spend');
  const direction = isDescending(metric, order) ? -1 : 1;
  const ranked = campaigns
    .flatMap((campaign) => {
      const value = campaign.insights?.[metric];
      return typeof value === 'number' ? [{ value, campaign }] : [];
    })
    .sort((a, b) => direction * (a.value - b.value) || a.campaign.id.localeCompare(b.campaign.id))
    .slice(0, count)
    .map(({ value, campaign }, index) => ({ rank: index + 1, value, ...campaign }));
  return { metric, order, count: ranked.length, campaigns: ranked };
}

function isDescending(metric: Metric, order: Order): boolean {
  if (order === 'highest') return true;
  if (order === 'lowest') return false;
  const lowIsGood = METRICS.some((entry) => entry.metric === metric && entry.lowIsGood);
  return (order === 'best') !== lowIsGood;
}
