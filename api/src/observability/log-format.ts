import { format, type Logform } from 'winston';
import { redact } from './redaction.ts';
import { toSafeJson } from './serialize.ts';

const MESSAGE = Symbol.for('message');
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const NAMED: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const BARE = /^[\w.:/@+-]+$/;

/** `<iso time> INFO message key=value`, always one line. */
export const textFormat = finalFormat((level, message, fields) => {
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${toTextValue(value)}`);
  return `${new Date().toISOString()} ${level.toUpperCase()} ${escapeControl(message)}${pairs.join('')}`;
});

/** One JSON object a line: `time`, `level`, `message`, then the fields. */
export const jsonFormat = finalFormat((level, message, fields) =>
  toSafeJson({ time: new Date().toISOString(), level, message, ...fields }),
);

type Render = (level: string, message: string, fields: Record<string, unknown>) => string;

function finalFormat(render: Render): Logform.Format {
  return format((info) => {
    const { level, message, ...rest } = info;
    const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    // Redacted before rendering too: a line break inside a secret is escaped by the rendering.
    const text = redact(typeof message === 'string' ? message : toSafeJson(message));
    info[MESSAGE] = redact(render(level, text, fields));
    return info;
  })();
}

function toTextValue(value: unknown): string {
  const json = toSafeJson({ value });
  const text = JSON.parse(json).value;
  if (typeof text === 'string' && BARE.test(text)) return text;
  return escapeControl(json.slice('{"value":'.length, -1));
}

function escapeControl(text: string): string {
  return text.replace(
    CONTROL,
    (char) => NAMED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
