import type { Stores } from '../stores/stores.ts';
import type { Courier } from './delivery/courier.ts';

/** What tasks work on. */
export interface TaskDeps {
  stores: Stores;
  /** Sends what they have to say. */
  courier: Courier;
}

/** One run of a task. */
export interface TaskRun {
  /** Names it: what was sent under this name is not sent again, whoever runs it again. */
  scope: string;
  /** When it was to be: a run that is made up for works on the day that it was due on. */
  due: Date;
}

export interface ScheduledTask {
  name: string;
  /** Five cron fields, read in UTC. */
  pattern: string;
  /**
   * What is sent by runs that are due within the same span (seconds, counted in UTC) is sent once. Default 60.
   */
  spanSeconds?: number;
  run(deps: TaskDeps, run: TaskRun): Promise<unknown>;
}

const DEFAULT_SPAN_SECONDS = 60;

/** The run of a task that was due at a moment. */
export function runDueAt({ name, spanSeconds = DEFAULT_SPAN_SECONDS }: ScheduledTask, due: Date): TaskRun {
  const span = spanSeconds * 1000;
  const start = new Date(Math.floor(due.getTime() / span) * span);
  return { scope: `${name}:${start.toISOString()}`, due };
}
