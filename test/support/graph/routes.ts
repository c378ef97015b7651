import type { Handler, World } from './call.ts';
import { debugToken } from './handlers/debug-token.ts';
import {
  readAccountInsights,
  readAdInsights,
  readCampaignInsights,
  readReport,
  readReportInsights,
  startReport,
} from './handlers/insights.ts';
import { listMyAccounts, readMe } from './handlers/me.ts';
import {
  listAccountAds,
  listCampaignAds,
  listCampaigns,
  readAccount,
  readAd,
  readCampaign,
} from './handlers/nodes.ts';
import type { RouteName } from './route-name.ts';

export interface Route {
  name: RouteName;
  handle: Handler;
}

const route = (name: RouteName, handle: Handler): Route => ({ name, handle });

/** By method, kind of the object, and edge. */
const TABLE: Record<string, Route> = {
  'GET debug_token': route('debug_token', debugToken),
  'GET me': route('me', readMe),
  'GET me/adaccounts': route('my_accounts', listMyAccounts),
  'GET account': route('account', readAccount),
  'GET account/campaigns': route('campaigns', listCampaigns),
  'GET account/ads': route('account_ads', listAccountAds),
  'GET account/insights': route('account_insights', readAccountInsights),
  'POST account/insights': route('report_start', startReport),
  'GET campaign': route('campaign', readCampaign),
  'GET campaign/ads': route('campaign_ads', listCampaignAds),
  'GET campaign/insights': route('campaign_insights', readCampaignInsights),
  'POST campaign/insights': route('report_start', startReport),
  'POST ad/insights': route('report_start', startReport),
  'GET ad': route('ad', readAd),
  'GET ad/insights': route('ad_insights', readAdInsights),
  'GET report': route('report', readReport),
  'GET report/insights': route('report_insights', readReportInsights),
};

/** What a path leads to; the account is set whenever the object belongs to one, whoever asks. */
export interface Target {
  version: string;
  object: string;
  edge: string | undefined;
  accountId: string | undefined;
  route: Route | undefined;
}

/** Reads `/vN.N/object/edge`; a path without a version gets `current`. */
export function findTarget(method: string, path: string, world: World, current: string): Target {
  const segments = path.split('/').filter((segment) => segment !== '');
  const version = /^v\d+\.\d+$/.test(segments[0] ?? '') ? (segments.shift() ?? current) : current;
  const [object = '', edge, ...rest] = segments.map((segment) => decodeURIComponent(segment));
  const { kind, accountId } = kindOf(object, world);
  const key = edge === undefined ? `${method} ${kind}` : `${method} ${kind}/${edge}`;
  return { version, object, edge, accountId, route: rest.length === 0 ? TABLE[key] : undefined };
}

function kindOf(object: string, { data, reports }: World): { kind: string; accountId?: string } {
  if (object === 'debug_token' || object === 'me') return { kind: object };
  if (object.startsWith('act_')) {
    return { kind: 'account', accountId: data.findAccount(object.slice(4))?.id };
  }
  const campaign = data.findCampaign(object);
  if (campaign !== undefined) return { kind: 'campaign', accountId: campaign.accountId };
  const ad = data.findAd(object);
  if (ad !== undefined) return { kind: 'ad', accountId: ad.accountId };
  const run = reports.find(object);
  if (run !== undefined) return { kind: 'report', accountId: run.scope.account.id };
  return { kind: 'unknown' };
}
