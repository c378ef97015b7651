import type { AccountFacts } from '../domain/account.ts';
import { isActive, type Moment } from '../domain/activity.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { campaignResults } from '../domain/campaign-results.ts';
import type { Insights } from '../domain/insights.ts';
import { type Aim, aimOf } from '../domain/objective.ts';
import type { Results } from '../domain/results.ts';

/** What campaigns are judged at: a moment, and the state of their account. */
export type Setting = Moment & { account: AccountFacts };

/** A campaign that can be judged: it is active, it delivered in the period, and its aim has a rule. */
export interface JudgedCampaign extends CampaignWithInsights {
  insights: Insights & { ctr: number };
  aim: Aim;
  results: Results | null;
}

/**
 * Aims that are judged. Reach and engagement have no price that the thresholds speak of, and of an aim that is not
 * known nothing can be said.
 */
const JUDGED_AIMS: ReadonlySet<Aim> = new Set(['sales', 'leads', 'app', 'traffic']);

/** In order of their ids, so that nothing depends on the order in which they came. */
export function judgedCampaigns(
  campaigns: readonly CampaignWithInsights[],
  setting: Setting,
): JudgedCampaign[] {
  return campaigns
    .flatMap((campaign): JudgedCampaign[] => {
      const { insights, objective } = campaign;
      const aim = aimOf(objective);
      if (insights === null || insights.ctr === null || !JUDGED_AIMS.has(aim)) return [];
      if (!isActive(campaign, setting)) return [];
      return [
        {
          ...campaign,
          insights: { ...insights, ctr: insights.ctr },
          aim,
          results: campaignResults(campaign),
        },
      ];
    })
    .sort((a, b) => byId(a.id, b.id));
}

export function byId(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
