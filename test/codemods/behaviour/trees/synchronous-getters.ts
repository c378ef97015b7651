import { writtenCache } from '../support/written-cache.ts';
import type { Tree } from '../support/tree.ts';
import { ROUTES, tasks } from './pieces.ts';

const SERVICES = `import { type Campaign, FacebookAdsAgent } from './agents/facebook-ads-agent%ext';

export class Service {
  readonly #agent = new FacebookAdsAgent();
  private readonly other: FacebookAdsAgent;

  constructor(other?: FacebookAdsAgent) {
    this.other = other ?? new FacebookAdsAgent();
  }

  list(): Promise<Campaign[]> {
    return this.#agent.getCampaigns();
  }

  one(id: string): Promise<Campaign> {
    return this.other.getCampaign(id);
  }
}

export class Reader {
  get agent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }

  whoAmI(): Promise<string> {
    return this.agent.whoAmI();
  }
}

export function describe(): string {
  return new FacebookAdsAgent().describe();
}

export const context = () => ({ agent: new FacebookAdsAgent(), limit: 2 });
`;

const HANDLERS = `
router.get('/inline', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/service', async (_req, res) => {
  res.json(await new Service().list());
});

router.get('/service/:id', async (req, res) => {
  res.json(await new Service().one(req.params.id));
});

router.get('/accessor', (_req, res, next) => {
  new Reader().whoAmI().then((name) => res.json(name), next);
});

router.get('/at-once', (_req, res) => {
  res.json(describe());
});

router.get('/factory', async (_req, res) => {
  const { agent, limit } = context();
  res.json(await agent.getCampaigns('ACTIVE', limit));
});

router.get('/all/:id', async (req, res) => {
  const ids = ['1', req.params.id];
  res.json(await Promise.all(ids.map((id) => new FacebookAdsAgent().getCampaign(id))));
});
`;

const COLLECT = `
export function collect() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`;

const IN_COMMON_JS = `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent%ext');

class Service {
  constructor() {
    this.agent = new FacebookAdsAgent();
  }

  one(id) {
    return this.agent.getCampaign(id);
  }
}

const describe = () => new FacebookAdsAgent().describe();

const router = Router();

router.get('/service/:id', async (req, res) => {
  res.json(await new Service().one(req.params.id));
});

router.get('/at-once', (_req, res) => {
  res.json(describe());
});

exports.router = router;
`;

/** Trees beside the cache of `--sync`: nothing has to wait, and all of them build one agent. */
export const synchronousGetterTrees: readonly Tree[] = [
  {
    name: 'places that cannot wait beside a getter that gives its agent at once',
    config: { sync: true },
    files: {
      'utils/agent-cache.ts': writtenCache('ts', { sync: true }),
      'services.ts': SERVICES,
      'routes/main.ts': `${ROUTES.replace(
        '\nexport',
        "import { context, describe, Reader, Service } from '../services%ext';\n\nexport",
      )}${HANDLERS.slice(1)}`,
      'tasks/main.ts': tasks(COLLECT),
    },
  },
  {
    name: 'places that cannot wait in CommonJS',
    config: { sync: true },
    flavour: 'cjs',
    files: { 'utils/agent-cache.js': writtenCache('cjs', { sync: true }), 'routes/main.js': IN_COMMON_JS },
  },
];
