import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';
import {
  scoreCampaigns,
  summarizeDashboard,
  summarizeTrends,
  TREND_PERIODS,
} from '../analytics/performance-analyzer.ts';
import { groundsOf } from '../domain/account-report.ts';
import { ATTRIBUTION } from '../domain/attribution.ts';
import { analyticsQuery } from './schemas/analytics.ts';
import { parseInput } from './validation.ts';

/** The account at a glance: totals, scores and how the last weeks compare. */
export function analyticsRouter(): Router {
  const router = Router();

  router.get('/dashboard', async (req, res) => {
    const { date_preset } = parseInput(analyticsQuery, req.query);
    const agent = await getFacebookAgent();
    const report = await agent.getAccountReport({ period: date_preset, withTotal: true });
    res.json({ date_preset, ...summarizeDashboard(report.campaigns, report) });
  });

  router.get('/performance', async (req, res) => {
    const { date_preset } = parseInput(analyticsQuery, req.query);
    const agent = await getFacebookAgent();
    const report = await agent.getAccountReport({ period: date_preset, checked: true });
    res.json({ date_preset, campaigns: scoreCampaigns(report.campaigns, report), ...groundsOf(report) });
  });

  router.get('/trends', async (_req, res) => {
    const agent = await getFacebookAgent();
    const insights = await Promise.all(TREND_PERIODS.map(({ preset }) => agent.getAccountInsights(preset)));
    res.json({ trends: summarizeTrends(insights), attribution: ATTRIBUTION });
  });

  return router;
}
