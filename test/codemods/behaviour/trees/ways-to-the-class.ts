import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** The class by other ways than its name behind `new`. */
export const waysToTheClassTrees: readonly Tree[] = [
  {
    name: 'the class behind a choice, a default, a result, and a template',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
import * as agents from '../agents/facebook-ads-agent%ext';

class Fake extends FacebookAdsAgent {}

const Chosen = process.env['NO_SUCH_VARIABLE'] ? Fake : FacebookAdsAgent; // left: class-passed-on
const Either = (process.env['NO_SUCH_VARIABLE'] as typeof Fake | undefined) ?? FacebookAdsAgent; // left: class-passed-on
const MODULE = '../agents/facebook-ads-agent%ext';

class Holder {
  static Agent = FacebookAdsAgent; // left: class-passed-on
}

function agentClass() {
  return FacebookAdsAgent; // left: class-passed-on
}

const memberOfModule = () => agents.FacebookAdsAgent; // left: class-passed-on

async function list(Agent: typeof FacebookAdsAgent = FacebookAdsAgent) { // left: class-passed-on
  return new Agent().getCampaigns();
}

function build(module: typeof agents) {
  return new module.FacebookAdsAgent();
}

router.get('/passed', async (_req, res) => res.json(await build(agents).getCampaigns())); // left: class-passed-on
router.get('/chosen', async (_req, res) => res.json(await new Chosen().getCampaigns()));
router.get('/either', async (_req, res) => res.json(await new Either().getCampaigns()));
router.get('/held', async (_req, res) => res.json(await new Holder.Agent().getCampaigns()));
router.get('/result', async (_req, res) => res.json(await new (agentClass())().getCampaigns()));
router.get('/member', async (_req, res) => res.json(await new (memberOfModule())().getCampaigns()));
router.get('/default', async (_req, res) => res.json(await list()));

router.get('/template', async (_req, res) => {
  const { FacebookAdsAgent: Late } = await import(\`../agents/facebook-ads-agent%ext\`); // left: agent-imported-late
  res.json(await new Late().getCampaigns());
});

router.get('/constant', async (_req, res) => {
  const { FacebookAdsAgent: Late } = await import(MODULE); // left: agent-imported-late
  res.json(await new Late().getCampaigns());
});
`),
    },
  },
  {
    name: 'the class behind a type assertion, and names of the cache that are taken',
    files: {
      'routes/main.ts': routes(`
import * as agents from '../agents/facebook-ads-agent%ext';
import { getFacebookAgent as fb } from '../utils/agent-cache%ext';

router.get('/computed', async (_req, res) => res.json(await new agents['FacebookAdsAgent']().getCampaigns()));

router.get('/asserted', async (_req, res) => {
  const agent = new (FacebookAdsAgent as typeof FacebookAdsAgent)();
  res.json(await agent.getCampaigns());
});

router.get('/cached', async (_req, res) => res.json(await (await fb()).getCampaigns()));

router.get('/shadowed', async (_req, res) => {
  const fb = new FacebookAdsAgent();
  res.json([await fb.getCampaigns(), fb.describe()]);
});
`),
    },
  },
];
