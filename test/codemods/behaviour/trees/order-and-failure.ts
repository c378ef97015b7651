import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Code that notices when something runs, answers or fails later or elsewhere than before. */
export const orderTrees: readonly Tree[] = [
  {
    name: 'helpers that become async in a try',
    files: {
      'routes/main.ts': routes(`
const load = () => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
};

function loadOne(id: string) {
  const agent = new FacebookAdsAgent();
  return agent.getCampaign(id);
}

router.get('/tried', async (_req, res) => {
  try {
    res.json(await load());
  } catch (error) {
    res.status(502).json({ caught: (error as Error).message });
  }
});

router.get('/chained/:id', (req, res) => {
  loadOne(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch((error: Error) => res.status(418).json({ caught: error.message }));
});

router.get('/settled/:id', async (req, res) => {
  const results = await Promise.allSettled([load(), loadOne(req.params.id)]);
  res.json(results.map((result) => result.status));
});

router.get('/raced', async (_req, res) => {
  res.json(await Promise.race([load(), load()]));
});
`),
      'lib/unused.ts': 'export {};\n',
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'handlers that answer before the agent is asked',
    files: {
      'routes/main.ts': routes(`
router.get('/checked/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  if (req.params.id === 'unknown') {
    res.status(400).json({ error: 'bad id' });
    return;
  }
  res.json(await agent.getCampaign(req.params.id));
});

router.get('/streamed/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.setHeader('x-early', 'yes');
  if (req.params.id === 'unknown') return void res.status(400).json({ error: 'bad id' });
  const campaign = await agent.getCampaign(req.params.id);
  res.json(campaign);
});

router.get('/caught/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await agent.getCampaign(req.params.id));
  } catch (error) {
    res.status(502).json({ caught: (error as Error).message });
  }
});

router.get('/caught-in-chain/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const campaign = await agent.getCampaign(req.params.id).catch(() => null);
  res.json({ campaign });
});

router.get('/settled', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const [all] = await Promise.allSettled([agent.getCampaigns()]);
  res.json(all.status);
});

router.get('/inside-and-after/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  let first = 0;
  try {
    first = (await agent.getCampaigns()).length;
  } catch {
    first = -1;
  }
  res.json({ first, campaign: await agent.getCampaign(req.params.id) });
});

router.get('/two-tries', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const found: unknown[] = [];
  try {
    found.push(await agent.getCampaigns());
  } catch {
    found.push('no campaigns');
  }
  try {
    found.push(await agent.getCampaign('3'));
  } catch {
    found.push('no campaign');
  }
  res.json(found);
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'unknown failures are passed on as they were',
    files: {
      'routes/main.ts': routes(`
router.get('/four/:id', async (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent
    .getCampaign(req.params.id)
    .then((campaign) => res.json(campaign))
    .catch(next);
});

router.get('/then-two/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  void agent.getCampaign(req.params.id).then((campaign) => res.json(campaign), next);
});

router.get('/answering/:id', (req, res) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then(
    (campaign) => res.json(campaign),
    (error: Error) => res.status(500).json({ handled: error.message }),
  );
});

router.get('/two-chains', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent
    .getCampaigns()
    .then((campaigns) => agent.getCampaign(campaigns[0]?.id ?? '1'))
    .then((campaign) => res.json(campaign))
    .catch(next);
});

router.get('/nested-chain', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaigns().then((campaigns) => {
    Promise.all(campaigns.map((campaign) => agent.getCampaign(campaign.id))).then((all) => {
      res.json(all);
    }, next);
  }, next);
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'code without semicolons',
    flavour: 'ts-bare',
    files: {
      'routes/main.ts': `import { Router } from 'express'
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext'

export const router = Router()

router.get('/first', async (_req, res) => {
  const names: string[] = []
  const agent = new FacebookAdsAgent()
  ;(await agent.getCampaigns()).forEach((each) => names.push(each.id))
  res.json(names)
})

router.get('/listed', async (_req, res) => {
  const names: string[] = []
  const agent = new FacebookAdsAgent()
  ;['a'].forEach((each) => names.push(each))
  names.push((await agent.getCampaigns()).length.toString())
  res.json(names)
})

router.get('/statement', async (_req, res) => {
  let campaigns
  res.locals.name = 'x'
  campaigns = await new FacebookAdsAgent().getCampaigns()
  res.json(campaigns)
})

router.get('/line', async (_req, res) => {
  const found = 'a'
  new FacebookAdsAgent().getCampaigns().then((all) => res.json([found, all]), () => res.status(502).end())
})

router.get('/awaited-line', async (_req, res) => {
  const found: unknown[] = []
  const add = (all: unknown) => found.push(all)
  await new FacebookAdsAgent().getCampaigns().then(add)
  res.json(found)
})

router.get('/caught/:id', async (req, res) => {
  const agent = new FacebookAdsAgent()
  try {
    ;[1].forEach(() => undefined)
    res.json(await agent.getCampaign(req.params.id))
  } catch (error) {
    res.status(502).json({ caught: (error as Error).message })
  }
})

const build = () => new FacebookAdsAgent()

;[1].forEach(() => undefined)

router.get('/built', async (_req, res) => {
  const agent = build()
  res.json(await agent.getCampaigns())
})
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'one-line habits',
    files: {
      'routes/main.ts': routes(`
router.get('/one-line', async (_req, res) => { const agent = new FacebookAdsAgent(); res.json(await agent.getCampaigns()); });
router.get('/tried-line/:id', async (req, res) => { const agent = new FacebookAdsAgent(); try { res.json(await agent.getCampaign(req.params.id)); } catch { res.status(502).end(); } });
const make = () => { const agent = new FacebookAdsAgent(); return agent; }; const other = 1;
router.get('/made', async (_req, res) => { const agent = make(); res.json([other, await agent.getCampaigns()]); });
router.get('/if/:id', async (req, res) => {
  let agent;
  if (req.params.id === '7') agent = new FacebookAdsAgent();
  res.json((await agent?.getCampaigns()) ?? null);
});
router.get('/awaited', async (_req, res) => {
  const agent = await new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
router.get('/nullish', async (_req, res) => {
  const given = undefined as FacebookAdsAgent | undefined;
  const agent = given ?? new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
router.get('/commented', async (_req, res) => {
  // The agent of this request.
  const agent = /* a new one */ new FacebookAdsAgent(/* no settings */); // built
  /* then */ res.json(await agent /* of ours */.getCampaigns());
});
router.get('/template', async (_req, res) => {
  res.send(\`\${(await new FacebookAdsAgent().getCampaigns()).length} campaigns\`);
});
router.get('/spread', async (_req, res) => {
  res.json({ ...(await new FacebookAdsAgent().getCampaign('1')), list: [...(await new FacebookAdsAgent().getCampaigns())] });
});
router.get('/void', async (_req, res) => {
  void (await new FacebookAdsAgent().getCampaigns());
  res.json(typeof (await new FacebookAdsAgent().getCampaigns()));
});
router.get('/destructured', async (_req, res) => {
  const { length } = await new FacebookAdsAgent().getCampaigns();
  res.json({ length });
});
router.get('/sequence', async (_req, res) => {
  const agent = (res.setHeader('x-a', 'b'), new FacebookAdsAgent());
  res.json(await agent.getCampaigns());
});
`),
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'guards whose names are taken at the call',
    files: {
      'routes/main.ts': routes(`
const unavailable = (name: string) => Object.assign(new Error(name), { status: 503 });
let failures = 0;

function getAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    failures += error instanceof Error ? 1 : 2;
    throw unavailable('Facebook API unavailable');
  }
}

router.get('/shadowing/:id', async (req, res) => {
  const unavailable = req.params.id;
  const agent = getAgent();
  res.json({ unavailable, campaign: await agent.getCampaign(req.params.id) });
});

router.get('/error-used', async (_req, res) => {
  const error = 'mine';
  const agent = getAgent();
  res.json({ error, failures: failures > -1, campaigns: await agent.getCampaigns() });
});

router.get('/expression', async (_req, res) => {
  res.json(await getAgent().getCampaigns());
});

router.get('/twice', async (_req, res) => {
  const one = getAgent(), two = getAgent();
  res.json([await one.getCampaigns(), await two.getCampaigns()]);
});
`),
    },
  },
  {
    name: 'a guard that answers itself',
    failures: ['none', 'construct'],
    files: {
      'routes/main.ts': `import { type Response, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

const agentFor = (res: Response): FacebookAdsAgent | undefined => {
  try {
    return new FacebookAdsAgent();
  } catch {
    res.status(503).json({ error: 'answered here' });
    return undefined;
  }
};

router.get('/all', async (_req, res) => {
  const agent = agentFor(res);
  if (agent) res.json(await agent.getCampaigns());
});
`,
    },
  },
  {
    name: 'other ways to register',
    files: {
      'routes/main.ts': `import { type ErrorRequestHandler, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const router = Router();

router.param('campaign', async (req, _res, next, id) => {
  const agent = new FacebookAdsAgent();
  const campaign = await agent.getCampaign(id);
  Object.assign(req, { campaign });
  next();
});

router.get('/param/:campaign', (req, res) => {
  res.json((req as unknown as { campaign: unknown }).campaign);
});

const log: ErrorRequestHandler = async (error, _req, _res, next) => {
  const agent = new FacebookAdsAgent();
  const known = await agent.getCampaigns().catch(() => []);
  Object.assign(error, { message: error.message + known.length });
  next(error);
};

router.all('/any', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

const handlers = {
  async list(_req: unknown, res: import('express').Response) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  },
  one: async (req: import('express').Request, res: import('express').Response) => {
    res.json(await new FacebookAdsAgent().getCampaign(String(req.params['id'])));
  },
};

router.get('/handlers', handlers.list);
router.get('/handlers/:id', handlers.one);
router.use(log);

export default async (_req: unknown, res: import('express').Response) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};
`,
    },
    failures: ['none', 'connect'],
  },
  {
    name: 'synchronous middleware and chained next',
    files: {
      'routes/main.ts': routes(`
router.get('/prepared/:id', (req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent.getCampaign(req.params.id).then((campaign) => {
    res.locals.campaign = campaign;
    next();
  }, next);
}, (_req, res) => {
  res.json(res.locals.campaign);
});

router.get('/returned/:id', (req, res) => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaign(req.params.id).then((campaign) => {
    res.json(campaign);
  });
});

router.get('/arrow/:id', (req, res) => new FacebookAdsAgent().getCampaign(req.params.id).then((each) => void res.json(each)));

router.get('/after', (_req, res, next) => {
  res.locals.agent = new FacebookAdsAgent();
  res.locals.order = ['first'];
  next();
}, async (_req, res) => {
  res.locals.order.push('second');
  res.json([res.locals.order, await res.locals.agent.getCampaigns()]);
});
`),
    },
  },
  {
    name: 'namespaces and enums and decorators',
    files: {
      'lib/report.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export enum Kind {
  Short = 1,
}

export namespace Reports {
  export async function all() {
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns();
  }
}

declare const FACEBOOK: FacebookAdsAgent | undefined;

export const known = (): boolean => typeof FACEBOOK !== 'undefined';

export abstract class Job {
  abstract run(): Promise<unknown>;
}

export class Report extends Job {
  override async run() {
    const agent = new FacebookAdsAgent();
    return { kind: Kind.Short, campaigns: await agent.getCampaigns() };
  }
}
`,
      'routes/main.ts': `import { Router } from 'express';
import { known, Report, Reports } from '../lib/report%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  res.json([known(), await Reports.all(), await new Report().run()]);
});
`,
    },
  },
  {
    name: 'what a catch or a finally reads that is set behind the agent',
    files: {
      'routes/main.ts': routes(`
router.get('/field', async (_req, res) => {
  const step = { at: 'start' };
  try {
    step.at = 'build';
    const agent = new FacebookAdsAgent();
    step.at = 'call';
    res.json(await agent.getCampaigns());
  } catch {
    res.status(507).json(step);
  }
});

router.get('/variable', async (_req, res) => {
  let at = 'start';
  try {
    const agent = new FacebookAdsAgent();
    at = 'call';
    const all = await agent.getCampaigns();
    at = 'answer';
    res.json(all);
  } catch {
    res.status(507).json({ at });
  }
});

router.get('/finally', async (_req, res) => {
  const steps: string[] = [];
  try {
    const agent = new FacebookAdsAgent();
    steps.push('built');
    res.locals['all'] = await agent.getCampaigns();
  } catch {
    res.status(507);
  } finally {
    res.json({ steps });
  }
});

router.get('/unread', async (_req, res) => {
  const step = { at: 'start' };
  try {
    const agent = new FacebookAdsAgent();
    step.at = 'call';
    res.json([step, await agent.getCampaigns()]);
  } catch {
    res.status(507).end();
  }
});
`),
    },
    failures: ['none', 'connect'],
  },
];
