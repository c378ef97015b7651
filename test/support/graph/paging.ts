import { createHmac, randomBytes } from 'node:crypto';
import { badParameter, GraphError } from './graph-error.ts';

export const DEFAULT_PAGE = 25;

/** What the server knows of a request for one page. */
export interface PageRequest {
  /** Absolute URL of the edge, without query. */
  edge: string;
  params: URLSearchParams;
  token: string;
}

export interface Page<T> {
  data: T[];
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}

/**
 * Pages that surprise a client which stops at the first short one: Graph takes items out of a page
 * after it has cut it, so short and even empty pages have a `next`.
 */
export interface PagingQuirks {
  /** Pages hold about two thirds of the limit although more follows. */
  shortPages: boolean;
  /** An empty page with a `next` stands between any two pages. */
  emptyPages: boolean;
  /** The last page has a `next` that leads to an empty one. */
  trailingNext: boolean;
}

const NO_QUIRKS: PagingQuirks = { shortPages: false, emptyPages: false, trailingNext: false };

/** `at` counts the items before the place; `skip` asks for the empty page there. */
interface Place {
  at: number;
  skip: boolean;
}

/** Cuts lists into pages behind cursors that say nothing to the client. */
export class Pager {
  readonly #key = randomBytes(16);
  #quirks: PagingQuirks = NO_QUIRKS;

  get quirks(): PagingQuirks {
    return this.#quirks;
  }

  /** Switches quirks on or off; those not named are off. */
  set(quirks: Partial<PagingQuirks>): void {
    this.#quirks = { ...NO_QUIRKS, ...quirks };
  }

  page<T>(items: readonly T[], request: PageRequest): Page<T> {
    const limit = readLimit(request.params);
    const { start, end, skip } = this.#window(items.length, limit, request);
    const data = skip ? [] : items.slice(start, end);
    const stop = skip ? start : end;
    if (items.length === 0) return { data };
    const more = stop < items.length || (this.#quirks.trailingNext && !skip && start < items.length);
    const emptyNext = this.#quirks.emptyPages && !skip && stop < items.length;
    const before = this.#seal({ at: start, skip: false }, request.edge);
    const after = this.#seal({ at: stop, skip: emptyNext }, request.edge);
    return {
      data,
      paging: {
        cursors: { before, after },
        ...(more ? { next: link(request, limit, 'after', after) } : {}),
        ...(start > 0 ? { previous: link(request, limit, 'before', before) } : {}),
      },
    };
  }

  #window(total: number, limit: number, { edge, params }: PageRequest) {
    const size = this.#quirks.shortPages ? Math.max(1, Math.floor((limit * 2) / 3)) : limit;
    const before = params.get('before');
    if (before !== null && before !== '') {
      const end = this.#open(before, edge).at;
      return { start: Math.max(0, end - size), end, skip: false };
    }
    const after = params.get('after');
    const { at, skip } = after === null || after === '' ? { at: 0, skip: false } : this.#open(after, edge);
    return { start: at, end: Math.min(total, at + size), skip };
  }

  #seal(place: Place, edge: string): string {
    const body = Buffer.from(`${place.at}:${place.skip ? 1 : 0}`).toString('base64url');
    return `QVFI${this.#sign(body, edge)}${body}ZD`;
  }

  #open(cursor: string, edge: string): Place {
    const [, signature, body] = /^QVFI(.{16})(.+)ZD$/.exec(cursor) ?? [];
    if (body === undefined || signature !== this.#sign(body, edge)) {
      throw new GraphError({ code: 2642, message: '(#2642) Invalid cursors values' });
    }
    const [at, skip] = Buffer.from(body, 'base64url').toString().split(':');
    return { at: Number(at), skip: skip === '1' };
  }

  #sign(body: string, edge: string): string {
    return createHmac('sha256', this.#key).update(`${edge} ${body}`).digest('base64url').slice(0, 16);
  }
}

/** The asked-for page size, 25 without one. @throws code 100 when it is not a positive whole number */
export function readLimit(params: URLSearchParams): number {
  const text = params.get('limit');
  if (text === null || text === '') return DEFAULT_PAGE;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw badParameter('Param limit must be a positive integer');
  return limit;
}

/** Absolute, and with the token in it: the trap that Graph lays. */
function link({ edge, params, token }: PageRequest, limit: number, cursor: string, value: string): string {
  const query = new URLSearchParams(params);
  for (const name of ['after', 'before', 'access_token', 'appsecret_proof']) query.delete(name);
  query.set('access_token', token);
  query.set('limit', String(limit));
  query.set(cursor, value);
  return `${edge}?${query.toString()}`;
}
