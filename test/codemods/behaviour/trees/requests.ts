import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const KNOWN = `
import type { Request } from 'express';

interface AgentRequest extends Request {
  facebook?: FacebookAdsAgent;
}
`;

/** Agents that travel with a request: set on it under another type or name, or copied into it. */
export const requestTrees: readonly Tree[] = [
  {
    name: 'agents set on requests of another type',
    files: {
      'routes/main.ts': routes(`${KNOWN}
router.use('/cast', (req, _res, next) => {
  (req as AgentRequest).facebook = new FacebookAdsAgent();
  next();
});

router.use('/short', (_q, s, next) => {
  s.locals['agent'] = new FacebookAdsAgent();
  next();
});

router.get('/short', async (_req, res) => {
  res.json(await (res.locals['agent'] as FacebookAdsAgent).getCampaigns());
});

router.get('/cast/:id', async (req, res) => {
  res.json(await (req as unknown as AgentRequest).facebook?.getCampaign(req.params.id));
});

router.use('/named', (req, res, next) => {
  const known = req as AgentRequest;
  const { locals } = res;
  known.facebook = new FacebookAdsAgent();
  locals.order = ['first'];
  next();
});

router.get('/named', async (req, res) => {
  const known = req as AgentRequest;
  res.json([res.locals.order, await known.facebook?.getCampaigns()]);
});

router.use('/copied', (_req, res, next) => {
  Object.assign(res.locals, { copied: new FacebookAdsAgent(), name: 'copied' });
  next();
});

router.get('/copied', async (_req, res) => {
  const { copied, name } = res.locals as { copied: FacebookAdsAgent; name: string };
  res.json({ name, campaigns: await copied.getCampaigns() });
});
`),
    },
  },
  {
    name: 'agents set on requests of another type and changed',
    files: {
      'routes/main.ts': routes(`${KNOWN}
interface Copied {
  changed?: FacebookAdsAgent;
}

router.use('/cast', (req, _res, next) => {
  (req as AgentRequest).facebook = new FacebookAdsAgent(); // left: agent-keeps-argument
  next();
});

router.get('/cast/:id', async (req, res) => {
  const known = req as unknown as AgentRequest;
  known.facebook?.setToken(req.params.id);
  res.json(await known.facebook?.whoAmI());
});

router.use('/copied', (_req, res, next) => {
  Object.assign(res.locals, { changed: new FacebookAdsAgent() }); // left: agent-keeps-argument
  next();
});

router.get('/copied/:id', async (req, res) => {
  const { changed } = res.locals as Copied;
  res.json(await changed?.setToken(req.params.id).whoAmI());
});
`),
    },
  },
];
