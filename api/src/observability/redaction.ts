const MASK = '[redacted]';
/** A shorter value would blank out ordinary words. */
const SHORTEST_SECRET = 6;
const SECRET_KEY =
  /^(?:(?:proxy-)?authorization|cookie|set-cookie|x-api-key|(?:access_?|input_?|refresh_?|auth_?)?token|api_?key|appsecret_proof|(?:app|client|jwt)?_?secret|password)$/i;
const SECRET_PATTERNS = [
  /((?:access_token|input_token|appsecret_proof|client_secret|api_key)(?:=|%3D))[^&\s"'\\]+/gi,
  /(\bBearer\s+)[\w.~+/=-]{8,}/gi,
  /()\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
];

/** By how many each is held, in the forms that it takes. */
const secrets = new Map<string, number>();
/** A secret that contains another one must go first, or its rest would stay. Undefined when it has to be told anew. */
let longestFirst: string[] | undefined;
/** What a user's agent knew is known for no longer than the agent: there may be as many as there are users. */
const holders = new FinalizationRegistry<string>((value) => count(value, -1));

/**
 * Masks `value`, and the forms it takes in URLs and JSON, in every log line from now on.
 * Values of fewer than six characters are not registered.
 * @param holder what knows the value: when nothing else holds that, the value is forgotten; without one, never.
 */
export function registerSecret(value: string, holder?: object): void {
  if (value.length < SHORTEST_SECRET) return;
  count(value, 1);
  if (holder) holders.register(holder, value);
}

function count(value: string, by: 1 | -1): void {
  for (const form of formsOf(value)) {
    const held = (secrets.get(form) ?? 0) + by;
    if (held > 0) secrets.set(form, held);
    else secrets.delete(form);
  }
  longestFirst = undefined;
}

function formsOf(value: string): Set<string> {
  const encoded = encodeURIComponent(value);
  return new Set([
    value,
    encoded,
    encoded.replaceAll('%20', '+'),
    new URLSearchParams({ v: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
  ]);
}

/** `text` without registered secrets and without what is shaped like a credential. */
export function redact(text: string): string {
  longestFirst ??= [...secrets.keys()].sort((a, b) => b.length - a.length);
  let result = text;
  for (const secret of longestFirst) {
    if (result.includes(secret)) result = result.replaceAll(secret, MASK);
  }
  for (const pattern of SECRET_PATTERNS) result = result.replace(pattern, `$1${MASK}`);
  return result;
}

/** True for a field whose value is a credential whatever it holds. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

export const REDACTED = MASK;
