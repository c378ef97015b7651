/** One request of the load; `path` starts at the API's root. */
export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

/** Times in milliseconds. */
export interface LoadResult {
  requests: number;
  errors: number;
  meanMs: number;
  p50Ms: number;
  p99Ms: number;
}

export interface LoadOptions {
  /** Requests in flight at any moment. */
  concurrency: number;
  headers: Record<string, string>;
  onDone?: (done: number) => void;
}

/** Sends every request once, a few at a time, and measures each from outside until its last byte. */
export async function runLoad(url: string, load: LoadRequest[], options: LoadOptions): Promise<LoadResult> {
  const queue = load.values();
  const latencies: number[] = [];
  let errors = 0;
  const worker = async () => {
    for (const request of queue) {
      const start = performance.now();
      if (!(await succeeds(url, request, options.headers))) errors += 1;
      latencies.push(performance.now() - start);
      options.onDone?.(latencies.length);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return { requests: load.length, errors, ...summarize(latencies) };
}

async function succeeds(
  url: string,
  request: LoadRequest,
  headers: Record<string, string>,
): Promise<boolean> {
  try {
    const response = await fetch(url + request.path, {
      method: request.method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: request.body === undefined ? null : JSON.stringify(request.body),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Mean and nearest-rank percentiles of a non-empty list of milliseconds. */
export function summarize(latencies: number[]): { meanMs: number; p50Ms: number; p99Ms: number } {
  const sorted = latencies.toSorted((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const mean = sorted.reduce((sum, latency) => sum + latency, 0) / sorted.length;
  return { meanMs: round(mean), p50Ms: round(percentile(0.5)), p99Ms: round(percentile(0.99)) };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
