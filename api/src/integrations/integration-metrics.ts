import { Counter, Gauge } from 'prom-client';
import { registry } from '../observability/prometheus.ts';
import type { CircuitState } from '../resilience/circuit.ts';
import { failureOf } from './integration-errors.ts';

/** The systems that calls go to, by the name that errors have for them. */
const SYSTEMS = ['Notion', 'n8n'] as const;
export type IntegrationSystem = (typeof SYSTEMS)[number];

const OUTCOMES = ['ok', 'refused', 'throttled', 'failed', 'unreadable', 'timeout', 'network', 'not_sent'];
const CIRCUIT_VALUES = { closed: 0, 'half-open': 0.5, open: 1 } as const;

const registers = [registry];

const calls = new Counter({
  name: 'integration_requests_total',
  help: 'Calls to Notion and n8n, each try counted, by outcome: ok, refused (4xx), throttled (429), failed (5xx), unreadable, timeout, network, not_sent (the circuit is open)',
  labelNames: ['system', 'outcome'],
  registers,
});

const circuit = new Gauge({
  name: 'integration_circuit_state',
  help: 'Circuit around Notion and n8n: 0 closed, 1 open, 0.5 probing',
  labelNames: ['system'],
  registers,
});

for (const system of SYSTEMS) {
  for (const outcome of OUTCOMES) calls.inc({ system: system.toLowerCase(), outcome }, 0);
  showIntegrationCircuit(system, 'closed');
}

export function countIntegrationCall(system: IntegrationSystem, outcome: string): void {
  calls.inc({ system: system.toLowerCase(), outcome });
}

export function showIntegrationCircuit(system: IntegrationSystem, state: CircuitState): void {
  circuit.set({ system: system.toLowerCase() }, CIRCUIT_VALUES[state]);
}

/** What a failed call came to, as the metrics name it. */
export function outcomeOf(error: unknown): string {
  const failure = failureOf(error);
  if (failure === undefined) return 'failed';
  if (failure.kind !== 'answer') return failure.kind;
  if (failure.status === 429) return 'throttled';
  return failure.status >= 400 && failure.status < 500 ? 'refused' : 'failed';
}
