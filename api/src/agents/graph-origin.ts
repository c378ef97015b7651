import CircuitBreaker from 'opossum';
import { Pool } from 'undici';
import {
  GraphDeadlineError,
  GraphDownError,
  GraphTransientError,
  GraphUnreachableError,
} from './graph-errors.ts';
import type { GraphCircuitState, GraphObserver } from './graph-observer.ts';

/** Milliseconds that an open circuit refuses calls before it lets one through as a probe. */
const PROBE_AFTER_MS = 2000;

/**
 * The circuit opens when more than half of at least this many calls of the last ten seconds found
 * Graph down; a call that Graph answered, even with a refusal, proves it up.
 */
const CIRCUIT = {
  timeout: false,
  resetTimeout: PROBE_AFTER_MS,
  errorThresholdPercentage: 50,
  volumeThreshold: 10,
  rollingCountTimeout: 10_000,
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
} as const;

const CONNECTIONS = { connections: 64, keepAliveTimeout: 30_000, maxResponseSize: 64 * 1024 * 1024 };

type Attempt = () => Promise<unknown>;

/** The connections to one Graph origin and the circuit around them, shared by all agents. */
export class GraphOrigin {
  readonly url: string;
  readonly pool: Pool;
  readonly #breaker: CircuitBreaker<[Attempt], unknown>;
  readonly #observers = new Set<GraphObserver>();
  #openedAt = 0;
  #probe: { operation: object; settled: Promise<unknown> } | undefined;

  constructor(url: string) {
    this.url = url;
    this.pool = new Pool(url, CONNECTIONS);
    this.#breaker = new CircuitBreaker((attempt: Attempt) => attempt(), {
      ...CIRCUIT,
      errorFilter: (error) => !this.#countsAsDown(error),
    });
    this.#breaker.on('open', () => {
      this.#openedAt = performance.now();
      this.#tell('open');
    });
    this.#breaker.on('halfOpen', () => this.#tell('half-open'));
    this.#breaker.on('close', () => this.#tell('closed'));
  }

  /**
   * Runs one exchange with Graph inside the circuit. While a probe is out, the other calls of its
   * own operation wait for it: if they failed, they would take the probe down with them.
   * @throws {GraphDownError} at once, without a call, while the circuit is open.
   */
  async run<T>(operation: object, attempt: () => Promise<T>): Promise<T> {
    if (this.#breaker.halfOpen && this.#probe?.operation === operation) await this.#probe.settled;
    const isProbe = this.#breaker.halfOpen && this.#breaker.pendingClose;
    const result = this.#fire(attempt);
    if (isProbe) this.#probe = { operation, settled: result.catch(() => {}) };
    return result;
  }

  async #fire<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return (await this.#breaker.fire(attempt)) as T;
    } catch (error) {
      if (!CircuitBreaker.isOurError(error as Error)) throw error;
      const sinceOpen = performance.now() - this.#openedAt;
      throw new GraphDownError(Math.max(0, PROBE_AFTER_MS - sinceOpen) / 1000);
    }
  }

  /** Tells an observer of the circuit's changes; it is kept once, however often it is given. */
  observe(observer: GraphObserver): void {
    this.#observers.add(observer);
  }

  async close(): Promise<void> {
    this.#breaker.shutdown();
    await this.pool.destroy();
  }

  #countsAsDown(error: unknown): boolean {
    if (error instanceof GraphTransientError || error instanceof GraphUnreachableError) return true;
    if (error instanceof GraphDeadlineError) return true;
    // A probe whose caller went away proved nothing: the circuit must stay open.
    return this.#breaker.halfOpen && !(error instanceof Error && 'fault' in error);
  }

  #tell(state: GraphCircuitState): void {
    for (const observer of this.#observers) observer.onCircuit(state);
  }
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
