import { type RequestHandler, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

class Reports {
  constructor(private readonly agent: FacebookAdsAgent) {}

  all(limit: number) {
    return this.agent.getCampaigns('ACTIVE', limit);
  }
}

router.get('/blank/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();

  const { id } = req.params;
  if (id === '0') return void res.status(400).end();
  res.json(await agent.getCampaign(id));
});

router.get('/comment/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // one for each request
  if (req.params.id === '0') return void res.status(400).end();
  /* then */ const campaign = await agent.getCampaign(req.params.id);
  res.json(campaign);
});

router.get('/chained', (_req, res, next) => {
  const agent = new FacebookAdsAgent(); // connects later
  agent
    .getCampaigns()
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get('/parentheses/:id', async (req, res) => {
  const agent = (new FacebookAdsAgent() as FacebookAdsAgent)!;
  if (req.params.id === '0') return void res.status(400).end();
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/service', async (req, res) => {
  const reports = new Reports(new FacebookAdsAgent());
  const limit = Number(req.query.limit);
  if (Number.isNaN(limit)) return void res.status(400).end();
  res.json(await reports.all(limit));
});

const inTheTry: RequestHandler = async (req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    if (!req.query.id) throw new Error('id');
    res.json(await agent.getCampaign(String(req.query.id)));
  } catch (error) {
    res.status(400).json({ error: String(error) });
  }
};

router.get('/in-the-try', inTheTry);

export const named = (id: string) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaign(id).then((campaign) => agent.getCampaigns(campaign.id));
};

router.get('/background', (_req, res) => {
  const agent = new FacebookAdsAgent();
  void (async () => {
    try {
      await agent.getCampaigns();
    } catch {
      res.locals.failed = true;
    }
  })();
  res.status(202).end();
});

router.get('/comments/:id', async (req, res) => {
  // Facebook,
  // as of v24
  const agent = new FacebookAdsAgent();
  // Which campaign
  const { id } = req.params;

  if (id === '0') return void res.status(400).end();

  // Fetch it
  // @ts-ignore its name may be another
  res.json(await agent.getCampaign(id));
});

router.get('/comments-in-the-try/:id', async (req, res) => {
  /* Facebook */
  const agent = new FacebookAdsAgent();
  try {
    // Fetch it
    res.json(await agent.getCampaign(req.params.id));
  } catch {
    res.status(502).end();
  }
});

router.get('/two/:id', async (req, res) => {
  // Two of them
  const first = new FacebookAdsAgent(),
    second = new FacebookAdsAgent();
  if (req.params.id === '0') return void res.status(400).end();
  res.json([await first.getCampaign(req.params.id), await second.getCampaigns()]);
});
