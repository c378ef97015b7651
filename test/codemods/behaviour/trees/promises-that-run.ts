import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const PRICES = `
const prices = async (id = ''): Promise<string> => {
  if (id !== '1') throw Object.assign(new Error('No prices'), { status: 404 });
  return 'prices';
};
`;

/** No promise is without a handler while the agent connects: it may be rejected meanwhile, which ends the process. */
export const promisesThatRunTrees: readonly Tree[] = [
  {
    name: 'promises that run beside the agent',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`${PRICES}
router.get('/on-condition', async (req, res) => {
  res.json(await Promise.all([prices(), req.query['none'] ? null : new FacebookAdsAgent().getCampaigns()]));
});

router.get('/settled', async (req, res) => {
  const all = await Promise.allSettled([prices(), req.query['none'] || new FacebookAdsAgent().getCampaigns()]);
  res.json(all.map(({ status }) => status));
});

router.get('/any', async (_req, res) => {
  res.json(await Promise.any([prices(), new FacebookAdsAgent().getCampaigns()]).catch(() => 'none'));
});

router.get('/spread', async (_req, res) => {
  const ids = ['1', '2'];
  res.json(await Promise.all([...ids.map(async (id) => prices(id)), new FacebookAdsAgent().whoAmI()]));
});

router.get('/pushed', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const parts: Promise<unknown>[] = [];
  parts.push(prices());
  parts.push(agent.getCampaigns());
  res.json(await Promise.all(parts));
});

router.get('/pushed-in-a-loop', async (_req, res) => {
  const parts: Promise<unknown>[] = [];
  for (const id of ['1', 'unknown', '2']) parts.push(new FacebookAdsAgent().getCampaign(id));
  res.json(await Promise.all(parts));
});

router.get('/in-an-object', async (_req, res) => {
  const parts = { prices: prices(), rows: new FacebookAdsAgent().getCampaigns() };
  res.json(await Promise.all([parts.rows, parts.prices]));
});

router.get('/assigned', async (_req, res) => {
  let found: Promise<string> | undefined;
  found = prices();
  const rows = new FacebookAdsAgent().getCampaigns();
  res.json(await Promise.all([found, rows]));
});

router.get('/mapped-before', async (_req, res) => {
  const all = ['1', '2'].map(async (id) => prices(id));
  const rows = new FacebookAdsAgent().getCampaigns();
  res.json(await Promise.all([...all, rows]));
});

router.get('/made', async (_req, res) => {
  const late = new Promise<never>((_resolve, reject) => setImmediate(reject, Object.assign(new Error('late'), { status: 504 })));
  const rows = new FacebookAdsAgent().getCampaigns();
  res.json(await Promise.all([late, rows]));
});

router.get('/gathered-before', async (_req, res) => {
  const both = Promise.all([prices(), prices('1')]);
  const agent = new FacebookAdsAgent();
  res.json(await Promise.all([both, agent.getCampaigns()]));
});

router.get('/argument', async (_req, res) => {
  const both = async (one: Promise<unknown>, other: Promise<unknown>) => Promise.all([one, other]);
  res.json(await both(prices(), new FacebookAdsAgent().getCampaigns()));
});

router.get('/handled', async (_req, res) => {
  const price = prices().catch(() => 'none');
  const agent = new FacebookAdsAgent();
  res.json([await agent.getCampaigns(), await price]);
});

router.get('/awaited', async (_req, res) => {
  const price = await prices('1');
  const agent = new FacebookAdsAgent();
  res.json([await agent.getCampaigns(), price, await prices('1')]);
});

router.get('/texts', async (_req, res) => {
  const names = [String(1), Number('2')];
  const agent = new FacebookAdsAgent();
  names.push(3);
  res.json([...(await agent.getCampaigns()), ...names]);
});
`),
    },
  },
  {
    name: 'agents that are built among promises beside a cache that only builds',
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'routes/main.ts': routes(`
router.get('/any', async (_req, res) => {
  res.json(await Promise.any([new FacebookAdsAgent().getCampaigns()]).catch(() => 'none'));
});

router.get('/settled', async (_req, res) => {
  const all = await Promise.allSettled([new FacebookAdsAgent().getCampaigns(), new FacebookAdsAgent().whoAmI()]);
  res.json(all.map(({ status }) => status));
});

router.get('/caught', async (_req, res) => {
  res.json(await Promise.all([new FacebookAdsAgent().getCampaigns()]).catch(() => 'none'));
});

router.get('/each-caught', async (_req, res) => {
  res.json(await Promise.all([new FacebookAdsAgent().getCampaigns().catch(() => 'none')]));
});

router.get('/all', async (_req, res) => {
  res.json(await Promise.all([new FacebookAdsAgent().getCampaigns(), new FacebookAdsAgent().whoAmI(), 1]));
});
`),
    },
  },
  {
    name: 'promises that run already, behind which nobody can wait',
    failures: ['none', 'connect'],
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`${PRICES}
router.get('/used-at-once', async (_req, res) => {
  const price = prices();
  const account = new FacebookAdsAgent().describe(); // left: promise-pending
  res.json([account, await price]);
});
`),
    },
  },
];
