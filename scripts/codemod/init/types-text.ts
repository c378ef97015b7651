import type { Words } from './cache-words.ts';

/** The types that the users of the module name. */
export function typesText({ type, T, Result, built, keyed, agentClass }: Words): string {
  const alias =
    type === undefined ? '' : `\ntype ${type} = ${typeBehind(agentClass, keyed?.code ?? built?.code)};\n`;
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
}

export interface CachedAgentProvider {
  getAgent(): ${Result.replace(T, T)};
  getStats(): AgentCacheStats;
  invalidateCache(): void;
}
`;
}

/** What a function gives, once it is there. */
function typeBehind(agentClass: string, code = ''): string {
  const callee = /^([\w.]+)\(/.exec(code)?.[1] ?? agentClass;
  return `Awaited<ReturnType<typeof ${callee}>>`;
}
