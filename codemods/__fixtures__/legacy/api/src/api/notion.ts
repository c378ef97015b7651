import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { summarizeDashboard } from '../analytics/performance-analyzer.ts';
import type { NotionClient } from '../integrations/notion-client.ts';
import { campaignReport, dailySummary } from '../integrations/notion-pages.ts';
import { dayBefore, deliveryDay } from '../agents/account-day.ts';
import { notionSearchQuery, saveReportInput } from './schemas/notion.ts';
import { parseInput } from './validation.ts';

const getFacebookAgent = () => new FacebookAdsAgent();

/** Reports kept as pages of the team's Notion database. */
export function notionRouter({ notion }: { notion: NotionClient }): Router {
  const router = Router();

  router.post('/save-report/:campaignId', async (req, res) => {
    const { campaignId, date_preset } = parseInput(saveReportInput, { ...req.body, ...req.params });
    notion.assertConfigured();
    const agent = getFacebookAgent();
    const [campaign, insights] = await Promise.all([
      agent.getCampaign(campaignId),
      agent.getCampaignInsights(campaignId, date_preset),
    ]);
    const page = await notion.createPage(campaignReport(campaign, insights, date_preset));
    res.status(201).json({ campaign_id: campaignId, page });
  });

  router.post('/daily-summary', async (_req, res) => {
    notion.assertConfigured();
    const agent = getFacebookAgent();
    const report = await agent.getAccountReport({ period: 'yesterday', withTotal: true });
    const yesterday = dayBefore(await agent.getAccountDay(new Date()));
    const day = deliveryDay(report.campaigns, yesterday);
    const dashboard = summarizeDashboard(report.campaigns, report);
    const page = await notion.createPage(dailySummary(dashboard, day));
    res.status(201).json({ page });
  });

  router.get('/search', async (req, res) => {
    const { query } = parseInput(notionSearchQuery, req.query);
    res.json({ query, results: await notion.search(query) });
  });

  return router;
}
