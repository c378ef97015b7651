/** What the page says of one metric. */
export interface DescribedMetric {
  name: string;
  type: string;
  help: string;
  labels: readonly string[];
}

/** Those of the runtime, which prom-client collects by itself and describes in its own words. */
export const OF_THE_RUNTIME = /^(nodejs|process)_/;

const GROUPS: readonly [title: string, names: RegExp][] = [
  ['Agent cache', /^facebook_agent_(?!fleet|sessions)/],
  ['Facebook', /^facebook_(credential|graph)_/],
  ['HTTP', /^(http|jwt)_/],
  ['Tasks', /^(task|campaign)_/],
  ['Integrations', /^integration_/],
  ['Redis and the fleet', /^(redis|facebook_agent_fleet|facebook_agent_sessions)_/],
  ['State, log and process', /^(state|log|service)_/],
];

/**
 * The text of docs/metrics.md.
 * @throws {Error} for a metric that belongs to no group
 */
export function metricsPage(metrics: readonly DescribedMetric[]): string {
  const own = metrics.filter(({ name }) => !OF_THE_RUNTIME.test(name));
  const sections = GROUPS.map(([title, names]) => {
    const rows = own.filter(({ name }) => names.test(name)).map(rowOf);
    return `## ${title}\n\n| name | kind | |\n|---|---|---|\n${rows.sort().join('\n')}\n`;
  });
  const stray = own.find(({ name }) => !GROUPS.some(([, names]) => names.test(name)));
  if (stray) throw new Error(`docs/metrics.md has no section for ${stray.name}`);
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const INTRODUCTION = `# Metrics

\`GET /metrics\` answers them in Prometheus' text format, and in OpenMetrics to who asks for it (\`Accept:
application/openmetrics-text\`): there the buckets of \`http_request_duration_seconds\` carry the \`request_id\` of the last
request that fell into them, from the first such reading on. A worker serves them on \`WORKER_PORT\`. Beside these there
are prom-client's own of the process (\`process_*\`) and of Node.js (\`nodejs_*\`).

Alerts, recording rules and a dashboard made of them: [ops/](ops/). This page is written by \`npm run docs\`.
`;

function rowOf({ name, type, help, labels }: DescribedMetric): string {
  const names = labels.length === 0 ? '' : `{${labels.join(', ')}}`;
  return `| \`${name}${names}\` | ${type} | ${help} |`;
}
