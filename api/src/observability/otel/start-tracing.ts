import { logger } from '../logger.ts';
import { describeError } from '../serialize.ts';
import { readTracingSettings, type RunningTracing } from './settings.ts';

/**
 * Starts tracing where the standard OTEL_* variables ask for it. Only then are its libraries loaded; they are
 * optional dependencies. What is wrong with it is logged and keeps nothing from working.
 */
export async function startTracing(env = process.env): Promise<RunningTracing | undefined> {
  try {
    const settings = readTracingSettings(env);
    if (settings === undefined) return undefined;
    const { startOpenTelemetry } = await import('./open-telemetry.ts');
    return await startOpenTelemetry(settings);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const reason = isMissing
      ? 'OpenTelemetry is not installed: npm install --include=optional'
      : describeError(error, { stack: false });
    logger.warn('No traces are sent', { reason });
    return undefined;
  }
}
