import type { CacheModuleParts } from './cache-words.ts';

/** The text of a cache module that leaves the caching to the library `agent-cache-tools`. */
export function libraryModuleText(parts: CacheModuleParts): string {
  const { agentClass, imports, built, factory, provider, typescript, commonJs, quote } = parts;
  const t = (type: string) => (typescript ? type : '');
  const exported = commonJs ? '' : 'export ';
  const library = `${quote}agent-cache-tools${quote}`;
  const imported = commonJs
    ? `const { CachedProvider } = require(${library});`
    : `import { CachedProvider } from ${library};`;
  return `${commonJs ? `${quote}use strict${quote};\n\n` : ''}${imported}
${imports.join('\n')}

/** How old the shared agent may be before a new one is built, in seconds. */
const DEFAULT_TTL = 3600;

/** Builds the agent. If it needs arguments, or has to connect before its first use, this is the place. */
async function createAgent()${t(`: Promise<${agentClass}>`)} {
  return ${built?.async ? 'await ' : ''}${built?.code ?? `new ${agentClass}()`};
}

/** Callers that come together share one creation; a new agent is built before the old one is too old. */
const cache = new CachedProvider${t(`<${agentClass}>`)}({ create: createAgent, ttl: DEFAULT_TTL, refreshAhead: 0.8 });

/** The shared agent. */
${exported}function ${factory}()${t(`: Promise<${agentClass}>`)} {
  return cache.get();
}

/** A view of the shared agent with a lifetime of its own, \`cacheTtl\`, in seconds. */
${exported}function ${provider}(options${t(': { cacheTtl?: number }')} = {}) {
  const ttl = options.cacheTtl ?? DEFAULT_TTL;
  return {
    getAgent: ()${t(`: Promise<${agentClass}>`)} => cache.get(ttl),
    getStats: () => getStats(ttl),
    invalidateCache: ()${t(': void')} => cache.invalidate(),
  };
}

function getStats(ttl${t(': number')}) {
  const { cached, ageSeconds, creationCount } = cache.stats(ttl);
  return {
    cached,
    cache_age_seconds: ageSeconds,
    cache_ttl_seconds: ttl,
    is_valid: ageSeconds !== null && ageSeconds < ttl,
    creation_count: creationCount,
  };
}
${commonJs ? `\nmodule.exports = { ${factory}, ${provider} };\n` : ''}`;
}
