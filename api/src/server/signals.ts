import { logger } from '../observability/logger.ts';
import type { Service } from './service.ts';

/** Beyond the service's own deadline: for code that blocks it. */
const FORCE_AFTER_DEADLINE_MS = 1000;
/** On Ctrl+C npm passes on the signal that the terminal has sent already. */
const NPM_ECHO_MS = 100;

export interface SignalOptions {
  deadlineSeconds: number;
  /** Whether npm started this process. */
  underNpm: boolean;
}

/**
 * Ends the process on SIGTERM or SIGINT: 0 when everything finished, 1 when the deadline cut it
 * short. A second signal ends it at once (128 + signal number).
 */
export function endOnSignals(
  service: Pick<Service, 'stop'>,
  { deadlineSeconds, underNpm }: SignalOptions,
): void {
  let first: { signal: NodeJS.Signals; at: number } | undefined;
  const end = (signal: NodeJS.Signals, number: number) => {
    if (first !== undefined) {
      const isEcho = underNpm && signal === first.signal && performance.now() - first.at < NPM_ECHO_MS;
      if (!isEcho) process.exit(128 + number);
      return;
    }
    first = { signal, at: performance.now() };
    logger.info(`Received ${signal}, finishing what is under way`);
    setTimeout(() => process.exit(1), deadlineSeconds * 1000 + FORCE_AFTER_DEADLINE_MS).unref();
    void service.stop().then((finished) => {
      if (finished) logger.info('Stopped');
      else logger.error('Stopped at the deadline with work unfinished');
      process.exit(finished ? 0 : 1);
    });
  };
  process.on('SIGTERM', () => end('SIGTERM', 15));
  process.on('SIGINT', () => end('SIGINT', 2));
}
