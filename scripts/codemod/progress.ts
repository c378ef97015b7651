/** Milliseconds without a line: short runs show none. */
const QUIET_FOR = 500;
const BETWEEN = 100;
const WIDTH = 24;

/** A bar on a terminal that is drawn over itself; elsewhere nothing is printed. */
export interface Progress {
  update(done: number, total: number): void;
  /** Clears the bar, so that other output can follow. */
  clear(): void;
}

/** Creates the bar of a run; `stream` is where it is drawn, `now` tells milliseconds. */
export function createProgress(
  stream: { isTTY?: boolean; write(text: string): unknown },
  now: () => number = () => performance.now(),
): Progress {
  if (!stream.isTTY) return { update: () => {}, clear: () => {} };
  let next = now() + QUIET_FOR;
  let drawn = false;
  return {
    update(done, total) {
      if (now() < next) return;
      next = now() + BETWEEN;
      drawn = true;
      stream.write(`\r\u001B[K${bar(done, total)}`);
    },
    clear() {
      if (drawn) stream.write('\r\u001B[K');
      drawn = false;
    },
  };
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? WIDTH : Math.round((WIDTH * done) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${total} files`;
}
