import type { Words } from './cache-words.ts';

/** What tells sets of arguments apart: the functions that make a key of them. */
export function keyText({ t, doc, quote, withoutNode = false }: Words): string {
  const text = 'JSON.stringify(given.map(plain))';
  const key = withoutNode
    ? text
    : `createHash(${quote}sha256${quote}).update(${text}).digest(${quote}hex${quote})`;
  const what = withoutNode
    ? 'All of the arguments as a text'
    : 'A digest, so that no credential stands in the cache as it is';
  const ofValue = (returns: string, type = 'unknown') => ({ params: { value: type }, returns });
  return `${doc(
    [
      `${what}; undefined for what only its identity tells apart, and`,
      'where a further argument is missing, by which users may be told apart.',
    ],
    { params: { given: 'readonly unknown[]' }, returns: 'string | undefined' },
  )}function keyOf(given${t(': readonly unknown[]')})${t(': string | undefined')} {
  if (given.slice(1).some(isMissing)) return undefined;
  try {
    return ${key};
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the parts of an argument are called that tell users apart. */
const CREDENTIAL = /token|secret|key|password|credential/i;

${doc('Whether a credential is missing: users without one must not meet in an entry.', ofValue('boolean'))}function isEmpty(value${t(': unknown')})${t(': boolean')} {
  if (value === undefined || value === null || value === ${quote}${quote}) return true;
  if (typeof value !== ${quote}object${quote}) return false;
  const parts = Object.entries(value);
  const credentials = parts.filter(([name]) => CREDENTIAL.test(name));
  const telling = credentials.length > 0 ? credentials : parts;
  return telling.length > 0 ? telling.every(([, part]) => isEmpty(part)) : isBare(value);
}

${doc('Whether an argument is missing, or the credentials in it are.', ofValue('boolean'))}function isMissing(value${t(': unknown')})${t(': boolean')} {
  if (typeof value !== ${quote}object${quote} || value === null) return isEmpty(value);
  const credentials = Object.entries(value).filter(([name]) => CREDENTIAL.test(name));
  return credentials.length > 0 && credentials.every(([, part]) => isEmpty(part));
}

${doc('Whether an object is nothing but its parts.', ofValue('boolean', 'object'))}function isBare(value${t(': object')})${t(': boolean')} {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

${doc("A value in words that are the same for the same values alone: `1` is not `'1'`, and the order of names is none.", ofValue('unknown'))}function plain(value${t(': unknown')})${t(': unknown')} {
  if (typeof value === ${quote}bigint${quote} || value === undefined) return [typeof value, String(value)];
  if (typeof value === ${quote}number${quote}) return [typeof value, String(value)];
  if (typeof value !== ${quote}object${quote} && typeof value !== ${quote}function${quote} && typeof value !== ${quote}symbol${quote}) return value;
  if (value === null) return value;
  if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) return [${quote}list${quote}, ...value.map(plain)];
  if (typeof value !== ${quote}object${quote} || !isBare(value)) {
    throw new RangeError(${quote}it has an identity of its own${quote});
  }
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return [${quote}object${quote}, ...parts.map(([name, part]) => [name, plain(part)])];
}

${doc('A copy of what has a key: lists and bare objects, down to what nobody can change.', ofValue('unknown'))}function copyOf(value${t(': unknown')})${t(': unknown')} {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== ${quote}object${quote} || value === null) return value;
  return Object.entries(value).reduce((copy, [name, part]) => ({ ...copy, [name]: copyOf(part) }), {});
}
`;
}
