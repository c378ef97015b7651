import type { DateRange } from '../../../api/src/domain/period.ts';
import type { Scope } from './insights.ts';

/** One asynchronous insights query. Polls move it on, so that tests need no clock. */
export interface ReportRun {
  id: string;
  scope: Scope;
  params: URLSearchParams;
  range: DateRange;
  startedAt: Date;
  polls: number;
  failing: boolean;
}

export type ReportStatus = 'Job Not Started' | 'Job Running' | 'Job Completed' | 'Job Failed';

export class ReportRuns {
  readonly #runs = new Map<string, ReportRun>();
  #next = 0;
  /** Polls that a run takes until it is complete. */
  pollsNeeded = 2;
  /** Whether runs started from now on end as failed. */
  failing = false;

  start(run: Pick<ReportRun, 'scope' | 'params' | 'range' | 'startedAt'>): ReportRun {
    const id = `6123${String(++this.#next).padStart(13, '0')}`;
    const started: ReportRun = { ...run, id, polls: 0, failing: this.failing };
    this.#runs.set(id, started);
    return started;
  }

  find(id: string): ReportRun | undefined {
    return this.#runs.get(id);
  }

  /** Counts one poll and says where the run stands after it. */
  poll(run: ReportRun): { status: ReportStatus; percent: number } {
    run.polls++;
    return this.state(run);
  }

  state(run: ReportRun): { status: ReportStatus; percent: number } {
    if (run.polls === 0) return { status: 'Job Not Started', percent: 0 };
    const percent = Math.min(100, Math.floor((run.polls * 100) / this.pollsNeeded));
    if (percent < 100) return { status: 'Job Running', percent };
    return run.failing ? { status: 'Job Failed', percent: 0 } : { status: 'Job Completed', percent };
  }
}
