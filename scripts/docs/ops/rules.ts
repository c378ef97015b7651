import { stringify } from 'yaml';
import { alertsOf } from './alerts.ts';
import { RULE_TIMES, type RuleTimes } from './rule-times.ts';

const HEADER = `# Recording and alert rules of the service. Written by \`npm run docs\`; docs/ops/README.md says how they are used and
# proven, docs/ops/runbook.md what to do about each alert.
`;

/** The text of docs/ops/rules.yml, or of one whose times are others. */
export function rulesText(times: RuleTimes = RULE_TIMES): string {
  const groups = [
    { name: 'facebook-ads-api-records', rules: recordsOf(times) },
    { name: 'facebook-ads-api-alerts', rules: alertsOf(times).map(toRule) },
  ];
  return HEADER + stringify({ groups }, { lineWidth: 0 });
}

/** Shares and rates that alerts and dashboards ask for again and again; named for the default window. */
function recordsOf({ window }: RuleTimes): { record: string; expr: string }[] {
  const rate = (series: string) => `sum by (job) (rate(${series}[${window}s]))`;
  const requests = 'http_request_duration_seconds_count';
  const api = 'route=~"/api/.*"';
  const graph = 'facebook_graph_requests_total';
  return [
    { record: 'job:http_requests:rate5m', expr: rate(requests) },
    {
      record: 'job:http_errors:ratio_rate5m',
      // Of what callers ask for: probes are told 503 until the service is ready. Without a failure there is no series.
      expr: `(${rate(`${requests}{${api}, status=~"5.."}`)} or 0 * ${rate(`${requests}{${api}}`)})\n/ ${rate(`${requests}{${api}}`)}`,
    },
    {
      record: 'job:http_request_duration_seconds:p99_rate5m',
      expr: `histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[${window}s])))`,
    },
    {
      record: 'job:facebook_agent_cache_hits:ratio_rate5m',
      expr: `${rate('facebook_agent_cache_hits_total')}\n/ (${rate('facebook_agent_cache_hits_total')} + ${rate('facebook_agent_cache_misses_total')})`,
    },
    {
      record: 'job:facebook_graph_failures:ratio_rate5m',
      expr: `${rate(`${graph}{outcome!~"ok|aborted"}`)}\n/ ${rate(graph)}`,
    },
  ];
}

function toRule({ name, severity, expr, holds, summary }: ReturnType<typeof alertsOf>[number]) {
  return {
    alert: name,
    expr,
    ...(holds > 0 && { for: `${holds}s` }),
    labels: { severity },
    annotations: { summary, runbook_url: `docs/ops/runbook.md#${name.toLowerCase()}` },
  };
}
