import type { DateRange } from '../../../api/src/domain/period.ts';
import type { DataSet } from './data-set.ts';
import type { DayCell, SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
import { type Filter, parseFiltering, passes } from './filtering.ts';
import { badParameter } from './graph-error.ts';
import { type Level, readLevel, readRange, readSteps } from './insights-query.ts';
import { type InsightsRow, insightsRow, type RowSubject } from './insights-rows.ts';
import { listParam } from './params.ts';

/** The object whose insights are asked: an account, one of its campaigns, or one ad. */
export type Scope = RowSubject;

interface Member {
  campaign: SeededCampaign;
  ad: SeededAd;
}

const METRICS = ['impressions', 'clicks', 'spend', 'reach'];

/** Every row of an insights query, before `fields` and paging. Objects without delivery have none. */
export function queryInsights(scope: Scope, params: URLSearchParams, data: DataSet): InsightsRow[] {
  const own: Level = scope.ad ? 'ad' : scope.campaign ? 'campaign' : 'account';
  const level = readLevel(params, own);
  const range = readRange(params, data, scope.account);
  const filters = parseFiltering(params);
  const ofObjects = filters.filter(({ field }) => field.includes('.'));
  const ofMetrics = filters.filter(({ field }) => !field.includes('.'));
  const members = membersOf(scope)
    .filter((member) => level === own || named(ofObjects) || !unlisted(member, level))
    .filter((member) => passes(ofObjects, memberFields(member)));
  const rows = groupsOf(scope, members, level).flatMap(({ subject, ads }) =>
    stepRows({ subject, ads, level }, readSteps(params, range), data),
  );
  return sorted(
    rows.filter((row) => ofMetrics.length === 0 || passes(ofMetrics, metricFields(row))),
    params,
  );
}

function membersOf({ account, campaign, ad }: Scope): Member[] {
  if (campaign !== undefined && ad !== undefined) return [{ campaign, ad }];
  const campaigns = campaign === undefined ? account.campaigns : [campaign];
  return campaigns.flatMap((owner) => owner.ads.map((member) => ({ campaign: owner, ad: member })));
}

/** Such objects count in their parent's totals but get no row of their own unless asked by status. */
function unlisted({ campaign, ad }: Member, level: Level): boolean {
  return ['ARCHIVED', 'DELETED'].includes((level === 'ad' ? ad : campaign).effectiveStatus);
}

function named(filters: readonly Filter[]): boolean {
  return filters.some(({ field }) => field.endsWith('.effective_status'));
}

function memberFields({ campaign, ad }: Member): Record<string, string> {
  return {
    'campaign.id': campaign.id,
    'campaign.name': campaign.name,
    'campaign.effective_status': campaign.effectiveStatus,
    'adset.id': ad.adsetId,
    'ad.id': ad.id,
    'ad.name': ad.name,
    'ad.effective_status': ad.effectiveStatus,
  };
}

function metricFields(row: InsightsRow): Record<string, number> {
  return Object.fromEntries(METRICS.map((name) => [name, Number(row[name] ?? 0)]));
}

function groupsOf({ account }: Scope, members: readonly Member[], level: Level) {
  const groups = new Map<string, { subject: RowSubject; ads: SeededAd[] }>();
  for (const { campaign, ad } of members) {
    const key = { account: account.id, campaign: campaign.id, ad: ad.id }[level];
    const group = groups.get(key) ?? { subject: subjectOf(account, campaign, ad, level), ads: [] };
    group.ads.push(ad);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function subjectOf(account: SeededAccount, campaign: SeededCampaign, ad: SeededAd, level: Level): RowSubject {
  if (level === 'account') return { account };
  return level === 'campaign' ? { account, campaign } : { account, campaign, ad };
}

interface Group {
  subject: RowSubject;
  ads: readonly SeededAd[];
  level: Level;
}

function stepRows({ subject, ads, level }: Group, steps: DateRange[], data: DataSet) {
  const whole = { since: steps[0]?.since ?? '', until: steps.at(-1)?.until ?? '' };
  const cells: DayCell[] = ads.flatMap((ad) => data.adCells(ad.id, whole)).map(data.shownAt(level));
  return steps
    .map((step) => insightsRow(subject, steps.length === 1 ? cells : within(cells, step), step))
    .filter((row) => row !== undefined);
}

function within(cells: readonly DayCell[], { since, until }: DateRange): DayCell[] {
  return cells.filter(({ day }) => day >= since && day <= until);
}

/** `sort=["spend_descending"]` on a numeric field. */
function sorted(rows: InsightsRow[], params: URLSearchParams): InsightsRow[] {
  const [order] = listParam(params, 'sort') ?? [];
  if (order === undefined) return rows;
  const [, field, direction] = /^(\w+)_(ascending|descending)$/.exec(order) ?? [];
  if (field === undefined || !METRICS.includes(field)) throw badParameter(`Invalid sort: ${order}`);
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.sort((one, other) => sign * (Number(one[field] ?? 0) - Number(other[field] ?? 0)));
}
