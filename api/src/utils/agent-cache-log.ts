import { AgentUnavailableError, GraphTokenError } from '../agents/graph-errors.ts';
import { logger } from '../observability/logger.ts';
import type { ProviderEvent } from './cached-provider.ts';

/** Writes the lines that operators search for. `fields` says whose agent it is, when not the configured one. */
export function logAgentEvent(event: ProviderEvent<unknown>, fields: Record<string, string>): void {
  switch (event.type) {
    case 'expired':
      logger.info(
        `FacebookAdsAgent cache expired (age: ${oneDecimal(event.ageSeconds)}s > ttl: ${event.ttl}s), creating new instance`,
        fields,
      );
      break;
    case 'creating':
      logger.info('Creating new FacebookAdsAgent instance', fields);
      break;
    case 'created':
      logger.info(
        `FacebookAdsAgent created successfully (took ${oneDecimal(event.durationSeconds * 1000)}ms, count: ${event.creationCount})`,
        fields,
      );
      break;
    case 'failed':
      logger.error(`Failed to create FacebookAdsAgent: ${reasonOf(event.error)}`, {
        ...fields,
        retry_in_seconds: oneDecimal(event.retryInSeconds),
      });
      break;
    case 'retired':
      if (event.reason !== 'refused') break;
      logger.warn('Facebook refused the token, dropping the cached FacebookAdsAgent', fields);
      break;
  }
}

export function logAgentHit(ageSeconds: number, ttl: number): void {
  logger.debug(`Returning cached FacebookAdsAgent (age: ${oneDecimal(ageSeconds)}s, ttl: ${ttl}s)`);
}

export function logManualInvalidation(fields: Record<string, string>): void {
  logger.info('Manually invalidating FacebookAdsAgent cache', fields);
}

function reasonOf(error: unknown): string {
  const reason = error instanceof AgentUnavailableError ? (error.cause ?? error) : error;
  // What callers are told of a refused token does not say that it was.
  if (reason instanceof GraphTokenError) return reason.title;
  return reason instanceof Error ? reason.message : 'unknown reason';
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}
