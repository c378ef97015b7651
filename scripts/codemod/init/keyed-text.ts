import { type Built, forgetterOf, type OwnImport, type Words } from './cache-words.ts';
import { keyText } from './key-text.ts';

const HASH: OwnImport = { name: 'createHash', from: 'node:crypto' };

/** What the digest of a key is made with; nothing where a key is none. */
export function keyImports({ keyed, withoutNode }: Words): OwnImport[] {
  return keyed && !withoutNode ? [HASH] : [];
}

/** What the module keeps for a key: the type of an entry, and the end of the getter, which gives what is kept. */
export interface KeptEntries {
  type: string;
  /** From a `key` and what it was `given` to a `return`. */
  give: string;
}

/** One entry for each set of arguments: bounded, with a lifetime, and none for a failure. */
export function keyedText(words: Words, keyed: Built, kept = ownEntries(words)): string {
  const { exported, factory, noun, create, Result, sync, t, doc, typed, quote } = words;
  const forget = forgetterOf(words);
  const head = sync
    ? `function ${create}For(given${t(': Arguments')})${t(`: ${Result}`)} {`
    : `async function ${create}For(given${t(': Arguments')})${t(`: ${Result}`)} {`;
  const params = { given: 'Arguments' };
  return `
/** How many sets of arguments have an entry at most: the one that was not asked for the longest goes first. */
const MAX_ENTRIES = 500;

${ownLine(typed(`Map<string, ${kept.type}>`))}const entries = new Map${t(`<string, ${kept.type}>`)}();

${doc([], { params, result: Result })}${head}
  return ${keyed.async ? 'await ' : ''}${keyed.code};
}

${doc(`The ${noun} that is built with these arguments: all of them are its key, so pass everything that it depends on.`, { params, result: Result })}${exported}${sync ? '' : 'async '}function ${factory}For(...given${t(': Arguments')})${t(`: ${Result}`)} {
  if (isEmpty(given[0])) return refuse(given);
  const key = keyOf(given);
  // What no key can stand for is built for its caller alone.
  if (key === undefined) return ${create}For(given);
${kept.give}}

${doc(`Lets go of the ${noun} of these arguments: after a logout, or when its token was renewed.`, { params })}${exported}function ${forget}(...given${t(': Arguments')})${t(': void')} {
  const key = isEmpty(given[0]) ? undefined : keyOf(given);
  if (key !== undefined) entries.delete(key);
}

${doc('Users without a credential must not meet in an entry: the class itself may say so to whom it is built for, or this does.', { params, result: sync ? 'never' : 'Promise<never>' })}${sync ? '' : 'async '}function refuse(given${t(': Arguments')})${t(`: ${sync ? 'never' : 'Promise<never>'}`)} {
  ${sync ? '' : 'await '}${create}For(given);
  throw new TypeError(${quote}${factory}For() is given nothing to tell its ${noun} by${quote});
}

${keyText(words)}`;
}

/** Entries that the module itself looks after. */
function ownEntries({ noun, create, Result, sync, t, typed }: Words): KeptEntries {
  return {
    type: `{ ${noun}: ${Result}; createdAt: number }`,
    give: `  const found = entries.get(key);
  entries.delete(key);
  if (found !== undefined && Date.now() - found.createdAt < DEFAULT_TTL * 1000) {
    entries.set(key, found);
    return found.${noun};
  }
  // Of a copy, which stays as the key says when its caller changes an object afterwards.
  const made = { ${noun}: ${create}For(${castTo('Arguments', 'copyOf(given)', { t, typed })}), createdAt: Date.now() };
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
`,
  };
}

/** A comment in a line of its own. */
export function ownLine(comment: string): string {
  return comment === '' ? '' : `${comment}\n`;
}

/** An expression that is said to have a type. */
export function castTo(type: string, code: string, { t, typed }: Pick<Words, 't' | 'typed'>): string {
  const comment = typed(type);
  return comment === '' ? `${code}${t(` as ${type}`)}` : `${comment} (${code})`;
}
