import { getFacebookAgent } from "../utils/agent-cache"
import { Router } from "express"

export const router = Router()

router.get("/", async (_req, res) => {
  const agent = await getFacebookAgent()
  res.json(await agent.getCampaigns())
})
