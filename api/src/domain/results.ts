import type { Insights } from './insights.ts';
import { type Aim, aimOf } from './objective.ts';

export type ResultType = 'purchases' | 'leads' | 'link_clicks' | 'engagements' | 'reach' | 'app_installs';

/** What a campaign came to, by its own objective. */
export interface Results {
  type: ResultType;
  /** Null when it cannot be told. */
  count: number | null;
  /** Spend per result, major units; null without one. */
  cost: number | null;
  /** False when there is reason to believe that Facebook has not counted all of them yet. */
  complete: boolean;
  /** Why they are not complete. */
  note?: string;
}

/** What Graph calls an action, with how often it happened. */
export type ActionCounts = ReadonlyMap<string, number>;

/**
 * Graph reports the same deed under several names at once: the first name that is there is read, alone.
 * Within a list, the name that holds the others comes first.
 */
const ACTION_NAMES: Readonly<
  Record<'leads' | 'link_clicks' | 'engagements' | 'app_installs', readonly string[]>
> = {
  leads: [
    'lead',
    'onsite_conversion.lead_grouped',
    'leadgen_grouped',
    'leadgen.other',
    'onsite_conversion.lead',
    'offsite_conversion.fb_pixel_lead',
  ],
  link_clicks: ['link_click'],
  engagements: [
    'post_engagement',
    'page_engagement',
    'onsite_conversion.messaging_conversation_started_7d',
    'onsite_conversion.total_messaging_connection',
    'video_view',
    'like',
    'rsvp',
  ],
  app_installs: ['omni_app_install', 'mobile_app_install', 'app_install'],
};

const TYPES: Readonly<Record<Aim, ResultType | null>> = {
  sales: 'purchases',
  leads: 'leads',
  traffic: 'link_clicks',
  engagement: 'engagements',
  awareness: 'reach',
  app: 'app_installs',
  unknown: null,
};

/**
 * The results of a row.
 * @param actions what Graph counted beside purchases; left out where only the row is at hand
 * @returns null without delivery, and for an objective that is not known
 */
export function resultsOf(
  objective: string | null,
  insights: Insights | null,
  actions?: ActionCounts,
): Results | null {
  const type = TYPES[aimOf(objective)];
  if (insights === null || type === null) return null;
  const count = countOf(type, insights, actions);
  const cost = count === null || count === 0 ? null : insights.spend / count;
  return { type, count, cost, complete: true };
}

function countOf(type: ResultType, insights: Insights, actions: ActionCounts | undefined): number | null {
  if (type === 'purchases') return insights.conversions;
  if (type === 'reach') return insights.reach;
  if (actions === undefined) return type === 'link_clicks' ? insights.clicks : null;
  const name = ACTION_NAMES[type].find((each) => actions.has(each));
  return name === undefined ? 0 : (actions.get(name) ?? 0);
}
