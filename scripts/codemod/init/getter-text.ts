import type { Words } from './cache-words.ts';

/**
 * What every cache module of a shared agent has: its getter and its provider.
 *
 * @param note what is said of the getter
 * @param within the expression that gives an agent that is no older than what `ttl` says, in seconds
 */
export function getterText(
  words: Words,
  note: string,
  within = (ttl: string) => `${words.noun}Within(${ttl})`,
): string {
  const { exported, factory, provider, noun, Result, t, doc } = words;
  return `${doc(note, { result: Result })}${exported}function ${factory}()${t(`: ${Result}`)} {
  return ${within('DEFAULT_TTL')};
}

${doc(`A view of the shared ${noun} with a lifetime of its own, \`cacheTtl\`, in seconds.`, { params: { '[options]': '{ cacheTtl?: number }' } })}${exported}function ${provider}(options${t(': { cacheTtl?: number }')} = {})${t(': CachedAgentProvider')} {
  const ttl = options.cacheTtl ?? DEFAULT_TTL;
  return {
    getAgent: () => ${within('ttl')},
    getStats: () => getStats(ttl),
    invalidateCache,
  };
}
`;
}
