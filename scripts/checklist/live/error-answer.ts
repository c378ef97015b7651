import type { Outcome } from './http.ts';

const WORDS =
  /^\W*(?:(?:\d{3} )?(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|not found|forbidden|unauthori[sz]ed)|error\b)/i;

/** Whether an answer with 200 tells of a failure: a problem, a body that has an error and no data, words of a proxy. */
export function isError({ text, headers }: Extract<Outcome, { ok: true }>): boolean {
  if (/problem\+json/.test(headers.get('content-type') ?? '')) return true;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return text.length < 300 && WORDS.test(text);
  }
  if (typeof body === 'string') return WORDS.test(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const at = (name: string): unknown => Reflect.get(body, name);
  // What came along with data is a remark about it.
  const data = Object.entries(body).filter(
    ([name]) => !/^(?:errors?|details?|meta|message|issues)$/i.test(name),
  );
  if (data.some(([, value]) => typeof value === 'object' && isSomething(value))) return false;
  if (isSomething(at('error')) || isSomething(at('errors'))) return true;
  if (at('success') === false || at('ok') === false) return true;
  if (['error', 'fail', 'failed', 'failure'].includes(String(at('status')).toLowerCase())) return true;
  const code = Number(at('statusCode') ?? at('status') ?? at('code'));
  return code >= 400 && code < 600 && typeof (at('message') ?? at('detail') ?? at('title')) === 'string';
}

function isSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
