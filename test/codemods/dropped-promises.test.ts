import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { createTree } from '../support/trees.ts';

const AGENT = 'export class FacebookAdsAgent { async list(): Promise<string[]> { return []; } }\n';
const cache = (create: string) => `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent(): Promise<FacebookAdsAgent> { ${create} }
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
`;
const ROUTES = `import { Router } from 'express';
import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export const router = Router();
router.get('/dropped', (_req, res) => {
  const agent = new FacebookAdsAgent();
  agent.list().then((rows) => res.json(rows)); // noted
});
router.get('/void', async (_req, res) => {
  void new FacebookAdsAgent().list().then((rows) => res.json(rows)); // noted
});
router.get('/caught', (_req, res, next) => {
  new FacebookAdsAgent().list().then((rows) => res.json(rows)).catch(next);
});
router.get('/returned', (_req, res) => {
  return new FacebookAdsAgent().list().then((rows) => res.json(rows));
});
router.get('/awaited', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.list());
});
`;

test.each([
  ['connects', 'const agent = new FacebookAdsAgent(); await agent.list(); return agent;', true],
  ['only builds', 'return new FacebookAdsAgent();', false],
])('a promise that a handler drops is told of beside a cache that %s: %#', async (_what, create, isTold) => {
  const tree = createTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.ts': AGENT,
    'src/utils/agent-cache.ts': cache(create),
    'src/routes.ts': ROUTES,
  });
  const marked = ROUTES.split('\n').flatMap((line, index) => (line.endsWith('// noted') ? [index + 1] : []));
  for await (const { path, status, notes = [] } of migrateTree([tree.root], { ...DEFAULT_OPTIONS })) {
    if (!path.endsWith('routes.ts')) continue;
    expect(status).toBe('migrated');
    expect(notes.map(({ line }) => line)).toEqual(isTold ? marked : []);
  }
  tree.remove();
});
