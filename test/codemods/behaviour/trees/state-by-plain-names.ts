import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** A service whose methods go by names that every text and list has as well. */
const SERVICE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Chosen {
  private ids = ['7'];
  readonly held = {
    push: (id: string): void => {
      this.ids = [id];
    },
  };

  join(id: string): void {
    this.ids = [id];
  }

  find(id: string): this {
    return this.keep(id);
  }

  apply(id: string): void {
    this.ids = [id];
  }

  async at(id: string): Promise<void> {
    this.ids.unshift(id);
  }

  async load(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.ids[0] ?? '7');
  }

  private keep(id: string): this {
    this.ids.unshift(id);
    return this;
  }
}
`;

const READING = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Listed {
  private readonly ids = ['7', '8'];
  calls = 0;

  find(id: string): string | undefined {
    return this.ids.find((each) => each === id);
  }

  join(): string {
    this.calls += 1;
    return this.ids.join();
  }

  async load(id: string): Promise<unknown> {
    const found = this.find(id);
    const agent = new FacebookAdsAgent();
    return await agent.getCampaign(found ?? '7');
  }
}
`;

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

/** What a request sets by \`join\`, \`find\` or \`push\`, on a service that no code shows, and what only reads by such names. */
export const plainNameTrees: readonly Tree[] = [
  {
    name: 'what a service is told by methods that every list has',
    files: {
      'services/chosen.ts': SERVICE,
      'services/listed.ts': READING,
      'boot.ts': `import { Chosen } from './services/chosen%ext';
import { Listed } from './services/listed%ext';

export function boot(app: any): void {
  if (app.get('chosen')) return;
  app.set('chosen', new Chosen());
  app.set('listed', new Listed());
  app.locals.names = ['a', 'b'];
}
`,
      'routes/main.ts': routes(`
import { boot } from '../boot%ext';

${BOTH}
router.use((req, _res, next) => {
  boot(req.app);
  next();
});

const ways: Record<string, (service: any, id: string) => unknown> = {
  join: (service, id) => service.join(id),
  find: (service, id) => service.find(id),
};

router.get('/join', async (req, res) => {
  const load = async (id: string) => {
    req.app.get('chosen').join(id);
    return await req.app.get('chosen').load();
  };
  res.json(await both(load));
});

router.get('/ways/:way', async (req, res) => {
  const load = async (id: string) => {
    ways[req.params['way'] ?? 'join']?.(req.app.get('chosen'), id);
    return await req.app.get('chosen').load();
  };
  res.json(await both(load));
});

router.get('/push', async (req, res) => {
  const load = async (id: string) => {
    req.app.get('chosen').held.push(id);
    return await req.app.get('chosen').load();
  };
  res.json(await both(load));
});

router.get('/apply', async (req, res) => {
  const service = req.app.get('chosen');
  const load = async (id: string) => {
    service.apply(id);
    return await service.load();
  };
  res.json(await both(load));
});

router.get('/at', async (req, res) => {
  const load = async (id: string) => {
    await req.app.get('chosen').at(id);
    return await req.app.get('chosen').load();
  };
  res.json(await both(load));
});

router.get('/listed', async (req, res) => {
  const load = async (id: string) => {
    const names: string = req.app.locals['names'].concat(id).join();
    const found = req.app.locals['names'].find((name: string) => name === id) ?? id;
    const agent = new FacebookAdsAgent();
    const campaign = await agent.getCampaign(found);
    return [names, campaign, await req.app.get('listed').load(id), req.app.get('listed').join()];
  };
  res.json(await both(load));
});
`),
    },
  },
];
