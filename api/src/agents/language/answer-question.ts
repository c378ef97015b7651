import type { Campaign, CampaignStatus, CampaignWithInsights, Insights } from '../../domain/campaign.ts';
import type { Period } from '../../domain/period.ts';
import { NotFoundError } from '../../errors.ts';
import { findCampaigns } from './find-campaign.ts';
import type { Question } from './parse-question.ts';
import { rankCampaigns } from './rank-campaigns.ts';
import { EXAMPLES } from './vocabulary.ts';

/** What answering needs to read; the agent is one. */
export interface CampaignReader {
  getCampaigns(status?: CampaignStatus): Promise<Campaign[]>;
  getActiveCampaigns(): Promise<Campaign[]>;
  getCampaign(id: string): Promise<Campaign>;
  getCampaignInsights(id: string, period: Period): Promise<Insights | null>;
  getAccountInsights(period: Period): Promise<Insights | null>;
  getCampaignsWithInsights(options: {
    status?: CampaignStatus;
    period: Period;
  }): Promise<CampaignWithInsights[]>;
}

export interface Answer {
  type: string;
  data: unknown;
}

const DELETED_ARE_NOT_LISTED =
  'Facebook lists no deleted campaigns; what they spent and delivered can be asked for.';
const DEFAULT_PERIOD: Period = 'last_30d';

/**
 * Answers a parsed question from the account's data.
 * @param currency ISO 4217 code that money is in.
 */
export async function answerQuestion(
  question: Question,
  reader: CampaignReader,
  currency: string,
): Promise<Answer> {
  const { intent, status, period = DEFAULT_PERIOD } = question;
  if (intent === 'help') {
    const { reason } = question;
    return { type: 'help', data: { ...(reason !== undefined && { reason }), examples: EXAMPLES } };
  }
  if (status === 'DELETED' && (intent === 'campaigns' || intent === 'budgets')) {
    return { type: 'help', data: { reason: DELETED_ARE_NOT_LISTED, examples: EXAMPLES } };
  }
  const named = await answerNamed(question, reader, currency, period);
  if (named) return named;
  switch (intent) {
    case 'campaigns': {
      const campaigns = await listed(reader, status);
      return { type: intent, data: { status: status ?? null, count: campaigns.length, campaigns } };
    }
    case 'ranking': {
      const campaigns = await reader.getCampaignsWithInsights({ status, period });
      return { type: intent, data: { period, currency, ...rankCampaigns(campaigns, question) } };
    }
    case 'budgets':
      return { type: intent, data: budgets(await listed(reader, status ?? 'ACTIVE'), currency) };
    case 'spend': {
      if (status) return { type: intent, data: await spendByStatus(reader, status, period, currency) };
      const insights = await reader.getAccountInsights(period);
      return { type: intent, data: { period, currency, spend: insights?.spend ?? null, insights } };
    }
    case 'performance': {
      if (status) {
        const campaigns = await reader.getCampaignsWithInsights({ status, period });
        return { type: intent, data: { period, currency, status, count: campaigns.length, campaigns } };
      }
      return { type: intent, data: { period, currency, insights: await reader.getAccountInsights(period) } };
    }
  }
}

function listed(reader: CampaignReader, status: CampaignStatus | undefined): Promise<Campaign[]> {
  return status === 'ACTIVE' ? reader.getActiveCampaigns() : reader.getCampaigns(status);
}

/** Answers about the one campaign that a question names, if it names one. */
async function answerNamed(
  question: Question,
  reader: CampaignReader,
  currency: string,
  period: Period,
): Promise<Answer | undefined> {
  const { campaignId, quotedName, nameWords } = question;
  if (campaignId === undefined && quotedName === undefined && nameWords.length === 0) return undefined;
  const found = campaignId
    ? await lookUp(reader, campaignId)
    : findCampaigns(question, await reader.getCampaigns());
  const [campaign, ...others] = found;
  if (campaign && others.length === 0) {
    const insights = await reader.getCampaignInsights(campaign.id, period);
    return { type: 'campaign', data: { period, currency, campaign, insights } };
  }
  if (campaign) return { type: 'campaigns', data: { status: null, count: found.length, campaigns: found } };
  const isNamed = campaignId !== undefined || quotedName !== undefined || question.namesCampaign;
  return isNamed
    ? { type: 'not_found', data: { campaign: campaignId ?? quotedName ?? nameWords.join(' ') } }
    : undefined;
}

async function lookUp(reader: CampaignReader, id: string): Promise<Campaign[]> {
  try {
    return [await reader.getCampaign(id)];
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}

/** Of campaigns without a budget of their own the ad sets hold it: they count for nothing in the totals. */
function budgets(campaigns: readonly Campaign[], currency: string) {
  const sum = (field: 'daily_budget' | 'lifetime_budget' | 'budget_remaining') =>
    // In cents, which add up exactly.
    campaigns.reduce((total, campaign) => total + Math.round((campaign[field] ?? 0) * 100), 0) / 100;
  const heldBy = ({ daily_budget, lifetime_budget }: Campaign) =>
    daily_budget === null && lifetime_budget === null ? ('ad_sets' as const) : ('campaign' as const);
  return {
    currency,
    count: campaigns.length,
    total_daily_budget: sum('daily_budget'),
    total_lifetime_budget: sum('lifetime_budget'),
    total_lifetime_remaining: sum('budget_remaining'),
    held_by_ad_sets: campaigns.filter((campaign) => heldBy(campaign) === 'ad_sets').length,
    campaigns: campaigns.map((campaign) => {
      const { id, name, effective_status, daily_budget, lifetime_budget, budget_remaining } = campaign;
      const held_by = heldBy(campaign);
      return { id, name, effective_status, daily_budget, lifetime_budget, budget_remaining, held_by };
    }),
  };
}

async function spendByStatus(
  reader: CampaignReader,
  status: CampaignStatus,
  period: Period,
  currency: string,
) {
  const campaigns = await reader.getCampaignsWithInsights({ status, period });
  const delivered = campaigns.flatMap(({ insights }) => insights ?? []);
  const spend = delivered.reduce((total, insights) => total + insights.spend, 0);
  return { period, currency, status, spend: delivered.length > 0 ? spend : null, campaigns };
}
