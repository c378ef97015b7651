import { Agent, get } from 'node:http';

export interface Round {
  /** Milliseconds of each request, until its last byte. */
  latencies: number[];
  seconds: number;
}

export interface LoadOptions {
  headers: Record<string, string>;
  /** Requests in flight at any moment, each on a connection of its own. */
  concurrency: number;
  requests: number;
}

/** Sends so many requests, always as many at a time. @throws {Error} for an answer other than 200 */
export async function runRound(url: string, { headers, concurrency, requests }: LoadOptions): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  let left = requests;
  const start = performance.now();
  const worker = async () => {
    while (left-- > 0) {
      const sent = performance.now();
      await ask(url, headers, agent);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return { latencies, seconds: (performance.now() - start) / 1000 };
}

function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.once('error', reject);
  });
}
