import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts'

export async function run(ids: string[]) {
  const agent = new FacebookAdsAgent()
  ;[1, 2].forEach((each) => ids.push(String(each)))
  if (ids.length > 9) return []
  return agent.getCampaigns()
}

export async function atOnce(ids: string[]) {
  const found = ids
  new FacebookAdsAgent().shortName()
  return found
}

function guarded(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent()
  } catch (error) {
    throw new Error('none', { cause: error })
  }
}

export async function use(ids: string[]) {
  const agent = guarded()
  ;(ids ?? []).forEach((id) => void agent.getCampaign(id))
}
