import { cacheModuleText } from '../../../../scripts/codemod/init/cache-module-text.ts';
import { IMPORT_EXTENSION } from './fake-agent.ts';
import type { Flavour } from './tree.ts';

/** The cache that `--init --sync` writes. What a run without the failure built is not there for a run with it. */
export function synchronousCache(flavour: Flavour): string {
  const typescript = flavour.startsWith('ts');
  const commonJs = flavour === 'cjs';
  const agents = `'../agents/facebook-ads-agent${IMPORT_EXTENSION[flavour]}'`;
  const probe = typescript
    ? '(globalThis as unknown as { agentProbe: { failure: string } }).agentProbe'
    : 'globalThis.agentProbe';
  return cacheModuleText({
    agentClass: 'FacebookAdsAgent',
    imports: [
      commonJs
        ? `const { FacebookAdsAgent } = require(${agents});`
        : `import { FacebookAdsAgent } from ${agents};`,
    ],
    built: { code: 'new FacebookAdsAgent()', async: false },
    factory: 'getFacebookAgent',
    provider: 'getCachedAgentProvider',
    sync: true,
    typescript,
    commonJs,
    quote: "'",
  }).replace(
    /^function agentWithin.*\n/m,
    `let builtIn${typescript ? ': string | undefined' : ''};

$&  const { failure } = ${probe};
  if (failure !== builtIn) entry = undefined;
  builtIn = failure;
`,
  );
}
