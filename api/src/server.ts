import { existsSync } from 'node:fs';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createContext } from './context.ts';
import { endOnUncaught, endWith, formatEarly } from './observability/last-words.ts';
import { startTracing } from './observability/otel/start-tracing.ts';
import { surviveLostOutput } from './observability/standard-output.ts';
import { takeStrayLines } from './observability/stray-lines.ts';
import { endOnSignals } from './server/signals.ts';
import { startService } from './server/service.ts';
import { StateFileError } from './stores/sqlite/state-errors.ts';

surviveLostOutput();
endOnUncaught();
if (existsSync('.env')) process.loadEnvFile('.env');
formatEarly(process.env);
takeStrayLines();
const config = readConfig();
const tracing = await startTracing();
try {
  const service = await startService(createContext(config));
  const stop = async () => {
    const finished = await service.stop();
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
} catch (error) {
  endWith(error instanceof StateFileError ? error.message : listenFault(error, config));
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (error instanceof ConfigError)
      return endWith(`${error.message}\nSee .env.example, or run: npm run dev`);
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
