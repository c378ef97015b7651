import { Writable } from 'node:stream';
import { transports } from 'winston';
import { logger } from '../../api/src/observability/logger.ts';

export interface LogCapture {
  /** Every line logged since the capture began, as an operator would read it. */
  lines: string[];
  /** The first line that matches, once there is one. */
  line(pattern: RegExp): Promise<string>;
  stop(): void;
}

/** Collects the process-wide logger's lines and keeps them off stdout until `stop()`. */
export function captureLogs(): LogCapture {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).replace(/\n$/, ''));
      for (const look of waiting) look();
      done();
    },
  });
  const others = [...logger.transports].filter(({ silent }) => !silent);
  for (const transport of others) transport.silent = true;
  const capture = new transports.Stream({ stream, eol: '\n' });
  logger.add(capture);
  return {
    lines,
    line: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines.find((text) => pattern.test(text));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop() {
      logger.remove(capture);
      for (const transport of others) transport.silent = false;
    },
  };
}
