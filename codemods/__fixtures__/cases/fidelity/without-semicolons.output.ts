import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts'
import { getFacebookAgent } from '../utils/agent-cache.ts'

export async function run(ids: string[]) {
  ;[1, 2].forEach((each) => ids.push(String(each)))
  if (ids.length > 9) return []
  const agent = await getFacebookAgent()
  return agent.getCampaigns()
}

export async function atOnce(ids: string[]) {
  const found = ids
  ;(await getFacebookAgent()).shortName()
  return found
}

export async function use(ids: string[]) {
  let agent: FacebookAdsAgent
  try {
    agent = await getFacebookAgent()
  } catch (error) {
    throw new Error('none', { cause: error })
  }
  ;(ids ?? []).forEach((id) => void agent.getCampaign(id))
}
