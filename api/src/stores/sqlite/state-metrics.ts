import { Counter, Gauge } from 'prom-client';
import { registry } from '../../observability/prometheus.ts';

/** Why the state file could not be used: no space left, another process at it, anything else. */
export type StateFault = 'full' | 'busy' | 'other';

export const stateErrors = new Counter({
  name: 'state_errors_total',
  help: 'Operations on the state file that failed, by reason (full, busy, other)',
  labelNames: ['reason'],
  registers: [registry],
});

for (const reason of ['full', 'busy', 'other'] satisfies StateFault[]) stateErrors.inc({ reason }, 0);

let writable: (() => boolean) | undefined;

new Gauge({
  name: 'state_writable',
  help: '1 while the state file takes what is written, else 0; absent where state is kept in Redis',
  registers: [registry],
  collect() {
    // An unlabelled gauge starts at 0, which would speak for a file that nobody uses.
    this.remove();
    if (writable) this.set(writable() ? 1 : 0);
  },
});

/** @param source is asked at each scrape; undefined when the file is closed */
export function registerStateFile(source: (() => boolean) | undefined): void {
  writable = source;
}
