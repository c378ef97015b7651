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

class Fake extends FacebookAdsAgent {} // left: subclass-built

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
  {
    name: 'ways to the class that no import shows',
    untouched: ['routes/main.ts'],
    files: {
      'routes/main.ts': routes(`
import { createRequire } from 'node:module';
import * as agents from '../agents/facebook-ads-agent%ext';

const load = createRequire(import.meta.url);
const again = agents; // left: class-passed-on
const Bound = FacebookAdsAgent.bind(null); // left: class-passed-on
const Own = FacebookAdsAgent.prototype.constructor as typeof FacebookAdsAgent; // left: class-passed-on
const all = { ...agents }; // left: class-passed-on
const name = String(process.env['NO_SUCH_VARIABLE'] ?? 'FacebookAdsAgent') as 'FacebookAdsAgent';
const file = String(process.env['NO_SUCH_VARIABLE'] ?? '../agents/facebook-ads-agent%ext');
const build = ({ FacebookAdsAgent }: typeof agents) => new FacebookAdsAgent();
const make = new Function('FacebookAdsAgent', 'return new FacebookAdsAgent()'); // left: class-in-text

router.get('/computed', async (_req, res) => res.json(await new agents[name]().getCampaigns())); // left: class-passed-on
router.get('/again', async (_req, res) => res.json(await new again.FacebookAdsAgent().getCampaigns()));
router.get('/bound', async (_req, res) => res.json(await new Bound().getCampaigns()));
router.get('/own', async (_req, res) => res.json(await new Own().getCampaigns()));
router.get('/spread', async (_req, res) => res.json(await new all.FacebookAdsAgent().getCampaigns()));
router.get('/given', async (_req, res) => res.json(await build(agents).getCampaigns())); // left: class-passed-on
router.get('/text', async (_req, res) => res.json(await make(FacebookAdsAgent).getCampaigns())); // left: class-passed-on
router.get('/reflected', async (_req, res) => res.json(await Reflect.construct(FacebookAdsAgent, []).getCampaigns())); // left: class-passed-on

router.get('/named', async (_req, res) => {
  const found = await import(file); // left: class-loaded-unseen
  res.json(await new found.FacebookAdsAgent().getCampaigns()); // left: class-of-unknown-origin
});

router.get('/required', async (_req, res) => {
  const found = load(file); // left: class-loaded-unseen
  res.json(await new found.FacebookAdsAgent().getCampaigns()); // left: class-of-unknown-origin
});
`),
    },
  },
  {
    name: 'the class beside an agent, where nothing could build with it',
    files: {
      'lib/kinds.ts': `
export const isKind = (value: unknown, kind: unknown) => value instanceof (kind as new () => object);
`,
      'routes/main.ts': routes(`
import * as agents from '../agents/facebook-ads-agent%ext';
import { isKind } from '../lib/kinds%ext';

const container = { get: (token: { name: string }) => token.name };

router.get('/compared', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const seen = [agent instanceof FacebookAdsAgent, agent.constructor === FacebookAdsAgent, isKind(agent, FacebookAdsAgent)];
  res.json([seen, FacebookAdsAgent.name, typeof agents.FacebookAdsAgent, await agent.getCampaigns()]);
});

router.get('/token', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json([container.get(FacebookAdsAgent), await agent.getCampaigns()]);
});
`),
    },
  },
];
