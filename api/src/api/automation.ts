import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';
import { planReallocation, suggestBudgets, suggestPauses } from '../automation/campaign-optimizer.ts';
import { groundsOf } from '../domain/account-report.ts';
import { currentUser } from '../middleware/auth.ts';
import type { RecordLog, SuggestionRecord } from '../stores/record-log.ts';
import { suggestionsQuery, thresholdsBody } from './schemas/automation.ts';
import { parseInput } from './validation.ts';

/** Suggestions, and each user's own log of them. Nothing is changed at Facebook: a person decides. */
export function automationRouter({ suggestions }: { suggestions: RecordLog<SuggestionRecord> }): Router {
  const router = Router();

  router.post('/pause-underperforming', async (req, res) => {
    const thresholds = parseInput(thresholdsBody, req.body ?? {});
    const agent = await getFacebookAgent();
    const report = await agent.getAccountReport({ status: 'ACTIVE', checked: true });
    const pauses = suggestPauses(report.campaigns, thresholds, report);
    await suggestions.append(currentUser(res).id, {
      at: new Date().toISOString(),
      kind: 'pause',
      suggestions: pauses,
    });
    res.json({ thresholds, suggestions: pauses, ...groundsOf(report) });
  });

  router.post('/optimize-budgets', async (req, res) => {
    const thresholds = parseInput(thresholdsBody, req.body ?? {});
    const agent = await getFacebookAgent();
    const report = await agent.getAccountReport({ status: 'ACTIVE', checked: true });
    const budgets = suggestBudgets(report.campaigns, thresholds, report);
    await suggestions.append(currentUser(res).id, {
      at: new Date().toISOString(),
      kind: 'budget',
      suggestions: budgets,
    });
    res.json({ thresholds, suggestions: budgets, ...groundsOf(report) });
  });

  router.post('/reallocation-plan', async (req, res) => {
    const thresholds = parseInput(thresholdsBody, req.body ?? {});
    const agent = await getFacebookAgent();
    const report = await agent.getAccountReport({ status: 'ACTIVE', checked: true });
    const plan = planReallocation(report.campaigns, thresholds, report);
    await suggestions.append(currentUser(res).id, {
      at: new Date().toISOString(),
      kind: 'reallocation',
      suggestions: [plan],
    });
    res.json({ thresholds, plan, ...groundsOf(report) });
  });

  router.get('/suggestions', async (req, res) => {
    const { limit } = parseInput(suggestionsQuery, req.query);
    res.json({ suggestions: await suggestions.latest(currentUser(res).id, limit) });
  });

  return router;
}
