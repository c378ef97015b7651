import { type RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';
import { ServiceUnavailableError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import { listCampaigns } from './campaigns-page.ts';
import { campaignInsightsInput, campaignInput, campaignsInput } from './schemas/campaigns.ts';
import { parseInput } from './validation.ts';

/** Checks the input first, so that a wrong request is answered as such even when Facebook is down. */
function answer<Schema extends z.ZodType>(
  schema: Schema,
  read: (agent: FacebookAdsAgent, input: z.output<Schema>) => Promise<unknown>,
): RequestHandler {
  return async (req, res) => {
    const input = parseInput(schema, { ...req.query, ...req.params });
    let agent: FacebookAdsAgent;
    try {
      agent = await getFacebookAgent();
    } catch (error) {
      logger.error(`Failed to initialize Facebook agent: ${String(error)}`);
      throw new ServiceUnavailableError('Facebook API unavailable', undefined, { cause: error });
    }
    res.json(await read(agent, input));
  };
}

/** The account's campaigns: all, one, and how one delivered. */
export function campaignsRouter(): Router {
  const router = Router();

  router.get('/', answer(campaignsInput, listCampaigns));

  router.get(
    '/:id',
    answer(campaignInput, (agent, { id }) => agent.getCampaign(id)),
  );

  router.get(
    '/:id/insights',
    answer(campaignInsightsInput, async (agent, { id, date_preset }) => ({
      campaign_id: id,
      date_preset,
      insights: await agent.getCampaignInsights(id, date_preset),
    })),
  );

  return router;
}
