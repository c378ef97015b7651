import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Who waits for a function that would become async, and who does not. */
export const waitingTrees: readonly Tree[] = [
  {
    // Without an agent, what nobody handled before would end the process of the test.
    name: 'callbacks that nothing waits for',
    untouched: ['routes/main.ts'],
    failures: ['none', 'construct'],
    files: {
      'routes/main.ts': routes(`
router.get('/end', (req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  req.resume().on('end', () => {
    void agent.getCampaigns().then((all) => res.json(all));
  });
});

router.get('/end-async', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  req.resume().once('end', async () => {
    res.json(await agent.getCampaigns());
  });
});

router.get('/immediate', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  setImmediate(() => {
    agent.getCampaigns().then((all) => res.json(all));
  });
});

router.get('/tick', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  process.nextTick(async () => {
    res.json(await agent.getCampaigns());
  });
});

router.get('/timer', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  setTimeout(() => res.json({ name: agent.describe() }), 1);
});

router.get('/finished', (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  res.on('finish', () => {
    void agent.getCampaigns();
  });
  res.json({ done: true });
});

const lookUp = (id: string, done: (error: Error | null, id: string) => void) => void setImmediate(done, null, id);

router.get('/node-style/:id', (req, res) => {
  const agent = new FacebookAdsAgent(); // left: failure-unseen
  lookUp(req.params.id, async (_error, id) => {
    res.json({ id, all: await agent.getCampaigns() });
  });
});
`),
    },
  },
  {
    name: 'promises that a handler drops',
    failures: ['none', 'construct'],
    files: {
      'routes/main.ts': routes(`
router.get('/started', (_req, res) => {
  const agent = new FacebookAdsAgent();
  void agent.getCampaigns();
  res.json({ started: true });
});

router.get('/chained', (_req, res) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaigns().then((all) => res.json(all));
});
`),
    },
  },
  {
    name: 'functions whose callers would not wait',
    failures: ['none', 'construct'],
    files: {
      'lib/attach.ts': `import type { NextFunction, Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function attach(_req: Request, res: Response, next: NextFunction): void {
  res.locals.agent = new FacebookAdsAgent(); // left: called-without-waiting
  next();
}

export const accountOf = (req: Request): string => \`\${new FacebookAdsAgent().accountId}:\${req.path}\`; // left: synchronous-result

export function viewLocals(req: Request, res: Response) {
  return { account: new FacebookAdsAgent().accountId, url: req.url, status: res.statusCode }; // left: synchronous-result
}
`,
      'routes/main.ts': `import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { accountOf, attach, viewLocals } from '../lib/attach%ext';

export const router = Router();

interface Options {
  key: (req: Request, res: Response) => string;
  skip: (req: Request, res: Response) => boolean;
}

const keyed =
  (options: Options): RequestHandler =>
  (req, res, next) => {
    if (!options.skip(req, res)) res.setHeader('x-key', options.key(req, res));
    next();
  };

router.get(
  '/keyed',
  keyed({
    key: (req, _res) => new FacebookAdsAgent().accountId + req.path, // left: synchronous-result
    skip: (_req, _res) => new FacebookAdsAgent().describe() === '', // left: synchronous-result
  }),
  (_req, res) => void res.json({ ok: true }),
);

router.get('/verified', json({ verify: (_req, _res) => void new FacebookAdsAgent().describe() }), (_req, res) => { // left: receiver-misses-failure
  res.json({ ok: true });
});

const described = (_req: Request, res: Response): void => {
  const agent = new FacebookAdsAgent(); // left: called-without-waiting
  res.json({ name: agent.describe() });
};

router.get('/attached', attach, (_req, res) => {
  res.json({ name: res.locals.agent.describe() });
});

const named = (name: string, value: (req: Request, res: Response) => string) => ({ name, value });
const who = named('who', (_req, _res) => new FacebookAdsAgent().describe()); // left: synchronous-result

router.get('/named', (req, res) => {
  res.json({ who: who.value(req, res) });
});

router.get('/by-hand', (req, res) => {
  attach(req, res, () => undefined);
  res.json({ name: res.locals.agent.describe() });
});

router.get('/described', described);

router.get('/delegated', (req, res) => {
  try {
    described(req, res);
  } catch (error) {
    res.status(418).json({ caught: (error as Error).message });
  }
});

router.get('/helpers', (req, res) => {
  res.json([accountOf(req), viewLocals(req, res)]);
});

const timed =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    res.setHeader('x-timed', '1');
    handler(req, res, next);
  };

router.get('/timed', timed((_req, res) => {
  const agent = new FacebookAdsAgent(); // left: called-without-waiting
  res.json({ name: agent.describe() });
}));

const teapot =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    try {
      handler(req, res, next);
    } catch {
      res.status(418).end();
    }
  };

const guarded: RequestHandler = (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: called-without-waiting
  res.json({ name: agent.describe() });
};

router.get('/guarded', teapot(guarded));
`,
    },
  },
  {
    name: 'functions whose callers wait',
    failures: ['none', 'construct'],
    files: {
      'lib/controller.ts': `import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Controller {
  describe(_req: Request, res: Response) {
    const agent = new FacebookAdsAgent();
    return res.json({ name: agent.describe() });
  }
}

export const handlers = {
  describe(_req: Request, res: Response): void {
    const agent = new FacebookAdsAgent();
    res.json({ name: agent.describe() });
  },
};
`,
      'routes/main.ts': `import { type RequestHandler, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { Controller, handlers } from '../lib/controller%ext';

export const router = Router();
const controller = new Controller();

const caught =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };
const returned =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    handler(req, res, next);

router.get('/controller', (req, res) => controller.describe(req, res));
router.get('/object', handlers.describe);

router.get('/caught', caught((_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ name: agent.describe() });
}));

router.get('/returned', returned((_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ name: agent.describe() });
}));
`,
    },
  },
  {
    name: 'functions that are called by other names without waiting',
    files: {
      'lib/attach.ts': `import type { Request, RequestHandler, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

type Attached = Request & { client?: FacebookAdsAgent };

export default function (req: Attached, _res: Response): void {
  req.client = new FacebookAdsAgent(); // left: called-without-waiting
}

export const named: RequestHandler = (req: Attached, _res) => {
  req.client = new FacebookAdsAgent(); // left: called-without-waiting
};

export async function early(req: Attached): Promise<void> {
  req.client = new FacebookAdsAgent(); // left: attached-not-awaited
}

export const actions: Record<string, RequestHandler> = {
  describe: (_req, res) => {
    const agent = new FacebookAdsAgent(); // left: called-without-waiting
    res.json({ name: agent.describe() });
  },
};
`,
      'routes/main.ts': `import { type Request, type RequestHandler, Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import attachAgent, { actions, early, named as attachToo } from '../lib/attach%ext';

export const router = Router();

const answer: RequestHandler = async (req: Request & { client?: FacebookAdsAgent }, res) => {
  res.json(await req.client?.getCampaigns());
};

router.get('/default', (req, res, next) => { attachAgent(req, res); next(); }, answer);
router.get('/named', (req, res, next) => { attachToo(req, res, next); next(); }, answer);
router.get('/early', (req, res, next) => { void early(req).catch(() => undefined); next(); }, answer);

router.get('/action', (req, res, next) => {
  const run = actions[String(req.query['of'] ?? 'describe')];
  if (run) run(req, res, next);
  else next();
});
`,
    },
    failures: ['none', 'connect'],
  },
];
