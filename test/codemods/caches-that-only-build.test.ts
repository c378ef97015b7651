import { statusOf } from './support/status-of-route.ts';

const HEAD = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { loadSettings } from '../settings.js';
let agent: FacebookAdsAgent | undefined;
export function getCachedAgentProvider() {}
`;

/** A route whose answer tells whether getting the agent failed, or its first call. */
const use = `let got: any; try { got = new FacebookAdsAgent(); res.json(await got.getCampaigns()); return; }
  catch { res.status(got ? 502 : 500); }`;

const ways = (body: string) =>
  statusOf({
    use,
    files: {
      'src/settings.ts':
        'export async function loadSettings() { return (await fetch("/settings")).json(); }\n',
      'src/utils/agent-cache.ts': `${HEAD}${body}\n`,
    },
  });

test.each([
  [
    'in its getter',
    'export async function getFacebookAgent() { return (agent ??= new FacebookAdsAgent()); }',
  ],
  [
    'in a function that the getter awaits',
    `async function create() { return new FacebookAdsAgent(); }
export async function getFacebookAgent() { return (agent ??= await create()); }`,
  ],
  [
    'once for all that wait',
    `let pending: Promise<FacebookAdsAgent> | undefined;
async function create() { return new FacebookAdsAgent(); }
export async function getFacebookAgent() { pending ??= create(); agent = await pending; return agent; }`,
  ],
  [
    'and loads the class when it is asked for',
    `export async function getFacebookAgent() {
  const { FacebookAdsAgent } = await import('../agents/facebook-ads-agent.js');
  return (agent ??= new FacebookAdsAgent());
}`,
  ],
])('a cache that only builds, %s, is told', async (_, body) => {
  expect(await ways(body)).toBe('migrated');
});

test.each([
  [
    'settings first',
    `async function create() { await loadSettings(); return new FacebookAdsAgent(); }
export async function getFacebookAgent() { return (agent ??= await create()); }`,
  ],
  [
    'settings in the getter',
    `const create = async () => new FacebookAdsAgent();
export async function getFacebookAgent() { await loadSettings(); return (agent ??= await create()); }`,
  ],
  [
    'settings afterwards',
    `async function create() { const made = new FacebookAdsAgent(); await loadSettings(); return made; }
export async function getFacebookAgent() { return (agent ??= await create()); }`,
  ],
])('a cache that waits for %s may fail where the constructor did not', async (_, body) => {
  expect(await ways(body)).toBe('partial');
});
