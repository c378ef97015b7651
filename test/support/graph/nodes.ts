import type { SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';

type Node = Record<string, unknown>;

const SECONDS = 1000;

/** Everything that the stand-in knows of an account, under Graph's names. */
export function accountNode(account: SeededAccount, now: Date): Node {
  return {
    id: `act_${account.id}`,
    account_id: account.id,
    name: account.name,
    account_status: account.accountStatus,
    age: Math.floor((now.getTime() - Date.parse(account.createdTime)) / SECONDS / 86_400),
    amount_spent: '0',
    balance: '0',
    business: { id: account.businessId, name: `Stand-in business ${account.currency}` },
    created_time: account.createdTime,
    currency: account.currency,
    disable_reason: 0,
    min_daily_budget: 5 * account.offset,
    owner: account.businessId,
    spend_cap: '0',
    timezone_id: 25,
    timezone_name: account.timeZone,
    timezone_offset_hours_utc: offsetHours(account.timeZone, now),
  };
}

/** @param spent minor units, from its first day on */
export function campaignNode(campaign: SeededCampaign, spent: number): Node {
  const { dailyBudget, lifetimeBudget } = campaign;
  const remaining = lifetimeBudget === undefined ? dailyBudget : Math.max(0, lifetimeBudget - spent);
  return {
    id: campaign.id,
    account_id: campaign.accountId,
    name: campaign.name,
    status: campaign.status,
    configured_status: campaign.status,
    effective_status: campaign.effectiveStatus,
    objective: campaign.objective,
    buying_type: 'AUCTION',
    special_ad_categories: [],
    daily_budget: budget(dailyBudget),
    lifetime_budget: budget(lifetimeBudget),
    budget_remaining: budget(remaining) ?? '0',
    created_time: campaign.createdTime,
    start_time: `${campaign.firstDay}T00:00:00+0000`,
    stop_time: campaign.stopTime,
    updated_time: campaign.updatedTime,
  };
}

export function adNode(ad: SeededAd): Node {
  return {
    id: ad.id,
    account_id: ad.accountId,
    campaign_id: ad.campaignId,
    adset_id: ad.adsetId,
    name: ad.name,
    status: ad.status,
    configured_status: ad.status,
    effective_status: ad.effectiveStatus,
    created_time: ad.createdTime,
    updated_time: ad.updatedTime,
  };
}

/** Minor units, as a string. */
function budget(minor: number | undefined): string | undefined {
  return minor === undefined ? undefined : String(minor);
}

function offsetHours(timeZone: string, now: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  const size = Number(hours ?? 0) + Number(minutes ?? 0) / 60;
  return sign === '-' ? -size : size;
}
