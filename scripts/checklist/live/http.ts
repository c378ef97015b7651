import { METRICS_PATH } from './options.ts';

const LARGEST_BODY_BYTES = 5_000_000;

/** What a request came to: an answer, or the reason why there is none. */
export type Outcome =
  | { ok: true; status: number; text: string; headers: Headers; milliseconds: number }
  | { ok: false; reason: string };

export interface HttpSettings {
  /** Base address without a trailing slash. */
  base: string;
  /** Bearer token; never printed. */
  token?: string;
  /** Where the metrics are; below the base by default. */
  metricsUrl?: string;
  /** Bearer token for metrics at another origin than the base's. */
  metricsToken?: string;
  timeoutSeconds: number;
}

/** A client of one deployment. It follows no redirects: the token belongs to this host alone. */
export interface HttpClient {
  /** @returns never rejects; a refusal, a timeout and a broken answer are outcomes */
  get(path: string): Promise<Outcome>;
  /** The metrics, with a token of their own where they have another origin. */
  metrics(): Promise<Outcome>;
}

export function httpClient(settings: HttpSettings): HttpClient {
  const { base, token, timeoutSeconds, metricsToken, metricsUrl = base + METRICS_PATH } = settings;
  const isOwn = new URL(metricsUrl).origin === new URL(base).origin;
  return {
    get: (path) => ask(base + path, token, timeoutSeconds),
    // The deployment's token is nobody else's business.
    metrics: () => ask(metricsUrl, metricsToken ?? (isOwn ? token : undefined), timeoutSeconds),
  };
}

async function ask(address: string, token: string | undefined, timeoutSeconds: number): Promise<Outcome> {
  const headers = new Headers({
    accept: '*/*',
    'user-agent': 'migration-checklist',
    'cache-control': 'no-cache',
    // What balances connections would give one process all requests, and those of the others would never be read.
    connection: 'close',
  });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const start = performance.now();
  const deadline = new AbortController();
  // AbortSignal.timeout keeps no process alive: one whose connection was lost would end without a word.
  const timer = setTimeout(() => deadline.abort(new TimedOutError()), timeoutSeconds * 1000);
  try {
    const response = await fetch(address, { headers, redirect: 'manual', signal: deadline.signal });
    const text = await readText(response);
    const milliseconds = performance.now() - start;
    return { ok: true, status: response.status, text, headers: response.headers, milliseconds };
  } catch (error) {
    return { ok: false, reason: describe(error, timeoutSeconds) };
  } finally {
    clearTimeout(timer);
  }
}

/** A client that stops asking once there was no answer: what hangs once would hang every time. */
export function givingUp(client: HttpClient): HttpClient {
  let lost: Outcome | undefined;
  const guarded = async (request: () => Promise<Outcome>): Promise<Outcome> => {
    if (lost !== undefined) return lost;
    const outcome = await request();
    if (!outcome.ok) lost = outcome;
    return outcome;
  };
  return {
    get: (path) => guarded(() => client.get(path)),
    // A metrics server of its own may be down while the deployment is up.
    metrics: () => client.metrics(),
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY_BYTES) throw new TooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host is not known',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** fetch wraps the system's error once or twice. */
function describe(error: unknown, timeoutSeconds: number): string {
  if (error instanceof TooLargeError) return `the answer is larger than ${LARGEST_BODY_BYTES / 1e6} MB`;
  if (error instanceof TimedOutError) return `no answer within ${timeoutSeconds} s`;
  const cause = field(error, 'cause');
  const code = [error, cause, firstOf(field(cause, 'errors'))]
    .map((one) => field(one, 'code'))
    .find((one) => typeof one === 'string');
  if (code === undefined || code.startsWith('HPE_')) return 'the answer is not HTTP, or broke off';
  return REASONS[code] ?? `the request failed (${code})`;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
