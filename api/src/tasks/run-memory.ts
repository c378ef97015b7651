import { Gauge } from 'prom-client';
import { registry } from '../observability/prometheus.ts';
import type { Documents } from '../stores/documents.ts';
import type { Stores } from '../stores/stores.ts';

/** What is known of a task's last success. */
export interface RememberedRun {
  /** When it was due, ISO 8601; before the first, since when the task stands on the schedule. */
  due: string;
  /** When it ended, ISO 8601. */
  ended?: string;
}

const REMEMBER_SECONDS = 400 * 86_400;

const lastSuccess = new Gauge({
  name: 'task_last_success_timestamp_seconds',
  help: 'Unix time of the end of the last run of a task that succeeded, in any process; absent before the first',
  labelNames: ['task'],
  registers: [registry],
});

/** When each task last succeeded: beyond the end of the process, and as a metric. */
export class RunMemory {
  readonly #runs: Documents<RememberedRun>;

  constructor(stores: Stores) {
    this.#runs = stores.documents<RememberedRun>('runs');
  }

  async last(task: string): Promise<RememberedRun | undefined> {
    const run = await this.#runs.get(task);
    if (run) show(task, run);
    return run;
  }

  /** Notes that a task stands on the schedule from now on. */
  async begin(task: string): Promise<void> {
    await this.#runs.put(task, { due: new Date().toISOString() }, REMEMBER_SECONDS);
  }

  async remember(task: string, due: Date): Promise<void> {
    const run = { due: due.toISOString(), ended: new Date().toISOString() };
    show(task, run);
    await this.#runs.put(task, run, REMEMBER_SECONDS);
  }
}

function show(task: string, { ended }: RememberedRun): void {
  if (ended !== undefined) lastSuccess.set({ task }, Date.parse(ended) / 1000);
}
