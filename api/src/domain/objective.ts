/** What a campaign is made for. */
export type Aim = 'sales' | 'leads' | 'traffic' | 'engagement' | 'awareness' | 'app' | 'unknown';

/** Graph's objectives: those of today (`OUTCOME_*`), and those that campaigns made before 2023 still have. */
const AIMS: Readonly<Record<Exclude<Aim, 'unknown'>, readonly string[]>> = {
  sales: ['OUTCOME_SALES', 'CONVERSIONS', 'PRODUCT_CATALOG_SALES'],
  leads: ['OUTCOME_LEADS', 'LEAD_GENERATION'],
  traffic: ['OUTCOME_TRAFFIC', 'LINK_CLICKS'],
  engagement: [
    'OUTCOME_ENGAGEMENT',
    'POST_ENGAGEMENT',
    'PAGE_LIKES',
    'EVENT_RESPONSES',
    'MESSAGES',
    'OFFER_CLAIMS',
    'VIDEO_VIEWS',
  ],
  awareness: ['OUTCOME_AWARENESS', 'BRAND_AWARENESS', 'REACH', 'LOCAL_AWARENESS', 'STORE_VISITS'],
  app: ['OUTCOME_APP_PROMOTION', 'APP_INSTALLS'],
};

const AIM_BY_OBJECTIVE = new Map(
  Object.entries(AIMS).flatMap(([aim, names]) => names.map((name) => [name, aim as Aim] as const)),
);

/** A campaign without an objective is taken for one that sells; of one that is not known nothing is demanded. */
export function aimOf(objective: string | null): Aim {
  if (objective === null) return 'sales';
  return AIM_BY_OBJECTIVE.get(objective) ?? 'unknown';
}
