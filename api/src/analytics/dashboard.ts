import { type AccountReport, atThisMoment, type Grounds, groundsOf } from '../domain/account-report.ts';
import { isActive } from '../domain/activity.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type Spent, spentOf } from '../domain/spent.ts';
import { type DeliveryTotals, sumDelivery } from './totals.ts';

const TOP_CAMPAIGNS = 10;

export interface DashboardTotals extends DeliveryTotals {
  /** Those that Facebook lists: neither archived nor deleted. */
  campaigns: number;
  active_campaigns: number;
}

export interface TopCampaign extends DeliveryTotals {
  campaign_id: string;
  name: string;
  status: string;
}

export interface Dashboard extends Grounds {
  /** The days that the delivery covers, in the account's time zone; null when nothing delivered. */
  dates: { start: string; stop: string } | null;
  /** The account's own totals: archived and deleted campaigns are in them. */
  totals: DashboardTotals;
  /** Whose spend the total is made of. */
  spent: Spent;
  /** At most ten, the highest spend first; campaigns without delivery are not among them. */
  top_campaigns: TopCampaign[];
}

/**
 * The account at a glance: its totals and the ten campaigns that spent most.
 * @param report what the rows are to be read by; without the account's own row the totals are those of the campaigns
 */
export function summarizeDashboard(
  campaigns: readonly CampaignWithInsights[],
  report: Omit<AccountReport, 'campaigns'> = atThisMoment(),
): Dashboard {
  const { total } = report;
  const rows = total ? [total] : campaigns.map(({ insights }) => insights);
  return {
    dates: coveredDates(campaigns, rows),
    totals: {
      campaigns: campaigns.filter(({ effective_status }) => !UNLISTED.includes(effective_status)).length,
      active_campaigns: campaigns.filter((campaign) => isActive(campaign, report)).length,
      ...sumDelivery(rows),
    },
    spent: spentOf(campaigns, total),
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
    ...groundsOf(report),
  };
}

const UNLISTED = ['ARCHIVED', 'DELETED'];

function coveredDates(
  campaigns: readonly CampaignWithInsights[],
  rows: readonly CampaignWithInsights['insights'][],
): Dashboard['dates'] {
  const delivered = [...rows, ...campaigns.map(({ insights }) => insights)].flatMap((row) => row ?? []);
  const [start] = delivered.map(({ date_start }) => date_start).sort();
  const stop = delivered
    .map(({ date_stop }) => date_stop)
    .sort()
    .at(-1);
  return start === undefined || stop === undefined ? null : { start, stop };
}
