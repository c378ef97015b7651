import { Cron } from 'croner';
import { Gauge } from 'prom-client';
import { registry } from '../observability/prometheus.ts';
import type { Documents } from '../stores/documents.ts';
import type { Stores } from '../stores/stores.ts';
import type { ScheduledTask } from './task.ts';

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

const nextDue = new Gauge({
  name: 'task_due_timestamp_seconds',
  help: 'Unix time at which a task was or will be due for the first time after its last success, in any process: overdue when it is long past',
  labelNames: ['task'],
  registers: [registry],
});

type Task = Pick<ScheduledTask, 'name' | 'pattern'>;

/** When each task last succeeded: beyond the end of the process, and as metrics. */
export class RunMemory {
  readonly #runs: Documents<RememberedRun>;
  readonly #tasks: readonly Task[];

  constructor(stores: Stores, tasks: readonly Task[]) {
    this.#runs = stores.documents<RememberedRun>('runs');
    this.#tasks = tasks;
  }

  async last(task: string): Promise<RememberedRun | undefined> {
    const run = await this.#runs.get(task);
    if (run) this.#show(task, run);
    return run;
  }

  /** Notes that a task stands on the schedule from now on. */
  async begin(task: string): Promise<void> {
    const run = { due: new Date().toISOString() };
    this.#show(task, run);
    await this.#runs.put(task, run, REMEMBER_SECONDS);
  }

  async remember(task: string, due: Date): Promise<void> {
    const run = { due: due.toISOString(), ended: new Date().toISOString() };
    this.#show(task, run);
    await this.#runs.put(task, run, REMEMBER_SECONDS);
  }

  #show(name: string, { due, ended }: RememberedRun): void {
    if (ended !== undefined) lastSuccess.set({ task: name }, Date.parse(ended) / 1000);
    const pattern = this.#tasks.find((task) => task.name === name)?.pattern;
    const next = pattern && cronIn(pattern).nextRun(new Date(due));
    if (next) nextDue.set({ task: name }, next.getTime() / 1000);
  }
}

function cronIn(pattern: string): Cron {
  return new Cron(pattern, { utcOffset: 0, mode: '5-part', paused: true });
}
