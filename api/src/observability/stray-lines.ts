import { format } from 'node:util';
import { logger } from './logger.ts';

const CONSOLE_LEVELS = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug' } as const;

/**
 * Has what others write become lines of our own log: what libraries say on the console, and Node's warnings. From then
 * on every line of the process has one format, whichever is set, and its secrets are masked.
 */
export function takeStrayLines(): void {
  for (const [method, level] of Object.entries(CONSOLE_LEVELS) as [keyof typeof CONSOLE_LEVELS, string][]) {
    console[method] = (...values: unknown[]) =>
      void logger.log(level, format(...values), { source: 'console' });
  }
  // Node's own listener writes plain text.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message, stack }) => {
    logger.warn(message, { source: 'node', warning: name, ...(process.traceDeprecation && { stack }) });
  });
}
