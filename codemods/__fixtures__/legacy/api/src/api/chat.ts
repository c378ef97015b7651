import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { currentUser } from '../middleware/auth.ts';
import { logger } from '../observability/logger.ts';
import type { ChatRecord, RecordLog } from '../stores/record-log.ts';
import { chatHistoryQuery, chatMessageBody } from './schemas/chat.ts';
import { parseInput } from './validation.ts';

/** Questions about the account in Portuguese or English, and each user's own history of them. */
export function chatRouter({ chat }: { chat: RecordLog<ChatRecord> }): Router {
  const router = Router();

  router.post('/', async (req, res) => {
    const { message, session_id } = parseInput(chatMessageBody, req.body);
    const user = currentUser(res);
    try {
      const agent = new FacebookAdsAgent();
      const answer = await agent.processNaturalLanguageQuery(message);
      await chat.append(user.id, { at: new Date().toISOString(), session_id, message, type: answer.type });
      res.json(answer);
    } catch (error) {
      logger.warn(`Chat message could not be answered: ${String(error)}`);
      throw error;
    }
  });

  router.get('/history', async (req, res) => {
    const { limit } = parseInput(chatHistoryQuery, req.query);
    res.json({ history: await chat.latest(currentUser(res).id, limit) });
  });

  return router;
}
