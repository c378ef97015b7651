import { statusOf } from './support/status-of-route.ts';

const CLOSES = 'close(): void { this.#closed = true; } #closed = false;';

/** What becomes of a factory whose promise goes through something before somebody uses the agent. */
const statusOfRoute = (agent: string, use: string) =>
  statusOf({
    members: CLOSES,
    files: {
      'src/routes.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';
const make = async () => new FacebookAdsAgent();
export const router = Router();
router.get('/', async (req, res, next) => { const agent: any = ${agent}; ${use} });
`,
    },
  });

const WAYS = [
  'await make().catch(() => null)',
  'await make().finally(() => {})',
  'await make().then((each) => each)',
  'await make().then((each) => each, () => null)',
];

test.each(WAYS)('who closes what %s gives closes the agent', async (agent) => {
  expect(await statusOfRoute(agent, 'res.json(await agent.getCampaigns()); agent.close();')).not.toBe(
    'migrated',
  );
});

test('who changes what a callback put the agent into changes the agent', async () => {
  const use = 'agent.own.user = req.query.user; res.json(await agent.own.getCampaigns());';
  expect(await statusOfRoute('await make().then((own) => ({ own }))', use)).not.toBe('migrated');
});
