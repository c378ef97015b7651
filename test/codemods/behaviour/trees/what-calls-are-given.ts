import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const PARSE = `const parseId = (text: string): string => {
  if (text !== '7') throw Object.assign(new Error('No id'), { status: 400 });
  return text;
};
const plainId = (id: unknown): string => String(id).trim();
`;

/** What a call of the agent is given, and when that is evaluated. */
export const givenTrees: readonly Tree[] = [
  {
    name: 'code that fails in what the first call is given',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
${PARSE}
router.get('/given/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  res.json(await agent.getCampaign(parseId(req.params.id)));
});

router.get('/inline/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(parseId(req.params.id))); // left: argument-before-agent
});

router.get('/waits/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  res.json(await agent.getCampaign(await Promise.resolve(req.params.id).then(parseId)));
});

router.get('/chained/:id', (req, res, next) => {
  new FacebookAdsAgent() // left: argument-before-agent
    .getCampaign(parseId(req.params.id))
    .then((campaign) => res.json(campaign))
    .catch(next);
});

router.get('/caught/:id', async (req, res) => {
  try {
    const agent = new FacebookAdsAgent(); // left: argument-before-agent
    res.json(await agent.getCampaign(parseId(req.params.id)));
  } catch (error) {
    res.status(502).json({ handled: (error as Error).message });
  }
});
`),
    },
  },
  {
    name: 'code in the statement of the first call that cannot fail, or runs before the agent is had',
    files: {
      'routes/main.ts': routes(`
${PARSE}
const paging = { limit: 2 };
const pick = (query: Record<string, unknown>) => ({ id: query['id'], at: query['at'] });

router.get('/helper/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(plainId(req.params.id)));
});

router.get('/member/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.status(201).json(await agent.getCampaigns(req.params.id, paging.limit));
});

router.get('/picked/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns(JSON.stringify(pick(req.query)), 2));
});

router.get('/constant/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const id = plainId(req.params.id);
  res.json({ id, campaign: await agent.getCampaign(\`\${id}\`) });
});

router.get('/later/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const all = await agent.getCampaigns();
  res.json([all, await agent.getCampaign(parseId(req.params.id))]);
});
`),
    },
  },
  {
    name: 'code that fails before the first call in its statement',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
${PARSE}
router.get('/status/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.status(200).set('x-id', parseId(req.params.id)).json(await agent.getCampaigns());
});

router.get('/element/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json([parseId(req.params.id), await agent.getCampaigns()]);
});
`),
    },
  },
  {
    name: 'parts of what a request may not have sent in what the first call is given',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
import type { Request } from 'express';

type WithUser = Request & { user?: { id: string; name: string } };

router.post('/declared', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.body.id));
});

router.post('/inline', async (req, res) => {
  const id = 'all';
  res.json([id, await new FacebookAdsAgent().getCampaign(req.body.id)]);
});

router.post('/user', async (req: WithUser, res) => {
  const agent = new FacebookAdsAgent();
  const limit = 2;
  res.json(await agent.getCampaigns(req.user!.name, limit));
});

router.post('/caught', async (req, res) => {
  try {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.body.filter.id as string));
  } catch (error) {
    res.status(502).json({ handled: (error as Error).message });
  }
});

router.post('/chosen', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.query['all'] ? req.body.id : '7'));
});

router.post('/checked', async (req, res) => {
  if (!req.body?.id) {
    res.status(400).json({ error: 'No id' });
    return;
  }
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.body.id));
});
`),
    },
  },
  {
    name: 'parts of rows that may not be there in what the first call is given',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
interface Row {
  id: string;
  account: { id: string };
}

const find = async (id: string) =>
  (await Promise.resolve(id === 'unknown' ? undefined : { id, account: { id: 'act' } })) as Row;

router.get('/found/:id', async (req, res) => {
  const row = await find(req.params.id);
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(row.id));
});

router.get('/deep/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const row = await find(req.params.id);
  const id = row.account.id;
  res.json([id, await agent.getCampaigns(row.id)]);
});

router.get('/inline/:id', async (req, res) => {
  const row = await find(req.params.id);
  res.json(await new FacebookAdsAgent().getCampaign(row.account.id));
});

router.get('/missed/:id', async (req, res) => {
  const row = await find(req.params.id);
  if (!row) return void res.status(404).json('No such row');
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(row.id));
});

router.post('/keyed', async (req, res) => {
  const key = 'filter';
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.body[key].id));
});

router.post('/listed', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.body.filters[0].id));
});
`),
    },
  },
  {
    name: 'calls in loops that are given what changes',
    files: {
      'routes/main.ts': routes(`
const viaVar = (ids: string[]) => {
  const all: Promise<unknown>[] = [];
  for (var at = 0; at < ids.length; at++) all.push(new FacebookAdsAgent().getCampaign(String(ids[at]))); // left: argument-changes
  return Promise.all(all);
};

router.get('/var', async (_req, res) => {
  res.json(await viaVar(['7', '8']));
});

const viaCounter = (count: number) => {
  const all: Promise<unknown>[] = [];
  let at = 0;
  while (at < count) {
    all.push(new FacebookAdsAgent().getCampaign(String(at))); // left: argument-changes
    at += 1;
  }
  return Promise.all(all);
};

router.get('/counter', async (_req, res) => {
  res.json(await viaCounter(2));
});
`),
    },
  },
  {
    name: 'calls in loops that are given what stays',
    files: {
      'routes/main.ts': routes(`
const each = (ids: string[]) => {
  const all: Promise<unknown>[] = [];
  for (const id of ids) all.push(new FacebookAdsAgent().getCampaign(id));
  for (let at = 0; at < ids.length; at++) all.push(new FacebookAdsAgent().getCampaign(String(ids[at])));
  return Promise.all(all);
};

router.get('/each', async (_req, res) => {
  res.json(await each(['7', '8']));
});
`),
    },
  },
  {
    name: 'what one request sets for the call of its agent',
    files: {
      'routes/main.ts': routes(`
let current = '';
let seen = '';
const state = { id: '' };
const counted = { calls: 0 };

router.use((req, _res, next) => {
  seen = req.path;
  next();
});

const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);

const byVariable = async (id: string) => {
  current = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

router.get('/variable', async (_req, res) => {
  res.json(await both(byVariable));
});

const byObject = async (id: string) => {
  state.id = id;
  return await new FacebookAdsAgent().getCampaign(state.id); // left: set-before-agent
};

router.get('/object', async (_req, res) => {
  res.json(await both(byObject));
});

class Reader {
  private id = '';
  async load(id: string) {
    this.id = id;
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }
}

const reader = new Reader();

router.get('/instance', async (_req, res) => {
  res.json(await both((id) => reader.load(id)));
});

router.get('/middleware', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(seen));
});

function setCurrent(id: string) {
  current = id;
}

const bySetter = async (id: string) => {
  setCurrent(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

router.get('/setter', async (_req, res) => {
  res.json(await both(bySetter));
});

router.get('/setter-behind/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  setCurrent(req.params.id);
  res.json(await agent.getCampaign(current));
});

const byAssign = async (id: string) => {
  Object.assign(state, { id });
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

router.get('/assign', async (_req, res) => {
  res.json(await both(byAssign));
});

const byEnvironment = async (id: string) => {
  process.env.CAMPAIGN = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(process.env.CAMPAIGN);
};

router.get('/environment', async (_req, res) => {
  res.json(await both(byEnvironment));
});

router.get('/app/:id', async (req, res) => {
  req.app.locals.id = req.params.id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  res.json(await agent.getCampaign(req.app.locals.id));
});

router.get('/locals/:id', async (req, res) => {
  res.locals.id = req.params.id;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(res.locals.id));
});

let fields = '';
function prepare() {
  fields = 'id,name';
}

router.get('/prepared', async (_req, res) => {
  prepare();
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(fields));
});

router.get('/counted', async (_req, res) => {
  counted.calls += 1;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/own/:id', async (req, res) => {
  const own = { id: '' };
  own.id = req.params.id;
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(own.id));
});
`),
    },
  },
  {
    name: 'what another module keeps for the call of an agent',
    files: {
      'tenancy.ts': `export let tenant = '';
export let region = 'eu';
export const state = { id: '', label: '' };
export function setTenant(id: string) {
  tenant = id;
}
export function setRegion(name: string) {
  region = name;
}
export const keep = (id: string) => {
  state.id = id;
};
export const label = (text: string) => {
  state.label = text;
};
`,
      'shared.ts': `export { tenant as current, setTenant } from './tenancy%ext';
`,
      'routes/main.ts': routes(`
import { current, setTenant } from '../shared%ext';
import { keep, label, region, setRegion, state } from '../tenancy%ext';

setRegion('us');

const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);

const byVariable = async (id: string) => {
  setTenant(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current);
};

router.get('/variable', async (_req, res) => {
  res.json(await both(byVariable));
});

const byObject = async (id: string) => {
  keep(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(state.id);
};

router.get('/object', async (_req, res) => {
  res.json(await both(byObject));
});

const byOther = async (id: string) => {
  label(id);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(\`\${region}-\${id}\`);
};

router.get('/other', async (_req, res) => {
  res.json(await both(byOther));
});
`),
    },
  },
  {
    name: 'calls that are given text of what their route always has',
    files: {
      'routes/main.ts': routes(`
import type { Request, Response } from 'express';

router.get('/trimmed/:id', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(req.params.id.trim()));
});

router.get('/lower/:id/rows', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id.toLowerCase()));
});

router.get('/maybe{/:id}', async (req, res) => {
  res.json(await new FacebookAdsAgent().getCampaign(req.params.id!.trim())); // left: argument-before-agent
});

const named = async (req: Request<{ id: string }>, res: Response) => {
  res.json(await new FacebookAdsAgent().getCampaign(req.params.id.trim())); // left: argument-before-agent
};

router.get('/named/:id', named);
`),
    },
  },
];
