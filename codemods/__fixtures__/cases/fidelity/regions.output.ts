import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function campaigns() {
  return (await getFacebookAgent()).getCampaigns();
}

// #region helpers
export const first = <T>(all: readonly T[]) => all[0];
// #endregion

export async function campaign(id: string) {
  return (await getFacebookAgent()).getCampaign(id);
}

/* eslint-disable no-console */

export async function both(id: string) {
  console.log(await (await getFacebookAgent()).getCampaign(id), await (await getFacebookAgent()).getCampaigns());
}

/* ---- shortcuts ---- */
export const one = <T>(item: T) => [item];

// ====================
// More of them
// ====================
export const none = <T>(): T[] => [];

export const all = async () => [await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns()];
