import type { DataSet } from './data-set.ts';
import { queryInsights, type Scope } from './insights.ts';
import { refuseUnknown } from './insights-query.ts';
import type { InsightsRow } from './insights-rows.ts';

const KEPT_QUERIES = 64;
const QUERY_PARAMS = ['level', 'date_preset', 'time_range', 'time_increment', 'filtering', 'sort'];

/** Remembers the rows of the last queries, so that under load the stand-in is not what is measured. */
export class RowMemo {
  readonly #rows = new Map<string, readonly InsightsRow[]>();

  query(scope: Scope, params: URLSearchParams, data: DataSet): readonly InsightsRow[] {
    refuseUnknown(params);
    const { account, campaign, ad } = scope;
    // The day is part of the key: presets and the end of the data move with it.
    const subject = [account.id, campaign?.id, ad?.id, data.today(account.id)];
    const quirks = [data.settling, data.missingPurchases];
    const key = JSON.stringify([...quirks, ...subject, ...QUERY_PARAMS.map((name) => params.get(name))]);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const rows = queryInsights(scope, params, data);
    const oldest = this.#rows.keys().next().value;
    if (this.#rows.size >= KEPT_QUERIES && oldest !== undefined) this.#rows.delete(oldest);
    this.#rows.set(key, rows);
    return rows;
  }
}
