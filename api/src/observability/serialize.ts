import { inspect } from 'node:util';
import { isSecretKey, REDACTED, redact } from './redaction.ts';

const DEEPEST_CAUSE = 5;

/** An error with its chain of causes as text: stack traces, or with `stack: false` their first lines. */
export function describeError(error: unknown, { stack = true } = {}): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current !== undefined && current !== null && parts.length < DEEPEST_CAUSE) {
    if (!(current instanceof Error)) {
      parts.push(typeof current === 'string' ? current : inspect(current));
      break;
    }
    const { name, message } = current;
    parts.push((stack && current.stack) || `${name}: ${message}`);
    current = current.cause;
  }
  return parts.join(stack ? '\nCaused by: ' : ' <- ');
}

/**
 * JSON of anything a log call may be given: errors with their causes, bigints, maps of circular
 * references. Strings are redacted before they are escaped, so that no escape hides a secret.
 */
export function toSafeJson(value: unknown): string {
  const ancestors: unknown[] = [];
  function replace(this: unknown, key: string, item: unknown): unknown {
    if (isSecretKey(key) && item !== undefined && item !== null) return REDACTED;
    if (typeof item === 'string') return redact(item);
    if (typeof item === 'bigint') return String(item);
    if (typeof item === 'function' || typeof item === 'symbol') return undefined;
    if (item instanceof Error) return redact(describeError(item));
    if (typeof item !== 'object' || item === null) return item;
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(item)) return '[circular]';
    ancestors.push(item);
    if (item instanceof Map) return Object.fromEntries(item);
    if (item instanceof Set) return [...item];
    return item;
  }
  return JSON.stringify(value, replace) ?? 'null';
}
