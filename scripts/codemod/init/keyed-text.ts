import type { Built, Words } from './cache-words.ts';

/** One entry for each set of arguments: bounded, with a lifetime, and none for a failure. */
export function keyedText(words: Words, keyed: Built): string {
  const { exported, factory, noun, create, T, Result, sync, t, doc, quote } = words;
  const forget = `forget${factory.replace(/^get/, '')}For`;
  const head = sync
    ? `function ${create}For(given${t(': Arguments')})${t(`: ${T}`)} {`
    : `async function ${create}For(given${t(': Arguments')})${t(`: Promise<${T}>`)} {`;
  return `
/** How many sets of arguments have an entry at most: the one that was not asked for the longest goes first. */
const MAX_ENTRIES = 500;

const entries = new Map${t(`<string, { ${noun}: ${Result}; createdAt: number }>`)}();

${typedDoc(words)}${head}
  return ${keyed.async ? 'await ' : ''}${keyed.code};
}

${doc(`The ${noun} that is built with these arguments: all of them are its key, so pass everything that it depends on.`, Result)}
${exported}${sync ? '' : 'async '}function ${factory}For(...given${t(': Arguments')})${t(`: ${Result}`)} {
  const key = keyOf(given);
  // What no key can stand for is built for its caller alone.
  if (key === undefined) return ${create}For(given);
  const found = entries.get(key);
  entries.delete(key);
  if (found !== undefined && Date.now() - found.createdAt < DEFAULT_TTL * 1000) {
    entries.set(key, found);
    return found.${noun};
  }
  const made = { ${noun}: ${create}For(given), createdAt: Date.now() };
  entries.set(key, made);
  const [oldest] = entries.keys();
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
${
  sync
    ? ''
    : `  made.${noun}.catch(() => {
    if (entries.get(key) === made) entries.delete(key);
  });
`
}  return made.${noun};
}

/** Lets go of the ${noun} of these arguments: after a logout, or when its token was renewed. */
${exported}function ${forget}(...given${t(': Arguments')})${t(': void')} {
  const key = keyOf(given);
  if (key !== undefined) entries.delete(key);
}

/** A digest, so that no credential stands in the cache as it is; undefined for what only its identity tells apart. */
function keyOf(given${t(': readonly unknown[]')})${t(': string | undefined')} {
  if (isEmpty(given[0])) throw new TypeError(${quote}${factory}For() is given nothing to tell its ${noun} by${quote});
  try {
    return createHash(${quote}sha256${quote}).update(JSON.stringify(given.map(plain))).digest(${quote}hex${quote});
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether a credential is missing: users without one must not meet in an entry. */
function isEmpty(value${t(': unknown')})${t(': boolean')} {
  if (value === undefined || value === null || value === ${quote}${quote}) return true;
  if (typeof value !== ${quote}object${quote}) return false;
  const parts = Object.entries(value);
  const credentials = parts.filter(([name]) => /token|secret|key|password|credential/i.test(name));
  const telling = credentials.length > 0 ? credentials : parts;
  return telling.length > 0 ? telling.every(([, part]) => isEmpty(part)) : isBare(value);
}

/** Whether an object is nothing but its parts. */
function isBare(value${t(': object')})${t(': boolean')} {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** A value in words that are the same for the same values alone: \`1\` is not \`'1'\`, and the order of names is none. */
function plain(value${t(': unknown')})${t(': unknown')} {
  if (typeof value === ${quote}bigint${quote} || value === undefined) return [typeof value, String(value)];
  if (typeof value === ${quote}number${quote}) return [typeof value, String(value)];
  if (typeof value !== ${quote}object${quote} && typeof value !== ${quote}function${quote} && typeof value !== ${quote}symbol${quote}) return value;
  if (value === null) return value;
  if (Array.isArray(value)) return [${quote}list${quote}, ...value.map(plain)];
  if (typeof value !== ${quote}object${quote} || !isBare(value)) {
    throw new RangeError(${quote}it has an identity of its own${quote});
  }
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return [${quote}object${quote}, ...parts.map(([name, part]) => [name, plain(part)])];
}
`;
}

function typedDoc({ typescript, Result }: Words): string {
  return typescript ? '' : `/** @returns {${Result}} */\n`;
}
