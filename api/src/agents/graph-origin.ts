import { Pool } from 'undici';
import { Circuit, CircuitOpenError, type CircuitVerdict } from '../resilience/circuit.ts';
import {
  GraphDeadlineError,
  GraphDownError,
  GraphError,
  GraphTransientError,
  GraphUnreachableError,
} from './graph-errors.ts';
import type { GraphCircuitState, GraphObserver } from './graph-observer.ts';

/**
 * The circuit opens when more than half of at least this many calls of the last ten seconds found
 * Graph down; a call that Graph answered, even with a refusal, proves it up. Seconds.
 */
const CIRCUIT = { minimum: 10, ratio: 0.5, window: 10, probeAfter: 2 };

const CONNECTIONS = { connections: 64, keepAliveTimeout: 30_000, maxResponseSize: 64 * 1024 * 1024 };

/** The connections to one Graph origin and the circuit around them, shared by all agents. */
export class GraphOrigin {
  readonly url: string;
  readonly pool: Pool;
  readonly #circuit = new Circuit({ ...CIRCUIT, onChange: (state) => this.#tell(state) });
  readonly #observers = new Set<GraphObserver>();
  #probe: { operation: object; settled: Promise<unknown> } | undefined;

  constructor(url: string) {
    this.url = url;
    this.pool = new Pool(url, CONNECTIONS);
  }

  /**
   * Runs one exchange with Graph inside the circuit. While a probe is out, the other calls of its
   * own operation wait for it: if they failed, they would take the probe down with them.
   * @param mayBeSlow an answer that takes too long is the question's fault, and proves nothing of Graph
   * @throws {GraphDownError} at once, without a call, while the circuit is open.
   */
  async run<T>(operation: object, attempt: () => Promise<T>, mayBeSlow = false): Promise<T> {
    if (this.#probe?.operation === operation) await this.#probe.settled;
    const isProbe = this.#circuit.awaitsProbe;
    const result = this.#attempt(attempt, mayBeSlow);
    if (isProbe) this.#probe = { operation, settled: result.catch(() => {}) };
    return result;
  }

  async #attempt<T>(attempt: () => Promise<T>, mayBeSlow: boolean): Promise<T> {
    try {
      return await this.#circuit.run(attempt, (error) => verdictOf(error, mayBeSlow));
    } catch (error) {
      if (!(error instanceof CircuitOpenError)) throw error;
      throw new GraphDownError(error.retryAfter);
    }
  }

  /** Tells an observer of the circuit's changes; it is kept once, however often it is given. */
  observe(observer: GraphObserver): void {
    this.#observers.add(observer);
  }

  async close(): Promise<void> {
    this.#circuit.stop();
    await this.pool.destroy();
  }

  #tell(state: GraphCircuitState): void {
    for (const observer of this.#observers) observer.onCircuit(state);
  }
}

function verdictOf(error: unknown, mayBeSlow: boolean): CircuitVerdict {
  if (error instanceof GraphTransientError || error instanceof GraphUnreachableError) return 'down';
  if (error instanceof GraphDeadlineError) return mayBeSlow ? 'unknown' : 'down';
  // Graph has answered, or the caller went away, which proves nothing.
  return error instanceof GraphError ? 'up' : 'unknown';
}

const origins = new Map<string, GraphOrigin>();

/** The one GraphOrigin of this process for a base URL. */
export function graphOrigin(graphUrl: string): GraphOrigin {
  const { origin } = new URL(graphUrl);
  const known = origins.get(origin);
  if (known) return known;
  const fresh = new GraphOrigin(origin);
  origins.set(origin, fresh);
  return fresh;
}

/** Closes every connection to Graph; calls in flight fail. For the end of the process. */
export async function closeGraphConnections(): Promise<void> {
  const open = [...origins.values()];
  origins.clear();
  await Promise.all(open.map((origin) => origin.close()));
}
