import { z } from 'zod';
import { type DateRange, daysBetween, splitRange } from '../domain/period.ts';
import { logger } from '../observability/logger.ts';
import { classifyGraphError } from './graph-error-classifier.ts';
import {
  type GraphError,
  GraphProtocolError,
  GraphTooMuchDataError,
  GraphTransientError,
} from './graph-errors.ts';
import { GraphOperation } from './graph-operation.ts';
import { readAllRows } from './graph-paging.ts';
import type { GraphTransport } from './graph-transport.ts';
import { type InsightsRow, joinRows } from './insights-rows.ts';
import { SharedWork } from './shared-work.ts';

type Params = Readonly<Record<string, unknown>>;

/** An insights query that is too heavy to wait for. */
export interface InsightsQuery {
  path: readonly string[];
  params: Params;
}

const day = z.iso.date();
const started = z.object({ report_run_id: z.union([z.string(), z.number()]).transform(String) });
const reading = z.object({
  async_status: z.string(),
  async_percent_completion: z.number().catch(0),
  date_start: day.optional().catch(undefined),
  date_stop: day.optional().catch(undefined),
  error_code: z.number().optional().catch(undefined),
  error_subcode: z.number().optional().catch(undefined),
  error_message: z.string().optional().catch(undefined),
});

type Reading = z.output<typeof reading>;

/** Waits between two looks at a run, milliseconds: each is longer than the one before, up to the last. */
const POLL_MS = { first: 200, factor: 1.6, most: 5000 };
/** Runs of one query before it is given up: Graph drops some without a reason. */
const MAX_RUNS = 2;
/** How often a range may be halved: parts of an eighth. */
const MAX_SPLITS = 3;

/**
 * Insights by report run (POST, then look now and then, then read), for queries that Graph does not answer at once.
 * A run has a deadline of its own and ends with the last caller that waits for it; equal questions share one. A query
 * that is too much for a run as well is asked in halves of its days, and the halves are added up.
 */
export class InsightsReports {
  readonly #transport: GraphTransport;
  readonly #deadlineSeconds: number;
  readonly #shared = new SharedWork<InsightsRow[]>();

  constructor(transport: GraphTransport, deadlineSeconds: number) {
    this.#transport = transport;
    this.#deadlineSeconds = deadlineSeconds;
  }

  /**
   * @param signal of the caller
   * @throws {GraphError} also when the deadline passes; the signal's reason when the caller gives up
   */
  rows(query: InsightsQuery, signal?: AbortSignal): Promise<InsightsRow[]> {
    return this.#shared.join(
      JSON.stringify([query.path, query.params]),
      (stop) => this.#answer(query, new GraphOperation(this.#deadlineSeconds, stop), 0),
      signal,
    );
  }

  async #answer(query: InsightsQuery, operation: GraphOperation, splits: number): Promise<InsightsRow[]> {
    let last: Reading | undefined;
    for (let run = 1; run <= MAX_RUNS; run++) {
      const id = await this.#start(query, operation);
      last = await this.#end(id, operation);
      if (last.async_status === 'Job Completed') return this.#read(id, query, operation);
      const failure = failureOf(last);
      logger.warn(`Insights report ended as "${last.async_status}"`, { run: id, ...failure.fault });
      if (failure instanceof GraphTooMuchDataError) break;
    }
    const failure = last ? failureOf(last) : new GraphProtocolError({ reason: 'report' });
    const range = last && rangeOf(last);
    if (range === undefined || splits >= MAX_SPLITS || daysBetween(range) < 2) throw failure;
    const rows: InsightsRow[] = [];
    for (const half of splitRange(range)) {
      const { date_preset: _, ...params } = query.params;
      const part = { ...query, params: { ...params, time_range: half } };
      rows.push(...(await this.#answer(part, operation, splits + 1)));
    }
    return joined(rows);
  }

  async #start({ path, params }: InsightsQuery, operation: GraphOperation): Promise<string> {
    const answer = started.safeParse(
      await this.#transport.request({ method: 'POST', path, params }, operation),
    );
    if (!answer.success) throw new GraphProtocolError({ reason: 'report' });
    return answer.data.report_run_id;
  }

  /** What it says once it has ended. Only the status tells: runs are seen at 100 % that are running still. */
  async #end(id: string, operation: GraphOperation): Promise<Reading> {
    let told = -1;
    for (let wait: number = POLL_MS.first; ; wait = Math.min(POLL_MS.most, wait * POLL_MS.factor)) {
      await operation.sleep(Math.min(wait, operation.remainingMs));
      operation.check();
      const answer = reading.safeParse(
        await this.#transport.request({ method: 'GET', path: [id] }, operation),
      );
      if (!answer.success) throw new GraphProtocolError({ reason: 'report' });
      const { async_status, async_percent_completion: percent } = answer.data;
      if (!UNDER_WAY.has(async_status)) return answer.data;
      if (percent !== told) logger.info(`Insights report at ${percent} %`, { run: id, status: async_status });
      told = percent;
    }
  }

  async #read(id: string, { params }: InsightsQuery, operation: GraphOperation): Promise<InsightsRow[]> {
    const rows = await readAllRows(
      (page) =>
        this.#transport.request(
          { method: 'GET', path: [id, 'insights'], params: { fields: params.fields, ...page } },
          operation,
        ),
      this.#transport.origin,
    );
    return rows as InsightsRow[];
  }
}

const UNDER_WAY: ReadonlySet<string> = new Set(['Job Not Started', 'Job Started', 'Job Running']);

function rangeOf({ date_start, date_stop }: Reading): DateRange | undefined {
  return date_start && date_stop ? { since: date_start, until: date_stop } : undefined;
}

function failureOf({ error_code, error_subcode, error_message }: Reading): GraphError {
  if (error_code === undefined) return new GraphTransientError({ reason: 'report-failed' });
  return classifyGraphError({ code: error_code, error_subcode, message: error_message }, 200);
}

/** One row for each campaign (or ad, or the account) of the parts of a range. */
function joined(rows: readonly InsightsRow[]): InsightsRow[] {
  const bySubject = new Map<string, InsightsRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.campaign_id, row.ad_id]);
    const known = bySubject.get(key);
    bySubject.set(key, known ? joinRows(known, row) : row);
  }
  return [...bySubject.values()];
}
