import { parseFields } from './fields.ts';
import { badParameter } from './graph-error.ts';
import type { InsightsRow } from './insights-rows.ts';

const FIELDS = new Set(
  `account_id account_name account_currency campaign_id campaign_name objective adset_id ad_id ad_name
  impressions clicks unique_clicks inline_link_clicks reach frequency spend ctr cpc cpm cpp actions
  action_values cost_per_action_type purchase_roas date_start date_stop`.split(/\s+/),
);
const DEFAULTS = ['account_id', 'campaign_id', 'ad_id', 'impressions', 'spend'];

/** The names that `fields` asks for; the dates are part of every row. @throws code 100 */
export function readInsightsFields(params: URLSearchParams): string[] {
  const text = params.get('fields');
  const names = text === null || text.trim() === '' ? DEFAULTS : parseFields(text).map(({ name }) => name);
  for (const name of names) {
    if (!FIELDS.has(name)) {
      throw badParameter(
        `${name} is not valid for fields param. please check https://developers.facebook.com/docs/` +
          'marketing-api/reference/ads-insights/ for all valid values',
      );
    }
  }
  return [...new Set([...names, 'date_start', 'date_stop'])];
}

/** What is asked for and has a value: a field that does not apply is left out, as at Graph. */
export function pickFields(row: InsightsRow, names: readonly string[]): InsightsRow {
  const picked: InsightsRow = {};
  for (const name of names) if (row[name] !== undefined) picked[name] = row[name];
  return picked;
}
