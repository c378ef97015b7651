import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

//#region only the factory
const makeAgent = () => new FacebookAdsAgent();
//#endregion

export async function campaigns() {
  return makeAgent().getCampaigns();
}

// #region helpers
// Builds an agent.
function createAgent() {
  return new FacebookAdsAgent();
}

export const first = <T>(all: readonly T[]) => all[0];
// #endregion

export async function campaign(id: string) {
  return createAgent().getCampaign(id);
}

// region Agents

const build = () => new FacebookAdsAgent();

// endregion Agents

/* eslint-disable no-console */
const build2 = () => new FacebookAdsAgent();

export async function both(id: string) {
  console.log(await build().getCampaign(id), await build2().getCampaigns());
}

/* ---- shortcuts ---- */
const build3 = () => new FacebookAdsAgent();
export const one = <T>(item: T) => [item];

// ====================
// More of them
// ====================
const build4 = () => new FacebookAdsAgent();

export const none = <T>(): T[] => [];

export const all = async () => [await build3().getCampaigns(), await build4().getCampaigns()];
