import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** An agent of what the settings say when it is built, which counts what it is asked. */
const AGENT = `import { settings } from '../settings%ext';

const probe = (globalThis as unknown as { agentProbe: { constructed: number; connected: number } }).agentProbe;

export class FacebookAdsAgent {
  private readonly token: string;
  asked = 0;

  constructor() {
    probe.constructed++;
    this.token = settings.token;
  }

  async connect(): Promise<void> {
    probe.connected++;
  }

  async whoAmI(): Promise<string> {
    this.asked++;
    return this.token;
  }
}
`;

const SETTINGS = `export const settings = { token: 'none', more: { label: '' } };
`;

/** What agents are built of, and count, is one object for all requests. */
export const sharedSettingsTrees: readonly Tree[] = [
  {
    name: 'settings that middleware writes to by other ways than their name',
    failures: ['none'],
    files: {
      'settings.ts': SETTINGS,
      'agents/facebook-ads-agent.ts': AGENT,
      'routes/main.ts': routes(`
import { settings } from '../settings%ext';

const own = () => settings;
const all = [settings];

router.use('/by-function/:id', (req, _res, next) => {
  own().token = req.params.id;
  next();
});

router.use('/by-list/:id', (req, _res, next) => {
  for (const each of all) each.token = req.params.id;
  next();
});

router.get('/by-function/:id', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: constructor-reads-request
  res.json(await agent.whoAmI());
});

router.get('/by-list/:id', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: constructor-reads-request
  res.json(await agent.whoAmI());
});
`),
    },
    requests: ['GET /by-function/7 & GET /by-function/8', 'GET /by-list/7 & GET /by-list/8'],
  },
  {
    name: 'agents that are sent with all that they counted',
    failures: ['none'],
    files: {
      'settings.ts': SETTINGS,
      'agents/facebook-ads-agent.ts': AGENT,
      'routes/main.ts': routes(`
router.get('/sent', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  const name = await agent.whoAmI();
  res.json({ name, agent });
});

router.get('/named', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.whoAmI());
});
`),
    },
    requests: ['GET /sent & GET /sent'],
  },
];
