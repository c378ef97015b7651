import { GraphDeadlineError, GraphTooMuchDataError } from './graph-errors.ts';
import type { GraphOperation } from './graph-operation.ts';
import { type ReadOptions, readAllRows } from './graph-paging.ts';
import type { InsightsReports } from './insights-report.ts';
import type { InsightsRow } from './insights-rows.ts';
import type { Learned } from './learned.ts';

type Params = Readonly<Record<string, unknown>>;

/** Reads one path. */
export type ReadApi = (path: string[], params: Params) => Promise<unknown>;

/** What one operation reads by. */
export interface GraphReadsParts {
  read: ReadApi;
  operation: GraphOperation;
  origin: string;
  /** `act_…` */
  accountPath: string;
  reports: InsightsReports;
  learned: Learned;
  /** Of the caller. */
  signal: AbortSignal | undefined;
}

/** The reads of one operation: objects, edges page by page, and insights by whichever way Graph can answer. */
export class GraphReads {
  readonly #parts: GraphReadsParts;

  constructor(parts: GraphReadsParts) {
    this.#parts = parts;
  }

  get accountPath(): string {
    return this.#parts.accountPath;
  }

  object(path: string[], params: Params): Promise<unknown> {
    return this.#parts.read(path, params);
  }

  /** Every row of an edge. */
  rows(path: string[], params: Params, options?: ReadOptions): Promise<unknown[]> {
    const { read, origin } = this.#parts;
    return readAllRows((page) => read(path, { ...params, ...page }), origin, options);
  }

  /**
   * Insights rows. A query that is too heavy for one call, or whose answer does not come within its deadline, is
   * made a report; the time that the report takes is its own, not the operation's.
   */
  async insights(path: string[], params: Params, limit?: number): Promise<InsightsRow[]> {
    const { reports, learned, operation, signal } = this.#parts;
    const key = JSON.stringify([path, params]);
    if (!learned.isHeavy(key)) {
      try {
        return (await this.rows(path, params, { limit, isComputed: true })) as InsightsRow[];
      } catch (error) {
        if (!isTooHeavy(error)) throw error;
        learned.noteHeavy(key);
      }
    }
    const startedAt = performance.now();
    try {
      return (await reports.rows({ path, params }, signal)).slice(0, limit);
    } finally {
      operation.extend(performance.now() - startedAt);
    }
  }
}

function isTooHeavy(error: unknown): boolean {
  if (error instanceof GraphDeadlineError) return error.fault.reason === 'deadline';
  return error instanceof GraphTooMuchDataError;
}
