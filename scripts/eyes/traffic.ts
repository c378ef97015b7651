import { setTimeout as delay } from 'node:timers/promises';
import { signToken } from '../../test/support/access-tokens.ts';

/** Callers that never stop asking. */
export interface Traffic {
  /** Done before each request to the first service, as a mistake in a handler would be. */
  beforeEach: () => unknown;
  stop(): Promise<void>;
}

const PAUSE_MS = 100;
const A_DAY_SECONDS = 86_400;

/**
 * Asks each service, one request at a time: a list, and a question, which is kept.
 * @param beside is done again and again, too
 */
export async function startTraffic(
  urls: readonly string[],
  beside: () => Promise<unknown>,
): Promise<Traffic> {
  const authorization = `Bearer ${await signToken({ ttl: A_DAY_SECONDS })}`;
  const ending = new AbortController();
  const traffic: Traffic = {
    beforeEach: () => undefined,
    async stop() {
      ending.abort();
      await Promise.all(callers);
    },
  };
  const call = async (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    // Whatever it comes to: the service tells Prometheus.
    const response = await fetch(url, { ...init, headers }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
  };
  const ask = async (url: string) => {
    await call(`${url}/api/v1/campaigns?limit=1`);
    await call(`${url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Quais campanhas estão ativas?' }),
    });
  };
  const repeat = async (work: () => unknown) => {
    while (!ending.signal.aborted) {
      await Promise.resolve(work()).catch(() => undefined);
      await delay(PAUSE_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const callers = urls.map((url, index) =>
    repeat(async () => {
      if (index === 0) await Promise.resolve(traffic.beforeEach()).catch(() => undefined);
      await ask(url);
    }),
  );
  callers.push(repeat(beside));
  return traffic;
}
