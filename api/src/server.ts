import { existsSync } from 'node:fs';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createContext } from './context.ts';
import { logger } from './observability/logger.ts';
import { surviveLostOutput } from './observability/standard-output.ts';
import { endOnSignals } from './server/signals.ts';
import { startService } from './server/service.ts';
import { StateFileError } from './stores/sqlite/state-errors.ts';

surviveLostOutput();
process.on('uncaughtException', (error) => {
  logger.error('Uncaught exception, ending', { error });
  process.exit(1);
});

if (existsSync('.env')) process.loadEnvFile('.env');
const config = readConfig();
try {
  const service = await startService(createContext(config));
  endOnSignals(service, {
    deadlineSeconds: config.server.shutdownTimeoutSeconds,
    underNpm: process.env.npm_lifecycle_event !== undefined,
  });
} catch (error) {
  fail(error instanceof StateFileError ? error.message : listenFault(error, config));
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return fail(`${error.message}\nSee .env.example, or run: npm run dev`);
    throw error;
  }
}

function listenFault(error: unknown, { server }: Config): string {
  const { code } = error as NodeJS.ErrnoException;
  const where = `port ${server.port} of ${server.host}`;
  if (code === 'EADDRINUSE') return `Cannot listen: ${where} is in use; set PORT to another one`;
  if (code === 'EACCES') return `Cannot listen: no permission for ${where}; set PORT to another one`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `Cannot listen: ${server.host} is not an address here; set HOST`;
  throw error;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
