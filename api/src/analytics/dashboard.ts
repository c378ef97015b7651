import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type DeliveryTotals, sumDelivery } from './totals.ts';

const TOP_CAMPAIGNS = 10;

export interface DashboardTotals extends DeliveryTotals {
  campaigns: number;
  active_campaigns: number;
}

export interface TopCampaign extends DeliveryTotals {
  campaign_id: string;
  name: string;
  status: string;
}

export interface Dashboard {
  /** The days that the delivery covers, in the account's time zone; null when nothing delivered. */
  dates: { start: string; stop: string } | null;
  totals: DashboardTotals;
  /** At most ten, the highest spend first; campaigns without delivery are not among them. */
  top_campaigns: TopCampaign[];
}

/** The account at a glance: totals of all campaigns and the ten that spent most. */
export function summarizeDashboard(campaigns: readonly CampaignWithInsights[]): Dashboard {
  return {
    dates: coveredDates(campaigns),
    totals: {
      campaigns: campaigns.length,
      active_campaigns: campaigns.filter(({ effective_status }) => effective_status === 'ACTIVE').length,
      ...sumDelivery(campaigns.map(({ insights }) => insights)),
    },
    top_campaigns: campaigns
      .filter(({ insights }) => insights !== null)
      .map(({ id, name, status, insights }) => ({
        campaign_id: id,
        name,
        status,
        ...sumDelivery([insights]),
      }))
      .sort((a, b) => b.spend - a.spend || a.campaign_id.localeCompare(b.campaign_id))
      .slice(0, TOP_CAMPAIGNS),
  };
}

function coveredDates(campaigns: readonly CampaignWithInsights[]): Dashboard['dates'] {
  const delivered = campaigns.flatMap(({ insights }) => (insights ? [insights] : []));
  const [start] = delivered.map(({ date_start }) => date_start).sort();
  const stop = delivered
    .map(({ date_stop }) => date_stop)
    .sort()
    .at(-1);
  return start === undefined || stop === undefined ? null : { start, stop };
}
