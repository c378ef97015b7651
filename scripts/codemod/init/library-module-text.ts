import { UsageError } from '../../cli/usage-error.ts';
import { type CacheModuleParts, type OwnImport, type Words, wordsOf } from './cache-words.ts';
import { framedText } from './framed-text.ts';
import { getterText } from './getter-text.ts';
import { castTo, keyImports, type KeptEntries, keyedText } from './keyed-text.ts';

const PROVIDER: OwnImport = { name: 'CachedProvider', from: 'agent-cache-tools' };

/** How the module has the library keep each of its agents. */
const POLICY = 'ttl: DEFAULT_TTL, refreshAhead: 0.8';

/**
 * The text of a cache module that leaves the caching to the library `agent-cache-tools`.
 *
 * @throws UsageError when the getter is to give its agent at once: the library gives promises alone
 */
export function libraryModuleText(parts: CacheModuleParts): string {
  if (parts.sync)
    throw new UsageError(
      '--library gives promises, and sync asks for a getter that gives its agent at once: leave --library out for a module that has one (and delete one of the library that is there), or leave sync out (--sync, or "sync" in agent-cache.config.json)',
    );
  const words = wordsOf(parts);
  const { keyed, built } = words;
  const each = keyed ? keyedText(words, keyed, entriesOfLibrary(words)) : '';
  return framedText(words, [...keyImports(words), PROVIDER], (built ? sharedText(words) : '') + each);
}

function sharedText(words: Words): string {
  const { noun, create, T, t, doc, built, keyed } = words;
  const note = `The shared ${noun}. Callers that come together share one creation; a failure reaches them, and the next try waits longer after each.`;
  return `
${doc(`Builds the ${noun}. If it has to connect before its first use, this is the place.`, { returns: `Promise<${T}>` })}async function ${create}()${t(`: Promise<${T}>`)} {
  return ${built?.async ? 'await ' : ''}${built?.code};
}

/** A new ${noun} is built before the old one is too old. */
const cache = new CachedProvider${t(`<${T}>`)}({ create: ${create}, ${POLICY} });

${getterText(words, note, (ttl) => `cache.get(${ttl})`)}
function invalidateCache()${t(': void')} {
  cache.invalidate();${keyed ? '\n  entries.clear();' : ''}
}

${doc([], { params: { ttl: 'number' } })}function getStats(ttl${t(': number')})${t(': AgentCacheStats')} {
  const { cached, ageSeconds, creationCount, hits, misses } = cache.stats(ttl);
  return {
    cached,
    cache_age_seconds: ageSeconds,
    cache_ttl_seconds: ttl,
    is_valid: ageSeconds !== null && ageSeconds < ttl,
    creation_count: creationCount,
    hits,
    misses,
  };
}
`;
}

/** Entries that are caches of the library. */
function entriesOfLibrary({ noun, create, T, t, doc, typed }: Words): KeptEntries {
  const type = `CachedProvider<${T}>`;
  return {
    type,
    give: `  const found = entries.get(key) ?? entryOf(${castTo('Arguments', 'copyOf(given)', { t, typed })});
  entries.delete(key);
  entries.set(key, found);
  const [oldest] = entries.keys();
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  return found.get();
}

${doc(`An entry that renews its ${noun} by itself: of a copy, which stays as the key says when its caller changes an object.`, { params: { given: 'Arguments' }, returns: type })}function entryOf(given${t(': Arguments')})${t(`: ${type}`)} {
  return new CachedProvider${t(`<${T}>`)}({ create: () => ${create}For(given), ${POLICY} });
`,
  };
}
