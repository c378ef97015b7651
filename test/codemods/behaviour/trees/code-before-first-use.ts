import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const CHECKS = `export class BadRequest extends Error {
  readonly status = 400;
}

export class IdQuery {
  readonly id: string;

  constructor(id: string) {
    this.id = parseId(id);
  }
}

export function parseId(text: string): string {
  if (!/^\\d+$/.test(text)) throw new BadRequest('No id');
  return text;
}

export const checks = {
  parse: parseId as ((text: string) => string) | undefined,
  get strict(): boolean {
    throw new BadRequest('Not configured');
  },
};

export const idOf = (_texts: TemplateStringsArray, id: string): string => parseId(id);

export const byNumber = (a: string, b: string): number => Number(parseId(a)) - Number(parseId(b));

export const users: Record<string, { name: string } | undefined> = { '7': { name: 'Ada' } };
`;

/** What is answered, or fails, before the agent is used for the first time, does so without an agent. */
export const codeBeforeFirstUseTrees: readonly Tree[] = [
  {
    name: 'code that fails by itself before the first use',
    failures: ['none', 'connect'],
    files: {
      'lib/checks.ts': CHECKS,
      'routes/main.ts': `${routes('')}import { byNumber, checks, IdQuery, idOf, parseId, users } from '../lib/checks%ext';

router.get('/new/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const query = new IdQuery(req.params.id);
  res.json(await agent.getCampaign(query.id));
});

router.get('/callback-by-name/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const ids = String(req.params.id).split(',').map(parseId);
  res.json(await agent.getCampaign(ids[0] ?? ''));
});

router.get('/callback-inline/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const ids = [req.params.id].filter((id) => parseId(id) !== '0');
  res.json(await agent.getCampaign(ids[0] ?? ''));
});

router.get('/order-by-name/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const ids = [req.params.id, '1'].sort(byNumber);
  res.json(await agent.getCampaign(ids[0] ?? ''));
});

router.get('/optional-call/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id = checks.parse?.(req.params.id) ?? '';
  res.json(await agent.getCampaign(id));
});

router.get('/tagged/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id = idOf\`\${req.params.id}\`;
  res.json(await agent.getCampaign(id));
});

router.get('/getter', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const { strict } = checks;
  res.json([strict, await agent.getCampaigns()]);
});

router.get('/member/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const name = users[req.params.id]!.name;
  res.json([name, await agent.getCampaigns()]);
});

router.get('/pattern/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const { name } = users[req.params.id]!;
  res.json([name, await agent.getCampaigns()]);
});

router.get('/number/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id = BigInt(req.params.id);
  res.json(await agent.getCampaign(String(id)));
});

router.get('/date/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const day = new Date(\`2026-01-0\${req.params.id}\`).toISOString();
  res.json([day, await agent.getCampaigns()]);
});

router.get('/json/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id: number = JSON.parse(req.params.id);
  res.json(await agent.getCampaign(String(id)));
});

router.get('/pattern-of-text/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const pattern = new RegExp(\`[\${req.params.id}\`.replace('[7', '7'));
  res.json([pattern.source, await agent.getCampaigns()]);
});

router.get('/operator/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const has = 'name' in (users[req.params.id] as object);
  res.json([has, await agent.getCampaigns()]);
});

router.get('/spread/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const all = [...(users[req.params.id]!.name)];
  res.json([all, await agent.getCampaigns()]);
});

router.get('/in-a-try/:id', async (req, res) => {
  try {
    const agent = new FacebookAdsAgent();
    const query = new IdQuery(req.params.id);
    res.json(await agent.getCampaign(query.id));
  } catch (error) {
    res.status(502).json({ handled: (error as Error).message });
  }
});

router.get('/in-a-loop', async (_req, res) => {
  const found: unknown[] = [];
  for (const id of ['7', '8']) {
    const agent = new FacebookAdsAgent();
    if (id === '7') continue;
    const query = new IdQuery(id);
    found.push(await agent.getCampaign(query.id));
  }
  res.json(found);
});

router.get('/quiet/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const { id } = req.params, limit = Number(req.query['limit'] ?? '10'), seen = new Set<string>();
  const ids = String(id).split(',').map((each) => each.trim()).filter(Boolean);
  res.json([await agent.getCampaign(ids[0] ?? ''), limit, seen.size]);
});
`,
    },
  },
];
