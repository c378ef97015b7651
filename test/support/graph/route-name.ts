/** Names of the routes in the journal, in faults and in the latency table. */
export const ROUTE_NAMES = [
  'debug_token',
  'me',
  'my_accounts',
  'account',
  'campaigns',
  'account_ads',
  'account_insights',
  'campaign',
  'campaign_ads',
  'campaign_insights',
  'ad',
  'ad_insights',
  'report_start',
  'report',
  'report_insights',
] as const;

export type RouteName = (typeof ROUTE_NAMES)[number];
