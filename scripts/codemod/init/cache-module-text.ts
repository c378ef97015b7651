import { nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';
import { type CacheModuleParts, creatorOf, type Words } from './cache-words.ts';
import { keyedText } from './keyed-text.ts';
import { typesText } from './types-text.ts';

/** The text of a small cache module that stands alone: one shared agent, with a lifetime in seconds. */
export function cacheModuleText(parts: CacheModuleParts): string {
  const words = wordsOf(parts);
  const { commonJs, quote, factory, provider, typescript, keyed, built } = words;
  const names = [
    ...(built ? [factory, provider] : []),
    ...(keyed ? [`${factory}For`, `forget${factory.replace(/^get/, '')}For`] : []),
  ];
  return [
    commonJs ? `${quote}use strict${quote};\n\n` : '',
    [...(keyed ? [cryptoImport(words)] : []), ...parts.imports].join('\n'),
    '\n\n',
    `/** How old ${built ? `the shared ${words.noun}` : `a ${words.noun}`} may be before a new one is built, in seconds. */\nconst DEFAULT_TTL = 3600;\n`,
    typescript ? typesText(words) : '',
    built ? (words.sync ? atOnceText(words) : promisedText(words)) : '',
    keyed ? keyedText(words, keyed) : '',
    commonJs ? `\nmodule.exports = { ${names.join(', ')} };\n` : '',
  ].join('');
}

function wordsOf(parts: CacheModuleParts): Words {
  const { agentClass, typescript, commonJs, sync, type } = parts;
  const noun = nounOf(agentClass);
  const T = type ?? agentClass;
  return {
    ...parts,
    noun,
    create: creatorOf(agentClass),
    T,
    Result: sync ? T : `Promise<${T}>`,
    t: (text) => (typescript ? text : ''),
    doc: (text, result) =>
      typescript ? `/** ${text} */` : `/**\n * ${text}\n *\n * @returns {${result}}\n */`,
    exported: commonJs ? '' : 'export ',
  };
}

function cryptoImport({ commonJs, quote }: Words): string {
  const module = `${quote}node:crypto${quote}`;
  return commonJs ? `const { createHash } = require(${module});` : `import { createHash } from ${module};`;
}

/** What both kinds have: the getter, the provider and the state. */
function sharedText(words: Words, note: string): string {
  const { exported, factory, provider, noun, Result, t, doc } = words;
  return `${doc(note, Result)}
${exported}function ${factory}()${t(`: ${Result}`)} {
  return ${noun}Within(DEFAULT_TTL);
}

/** A view of the shared ${noun} with a lifetime of its own, \`cacheTtl\`, in seconds. */
${exported}function ${provider}(options${t(': { cacheTtl?: number }')} = {})${t(': CachedAgentProvider')} {
  const ttl = options.cacheTtl ?? DEFAULT_TTL;
  return {
    getAgent: () => ${noun}Within(ttl),
    getStats: () => getStats(ttl),
    invalidateCache,
  };
}
`;
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

${sharedText(words, `The shared ${noun}. A failure to build it reaches the caller and is not kept.`)}
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

${sharedText(words, `The shared ${noun}. Callers that come together share one creation; its failure reaches them and is not kept.`)}
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
