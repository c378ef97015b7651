import { type CacheModuleParts, type Words, wordsOf } from './cache-words.ts';
import { framedText } from './framed-text.ts';
import { getterText } from './getter-text.ts';
import { keyedText, keyImports } from './keyed-text.ts';

/** The text of a small cache module that stands alone: one shared agent, with a lifetime in seconds. */
export function cacheModuleText(parts: CacheModuleParts): string {
  const words = wordsOf(parts);
  const { keyed, built, sync } = words;
  const shared = built ? (sync ? atOnceText(words) : promisedText(words)) : '';
  return framedText(words, keyImports(words), shared + (keyed ? keyedText(words, keyed) : ''));
}

function statsText({ t }: Words): string {
  return `
function getStats(ttl${t(': number')})${t(': AgentCacheStats')} {
  const age = entry === undefined ? null : (Date.now() - entry.createdAt) / 1000;
  return {
    cached: entry !== undefined,
    cache_age_seconds: age,
    cache_ttl_seconds: ttl,
    is_valid: age !== null && age < ttl,
    creation_count: creationCount,
  };
}
`;
}

/** A getter that builds where it is called: nobody has to wait. */
function atOnceText(words: Words): string {
  const { noun, create, T, t, doc, built, keyed } = words;
  return `
let entry${t(`: { ${noun}: ${T}; createdAt: number } | undefined`)};
let creationCount = 0;

${doc(`Builds the ${noun}. Nothing may be awaited here: it has to connect with its first call, if at all.`, T)}
function ${create}()${t(`: ${T}`)} {
  return ${built?.code};
}

${getterText(words, `The shared ${noun}. A failure to build it reaches the caller and is not kept.`)}
${typedDoc(words)}function ${noun}Within(ttl${t(': number')})${t(`: ${T}`)} {
  if (entry !== undefined && Date.now() - entry.createdAt < ttl * 1000) return entry.${noun};
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

function typedDoc({ typescript, T }: Words): string {
  return typescript ? '' : `/** @returns {${T}} */\n`;
}

function promisedText(words: Words): string {
  const { noun, create, T, t, built, keyed } = words;
  return `
let entry${t(`: { ${noun}: ${T}; createdAt: number } | undefined`)};
let creation${t(`: Promise<${T}> | undefined`)};
let creationCount = 0;

/** Builds the ${noun}. If it has to connect before its first use, this is the place. */
async function ${create}()${t(`: Promise<${T}>`)} {
  return ${built?.async ? 'await ' : ''}${built?.code};
}

${getterText(words, `The shared ${noun}. Callers that come together share one creation; its failure reaches them and is not kept.`)}
async function ${noun}Within(ttl${t(': number')})${t(`: Promise<${T}>`)} {
  if (entry !== undefined && Date.now() - entry.createdAt < ttl * 1000) return entry.${noun};
  creation ??= startCreation();
  return creation;
}

function startCreation()${t(`: Promise<${T}>`)} {
  const started${t(`: Promise<${T}>`)} = ${create}().then(
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
