import { type RequestHandler, Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

class Reports {
  constructor(private readonly agent: FacebookAdsAgent) {}

  all(limit: number) {
    return this.agent.getCampaigns('ACTIVE', limit);
  }
}

router.get('/blank/:id', async (req, res) => {
  const { id } = req.params;
  if (id === '0') return void res.status(400).end();
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaign(id));
});

router.get('/comment/:id', async (req, res) => {
  if (req.params.id === '0') return void res.status(400).end();
  const agent = await getFacebookAgent(); // one for each request
  /* then */ const campaign = await agent.getCampaign(req.params.id);
  res.json(campaign);
});

router.get('/chained', (_req, res, next) => {
  // connects later
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get('/parentheses/:id', async (req, res) => {
  if (req.params.id === '0') return void res.status(400).end();
  const agent = ((await getFacebookAgent()) as FacebookAdsAgent)!;
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/service', async (req, res) => {
  const limit = Number(req.query.limit);
  if (Number.isNaN(limit)) return void res.status(400).end();
  const reports = new Reports(await getFacebookAgent());
  res.json(await reports.all(limit));
});

const inTheTry: RequestHandler = async (req, res) => {
  try {
    if (!req.query.id) throw new Error('id');
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaign(String(req.query.id)));
  } catch (error) {
    res.status(400).json({ error: String(error) });
  }
};

router.get('/in-the-try', inTheTry);

export const named = async (id: string) => {
  const agent = await getFacebookAgent();
  return agent.getCampaign(id).then((campaign) => agent.getCampaigns(campaign.id));
};

router.get('/background', (_req, res) => {
  void (async () => {
    try {
      const agent = await getFacebookAgent();
      await agent.getCampaigns();
    } catch {
      res.locals.failed = true;
    }
  })();
  res.status(202).end();
});

router.get('/comments/:id', async (req, res) => {
  // Which campaign
  const { id } = req.params;

  if (id === '0') return void res.status(400).end();

  // Facebook,
  // as of v24
  const agent = await getFacebookAgent();
  // Fetch it
  // @ts-ignore its name may be another
  res.json(await agent.getCampaign(id));
});

router.get('/comments-in-the-try/:id', async (req, res) => {
  try {
    /* Facebook */
    const agent = await getFacebookAgent();
    // Fetch it
    res.json(await agent.getCampaign(req.params.id));
  } catch {
    res.status(502).end();
  }
});

router.get('/two/:id', async (req, res) => {
  // Two of them
  if (req.params.id === '0') return void res.status(400).end();
  const first = await getFacebookAgent();
  const second = await getFacebookAgent();
  res.json([await first.getCampaign(req.params.id), await second.getCampaigns()]);
});
