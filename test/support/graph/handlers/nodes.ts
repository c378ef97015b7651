import { accountOf, adOf, campaignOf } from '../access.ts';
import type { Call } from '../call.ts';
import { selectFields } from '../fields.ts';
import type { SeededCampaign } from '../data-types.ts';
import { parseFiltering, passes } from '../filtering.ts';
import { badParameter } from '../graph-error.ts';
import { accountNode, adNode, campaignNode } from '../nodes.ts';
import { checkOneOf, listParam } from '../params.ts';
import { edgePage } from './edge-page.ts';

const CAMPAIGN_STATUSES = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED', 'IN_PROCESS', 'WITH_ISSUES'];
const AD_STATUSES = [
  ...CAMPAIGN_STATUSES,
  'PENDING_REVIEW',
  'DISAPPROVED',
  'PREAPPROVED',
  'PENDING_BILLING_INFO',
  'CAMPAIGN_PAUSED',
  'ADSET_PAUSED',
];

export function readAccount(call: Call): unknown {
  const node = accountNode(accountOf(call), call.world.now());
  return selectFields(node, call.params.get('fields'), 'AdAccount', ['id', 'account_id']);
}

export function readCampaign(call: Call): unknown {
  const { campaign } = campaignOf(call);
  return selectFields(campaignNode(campaign, spentBy(call, campaign)), call.params.get('fields'), 'Campaign');
}

export function readAd(call: Call): unknown {
  return selectFields(adNode(adOf(call).ad), call.params.get('fields'), 'Ad');
}

/** Newest first. */
export function listCampaigns(call: Call): unknown {
  const nodes = accountOf(call)
    .campaigns.map((campaign) => campaignNode(campaign, spentBy(call, campaign)))
    .reverse();
  return edgePage(call, narrow(call, nodes, 'campaign', CAMPAIGN_STATUSES), 'Campaign');
}

export function listAccountAds(call: Call): unknown {
  const nodes = accountOf(call)
    .campaigns.flatMap(({ ads }) => ads)
    .map(adNode)
    .reverse();
  return edgePage(call, narrow(call, nodes, 'ad', AD_STATUSES), 'Ad');
}

export function listCampaignAds(call: Call): unknown {
  const nodes = campaignOf(call).campaign.ads.map(adNode).reverse();
  return edgePage(call, narrow(call, nodes, 'ad', AD_STATUSES), 'Ad');
}

type Node = Record<string, unknown>;

function spentBy({ world }: Call, campaign: SeededCampaign): number {
  return campaign.lifetimeBudget === undefined ? 0 : world.data.spentBy(campaign.id);
}

/** By status and filters; archived objects only come when a status is asked for, deleted ones never do. */
function narrow(call: Call, nodes: readonly Node[], kind: string, statuses: readonly string[]): Node[] {
  const wanted = listParam(call.params, 'effective_status');
  if (wanted !== undefined) checkOneOf('effective_status', wanted, statuses);
  if (wanted?.includes('DELETED')) throw badParameter('Invalid parameter', 1815001);
  const filters = parseFiltering(call.params);
  const byStatus = wanted !== undefined || filters.some(({ field }) => field.endsWith('effective_status'));
  return nodes
    .filter((node) => wanted === undefined || wanted.includes(String(node.effective_status)))
    .filter(({ effective_status }) => effective_status !== 'DELETED')
    .filter(({ effective_status }) => byStatus || effective_status !== 'ARCHIVED')
    .filter((node) => passes(filters, filterFields(node, kind)));
}

/** Filters name a field plainly or behind its kind: `id`, `campaign.id`. */
function filterFields(node: Node, kind: string): Record<string, string> {
  const names = ['id', 'name', 'status', 'effective_status', 'objective', 'campaign_id', 'updated_time'];
  return Object.fromEntries(
    names
      .filter((name) => node[name] !== undefined)
      .flatMap((name) => [
        [name, String(node[name])],
        [name.includes('.') ? name : `${kind}.${name}`, String(node[name])],
        ...(name === 'campaign_id' ? [['campaign.id', String(node[name])]] : []),
      ]),
  );
}
