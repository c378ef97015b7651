import { isSecretKey, REDACTED, redact } from './redaction.ts';

const DEEPEST_CAUSE = 5;

/** An error with its chain of causes as text: stack traces, or `Name: message` where there is none. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current !== undefined && current !== null && parts.length < DEEPEST_CAUSE) {
    parts.push(current instanceof Error ? (current.stack ?? `${current}`) : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('\nCaused by: ');
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
