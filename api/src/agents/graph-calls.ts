import { AD_ACCOUNT_FIELDS } from './ad-account.ts';
import { CAMPAIGN_FIELDS } from './campaign-rows.ts';
import { INSIGHTS_FIELDS } from './insights-rows.ts';

/** One kind of call that the agent makes. */
export interface GraphCallKind {
  method: 'GET' | 'POST';
  /** With `{account}`, `{campaign}`, `{ad}` or `{run}` for ids. */
  path: string;
  fields: readonly string[];
  params: readonly string[];
}

const PAGE = ['limit', 'after'];
const PERIOD = ['date_preset', 'time_range', 'use_account_attribution_setting'];
const CAMPAIGN_INSIGHTS = ['campaign_id', 'campaign_name', 'objective', 'ad_id', ...INSIGHTS_FIELDS];
const OBJECT_INSIGHTS = ['account_id', 'campaign_id', 'ad_id', ...INSIGHTS_FIELDS];

const insights = (path: string, fields: readonly string[], more: readonly string[]): GraphCallKind[] => [
  { method: 'GET', path, fields, params: [...PERIOD, ...PAGE, 'level', ...more] },
  { method: 'POST', path, fields, params: [...PERIOD, 'level', ...more] },
];

/** Every kind of call that the agent makes: what a change of Graph can touch. */
export const GRAPH_CALLS: readonly GraphCallKind[] = [
  { method: 'GET', path: 'debug_token', fields: [], params: ['input_token'] },
  { method: 'GET', path: 'act_{account}', fields: AD_ACCOUNT_FIELDS, params: [] },
  {
    method: 'GET',
    path: 'act_{account}/campaigns',
    fields: CAMPAIGN_FIELDS,
    params: [...PAGE, 'effective_status', 'filtering'],
  },
  { method: 'GET', path: '{campaign}', fields: [...CAMPAIGN_FIELDS, 'account_id'], params: [] },
  ...insights('act_{account}/insights', CAMPAIGN_INSIGHTS, ['filtering']),
  ...insights('{campaign}/insights', OBJECT_INSIGHTS, []),
  ...insights('{ad}/insights', OBJECT_INSIGHTS, []),
  { method: 'GET', path: '{run}', fields: [], params: [] },
  { method: 'GET', path: '{run}/insights', fields: CAMPAIGN_INSIGHTS, params: PAGE },
];

/** A change of Graph that touches a call of ours. */
export interface GraphChange {
  /** The version that brings it; null for one that all versions have had since a day. */
  version: string | null;
  /** `YYYY-MM-DD` */
  since: string | null;
  /** Paths of `GRAPH_CALLS`; empty for none of them. */
  touches: readonly string[];
  what: string;
}

/** What is known of changes near our calls. */
export const GRAPH_CHANGES: readonly GraphChange[] = [
  {
    version: 'v25.0',
    since: null,
    touches: ['{run}'],
    what: 'A report run that failed says why (error_code, error_subcode, error_message): read where it is there',
  },
  {
    version: null,
    since: '2026-11-04',
    touches: [],
    what:
      'Closed to new apps: requests of several ids, method override, field aliases, date formats, JSONP and ' +
      'asynchronous batches. None of our calls uses one',
  },
];
