import { Gauge } from 'prom-client';
import { registry } from './prometheus.ts';

export type ReadinessState = 'starting' | 'ready' | 'stopping';

let isReady: (() => boolean) | undefined;

new Gauge({
  name: 'service_ready',
  help: '1 when the process takes requests, else 0; absent in a worker, which takes none',
  registers: [registry],
  collect() {
    this.remove();
    if (isReady) this.set(isReady() ? 1 : 0);
  },
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
    if (this.state === 'ready') for (const listener of this.#onReady.splice(0)) listener();
  }

  /** Calls `listener` once, when the process becomes ready; at once if it is. */
  onReady(listener: () => void): void {
    if (this.state === 'ready') listener();
    else this.#onReady.push(listener);
  }

  stop(): void {
    this.#stopping = true;
  }

  /** Shows it in the metrics. */
  show(): void {
    isReady = () => this.state === 'ready';
  }
}
