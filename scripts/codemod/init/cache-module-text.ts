import { type CacheModuleParts, type Words, wordsOf } from './cache-words.ts';
import { framedText } from './framed-text.ts';
import { getterText } from './getter-text.ts';
import { keyedText, keyImports, ownLine } from './keyed-text.ts';

/** The text of a small cache module that stands alone: one shared agent, with a lifetime in seconds. */
export function cacheModuleText(parts: CacheModuleParts): string {
  const words = wordsOf(parts);
  const { keyed, built, sync } = words;
  const shared = built ? (sync ? atOnceText(words) : promisedText(words)) : '';
  return framedText(words, keyImports(words), shared + (keyed ? keyedText(words, keyed) : ''));
}

function statsText({ t, doc }: Words): string {
  return `
${doc([], { params: { ttl: 'number' } })}function getStats(ttl${t(': number')})${t(': AgentCacheStats')} {
  const age = entry === undefined ? null : (Date.now() - entry.createdAt) / 1000;
  return {
    cached: entry !== undefined,
    cache_age_seconds: age,
    cache_ttl_seconds: ttl,
    is_valid: age !== null && age < ttl,
    creation_count: creationCount,
    hits,
    misses,
  };
}
`;
}

/** A getter that builds where it is called: nobody has to wait. */
function atOnceText(words: Words): string {
  const { noun, create, T, t, doc, typed, built, keyed } = words;
  return `
${ownLine(typed(`{ ${noun}: ${T}; createdAt: number } | undefined`))}let entry${t(`: { ${noun}: ${T}; createdAt: number } | undefined`)};
let creationCount = 0;
let hits = 0;
let misses = 0;

${doc(`Builds the ${noun}. Nothing may be awaited here: it has to connect with its first call, if at all.`, { result: T })}function ${create}()${t(`: ${T}`)} {
  return ${built?.code};
}

${getterText(words, `The shared ${noun}. A failure to build it reaches the caller and is not kept.`)}
${doc([], { params: { ttl: 'number' }, result: T })}function ${noun}Within(ttl${t(': number')})${t(`: ${T}`)} {
  if (entry !== undefined && Date.now() - entry.createdAt < ttl * 1000) {
    hits += 1;
    return entry.${noun};
  }
  misses += 1;
  const ${noun} = ${create}();
  creationCount += 1;
  entry = { ${noun}, createdAt: Date.now() };
  return ${noun};
}

function invalidateCache()${t(': void')} {
  entry = undefined;${keyed ? '\n  entries.clear();' : ''}
}
${statsText(words)}`;
}

function indented(comment: string): string {
  return comment === '' ? '' : `  ${comment}\n`;
}

function promisedText(words: Words): string {
  const { noun, create, T, t, doc, typed, built, keyed } = words;
  return `
${ownLine(typed(`{ ${noun}: ${T}; createdAt: number } | undefined`))}let entry${t(`: { ${noun}: ${T}; createdAt: number } | undefined`)};
${ownLine(typed(`Promise<${T}> | undefined`))}let creation${t(`: Promise<${T}> | undefined`)};
let creationCount = 0;
let hits = 0;
let misses = 0;

${doc(`Builds the ${noun}. If it has to connect before its first use, this is the place.`, { returns: `Promise<${T}>` })}async function ${create}()${t(`: Promise<${T}>`)} {
  return ${built?.async ? 'await ' : ''}${built?.code};
}

${getterText(words, `The shared ${noun}. Callers that come together share one creation; its failure reaches them and is not kept.`)}
${doc([], { params: { ttl: 'number' }, returns: `Promise<${T}>` })}async function ${noun}Within(ttl${t(': number')})${t(`: Promise<${T}>`)} {
  if (entry !== undefined && Date.now() - entry.createdAt < ttl * 1000) {
    hits += 1;
    return entry.${noun};
  }
  misses += 1;
  creation ??= startCreation();
  return creation;
}

${doc([], { returns: `Promise<${T}>` })}function startCreation()${t(`: Promise<${T}>`)} {
${indented(typed(`Promise<${T}>`))}  const started${t(`: Promise<${T}>`)} = ${create}().then(
    (${noun}) => {
      creationCount += 1;
      // An invalidation during the creation has let go of it: what it built is for those who wait, not for the cache.
      if (creation === started) {
        entry = { ${noun}, createdAt: Date.now() };
        creation = undefined;
      }
      return ${noun};
    },
    (error${t(': unknown')}) => {
      if (creation === started) creation = undefined;
      throw error;
    },
  );
  return started;
}

function invalidateCache()${t(': void')} {
  entry = undefined;
  creation = undefined;${keyed ? '\n  entries.clear();' : ''}
}
${statsText(words)}`;
}
