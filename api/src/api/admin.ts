import { Router } from 'express';
import { currentUser } from '../middleware/auth.ts';
import { logger } from '../observability/logger.ts';
import { getCachedAgentProvider } from '../utils/agent-cache.ts';

/** What operators do. Each action leaves a line that says who did it. */
export function adminRouter(): Router {
  const router = Router();

  router.post('/invalidate-cache', (_req, res) => {
    getCachedAgentProvider().invalidateCache();
    logger.info('Audit: agent cache invalidated', { user: currentUser(res).id });
    res.json({ message: 'Agent cache invalidated', status: 'success' });
  });

  return router;
}
