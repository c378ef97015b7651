import { dayNumber } from './calendar.ts';
import type { DataSet } from './data-set.ts';
import { GraphError } from './graph-error.ts';
import { wordedError } from './error-wording.ts';
import type { Scope } from './insights.ts';
import { readLevel, readRange } from './insights-query.ts';
import type { ReportEnd } from './report-runs.ts';

/** How much Graph computes for one query: objects of the asked level times days; no limit by default. */
export class QueryLimits {
  /** Beyond it a query that waits for its answer times out, whatever its page size (100/1504018). */
  sync = Number.POSITIVE_INFINITY;
  /** Beyond it a report run fails. */
  report = Number.POSITIVE_INFINITY;

  /** @throws 100/1504018 */
  checkSync(scope: Scope, params: URLSearchParams, data: DataSet): void {
    if (weightOf(scope, params, data, this.sync) > this.sync) throw new GraphError(wordedError(100, 1504018));
  }

  judgeReport(scope: Scope, params: URLSearchParams, data: DataSet): ReportEnd | undefined {
    if (weightOf(scope, params, data, this.report) <= this.report) return undefined;
    const { code, subcode, message } = wordedError(100, 1504018);
    return { status: 'Job Failed', code, subcode, message };
  }
}

function weightOf(scope: Scope, params: URLSearchParams, data: DataSet, limit: number): number {
  if (limit === Number.POSITIVE_INFINITY) return 0;
  const level = readLevel(params, scope.ad ? 'ad' : scope.campaign ? 'campaign' : 'account');
  const campaigns = scope.campaign ? [scope.campaign] : scope.account.campaigns;
  const ads = scope.ad ? 1 : campaigns.reduce((sum, campaign) => sum + campaign.ads.length, 0);
  const objects = { account: 1, campaign: campaigns.length, ad: ads }[level];
  const { since, until } = readRange(params, data, scope.account);
  return objects * (dayNumber(until) - dayNumber(since) + 1);
}
