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
  {
    name: 'failures at once of callbacks whose promises somebody handles',
    failures: ['none', 'construct'],
    files: {
      'utils/agent-cache.ts': BUILDING_CACHE,
      'routes/main.ts': routes(`
const ids = ['1', 'unknown'];
const statusesOf = (settled: PromiseSettledResult<unknown>[]) => settled.map(({ status }) => status);
const load = (id: string) => new FacebookAdsAgent().getCampaign(id); // left: failure-met-otherwise
const loadKept = () => new FacebookAdsAgent().getCampaigns(); // left: failure-met-otherwise
const loadTried = () => new FacebookAdsAgent().getCampaigns();
const orNone = <T>(run: () => Promise<T>) => run().catch(() => 'none');
const plainly = <T>(run: () => Promise<T>) => run();
const later = <T>(run: () => Promise<T>) => Promise.resolve().then(run).catch(() => 'none');
const tried = async <T>(run: () => Promise<T>) => {
  try {
    return await run();
  } catch {
    return 'none';
  }
};

router.get('/settled', async (_req, res) => {
  const settled = await Promise.allSettled(ids.map((id) => new FacebookAdsAgent().getCampaign(id))); // left: failure-met-otherwise
  res.json(statusesOf(settled));
});

router.get('/named', async (_req, res) => void res.json(statusesOf(await Promise.allSettled(ids.map(load)))));

router.get('/caught', async (_req, res) => {
  const all = ids.map((id) => {
    const agent = new FacebookAdsAgent(); // left: failure-met-otherwise
    return agent.getCampaign(id);
  });
  res.json(await Promise.all(all).catch(() => 'none'));
});

router.get('/from', async (_req, res) => {
  const all = Array.from(ids, (id) => new FacebookAdsAgent().getCampaign(id).catch(() => null)); // left: callback-of-method
  const found = [];
  for (const each of all) found.push(await each);
  res.json(found);
});

router.get('/kept', async (_req, res) => {
  const promise = loadKept();
  try {
    res.json(await promise);
  } catch {
    res.json('none');
  }
});

router.get('/given', async (_req, res) => {
  res.json(await orNone(() => new FacebookAdsAgent().getCampaigns())); // left: failure-met-otherwise
});

router.get('/given-on', async (_req, res) => {
  res.json(await plainly(() => new FacebookAdsAgent().getCampaigns()).catch(() => 'none')); // left: failure-met-otherwise
});

router.get('/gathered', async (_req, res) => {
  res.json(await Promise.all(['1', '2'].map((id) => new FacebookAdsAgent().getCampaign(id))));
});

router.get('/from-gathered', async (_req, res) => {
  res.json(await Promise.all(Array.from(['1', '2'], (id) => new FacebookAdsAgent().getCampaign(id))));
});

router.get('/tried', async (_req, res) => {
  try {
    const promise = loadTried();
    res.json(await promise);
  } catch {
    res.json('none');
  }
});

router.get('/tried-by-another', async (_req, res) => {
  res.json(await tried(() => new FacebookAdsAgent().getCampaigns()));
});

router.get('/later', async (_req, res) => {
  res.json(await later(() => new FacebookAdsAgent().getCampaigns()));
});

router.get('/async', async (_req, res) => {
  const settled = await Promise.allSettled(
    ids.map(async (id) => {
      const agent = new FacebookAdsAgent();
      return await agent.getCampaign(id);
    }),
  );
  res.json(statusesOf(settled));
});
`),
    },
  },
];
