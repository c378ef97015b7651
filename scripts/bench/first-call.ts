import type { FacebookAdsAgent } from '../../api/src/agents/facebook-ads-agent.ts';
import { sdkLoaded } from '../../api/src/agents/sdk-api.ts';
import { logger } from '../../api/src/observability/logger.ts';
import { configureAgentCache, getFacebookAgent } from '../../api/src/utils/agent-cache.ts';
import { startGraphServer } from '../../test/support/graph/index.ts';

export interface FirstCall {
  firstCallMs: number;
  secondCallMs: number;
  sameInstance: boolean;
  /** Times that the stand-in Graph server was asked to validate a token. */
  graphValidations: number;
}

/** The migration guide's manual test: how long the first call takes, how long the second. */
export async function run({ json }: { json: boolean }): Promise<void> {
  const result = await measureFirstCall();
  if (json) console.log(JSON.stringify(result, null, 2));
  else print(result);
}

async function measureFirstCall(): Promise<FirstCall> {
  logger.silent = true;
  const graph = await startGraphServer({ latency: 'realistic' });
  try {
    configureAgentCache({ settings: graph.settings });
    // Start-up, and not the call's.
    await Promise.all([sdkLoaded(), import('../../api/src/agents/facebook-ads-agent.ts')]);
    const first = await timed();
    const second = await timed();
    return {
      firstCallMs: first.ms,
      secondCallMs: second.ms,
      sameInstance: first.agent === second.agent,
      graphValidations: graph.journal.count('debug_token'),
    };
  } finally {
    configureAgentCache({});
    await graph.close();
  }
}

async function timed(): Promise<{ agent: FacebookAdsAgent; ms: number }> {
  const begin = performance.now();
  const agent = await getFacebookAgent();
  return { agent, ms: performance.now() - begin };
}

function print({ firstCallMs, secondCallMs, sameInstance, graphValidations }: FirstCall): void {
  console.log(`First call:    ${firstCallMs.toFixed(1)} ms`);
  console.log(`Second call:   ${secondCallMs.toFixed(4)} ms`);
  console.log(`Same instance: ${sameInstance}`);
  console.log(`Token validations at Graph: ${graphValidations}`);
}
