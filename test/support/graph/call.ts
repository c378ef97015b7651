import type { DataSet } from './data-set.ts';
import type { Pager } from './paging.ts';
import type { QueryLimits } from './query-limits.ts';
import type { ReportRuns } from './report-runs.ts';
import type { RouteName } from './route-name.ts';
import type { RowMemo } from './row-memo.ts';
import type { KnownToken, TokenBook } from './tokens.ts';

/** What every handler works on. */
export interface World {
  data: DataSet;
  rows: RowMemo;
  tokens: TokenBook;
  pager: Pager;
  reports: ReportRuns;
  limits: QueryLimits;
  now: () => Date;
}

/** One authorised request on its way to a handler. */
export interface Call {
  world: World;
  route: RouteName;
  /** First segment of the path: `me`, `act_…`, an id. */
  object: string;
  params: URLSearchParams;
  token: KnownToken;
  /** Absolute URL of the request without its query. */
  edge: string;
}

/** Answers the JSON body of a 200, or throws a GraphError. */
export type Handler = (call: Call) => unknown;
