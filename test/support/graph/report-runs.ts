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
  /** What it ends as. */
  end: ReportEnd;
}

export type ReportStatus =
  | 'Job Not Started'
  | 'Job Started'
  | 'Job Running'
  | 'Job Completed'
  | 'Job Failed'
  | 'Job Skipped';

/** A failed run says why since v25.0: the names are those of Graph's errors. */
export type ReportEnd =
  | { status: 'Job Completed' | 'Job Skipped' }
  | { status: 'Job Failed'; code?: number; subcode?: number; message?: string };

const COMPLETED: ReportEnd = { status: 'Job Completed' };

export class ReportRuns {
  readonly #runs = new Map<string, ReportRun>();
  #next = 0;
  /** Polls that a run takes until it has ended. */
  pollsNeeded = 2;
  /** Whether runs started from now on end as failed, without a reason. */
  failing = false;
  /** What the next runs end as, one after the other; those beyond are completed. */
  ends: ReportEnd[] = [];

  start(run: Pick<ReportRun, 'scope' | 'params' | 'range' | 'startedAt'>, tooMuch?: ReportEnd): ReportRun {
    const id = `6123${String(++this.#next).padStart(13, '0')}`;
    const end = tooMuch ?? (this.failing ? { status: 'Job Failed' as const } : this.ends.shift());
    const started: ReportRun = { ...run, id, polls: 0, end: end ?? COMPLETED };
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

  /** At 100 % it may be running still, as at Graph: only the status says that it has ended. */
  state({ polls, end }: ReportRun): { status: ReportStatus; percent: number } {
    if (polls === 0) return { status: 'Job Not Started', percent: 0 };
    if (polls >= this.pollsNeeded) {
      return { status: end.status, percent: end.status === 'Job Completed' ? 100 : 0 };
    }
    const isSlow = this.pollsNeeded > 2;
    const percent = Math.floor((polls * 100) / (isSlow ? this.pollsNeeded - 1 : this.pollsNeeded));
    return { status: isSlow && polls === 1 ? 'Job Started' : 'Job Running', percent };
  }
}
