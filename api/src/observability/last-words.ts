import { configureLogger, logger } from './logger.ts';

let isJson = false;

/**
 * Before the configuration is read: the format of lines that say why it cannot be. A wrong value is told with the others.
 */
export function formatEarly({ LOG_FORMAT: given }: Readonly<Record<string, string | undefined>>): void {
  isJson = given === 'json';
  if (isJson) configureLogger({ format: 'json' });
}

/** Ends the process for a reason that an operator can do something about: one line each on stderr, or one in JSON. */
export function endWith(message: string): never {
  if (isJson) logger.error(message);
  else process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Ends the process, with the stack in the log, for what nobody has caught. */
export function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    logger.error('Uncaught exception, ending', { error });
    process.exit(1);
  });
}
