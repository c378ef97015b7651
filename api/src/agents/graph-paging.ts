import { LOST_CURSOR_CODE, TOO_HEAVY_SUBCODES } from './graph-error-codes.ts';
import { GraphBadQueryError, GraphProtocolError, GraphTooMuchDataError } from './graph-errors.ts';

/** Rows asked for at once, and the least that is still asked for when Graph finds it too much. */
const PAGE_ROWS = { most: 500, least: 25 };

export interface PageQuery {
  limit: number;
  after: string | undefined;
}

type ReadPage = (query: PageQuery) => Promise<unknown>;

interface Page {
  data: unknown[];
  after: string | undefined;
}

export interface ReadOptions {
  /** How many rows at most, over all pages. */
  limit?: number;
  /** Which rows are wanted, and count. */
  keep?: (row: unknown) => boolean;
  /** Rows that Graph computes for the query: what is too heavy to compute is so in any page. */
  isComputed?: boolean;
}

/**
 * Reads an edge to its end, or to `limit` rows in all, page by page along `paging.cursors.after`.
 * When Graph finds a page too much, the rest is read in pages of half the size; when it has lost the cursor, all is
 * read once more.
 * @param origin where a next page may lie; a link elsewhere is refused.
 * @throws {GraphTooMuchDataError} when even the smallest page is too much, or no page is what is.
 * @throws {GraphProtocolError} for an answer that is no page.
 */
export async function readAllRows(
  readPage: ReadPage,
  origin: string,
  { limit = Infinity, keep, isComputed = false }: ReadOptions = {},
): Promise<unknown[]> {
  let rows: unknown[] = [];
  let pageRows = PAGE_ROWS.most;
  let after: string | undefined;
  let isSecondTime = false;
  while (rows.length < limit) {
    // Who chooses among the rows does not know how many he has to see.
    const query = { limit: keep ? pageRows : Math.min(pageRows, limit - rows.length), after };
    try {
      const page = toPage(await readPage(query), origin, after);
      const data = page.data.slice(0, query.limit);
      rows.push(...(keep ? data.filter(keep) : data));
      if (page.after === undefined) break;
      after = page.after;
    } catch (error) {
      if (after !== undefined && !isSecondTime && isLostCursor(error)) {
        isSecondTime = true;
        rows = [];
        after = undefined;
      } else {
        if (!isTooLongAPage(error, isComputed) || query.limit <= PAGE_ROWS.least) throw error;
        pageRows = Math.max(PAGE_ROWS.least, Math.floor(query.limit / 2));
      }
    }
  }
  return rows.slice(0, limit);
}

function isTooLongAPage(error: unknown, isComputed: boolean): boolean {
  if (!(error instanceof GraphTooMuchDataError)) return false;
  return !isComputed || !TOO_HEAVY_SUBCODES.has(error.fault.subcode ?? 0);
}

function isLostCursor(error: unknown): boolean {
  return error instanceof GraphBadQueryError && error.fault.code === LOST_CURSOR_CODE;
}

function toPage(body: unknown, origin: string, previous: string | undefined): Page {
  const { data, paging } = body as {
    data?: unknown;
    paging?: { next?: unknown; cursors?: { after?: unknown } };
  };
  if (!Array.isArray(data)) throw new GraphProtocolError({ reason: 'no-rows' });
  // Only the absence of `next` ends an edge: a short or an empty page may have one.
  if (!paging?.next) return { data, after: undefined };
  const after = paging.cursors?.after;
  if (!isOn(origin, paging.next)) throw new GraphProtocolError({ reason: 'foreign-next' });
  if (typeof after !== 'string' || after === previous) throw new GraphProtocolError({ reason: 'cursor' });
  return { data, after };
}

function isOn(origin: string, link: unknown): boolean {
  return typeof link === 'string' && URL.canParse(link) && new URL(link).origin === origin;
}
