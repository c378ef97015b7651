/** What the health route is made of. */
export interface HealthRouteParts {
  provider: string;
  /** The cache module as it is imported. */
  specifier: string;
  typescript: boolean;
  commonJs: boolean;
}

/** The text of a module with a router that tells the state of the cache, for the tree's own Express. */
export function healthRouteText({ provider, specifier, typescript, commonJs }: HealthRouteParts): string {
  const imports = commonJs
    ? `'use strict';\n\nconst { randomUUID } = require('node:crypto');\nconst { Router } = require('express');\nconst { ${provider} } = require('${specifier}');`
    : `import { randomUUID } from 'node:crypto';\nimport { Router } from 'express';\nimport { ${provider} } from '${specifier}';`;
  const exported = commonJs ? '' : 'export ';
  const types = typescript ? ': Router' : '';
  return `${imports}

/** Another one with each start: counters of two answers tell something only if one process gave both. */
const processId = randomUUID();

/** Tells the state of the shared agent's cache: mount it where your health checks are. */
${exported}const agentCacheHealth${types} = Router();

agentCacheHealth.get('/health/agent-cache', (_req, res) => {
  const stats = ${provider}().getStats();
  res.json({ status: stats.is_valid ? 'healthy' : 'expired', ...stats, process: processId });
});
${commonJs ? '\nmodule.exports = { agentCacheHealth };\n' : ''}`;
}
