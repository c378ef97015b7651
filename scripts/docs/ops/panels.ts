/** One picture of the dashboard. */
export interface PanelSpec {
  title: string;
  description: string;
  /** Grafana's name of the unit. */
  unit: string;
  queries: { expr: string; legend: string }[];
  /** A number in place of a curve. */
  kind?: 'stat';
}

export interface RowSpec {
  title: string;
  panels: PanelSpec[];
}

const JOB = '{job=~"$job"}';
const filtered = (more: string) => `{job=~"$job", ${more}}`;
const rate = (series: string) => `rate(${series}[$__rate_interval])`;
const sum = (series: string, by: string) => `sum by (${by}) (${rate(series)})`;
const quantile = (share: number, histogram: string, by = 'le') =>
  `histogram_quantile(${share}, sum by (${by}) (${rate(`${histogram}_bucket${JOB}`)}))`;

/** What the dashboard shows, the four metrics of the migration first. */
export const ROWS: readonly RowSpec[] = [
  {
    title: 'The shared agent',
    panels: [
      {
        title: 'Creation time',
        description: 'What each request paid before the migration. Now a creation in each TTL does.',
        unit: 'ms',
        queries: [
          {
            expr: `${sum(`facebook_agent_creation_time_ms_sum${JOB}`, 'instance')} / ${sum(`facebook_agent_creation_time_ms_count${JOB}`, 'instance')}`,
            legend: '{{instance}}',
          },
        ],
      },
      {
        title: 'Age',
        description: 'A saw tooth below the TTL. Beyond it: stale agents are served, since none can be made.',
        unit: 's',
        queries: [
          { expr: `facebook_agent_cache_age_seconds${JOB}`, legend: '{{instance}}' },
          { expr: `max(facebook_agent_cache_ttl_seconds${JOB})`, legend: 'TTL' },
        ],
      },
      {
        title: 'Hits',
        description: 'Calls answered with the agent that was there.',
        unit: 'reqps',
        queries: [
          { expr: sum(`facebook_agent_cache_hits_total${JOB}`, 'instance'), legend: '{{instance}}' },
          {
            expr: sum(`facebook_agent_cache_stale_serves_total${JOB}`, 'instance'),
            legend: 'stale, {{instance}}',
          },
        ],
      },
      {
        title: 'Misses',
        description:
          'Calls that had to wait for an agent. When they grow with traffic, one is made per request.',
        unit: 'reqps',
        queries: [
          { expr: sum(`facebook_agent_cache_misses_total${JOB}`, 'instance'), legend: '{{instance}}' },
          { expr: sum(`facebook_agent_creations_total${JOB}`, 'cause'), legend: 'creations, {{cause}}' },
        ],
      },
    ],
  },
  {
    title: 'Requests',
    panels: [
      {
        title: 'Requests',
        description: 'By the status they were answered with.',
        unit: 'reqps',
        queries: [{ expr: sum(`http_request_duration_seconds_count${JOB}`, 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Latency',
        description: 'Of all routes; exemplars lead to the request_id in the log.',
        unit: 's',
        queries: [0.5, 0.99].map((share) => ({
          expr: quantile(share, 'http_request_duration_seconds'),
          legend: `p${share * 100}`,
        })),
      },
      {
        title: 'Turned away',
        description: 'By a limit (429), or because the event loop was late (503).',
        unit: 'reqps',
        queries: [
          { expr: sum(`http_requests_limited_total${JOB}`, 'limit'), legend: '{{limit}}' },
          { expr: sum(`http_requests_shed_total${JOB}`, 'job'), legend: 'overload' },
        ],
      },
    ],
  },
  {
    title: 'Facebook',
    panels: [
      {
        title: 'Graph calls',
        description: 'By outcome.',
        unit: 'reqps',
        queries: [{ expr: sum(`facebook_graph_requests_total${JOB}`, 'outcome'), legend: '{{outcome}}' }],
      },
      {
        title: 'Graph latency, p99',
        description: 'By route of Graph.',
        unit: 's',
        queries: [
          {
            expr: quantile(0.99, 'facebook_graph_request_duration_seconds', 'edge, le'),
            legend: '{{edge}}',
          },
        ],
      },
      {
        title: 'Call limits used',
        description: 'As Facebook says it: at 100 % it takes no more calls.',
        unit: 'percentunit',
        queries: [{ expr: `max by (scope) (facebook_graph_usage_ratio${JOB})`, legend: '{{scope}}' }],
      },
      {
        title: 'Circuit',
        description: '1: Facebook is down and not called; 0.5: one call tries it.',
        unit: 'none',
        queries: [{ expr: `max by (instance) (facebook_graph_circuit_state${JOB})`, legend: '{{instance}}' }],
      },
      {
        title: 'The token ends in',
        description: 'Nothing for a token that never does.',
        unit: 's',
        kind: 'stat',
        queries: [
          { expr: `min(facebook_credential_expiry_timestamp_seconds${JOB}) - time()`, legend: 'ends in' },
        ],
      },
    ],
  },
  {
    title: 'Tasks',
    panels: [
      {
        title: 'Since the last success',
        description: 'Of each task, in any process.',
        unit: 's',
        queries: [
          {
            expr: `time() - max by (task) (task_last_success_timestamp_seconds${JOB})`,
            legend: '{{task}}',
          },
        ],
      },
      {
        title: 'Runs',
        description: 'By outcome.',
        unit: 'short',
        queries: [
          {
            expr: `sum by (task, outcome) (increase(task_runs_total${JOB}[$__rate_interval]))`,
            legend: '{{task}} {{outcome}}',
          },
        ],
      },
      {
        title: 'Given up, and waiting to be sent',
        description: 'Runs that no attempt could do, and reports that wait for Notion or n8n.',
        unit: 'short',
        queries: [
          { expr: `max(task_queue_jobs${filtered('state="failed"')})`, legend: 'dead letters' },
          { expr: `max(task_outbox_letters${JOB})`, legend: 'outbox' },
        ],
      },
      {
        title: 'Notion and n8n',
        description: 'Calls by outcome.',
        unit: 'reqps',
        queries: [
          {
            expr: sum(`integration_requests_total${JOB}`, 'system, outcome'),
            legend: '{{system}} {{outcome}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Redis, state and process',
    panels: [
      {
        title: 'Redis',
        description: '1 while it answers and takes writes.',
        unit: 'none',
        queries: [{ expr: `redis_up${JOB}`, legend: '{{instance}}' }],
      },
      {
        title: 'Redis errors',
        description: 'By operation.',
        unit: 'ops',
        queries: [{ expr: sum(`redis_errors_total${JOB}`, 'operation'), legend: '{{operation}}' }],
      },
      {
        title: 'State file',
        description: '1 while it takes what is written, where Redis is not configured.',
        unit: 'none',
        queries: [{ expr: `state_writable${JOB}`, legend: '{{instance}}' }],
      },
      {
        title: 'Event loop, p99 of its lateness',
        description: 'A process that computes answers late.',
        unit: 's',
        queries: [{ expr: `nodejs_eventloop_lag_p99_seconds${JOB}`, legend: '{{instance}}' }],
      },
      {
        title: 'Memory',
        description: 'Resident set.',
        unit: 'bytes',
        queries: [{ expr: `process_resident_memory_bytes${JOB}`, legend: '{{instance}}' }],
      },
      {
        title: 'Versions',
        description: 'Of the service and of Node.js, by process.',
        unit: 'none',
        kind: 'stat',
        queries: [
          { expr: `count by (version, node_version) (service_build_info${JOB})`, legend: '{{version}}' },
        ],
      },
    ],
  },
];
