import { BUILDING_CACHE } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const LATER = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

type Done = (count: number) => void;

export function soon(done: Done): void {
  const agent = new FacebookAdsAgent(); // left: failure-deferred
  setImmediate(() => {
    agent.getCampaigns().then((all) => done(all.length)).catch(() => done(-1));
  });
}

export function byName(done: Done): void {
  const agent = new FacebookAdsAgent(); // left: failure-deferred
  const tick = async () => {
    try {
      done((await agent.getCampaigns()).length);
    } catch {
      done(-1);
    }
  };
  setTimeout(tick, 1);
}

export class Watch {
  start(done: Done): this {
    const agent = new FacebookAdsAgent(); // left: failure-deferred
    queueMicrotask(() => void agent.getCampaigns().then((all) => done(all.length), () => done(-1)));
    return this;
  }
}

export function repository() {
  const agent = new FacebookAdsAgent(); // left: failure-deferred
  return { byId: (id: string) => agent.getCampaign(id).catch(() => null) };
}

export function loader() {
  const agent = new FacebookAdsAgent(); // left: failure-deferred
  return (id: string) => agent.getCampaign(id).catch(() => null);
}

export const handlers = () => {
  const agent = new FacebookAdsAgent(); // left: failure-deferred
  const all = () => agent.getCampaigns().catch(() => []);
  const one = (id: string) => agent.getCampaign(id).catch(() => null);
  return { all, one };
};
`;

/** What failed at once where an agent could not be built, does so still, or is left. */
export const failureAtOnceTrees: readonly Tree[] = [
  {
    name: 'failures at once of agents that are used later',
    failures: ['none', 'construct'],
    untouched: ['lib/later.ts'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'lib/later.ts': LATER,
      'routes/main.ts': `import { Router } from 'express';
import { byName, handlers, loader, repository, soon, Watch } from '../lib/later%ext';

export const router = Router();

router.get('/soon', (_req, res) => soon((count) => res.json({ count })));
router.get('/by-name', (_req, res) => byName((count) => res.json({ count })));
router.get('/method', (_req, res) => void new Watch().start((count) => res.json({ count })));
router.get('/repository/:id', async (req, res) => {
  res.json(await repository().byId(req.params.id));
});
router.get('/loader/:id', async (req, res) => {
  res.json(await loader()(req.params.id));
});
router.get('/handlers', async (_req, res) => {
  const { all, one } = handlers();
  res.json([await all(), await one('7')]);
});
`,
    },
  },
  {
    name: 'agents of async functions that are used later',
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'routes/main.ts': routes(`
type Done = (count: number) => void;

async function soon(done: Done): Promise<void> {
  const agent = new FacebookAdsAgent();
  setImmediate(() => {
    agent.getCampaigns().then((all) => done(all.length)).catch(() => done(-1));
  });
}

async function repository() {
  const agent = new FacebookAdsAgent();
  return { byId: (id: string) => agent.getCampaign(id).catch(() => null) };
}

function followed(done: Done): void {
  const agent = new FacebookAdsAgent();
  setImmediate(() => {
    agent.getCampaigns().then((all) => done(all.length)).catch(() => done(-1));
  });
}

router.get('/soon', async (_req, res) => {
  await soon((count) => res.json({ count }));
});

router.get('/repository/:id', async (req, res) => {
  res.json(await (await repository()).byId(req.params.id));
});

router.get('/followed', async (_req, res) => {
  await followed((count) => res.json({ count }));
});
`),
    },
  },
  {
    name: 'callbacks that run at once',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
const attempt = <T>(run: () => Promise<T>): Promise<T | undefined> => run().catch(() => undefined);

function inWrapper() {
  const agent = new FacebookAdsAgent();
  return attempt(() => agent.getCampaigns());
}

function byName() {
  const agent = new FacebookAdsAgent();
  const load = () => agent.getCampaigns().catch(() => []);
  return load();
}

function forEachOf(ids: string[]) {
  const agent = new FacebookAdsAgent();
  return Promise.all(ids.map((id) => agent.getCampaign(id).catch(() => null)));
}

router.get('/wrapper', async (_req, res) => {
  res.json(await inWrapper() ?? 'none');
});

router.get('/by-name', async (_req, res) => {
  res.json(await byName());
});

router.get('/each', async (_req, res) => {
  res.json(await forEachOf(['1', 'unknown']));
});

router.get('/ended', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  req.resume().on('end', () => {
    agent.getCampaigns().then((all) => res.json(all)).catch(next);
  });
});
`),
    },
  },
];
