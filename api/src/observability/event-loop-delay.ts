const SAMPLE_MS = 100;

let lastTickMs = 0;
let lastDelayMs = 0;
let sampling = false;

/**
 * By how much the event loop is late now, in seconds. Sampling begins with the first call, so the
 * first answers are zero; its timer does not keep the process alive.
 */
export function eventLoopDelaySeconds(): number {
  if (!sampling) startSampling();
  // A loop that is blocked at this moment has not had its tick: its lateness shows already.
  const overdueMs = performance.now() - lastTickMs - SAMPLE_MS;
  return Math.max(0, lastDelayMs, overdueMs) / 1000;
}

function startSampling(): void {
  sampling = true;
  lastTickMs = performance.now();
  setInterval(() => {
    const now = performance.now();
    lastDelayMs = now - lastTickMs - SAMPLE_MS;
    lastTickMs = now;
  }, SAMPLE_MS).unref();
}
