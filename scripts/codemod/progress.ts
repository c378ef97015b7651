/** Milliseconds without a line: short runs show none. */
const QUIET_FOR = 500;
const BETWEEN = 100;
const WIDTH = 24;

/** One line at the bottom of a terminal that is drawn over itself; elsewhere nothing is printed. */
export interface Progress {
  /** Tells how far a phase is, such as `migrating`. */
  update(phase: string, done: number, total: number): void;
  /** Clears the line, so that other output can follow; the next update draws it again at once. */
  clear(): void;
}

/** Creates the line of a run; `stream` is where it is drawn, `now` tells milliseconds. */
export function createProgress(
  stream: { isTTY?: boolean; columns?: number; write(text: string): unknown },
  now: () => number = () => performance.now(),
): Progress {
  if (!stream.isTTY) return { update: () => {}, clear: () => {} };
  let next = now() + QUIET_FOR;
  let state: 'none' | 'drawn' | 'cleared' = 'none';
  return {
    update(phase, done, total) {
      if (state !== 'cleared' && now() < next) return;
      next = now() + BETWEEN;
      state = 'drawn';
      // A line that is broken could not be drawn over.
      const line = `${bar(done, total)} ${phase} ${done} of ${total} files`.slice(
        0,
        (stream.columns || 80) - 1,
      );
      stream.write(`\r\u001B[K${line}`);
    },
    clear() {
      if (state !== 'drawn') return;
      stream.write('\r\u001B[K');
      state = 'cleared';
    },
  };
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? WIDTH : Math.round((WIDTH * Math.min(done, total)) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
}
