import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

/* v8 ignore start */
const build = () => new FacebookAdsAgent();
export const debug = (value) => console.log(value);
/* v8 ignore stop */

/* c8 ignore start */
const make = () => new FacebookAdsAgent();
/* c8 ignore stop */

// biome-ignore-start lint/style: as it was
export const first = (list) => list[0];
const create = () => new FacebookAdsAgent();
// biome-ignore-end lint/style: as it was

// <editor-fold desc="agents">
const open = () => new FacebookAdsAgent(); // </editor-fold>

/* eslint-disable new-cap */
const start = () => new FacebookAdsAgent();
/* eslint-enable new-cap */

// #region helpers
export const last = (list) => list.at(-1);
const begin = () => new FacebookAdsAgent(); // #endregion

export async function all() {
  const agents = [await build().getCampaigns(), await make().getCampaigns(), await create().getCampaigns()];
  return [...agents, await open().getCampaigns(), await start().getCampaigns(), await begin().getCampaigns()];
}
