import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

/** What is no agent of ours, or no source to migrate. */
export const untouchedTrees: readonly Tree[] = [
  {
    name: 'what must not be touched',
    agents: 2,
    untouched: [
      'routes/main.ts',
      'lib/other-agent.ts',
      'lib/mentions.ts',
      'lib/sub.ts',
      'lib/shadow.ts',
      'routes/main.test.ts',
      'lib/agent.d.ts',
      '__tests__/a.ts',
    ],
    failures: ['none'],
    files: {
      'lib/other-agent.ts': `export class FacebookAdsAgent {
  campaigns: string[] = [];

  async getCampaigns(): Promise<string[]> {
    return this.campaigns;
  }
}

export const make = () => new FacebookAdsAgent();
`,
      'lib/mentions.ts': `// new FacebookAdsAgent() from '../agents/facebook-ads-agent' was here.
/* const agent = new FacebookAdsAgent(); */
export const text = "const agent = new FacebookAdsAgent();";
export const template = \`import { FacebookAdsAgent } from '../agents/facebook-ads-agent' \${text}\`;
export const pattern = /new FacebookAdsAgent\\(\\)/;
`,
      'lib/sub.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class CountingAgent extends FacebookAdsAgent {
  calls = 0;

  override async getCampaigns() {
    this.calls++;
    return super.getCampaigns();
  }
}

export const build = () => new CountingAgent(); // left: subclass-built
`,
      'lib/shadow.ts': `import type { FacebookAdsAgent as Real } from '../agents/facebook-ads-agent%ext';
import * as types from '../agents/facebook-ads-agent%ext';

export type Agents = Real | types.FacebookAdsAgent;

export function shadowed(FacebookAdsAgent: new () => { name: string }): string {
  return new FacebookAdsAgent().name;
}

export function shadowedInside(): string {
  class FacebookAdsAgent {
    name = 'inner';
  }
  return new FacebookAdsAgent().name;
}
`,
      'routes/main.test.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const tested = async () => new FacebookAdsAgent().getCampaigns();
`,
      '__tests__/a.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export const tested = async () => new FacebookAdsAgent().getCampaigns();
`,
      'lib/agent.d.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export declare const made: FacebookAdsAgent;
`,
      'routes/main.ts': `import { Router } from 'express';
import { make } from '../lib/other-agent%ext';
import { build } from '../lib/sub%ext';
import { shadowed, shadowedInside } from '../lib/shadow%ext';
import { text } from '../lib/mentions%ext';

export const router = Router();

router.get('/all', async (_req, res) => {
  const agent = build();
  res.json([await make().getCampaigns(), await agent.getCampaigns(), agent.calls, text]);
});

router.get('/shadowed', (_req, res) => {
  res.json([shadowed(class { name = 'given'; }), shadowedInside()]);
});
`,
    },
    requests: ['GET /all'],
  },
  {
    name: 'shadows beside agents',
    files: {
      'routes/main.ts': routes(`
router.get('/all', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const names = ['a'].map((name) => {
    class FacebookAdsAgent {
      own = name;
    }
    return new FacebookAdsAgent().own;
  });
  res.json([names, await agent.getCampaigns()]);
});

router.get('/caught', async (_req, res) => {
  let agent = null as FacebookAdsAgent | null;
  for (const FacebookAdsAgent of [Date, Map]) void new FacebookAdsAgent();
  agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`),
    },
  },
];
