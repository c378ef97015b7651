import { Gauge } from 'prom-client';
import { registry } from './prometheus.ts';

export type ReadinessState = 'starting' | 'ready' | 'stopping';

const readyGauge = new Gauge({
  name: 'service_ready',
  help: '1 when the process takes requests, else 0',
  registers: [registry],
});

/**
 * Whether this process should be sent requests. It becomes ready once, when all it waits for has
 * happened, and stays so until it stops: a Graph that fails later fails for every instance alike.
 */
export class Readiness {
  readonly #pending: Set<string>;
  #stopping = false;
  #onReady: (() => void)[] = [];

  /** @param conditions names of what must happen first, as `/readyz` shows them. */
  constructor(conditions: readonly string[]) {
    this.#pending = new Set(conditions);
    this.#report();
  }

  get state(): ReadinessState {
    if (this.#stopping) return 'stopping';
    return this.#pending.size === 0 ? 'ready' : 'starting';
  }

  /** What is still waited for. */
  get pending(): string[] {
    return [...this.#pending];
  }

  fulfil(condition: string): void {
    this.#pending.delete(condition);
    this.#report();
    if (this.state === 'ready') for (const listener of this.#onReady.splice(0)) listener();
  }

  /** Calls `listener` once, when the process becomes ready; at once if it is. */
  onReady(listener: () => void): void {
    if (this.state === 'ready') listener();
    else this.#onReady.push(listener);
  }

  stop(): void {
    this.#stopping = true;
    this.#report();
  }

  #report(): void {
    readyGauge.set(this.state === 'ready' ? 1 : 0);
  }
}
