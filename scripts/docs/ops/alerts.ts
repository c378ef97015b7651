import { JOB, type RuleTimes } from './rule-times.ts';

export interface Alert {
  name: string;
  severity: 'warning' | 'critical';
  expr: string;
  /** Seconds. */
  holds: number;
  /** One line, in Prometheus' template language. */
  summary: string;
}

/** What somebody has to be told of. docs/ops/runbook.md says of each what to look at and what to do. */
export function alertsOf(times: RuleTimes): Alert[] {
  const { window, memory, patience, confirmation } = times;
  const within = `[${window}s]`;
  const backingOff = `max_over_time(facebook_agent_cache_backoff_seconds${within}) > 0`;
  const validations = `sum by (job, instance) (rate(facebook_graph_requests_total{edge="debug_token"}${within}))`;
  const requests = `sum by (job, instance) (rate(http_request_duration_seconds_count{route=~"/api/.*"}${within}))`;
  const misses = `rate(facebook_agent_cache_misses_total${within})`;
  const calls = `(rate(facebook_agent_cache_hits_total${within}) + ${misses})`;
  const where = 'on {{ $labels.instance }}';
  return [
    {
      name: 'ServiceDown',
      severity: 'critical',
      expr: `up{job="${JOB}"} == 0`,
      holds: confirmation,
      summary: '{{ $labels.instance }} cannot be scraped',
    },
    {
      name: 'HttpErrors',
      severity: 'critical',
      expr: 'job:http_errors:ratio_rate5m > 0.05',
      holds: confirmation,
      summary: '{{ $value | humanizePercentage }} of the requests are answered with 5xx',
    },
    {
      name: 'AgentUnavailable',
      severity: 'critical',
      expr: `(up{job="${JOB}"} == 1 unless on (job, instance) facebook_agent_cache_age_seconds)\nand on (job, instance) ${backingOff}`,
      holds: confirmation,
      summary: `There is no agent ${where}, and none can be made`,
    },
    {
      name: 'AgentCreationFailing',
      severity: 'warning',
      expr: backingOff,
      holds: patience,
      summary: `Agents cannot be made ${where}`,
    },
    {
      name: 'AgentCreationSlow',
      severity: 'warning',
      expr: `rate(facebook_agent_creation_duration_seconds_sum[${memory}s])\n/ rate(facebook_agent_creation_duration_seconds_count[${memory}s]) > ${times.slowCreation}`,
      holds: 0,
      summary: `Making an agent takes {{ $value | humanizeDuration }} ${where}`,
    },
    {
      name: 'AgentBuiltPerRequest',
      severity: 'warning',
      // By the cache, in vain; or past it, which only Facebook's validations tell.
      expr: `(\n  (${misses} > 0.1 * ${calls} and ${misses} > 0.05)\n  or (${validations} > 0.1 * ${requests} and ${validations} > 0.05)\n)\nunless on (job, instance) ${backingOff}`,
      holds: patience,
      summary: `Agents are made as often as requests come ${where}`,
    },
    {
      name: 'AgentServedStale',
      severity: 'warning',
      expr: `facebook_agent_cache_age_seconds > facebook_agent_cache_ttl_seconds\nand increase(facebook_agent_cache_stale_serves_total${within}) > 0`,
      holds: confirmation,
      summary: `An agent of {{ $value | humanizeDuration }} is served beyond its TTL ${where}`,
    },
    {
      name: 'CredentialExpiring',
      severity: 'warning',
      expr: `facebook_credential_expiry_timestamp_seconds - time() < ${times.expiryNotice}`,
      holds: 0,
      summary: "Facebook's token ends in {{ $value | humanizeDuration }}",
    },
    {
      name: 'CredentialRefused',
      severity: 'critical',
      expr: 'facebook_credential_refused == 1',
      holds: 0,
      summary: "Facebook refuses the service's token",
    },
    {
      name: 'GraphCircuitOpen',
      severity: 'critical',
      expr: 'facebook_graph_circuit_state > 0',
      holds: confirmation,
      summary: `Facebook is down as seen ${where}, and is not called`,
    },
    {
      name: 'GraphUsageHigh',
      severity: 'warning',
      expr: 'max by (job, scope) (facebook_graph_usage_ratio) > 0.8',
      holds: patience,
      summary: '{{ $value | humanizePercentage }} of the call limit of the {{ $labels.scope }} are used',
    },
    {
      name: 'IntegrationFailing',
      severity: 'warning',
      expr: `sum by (job, system) (rate(integration_requests_total{outcome!="ok"}${within}))\n> 0.5 * sum by (job, system) (rate(integration_requests_total${within}))`,
      holds: patience,
      summary: 'Most calls to {{ $labels.system }} fail',
    },
    {
      name: 'TaskOverdue',
      severity: 'warning',
      // Processes that share a queue all know of it; those that do not have tasks of their own.
      expr: `time() - task_due_timestamp_seconds > ${times.taskDelay}`,
      holds: 0,
      summary: '{{ $labels.task }} is overdue by {{ $value | humanizeDuration }}',
    },
    {
      name: 'TaskDeadLetters',
      severity: 'critical',
      expr: `sum by (job, task) (increase(task_dead_letters_total[${memory}s])) > 0`,
      holds: 0,
      summary: '{{ $labels.task }} was given up after all attempts',
    },
    {
      name: 'RedisDown',
      severity: 'critical',
      expr: 'redis_up == 0',
      holds: confirmation,
      summary: `Redis does not answer or takes no writes, as seen ${where}`,
    },
    {
      name: 'StateNotWritable',
      severity: 'critical',
      expr: 'state_writable == 0',
      holds: confirmation,
      summary: `The state file ${where} does not take what is written`,
    },
  ];
}
