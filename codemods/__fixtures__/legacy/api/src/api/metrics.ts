import { type RequestHandler, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { exportedFigures } from '../analytics/performance-analyzer.ts';
import { adPerformanceQuery, exportQuery } from './schemas/metrics.ts';
import { parseInput } from './validation.ts';

/** Dependency injection for FacebookAdsAgent. */
function getFacebookAgent(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

export interface MetricsGuards {
  requireUser: RequestHandler;
  requireApiKey: RequestHandler;
}

/** Delivery figures: one ad for users, a whole range for machines that hold the API key. */
export function metricsRouter({ requireUser, requireApiKey }: MetricsGuards): Router {
  const router = Router();

  router.get('/ad-performance', requireUser, async (req, res) => {
    const { ad_id, date_preset } = parseInput(adPerformanceQuery, req.query);
    const insights = await ask((agent) => agent.getAdInsights(ad_id, date_preset));
    res.json({ ad_id, date_preset, insights });
  });

  router.get('/export', requireApiKey, async (req, res) => {
    const { date_from, date_until } = parseInput(exportQuery, req.query);
    const period = { since: date_from, until: date_until };
    const report = await ask((agent) => agent.getAccountReport({ period, withTotal: true }));
    res.json({ date_from, date_until, ...exportedFigures(report) });
  });

  return router;
}

async function ask<T>(question: (agent: FacebookAdsAgent) => Promise<T>): Promise<T> {
  const agent = getFacebookAgent();
  return question(agent);
}
