import { getFacebookAgent } from '../utils/agent-cache.js';

/* v8 ignore start */
export const debug = (value) => console.log(value);
/* v8 ignore stop */

// biome-ignore-start lint/style: as it was
export const first = (list) => list[0];
// biome-ignore-end lint/style: as it was

// #region helpers
export const last = (list) => list.at(-1);
// #endregion

export async function all() {
  const agents = [await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns()];
  return [...agents, await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns()];
}
