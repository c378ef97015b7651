import { Router } from 'express';
import { currentUser } from '../middleware/auth.ts';
import { logger } from '../observability/logger.ts';
import { getCachedAgentProvider } from '../utils/agent-cache.ts';

export interface AdminDeps {
  /** How telling the other processes of the last invalidation went; left out when there are none. */
  publication?: () => Promise<boolean>;
}

/** What operators do. Each action leaves a line that says who did it. */
export function adminRouter({ publication }: AdminDeps = {}): Router {
  const router = Router();

  router.post('/invalidate-cache', async (_req, res) => {
    getCachedAgentProvider().invalidateCache();
    logger.info('Audit: agent cache invalidated', { user: currentUser(res).id });
    const body = { message: 'Agent cache invalidated', status: 'success' };
    res.json(publication ? { ...body, published: await publication() } : body);
  });

  return router;
}
