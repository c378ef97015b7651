import { createLogger, type Logger, transports } from 'winston';
import { jsonFormat, textFormat } from './log-format.ts';
import { currentRequestId } from './request-context.ts';
import { currentTraceId } from './tracing.ts';

export { registerSecret } from './redaction.ts';

export interface LoggerOptions {
  /** npm level: error, warn, info, http, verbose, debug or silly. */
  level?: string;
  format?: 'text' | 'json';
}

/**
 * The process-wide logger. Lines go to stdout, carry `request_id=` inside a request, and never
 * hold a registered secret. Give errors as a field: `logger.error('…', { error })`.
 */
export const logger: Logger = createLogger({
  level: 'info',
  format: textFormat,
  // Read when the line is logged, not when it is written: a busy stream writes it later, elsewhere.
  defaultMeta: {
    get request_id() {
      return currentRequestId();
    },
    get trace_id() {
      return currentTraceId();
    },
  },
  transports: [new transports.Stream({ stream: process.stdout, eol: '\n' })],
});

let debugEnabled = logger.isLevelEnabled('debug');

/** Sets level and format of the process-wide logger; what is left out stays. */
export function configureLogger({ level, format }: LoggerOptions): void {
  if (level !== undefined) logger.level = level;
  if (format !== undefined) logger.format = format === 'json' ? jsonFormat : textFormat;
  debugEnabled = logger.isLevelEnabled('debug');
}

/** Whether debug lines are written: one boolean, for paths where a suppressed log call is too dear. */
export function isDebugEnabled(): boolean {
  return debugEnabled;
}
