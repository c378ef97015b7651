import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import * as cache from '../utils/agent-cache.ts';

export function compose(configure: (cacheModule: typeof cache, create: () => unknown) => void): void {
  cache.configureAgentCache({ create: () => new FacebookAdsAgent() });
  configure(cache, () => undefined);
}
