import { existsSync } from 'node:fs';
import { ConfigError, loadConfig } from './config.ts';
import { createContext } from './context.ts';
import { logger } from './observability/logger.ts';
import { surviveLostOutput } from './observability/standard-output.ts';
import { endOnSignals } from './server/signals.ts';
import { startWorker } from './server/worker-service.ts';

surviveLostOutput();
process.on('uncaughtException', (error) => {
  logger.error('Uncaught exception, ending', { error });
  process.exit(1);
});

if (existsSync('.env')) process.loadEnvFile('.env');
const config = readConfig();
if (!config.redis) fail('A worker needs REDIS_URL; without it, npm start runs the tasks itself');
endOnSignals(startWorker(createContext(config)), {
  deadlineSeconds: config.server.shutdownTimeoutSeconds,
  underNpm: process.env.npm_lifecycle_event !== undefined,
});

function readConfig() {
  try {
    return loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return fail(`${error.message}\nSee .env.example`);
    throw error;
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
