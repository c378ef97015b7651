import type { GraphServer } from './server.ts';

/** An answer of the stand-in, whatever it held. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface AskOptions {
  /** Raw token; the default tenant's without, none at all when null. */
  token?: string | null;
  method?: string;
  /** What is not text goes as JSON. */
  params?: Record<string, unknown>;
  version?: string;
  signal?: AbortSignal;
}

/** Asks the stand-in as a plain HTTP client: bearer token, JSON for what is not text. */
export async function ask(graph: GraphServer, path: string, options: AskOptions = {}): Promise<Answer> {
  const { token = graph.settings.accessToken, method, params = {}, version = graph.version } = options;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const response = await fetch(`${graph.url}/${version}/${path}?${query.toString()}`, {
    method,
    signal: options.signal,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, headers: response.headers, body: toObject(await response.json()) };
}

/** The token that may ask `debug_token`. */
export function appToken({ settings }: GraphServer): string {
  return `${settings.appId}|${settings.appSecret}`;
}

/** `data` of an answer, as objects. */
export function rowsOf({ body }: Answer): Record<string, unknown>[] {
  if (!Array.isArray(body.data)) throw new Error(`No data in ${JSON.stringify(body)}`);
  return body.data.map(toObject);
}

/** `error` of an answer. */
export function errorOf({ body }: Answer): Record<string, unknown> {
  return toObject(body.error);
}

/** `paging.next` of an answer. */
export function nextOf({ body }: Answer): string | undefined {
  const next = body.paging === undefined ? undefined : toObject(body.paging).next;
  return typeof next === 'string' ? next : undefined;
}

export function toObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`Not an object: ${String(value)}`);
  return { ...value };
}
