/** What the cache module is made of: the tree's own names and habits. */
export interface CacheModuleParts {
  agentClass: string;
  /** How the file imports the class: a whole statement, without its end of line. */
  importStatement: string;
  factory: string;
  provider: string;
  typescript: boolean;
  commonJs: boolean;
  /** The quote that the tree writes its strings in. */
  quote: string;
}

/** The text of a small cache module that stands alone: one shared agent, with a lifetime in seconds. */
export function cacheModuleText(parts: CacheModuleParts): string {
  const { agentClass, importStatement, factory, provider, typescript, commonJs, quote } = parts;
  const t = (type: string) => (typescript ? type : '');
  const exported = commonJs ? '' : 'export ';
  return `${commonJs ? `${quote}use strict${quote};\n\n` : ''}${importStatement}

/** How old the shared agent may be before a new one is built, in seconds. */
const DEFAULT_TTL = 3600;
${typescript ? typesText(agentClass) : ''}
let entry${t(': { agent: Agent; createdAt: number } | undefined')};
let creation${t(': Promise<Agent> | undefined')};
let creationCount = 0;

/** Builds the agent. If it needs arguments, or has to connect before its first use, this is the place. */
async function createAgent()${t(': Promise<Agent>')} {
  return new ${agentClass}();
}

/** The shared agent. Callers that come together share one creation; its failure reaches them and is not kept. */
${exported}function ${factory}()${t(': Promise<Agent>')} {
  return getAgent(DEFAULT_TTL);
}

/** A view of the shared agent with a lifetime of its own, \`cacheTtl\`, in seconds. */
${exported}function ${provider}(options${t(': { cacheTtl?: number }')} = {})${t(': CachedAgentProvider')} {
  const ttl = options.cacheTtl ?? DEFAULT_TTL;
  return {
    getAgent: () => getAgent(ttl),
    getStats: () => getStats(ttl),
    invalidateCache,
  };
}

async function getAgent(ttl${t(': number')})${t(': Promise<Agent>')} {
  if (entry !== undefined && Date.now() - entry.createdAt < ttl * 1000) return entry.agent;
  creation ??= startCreation();
  return creation;
}

function startCreation()${t(': Promise<Agent>')} {
  const started${t(': Promise<Agent>')} = createAgent().then(
    (agent) => {
      creationCount += 1;
      // An invalidation during the creation has let go of it: its agent is for those who wait, not for the cache.
      if (creation === started) {
        entry = { agent, createdAt: Date.now() };
        creation = undefined;
      }
      return agent;
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
  creation = undefined;
}

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
${commonJs ? `\nmodule.exports = { ${factory}, ${provider} };\n` : ''}`;
}

function typesText(agentClass: string): string {
  return `
type Agent = ${agentClass};

/** The state of the cache, for a health endpoint. */
export interface AgentCacheStats {
  cached: boolean;
  cache_age_seconds: number | null;
  cache_ttl_seconds: number;
  is_valid: boolean;
  creation_count: number;
}

export interface CachedAgentProvider {
  getAgent(): Promise<Agent>;
  getStats(): AgentCacheStats;
  invalidateCache(): void;
}
`;
}
