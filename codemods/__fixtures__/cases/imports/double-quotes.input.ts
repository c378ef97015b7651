import { FacebookAdsAgent } from "../agents/facebook-ads-agent"
import { Router } from "express"

export const router = Router()

router.get("/", async (_req, res) => {
  const agent = new FacebookAdsAgent()
  res.json(await agent.getCampaigns())
})
