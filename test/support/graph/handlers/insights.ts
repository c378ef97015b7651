import { accountOf, adOf, campaignOf, reportOf } from '../access.ts';
import type { Call } from '../call.ts';
import { selectFields } from '../fields.ts';
import { GraphError } from '../graph-error.ts';
import type { Scope } from '../insights.ts';
import { pickFields, readInsightsFields } from '../insights-fields.ts';
import { readRange } from '../insights-query.ts';
import type { ReportRun } from '../report-runs.ts';

const ENDED: readonly string[] = ['Job Completed', 'Job Failed', 'Job Skipped'];

export const readAccountInsights = (call: Call) => askNow(call, { account: accountOf(call) });
export const readCampaignInsights = (call: Call) => askNow(call, campaignOf(call));
export const readAdInsights = (call: Call) => askNow(call, adOf(call));

function askNow(call: Call, scope: Scope): unknown {
  call.world.limits.checkSync(scope, call.params, call.world.data);
  return answer(call, scope, call.params);
}

function errorFields({ end }: ReportRun, status: string): Record<string, unknown> {
  if (status !== 'Job Failed' || end.status !== 'Job Failed' || end.code === undefined) return {};
  return { error_code: end.code, error_subcode: end.subcode, error_message: end.message };
}

/** Starts an asynchronous query with the parameters of this request. */
export function startReport(call: Call): unknown {
  const { world, params, object } = call;
  const scope = scopeOf(call, object);
  readInsightsFields(params);
  world.rows.query(scope, params, world.data);
  const range = readRange(params, world.data, scope.account);
  const run = { scope, params, range, startedAt: world.now() };
  const tooMuch = world.limits.judgeReport(scope, params, world.data);
  return { report_run_id: world.reports.start(run, tooMuch).id };
}

function scopeOf(call: Call, object: string): Scope {
  if (object.startsWith('act_')) return { account: accountOf(call) };
  return call.world.data.findAd(object) ? adOf(call) : campaignOf(call);
}

/** Reads a run; each read moves it on. */
export function readReport(call: Call): unknown {
  const run = reportOf(call);
  const { status, percent } = call.world.reports.poll(run);
  const node = {
    id: run.id,
    account_id: run.scope.account.id,
    time_ref: Math.floor(run.startedAt.getTime() / 1000),
    async_status: status,
    async_percent_completion: percent,
    is_running: !ENDED.includes(status),
    date_start: run.range.since,
    date_stop: run.range.until,
    ...errorFields(run, status),
  };
  return selectFields(node, call.params.get('fields'), 'AdReportRun', Object.keys(node));
}

export function readReportInsights(call: Call): unknown {
  const run = reportOf(call);
  if (call.world.reports.state(run).status !== 'Job Completed') {
    throw new GraphError({
      code: 2601,
      subcode: 1815107,
      message: '(#2601) Error accessing adreport job.',
      userTitle: 'Loading an async query that is not completed',
    });
  }
  const params = new URLSearchParams(run.params);
  const fields = call.params.get('fields');
  if (fields !== null && fields !== '') params.set('fields', fields);
  return answer(call, run.scope, params);
}

function answer(call: Call, scope: Scope, params: URLSearchParams): unknown {
  const names = readInsightsFields(params);
  const rows = call.world.rows.query(scope, params, call.world.data);
  const page = { edge: call.edge, params: call.params, token: call.token.value };
  const { data, paging } = call.world.pager.page(rows, page);
  return {
    data: data.map((row) => pickFields(row, names)),
    ...(paging === undefined ? {} : { paging }),
  };
}
