import { DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../../codemods/agent-cache/migrate-tree.ts';
import { temporaryTree } from './temporary-tree.ts';

/** A class, and what a route does with an agent of its own. */
export interface ClassAndRoute {
  /** The members of the class. */
  members?: string;
  /** What stands before the class in its module. */
  before?: string;
  extended?: string;
  /** What the route does before it answers. */
  use?: string;
  files?: Record<string, string>;
}

/** What becomes of the route. */
export async function statusOf({
  members = '',
  before = '',
  extended,
  use = '',
  files = {},
}: ClassAndRoute): Promise<string> {
  const tree = temporaryTree({
    'package.json': '{ "name": "shop", "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.ts': `${before}
export class FacebookAdsAgent${extended === undefined ? '' : ` extends ${extended}`} {
${members}
  async getCampaigns(..._given: unknown[]): Promise<unknown[]> { return []; }
}
`,
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let agent: FacebookAdsAgent | undefined;
export async function getFacebookAgent() { return (agent ??= new FacebookAdsAgent()); }
export function getCachedAgentProvider() {}
`,
    'src/routes.ts': `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const router = Router();
const kept: unknown[] = [];
const owners = new WeakMap<object, unknown>();
const other: any = {};
const tag = (agent: any, text: string) => { agent.t = text; };
const read = (agent: any) => agent.t;

router.get('/', async (req: any, res: any) => {
  const agent = new FacebookAdsAgent();
  ${use}
  res.json(await agent.getCampaigns());
});
`,
    ...files,
  });
  try {
    for await (const { path, status } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
      if (path.endsWith('routes.ts')) return status;
    return 'unseen';
  } finally {
    tree.remove();
  }
}
