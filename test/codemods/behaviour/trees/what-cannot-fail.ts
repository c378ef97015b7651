import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** What calls of the agent are given that cannot fail, beside what looks alike and can. */
export const quietGivenTrees: readonly Tree[] = [
  {
    name: 'calls that are given what cannot fail',
    failures: ['none', 'connect'],
    requests: [
      'GET /limit/7?limit=3',
      'GET /ids/7?ids=1,2&ids=3',
      'GET /typed/7?q=%20a',
      'GET /all/7?q=a&q=b',
    ],
    files: {
      'routes/main.ts': routes(`
import { AsyncLocalStorage } from 'node:async_hooks';

const DEFAULTS = { limit: 10, fields: ['id'] };

const toLimit = (value: unknown, fallback = DEFAULTS.limit) => Math.min(Number(value) || fallback, 100);

function listOf(value: unknown): string[] {
  if (!value) return [];
  if (Array.isArray(value)) return value.map(String);
  return String(value)
    .split(',')
    .map((each) => each.trim());
}

const pageOf = ({ page = 1, ...others }: Record<string, unknown>) => ({ page: Number(page), others });
const sized = (value: unknown) => String(toLimit(value, 5));

router.get('/limit/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns(req.params.id, toLimit(req.query['limit'])));
});

router.get('/sized/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(sized(req.query['size'])));
});

router.get('/ids/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(listOf(req.query['ids']).join('-')));
});

router.get('/page/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(\`\${pageOf(req.query)}\`));
});

router.get('/all/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(JSON.stringify({ ...DEFAULTS, ...req.query, id: req.params.id })));
});

router.get('/own/:id', async (req, res) => {
  const own = Object.fromEntries(Object.entries(req.query).filter(([key]) => key !== 'token'));
  res.json(await new FacebookAdsAgent().getCampaign(JSON.stringify(own)));
});

router.get('/typed/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(typeof req.query['q'] === 'string' ? req.query['q'].trim() : 'none'));
});

router.get('/encoded/:id', async (req, res) => {
  const { id } = req.params;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(\`a/\${encodeURIComponent(id)}\`));
});

const storage = new AsyncLocalStorage<{ id: string }>();

router.get('/storage/:id', async (req, res) => {
  const load = async () => {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(storage.getStore()?.id ?? '');
  };
  res.json(await storage.run({ id: req.params.id }, load));
});

router.get('/header/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.get('x-id') ?? encodeURIComponent(req.headers['x-other']?.toString() ?? '')));
});
`),
    },
  },
  {
    name: 'calls that are given what can fail and looks as if it could not',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
function strict(value: unknown): string {
  if (typeof value !== 'string') throw Object.assign(new Error('No text'), { status: 400 });
  return value;
}

const viaStrict = (value: unknown) => strict(value);

router.get('/strict/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(viaStrict(req.query['q']))); // left: argument-before-agent
});

router.get('/other/:id', async (req, res) => {
  const { p, q } = req.query as Record<string, string>;
  res.json(await new FacebookAdsAgent().getCampaign(typeof p === 'string' ? q!.trim() : '')); // left: argument-before-agent
});

router.get('/not/:id', async (req, res) => {
  const { q } = req.query as Record<string, string>;
  res.json(await new FacebookAdsAgent().getCampaign(typeof q !== 'string' ? (q as unknown as string).trim() : '')); // left: argument-before-agent
});

router.get('/cut/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  res.json(await agent.getCampaign(encodeURIComponent(req.params.id.slice(0, 1))));
});

router.get('/pairs/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  res.json(await agent.getCampaign(Object.fromEntries(req.query['pairs'] as never).id));
});
`),
    },
  },
];
