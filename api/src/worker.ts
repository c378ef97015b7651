import { existsSync } from 'node:fs';
import { ConfigError, loadConfig } from './config.ts';
import { createContext } from './context.ts';
import { endOnUncaught, endWith, formatEarly } from './observability/last-words.ts';
import { startTracing } from './observability/otel/start-tracing.ts';
import { surviveLostOutput } from './observability/standard-output.ts';
import { takeStrayLines } from './observability/stray-lines.ts';
import { endOnSignals } from './server/signals.ts';
import { startWorker } from './server/worker-service.ts';

surviveLostOutput();
endOnUncaught();
if (existsSync('.env')) process.loadEnvFile('.env');
formatEarly(process.env);
takeStrayLines();
const config = readConfig();
if (!config.redis) endWith('A worker needs REDIS_URL; without it, npm start runs the tasks itself');
const tracing = await startTracing();
const worker = startWorker(createContext(config));
const stop = async () => {
  const finished = await worker.stop();
  await tracing?.stop();
  return finished;
};
endOnSignals(
  { stop },
  {
    deadlineSeconds: config.server.shutdownTimeoutSeconds,
    underNpm: process.env.npm_lifecycle_event !== undefined,
  },
);

function readConfig() {
  try {
    return loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return endWith(`${error.message}\nSee .env.example`);
    throw error;
  }
}
