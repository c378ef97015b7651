import type { Words } from './cache-words.ts';

/** The types that the users of the module name. */
export function typesText({ type, T, Result, built, keyed }: Words): string {
  const alias = type?.alias === undefined ? '' : `\ntype ${type.name} = ${type.alias};\n`;
  const given = keyed === undefined ? '' : `\ntype Arguments = ${keyed.argumentsType};\n`;
  if (!built) return alias + given;
  return `${alias}${given}
/** The state of the cache, for a health endpoint. */
export interface AgentCacheStats {
  cached: boolean;
  cache_age_seconds: number | null;
  cache_ttl_seconds: number;
  is_valid: boolean;
  creation_count: number;
  hits: number;
  misses: number;
}

export interface CachedAgentProvider {
  getAgent(): ${Result.replace(T, T)};
  getStats(): AgentCacheStats;
  invalidateCache(): void;
}
`;
}
