import { cacheModuleText } from '../../../../scripts/codemod/init/cache-module-text.ts';
import { IMPORT_EXTENSION } from './fake-agent.ts';
import type { Flavour } from './tree.ts';

/** How a tree's cache was asked for, and the static method that builds, where that is none. */
interface Asked {
  sync?: boolean;
  keyed?: boolean;
  builtBy?: string;
}

/** The cache that `--init` writes. What a run without the failure built is not there for a run with it. */
export function writtenCache(flavour: Flavour, { sync = false, keyed = false, builtBy }: Asked = {}): string {
  const typescript = flavour.startsWith('ts');
  const commonJs = flavour === 'cjs';
  const agents = `'../agents/facebook-ads-agent${IMPORT_EXTENSION[flavour]}'`;
  const probe = typescript
    ? '(globalThis as unknown as { agentProbe: { failure: string } }).agentProbe'
    : 'globalThis.agentProbe';
  const callee = builtBy === undefined ? 'new FacebookAdsAgent' : `FacebookAdsAgent.${builtBy}`;
  const [parameters, typed] =
    builtBy === undefined ? ['ConstructorParameters', 'FacebookAdsAgent'] : ['Parameters', callee];
  const text = cacheModuleText({
    agentClass: 'FacebookAdsAgent',
    imports: [
      commonJs
        ? `const { FacebookAdsAgent } = require(${agents});`
        : `import { FacebookAdsAgent } from ${agents};`,
    ],
    built: { code: keyed ? `${callee}('shared')` : `${callee}()`, async: false },
    ...(keyed && {
      keyed: {
        code: `${callee}(...given)`,
        async: false,
        argumentsType: `${parameters}<typeof ${typed}>`,
      },
    }),
    factory: 'getFacebookAgent',
    provider: 'getCachedAgentProvider',
    sync,
    typescript,
    commonJs,
    quote: "'",
  });
  const since = `let builtIn${typescript ? ': string | undefined' : ''};

function dropWhatAnotherRunBuilt()${typescript ? ': void' : ''} {
  const { failure } = ${probe};
  if (failure !== builtIn) invalidateCache();
  builtIn = failure;
}

`;
  return text
    .replace(/^(?:async )?function agentWithin.*\n/m, `${since}$&  dropWhatAnotherRunBuilt();\n`)
    .replace(/^(?:export )?(?:async )?function getFacebookAgentFor.*\n/m, '$&  dropWhatAnotherRunBuilt();\n');
}
