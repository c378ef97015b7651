import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { redact } from '../redaction.ts';

type Attributes = Record<string, unknown>;

/** Passes spans on without the secrets that the log does not tell either: the last thing before they leave. */
export function scrubbed(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => processor.onStart(span, context),
    onEnd(span) {
      scrub(span);
      processor.onEnd(span);
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

function scrub({ attributes, events, status }: ReadableSpan): void {
  for (const each of [attributes, ...events.map((event) => event.attributes ?? {})]) scrubText(each);
  if (status.message !== undefined) status.message = redact(status.message);
}

function scrubText(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') attributes[name] = redact(value);
  }
}
