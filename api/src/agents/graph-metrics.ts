import { Counter, Gauge, Histogram } from 'prom-client';
import { logger } from '../observability/logger.ts';
import { registry } from '../observability/prometheus.ts';
import type { GraphFault } from './graph-errors.ts';
import { GRAPH_EDGES, type GraphEdge, type GraphObserver, type GraphWaitReason } from './graph-observer.ts';
import { GRAPH_USAGE_SCOPES } from './graph-usage.ts';

const registers = [registry];

const calls = new Counter({
  name: 'facebook_graph_requests_total',
  help: 'HTTP calls to Graph, by route and outcome (ok, aborted, or the kind of error)',
  labelNames: ['edge', 'outcome'],
  registers,
});

const durations = new Histogram({
  name: 'facebook_graph_request_duration_seconds',
  help: 'Duration of HTTP calls to Graph, by route',
  labelNames: ['edge'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

const usageRatio = new Gauge({
  name: 'facebook_graph_usage_ratio',
  help: 'Share of the call limits used, from the last usage headers (1 = no more calls)',
  labelNames: ['scope'],
  registers,
});

const regain = new Gauge({
  name: 'facebook_graph_regain_seconds',
  help: 'Time until Facebook takes calls again, from the last usage headers (0 = it does)',
  registers,
});

const waits = new Counter({
  name: 'facebook_graph_wait_seconds_total',
  help: 'Time that calls were held back, by reason',
  labelNames: ['reason'],
  registers,
});

const circuit = new Gauge({
  name: 'facebook_graph_circuit_state',
  help: 'Circuit around Graph: 0 closed, 1 open, 0.5 probing',
  registers,
});

const versionWarnings = new Counter({
  name: 'facebook_graph_version_warnings_total',
  help: 'Answers of Graph that warn of the end of the configured version',
  registers,
});
versionWarnings.inc(0);
const warnedOf = new Set<string>();

/** What a call may come to: see graph-errors.ts. */
const OUTCOMES = [
  'ok',
  'aborted',
  'graph-throttled',
  'graph-transient',
  'graph-unreachable',
  'graph-down',
  'graph-deadline',
  'graph-token',
  'graph-permission',
  'graph-too-much-data',
  'graph-bad-query',
  'graph-period',
  'graph-policy',
  'graph-version',
  'graph-protocol',
];

for (const edge of GRAPH_EDGES) {
  durations.zero({ edge });
  for (const outcome of OUTCOMES) calls.inc({ edge, outcome }, 0);
}
for (const reason of ['backoff', 'throttle', 'pace'] satisfies GraphWaitReason[]) waits.inc({ reason }, 0);

const CIRCUIT_VALUES = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** Exports what the transport does as metrics, and logs what an operator has to know. */
export const graphMetrics: GraphObserver = {
  onCall({ edge, outcome, durationSeconds, fault }) {
    calls.inc({ edge, outcome });
    durations.observe({ edge }, durationSeconds);
    // A circuit that is open refuses hundreds of calls a second, and has said so once.
    if (fault && outcome !== 'graph-down') logFault(edge, outcome, fault);
  },
  onUsage({ percent, regainSeconds }) {
    for (const scope of GRAPH_USAGE_SCOPES) {
      const value = percent[scope];
      if (value !== undefined) usageRatio.set({ scope }, value / 100);
    }
    regain.set(regainSeconds ?? 0);
  },
  onWait({ reason, seconds }) {
    waits.inc({ reason }, seconds);
  },
  onVersion({ asked, served }) {
    versionWarnings.inc();
    if (warnedOf.has(asked)) return;
    warnedOf.add(asked);
    const answered = served === undefined ? 'a later one' : served;
    logger.warn(`Graph ${asked} has ended, ${answered} answers in its place: raise FACEBOOK_GRAPH_VERSION`);
  },
  onCircuit(state) {
    circuit.set(CIRCUIT_VALUES[state]);
    if (state === 'open') logger.warn('Graph is down: circuit opened');
    if (state === 'closed') logger.info('Graph answers again: circuit closed');
  },
};

function logFault(edge: GraphEdge, outcome: string, fault: GraphFault): void {
  if (outcome === 'graph-version') {
    logger.error('Facebook no longer serves the configured Graph version: raise FACEBOOK_GRAPH_VERSION');
  }
  const { code, subcode, httpStatus: http_status, traceId: trace_id, reason } = fault;
  // Any caller can name an object that does not exist.
  const level = code === 100 && subcode === 33 ? 'debug' : 'warn';
  logger.log(level, 'Graph call failed', { edge, outcome, code, subcode, http_status, trace_id, reason });
}
