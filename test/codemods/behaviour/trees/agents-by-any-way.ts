import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** Ways of an agent into code that changes it, or only calls it: of two users at a time, each has to get its own. */
export const anyWayTrees: readonly Tree[] = [
  {
    name: 'agents that are changed by ways that only a run tells',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);

function use(this: FacebookAdsAgent, id: string): void {
  this.token = id;
}

const byClosure = async (id: string) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const get = () => agent;
  get().token = id;
  await pause();
  return await agent.whoAmI();
};

const byList = async (id: string) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const list: FacebookAdsAgent[] = [];
  list.push(agent);
  for (const each of list) each.token = id;
  await pause();
  return await agent.whoAmI();
};

const byPromise = async (id: string) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  const given = await new Promise<FacebookAdsAgent>((resolve) => resolve(agent));
  given.token = id;
  await pause();
  return await agent.whoAmI();
};

const byThis = async (id: string) => {
  const agent = new FacebookAdsAgent(); // left: agent-changed
  use.call(agent, id);
  await pause();
  return await agent.whoAmI();
};

const byNothing = async (id: string) => {
  const own = { token: '' };
  use.call(own as FacebookAdsAgent, id);
  const agent = new FacebookAdsAgent();
  const get = () => agent;
  return [own, await get().whoAmI()];
};

router.get('/closure', async (_req, res) => void res.json(await both(byClosure)));
router.get('/list', async (_req, res) => void res.json(await both(byList)));
router.get('/promise', async (_req, res) => void res.json(await both(byPromise)));
router.get('/this', async (_req, res) => void res.json(await both(byThis)));
router.get('/nothing', async (_req, res) => void res.json(await both(byNothing)));
`),
    },
  },
];
