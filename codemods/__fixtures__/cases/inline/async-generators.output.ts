import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function* pages() {
  for (const { id } of await (await getFacebookAgent()).getCampaigns()) yield await (await getFacebookAgent()).getCampaign(id);
}

export async function* behindAHead() {
  yield 'id';
  try {
    for (const { id } of await (await getFacebookAgent()).getCampaigns()) yield id;
  } catch {
    yield 'none';
  }
}
