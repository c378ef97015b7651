import { GraphProtocolError, GraphTooMuchDataError } from './graph-errors.ts';

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

/**
 * Reads an edge to its end, or to `limit` rows in all, page by page along `paging.cursors.after`.
 * When Graph finds a page too much, the rest is read in pages of half the size.
 * @param origin where a next page may lie; a link elsewhere is refused.
 * @throws {GraphTooMuchDataError} when even the smallest page is too much.
 * @throws {GraphProtocolError} for an answer that is no page.
 */
export async function readAllRows(readPage: ReadPage, origin: string, limit = Infinity): Promise<unknown[]> {
  const rows: unknown[] = [];
  let pageRows = PAGE_ROWS.most;
  let after: string | undefined;
  while (rows.length < limit) {
    const query = { limit: Math.min(pageRows, limit - rows.length), after };
    try {
      const page = toPage(await readPage(query), origin, after);
      rows.push(...page.data.slice(0, query.limit));
      if (page.after === undefined) break;
      after = page.after;
    } catch (error) {
      if (!(error instanceof GraphTooMuchDataError) || query.limit <= PAGE_ROWS.least) throw error;
      pageRows = Math.max(PAGE_ROWS.least, Math.floor(query.limit / 2));
    }
  }
  return rows;
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
