import { createHmac } from 'node:crypto';
import type { FacebookSettings } from '../config.ts';
import { inSpan } from '../observability/tracing.ts';
import {
  GraphError,
  type GraphFault,
  GraphThrottleError,
  GraphTokenError,
  GraphTransientError,
  GraphUnreachableError,
} from './graph-errors.ts';
import { type Exchange, exchange } from './graph-exchange.ts';
import { edgeOf, type GraphObserver, type GraphWaitReason } from './graph-observer.ts';
import type { GraphOperation } from './graph-operation.ts';
import { type GraphOrigin, graphOrigin } from './graph-origin.ts';
import { GraphPacer } from './graph-pacer.ts';

/** Tries of one GET, the first included. */
const MAX_ATTEMPTS = 3;
/** Full jitter: each wait (ms) is drawn evenly from zero to a bound that doubles up to the cap. */
const BACKOFF_MS = { first: 200, cap: 2000 };
/** Added to a wait (ms) that Facebook names, so that no clock's rounding arrives early. */
const REGAIN_MARGIN_MS = 20;

/** What an Authorization header can carry; anything else cannot be a token. */
const SENDABLE_TOKEN = /^[\x21-\x7e]+$/;

export interface GraphRequest {
  method: 'GET' | 'POST';
  /** Segments below the version, e.g. `['act_1', 'campaigns']`. */
  path: readonly string[];
  /** Objects are sent as JSON; undefined ones are not sent. */
  params?: Readonly<Record<string, unknown>>;
  /** `app` calls with the app's own token, which only `debug_token` needs. */
  as?: 'user' | 'app';
}

/**
 * Graph over keep-alive HTTP for one credential. The token travels in the Authorization header,
 * is held in private fields only and is in no error that leaves here.
 */
export class GraphTransport {
  readonly #origin: GraphOrigin;
  readonly #prefix: string;
  readonly #deadlineMs: number;
  readonly #credentials: Readonly<Record<'user' | 'app', { token: string; proof: string }>>;
  readonly #observer: GraphObserver;
  readonly #version: string;
  readonly #pacer = new GraphPacer();

  constructor(settings: FacebookSettings, observer: GraphObserver) {
    const base = new URL(settings.graphUrl);
    const appToken = `${settings.appId}|${settings.appSecret}`;
    this.#origin = graphOrigin(settings.graphUrl);
    this.#origin.observe(observer);
    this.#prefix = `${base.pathname.replace(/\/+$/, '')}/${settings.graphVersion}`;
    this.#deadlineMs = settings.timeoutSeconds * 1000;
    this.#credentials = {
      user: { token: settings.accessToken, proof: proofOf(settings.accessToken, settings.appSecret) },
      app: { token: appToken, proof: proofOf(appToken, settings.appSecret) },
    };
    this.#observer = observer;
    this.#version = settings.graphVersion;
  }

  /** Scheme, host and port that paging links have to stay on. */
  get origin(): string {
    return this.#origin.url;
  }

  /**
   * Makes a call; a GET that fails for a passing reason is tried again within the operation's
   * budget, a POST never is.
   * @throws {GraphError}
   */
  async request(request: GraphRequest, operation: GraphOperation): Promise<unknown> {
    const http = this.#toHttp(request);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(request, http, operation);
      } catch (error) {
        const wait =
          request.method === 'GET' && attempt < MAX_ATTEMPTS ? waitAfter(error, attempt) : undefined;
        if (!wait || wait.ms >= operation.remainingMs) throw error;
        await this.#wait(wait.reason, wait.ms, operation);
      }
    }
  }

  /** Asks Graph about the user's own token. */
  inspectToken(operation: GraphOperation): Promise<unknown> {
    const params = { input_token: this.#credentials.user.token };
    return this.request({ method: 'GET', path: ['debug_token'], params, as: 'app' }, operation);
  }

  #attempt(request: GraphRequest, http: Exchange, operation: GraphOperation): Promise<unknown> {
    const attributes = { 'graph.edge': edgeOf(request.path), 'http.request.method': request.method };
    return inSpan('graph call', attributes, () => this.#call(request, http, operation));
  }

  async #call(request: GraphRequest, http: Exchange, operation: GraphOperation): Promise<unknown> {
    const pause = this.#pacer.reserve(operation);
    if (pause > 0) await this.#wait('pace', pause, operation);
    const edge = edgeOf(request.path);
    const startedAt = performance.now();
    let outcome = 'aborted';
    let fault: GraphFault | undefined;
    let regainSeconds: number | undefined;
    try {
      const exchanged = () =>
        exchange(this.#origin, http, this.#deadlineMs, operation, {
          onUsage: (usage) => {
            regainSeconds = usage.regainSeconds;
            this.#pacer.learn(usage);
            this.#observer.onUsage(usage);
          },
          onVersion: (served) => this.#observer.onVersion?.({ asked: this.#version, served }),
        });
      const body = await this.#origin.run(operation, exchanged, edge === 'insights');
      outcome = 'ok';
      this.#pacer.unblock();
      return body;
    } catch (error) {
      if (error instanceof GraphError) ({ slug: outcome, fault } = error);
      if (error instanceof GraphThrottleError && regainSeconds) this.#pacer.block(regainSeconds);
      throw error;
    } finally {
      const durationSeconds = (performance.now() - startedAt) / 1000;
      this.#observer.onCall({ edge, outcome, durationSeconds, fault });
    }
  }

  async #wait(reason: GraphWaitReason, milliseconds: number, operation: GraphOperation): Promise<void> {
    this.#observer.onWait({ reason, seconds: milliseconds / 1000 });
    await operation.sleep(milliseconds);
  }

  #toHttp({ method, path, params, as = 'user' }: GraphRequest): Exchange {
    const { token, proof } = this.#credentials[as];
    if (!SENDABLE_TOKEN.test(token)) throw new GraphTokenError({ reason: 'not-a-token' });
    const query = encodeParams({ ...params, appsecret_proof: proof });
    const url = `${this.#prefix}/${path.map(encodeURIComponent).join('/')}`;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (method === 'GET') return { method, path: `${url}?${query}`, headers };
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    return { method, path: url, headers: form, body: query };
  }
}

function waitAfter(error: unknown, attempt: number): { reason: GraphWaitReason; ms: number } | undefined {
  if (error instanceof GraphThrottleError) {
    return { reason: 'throttle', ms: (error.retryAfterSeconds ?? 0) * 1000 + REGAIN_MARGIN_MS };
  }
  if (!(error instanceof GraphTransientError) && !(error instanceof GraphUnreachableError)) return undefined;
  const bound = Math.min(BACKOFF_MS.cap, BACKOFF_MS.first * 2 ** (attempt - 1));
  return { reason: 'backoff', ms: Math.random() * bound };
}

function encodeParams(params: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return query.toString();
}

/** Graph's `appsecret_proof`: HMAC-SHA256 of the token under the app secret, in hex. */
function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
