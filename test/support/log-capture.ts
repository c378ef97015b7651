import { Writable } from 'node:stream';
import { transports } from 'winston';
import { logger } from '../../api/src/observability/logger.ts';

export interface LogCapture {
  /** Every line logged since the capture began, as an operator would read it. */
  lines: string[];
  stop(): void;
}

/** Collects the process-wide logger's lines and keeps them off stdout until `stop()`. */
export function captureLogs(): LogCapture {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
  const others = [...logger.transports].filter(({ silent }) => !silent);
  for (const transport of others) transport.silent = true;
  const capture = new transports.Stream({ stream, eol: '\n' });
  logger.add(capture);
  return {
    lines,
    stop() {
      logger.remove(capture);
      for (const transport of others) transport.silent = false;
    },
  };
}
