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

const secrets = new Set<string>();
let longestFirst: string[] = [];

/**
 * Masks `value`, and the forms it takes in URLs and JSON, in every log line from now on.
 * Values of fewer than six characters are not registered.
 */
export function registerSecret(value: string): void {
  if (value.length < SHORTEST_SECRET) return;
  const encoded = encodeURIComponent(value);
  const forms = [
    value,
    encoded,
    encoded.replaceAll('%20', '+'),
    new URLSearchParams({ v: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
  ];
  for (const form of forms) secrets.add(form);
  // A secret that contains another one must go first, or its rest would stay.
  longestFirst = [...secrets].sort((a, b) => b.length - a.length);
}

/** `text` without registered secrets and without what is shaped like a credential. */
export function redact(text: string): string {
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
