import { COMMON_FILES } from '../support/fake-agent.ts';
import type { Tree } from '../support/tree.ts';

const WITH_BUILDERS = (COMMON_FILES['agents/facebook-ads-agent'] ?? '').replace(
  '  static describe(): string {',
  `  static #own: FacebookAdsAgent | undefined;
  static limit = 3;

  static init(): FacebookAdsAgent {
    return new this();
  }

  static of = (): FacebookAdsAgent => new FacebookAdsAgent();

  static async getForShop(shop: string): Promise<FacebookAdsAgent | null> {
    return shop === 'unknown' ? null : new FacebookAdsAgent();
  }

  static open(accountId: string): FacebookAdsAgent {
    return FacebookAdsAgent.#make(accountId);
  }

  static #make(accountId: string): FacebookAdsAgent {
    const agent = new this({ accountId });
    return agent;
  }

  static getInstance(): FacebookAdsAgent {
    return (this.#own ??= new this());
  }

  static hash(text: string): string {
    return text.toUpperCase();
  }

  static describe(): string {`,
);

/** Agents that come from builders of the class, or of its module. */
export const classBuilderTrees: readonly Tree[] = [
  {
    name: 'builders of the class and of its module',
    untouched: ['routes/main.ts'],
    files: {
      'agents/facebook-ads-agent.ts': `${WITH_BUILDERS}
export function build(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

export const buildLater = async () => build();

export const LIMIT = 3;

export function name(): string {
  return 'agent';
}
`,
      'routes/main.ts': `import { Router } from 'express';
import * as agents from '../agents/facebook-ads-agent%ext';
import { build, buildLater, FacebookAdsAgent, LIMIT, name } from '../agents/facebook-ads-agent%ext';

export const router = Router();

router.get('/init', async (_req, res) => {
  res.json(await FacebookAdsAgent.init().getCampaigns()); // left: class-builds
});

router.get('/of', async (_req, res) => {
  const agent = FacebookAdsAgent.of(); // left: class-builds
  res.json(await agent.getCampaigns());
});

router.get('/shop/:id', async (req, res) => {
  const agent = await FacebookAdsAgent.getForShop(req.params.id); // left: class-builds-with-work
  res.json(await agent?.getCampaigns());
});

router.get('/open/:id', async (req, res) => {
  res.json(await FacebookAdsAgent.open(req.params.id).whoAmI()); // left: class-builds
});

router.get('/dropped', async (_req, res) => {
  FacebookAdsAgent.init(); // left: class-sets-default
  res.json('ok');
});

router.get('/value', async (_req, res) => {
  const make = FacebookAdsAgent.of; // left: class-builds
  res.json(await make().getCampaigns());
});

router.get('/function', async (_req, res) => {
  res.json(await build().getCampaigns()); // left: class-builds
});

router.get('/later', async (_req, res) => {
  res.json(await (await buildLater()).getCampaigns()); // left: class-builds
});

router.get('/whole', async (_req, res) => {
  res.json(await agents.build().getCampaigns()); // left: class-builds
});

router.get('/no-builders', async (_req, res) => {
  const shared = FacebookAdsAgent.getInstance();
  res.json([shared.describe(), FacebookAdsAgent.hash('a'), FacebookAdsAgent.limit, LIMIT, name(), agents.LIMIT]);
});
`,
    },
  },
];
