import { Counter, Histogram } from 'prom-client';
import { logger } from '../observability/logger.ts';
import { registry } from '../observability/prometheus.ts';
import { inSpan } from '../observability/tracing.ts';

/** `skipped`: the task's previous run had not ended. */
export type TaskOutcome = 'succeeded' | 'failed' | 'skipped';

export interface LastRun {
  /** ISO 8601 */
  started_at: string;
  duration_seconds: number;
  outcome: Exclude<TaskOutcome, 'skipped'>;
}

const OUTCOMES: readonly TaskOutcome[] = ['succeeded', 'failed', 'skipped'];

const runsTotal = new Counter({
  name: 'task_runs_total',
  help: 'Runs of scheduled tasks, by outcome (succeeded, failed, skipped: the previous run had not ended)',
  labelNames: ['task', 'outcome'],
  registers: [registry],
});

const duration = new Histogram({
  name: 'task_duration_seconds',
  help: 'Duration of the runs of scheduled tasks in seconds',
  labelNames: ['task'],
  buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  registers: [registry],
});

/** Runs one task, never twice at a time; what goes wrong is logged and counted, never thrown. */
export class TaskRunner {
  readonly name: string;
  #current: Promise<TaskOutcome> | undefined;
  #last: LastRun | null = null;

  constructor(name: string) {
    this.name = name;
    // A series that appears with its first failure hides that failure from rate().
    for (const outcome of OUTCOMES) runsTotal.inc({ task: name, outcome }, 0);
  }

  /** The run under way, if any. */
  get current(): Promise<TaskOutcome> | undefined {
    return this.#current;
  }

  /** The run that ended last. */
  get last(): LastRun | null {
    return this.#last;
  }

  /** Never rejects. */
  async run(work: () => Promise<unknown>): Promise<TaskOutcome> {
    if (this.#current !== undefined) {
      logger.warn(`Task ${this.name} skipped: its previous run has not ended`);
      runsTotal.inc({ task: this.name, outcome: 'skipped' });
      return 'skipped';
    }
    this.#current = this.#execute(work).finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  async #execute(work: () => Promise<unknown>): Promise<TaskOutcome> {
    const startedAt = new Date().toISOString();
    const start = performance.now();
    const outcome = await this.#attempt(work);
    const seconds = (performance.now() - start) / 1000;
    runsTotal.inc({ task: this.name, outcome });
    duration.observe({ task: this.name }, seconds);
    this.#last = { started_at: startedAt, duration_seconds: seconds, outcome };
    return outcome;
  }

  async #attempt(work: () => Promise<unknown>): Promise<LastRun['outcome']> {
    try {
      await inSpan(`task ${this.name}`, { 'task.name': this.name }, work);
      return 'succeeded';
    } catch (error) {
      logger.error(`Task ${this.name} failed`, { error });
      return 'failed';
    }
  }
}
