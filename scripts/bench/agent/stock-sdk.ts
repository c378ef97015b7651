import type { GraphServer } from '../../../test/support/graph/index.ts';

/** The SDK as it comes, but for the address of Graph, which it does not let one choose. */
export async function stockSdk({ url, version, settings }: GraphServer) {
  const { AdAccount, Campaign, FacebookAdsApi } = await import('facebook-nodejs-business-sdk');
  Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => url });
  Object.defineProperty(FacebookAdsApi, 'VERSION', { get: () => version });
  // Without the last `false` it takes over the process's uncaught exceptions.
  return { AdAccount, Campaign, api: new FacebookAdsApi(settings.accessToken, 'en_US', false) };
}
