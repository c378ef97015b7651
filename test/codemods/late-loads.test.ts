import { someOf } from '../support/depth.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const AGENT = "require('./agents/facebook-ads-agent')";
const IMPORT = "await import('./agents/facebook-ads-agent.js')";
const CACHE = "require('./utils/agent-cache')";
const IMPORT_OF_CACHE = "await import('./utils/agent-cache.js')";

/** The body of an async handler, and what it becomes. */
const REWIRED: Record<string, [before: string, after: string]> = {
  'a pattern': [
    `const { FacebookAdsAgent } = ${AGENT};\n  const agent = new FacebookAdsAgent();`,
    `const { getFacebookAgent } = ${CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'another name': [
    `const { FacebookAdsAgent: Agent } = ${AGENT};\n  const agent = new Agent();`,
    `const { getFacebookAgent } = ${CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'the whole module': [
    `const sdk = ${AGENT};\n  const agent = new sdk.FacebookAdsAgent();`,
    `const { getFacebookAgent } = ${CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'a member of the call': [
    `const Agent = ${AGENT}.FacebookAdsAgent;\n  const agent = new Agent();`,
    `const { getFacebookAgent } = ${CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'a pattern that takes more': [
    `const { FacebookAdsAgent, version } = ${AGENT};\n  const agent = new FacebookAdsAgent(); res.set('v', version);`,
    `const { version } = ${AGENT};\n  const { getFacebookAgent } = ${CACHE};\n  const agent = await getFacebookAgent(); res.set('v', version);`,
  ],
  'the call itself': [
    `const agent = new (${AGENT}.FacebookAdsAgent)();`,
    `const agent = await ${CACHE}.getFacebookAgent();`,
  ],
  'an import': [
    `const { FacebookAdsAgent } = ${IMPORT};\n  const agent = new FacebookAdsAgent();`,
    `const { getFacebookAgent } = ${IMPORT_OF_CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'an import of the whole module': [
    `const sdk = ${IMPORT};\n  const agent = new sdk.FacebookAdsAgent();`,
    `const { getFacebookAgent } = ${IMPORT_OF_CACHE};\n  const agent = await getFacebookAgent();`,
  ],
  'an import in the construction': [
    `const agent = new (${IMPORT}).FacebookAdsAgent();`,
    `const agent = await (${IMPORT_OF_CACHE}).getFacebookAgent();`,
  ],
  'a name that is taken': [
    `const getFacebookAgent = 1;\n  const { FacebookAdsAgent } = ${AGENT};\n  const agent = new FacebookAdsAgent();`,
    `const getFacebookAgent = 1;\n  const { getFacebookAgent: getCachedFacebookAgent } = ${CACHE};\n  const agent = await getCachedFacebookAgent();`,
  ],
};

/** What else may become of the class, and who builds of a load that others wait for. */
const LEFT: Record<string, string> = {
  'the class given on': `const { FacebookAdsAgent } = ${AGENT};\n  register(FacebookAdsAgent);\n  const agent = new FacebookAdsAgent();`,
  'the rest of the module': `const { FacebookAdsAgent, ...rest } = ${AGENT};\n  const agent = new FacebookAdsAgent();`,
  'a variable that is set again': `let { FacebookAdsAgent } = ${AGENT};\n  FacebookAdsAgent = other;\n  const agent = new FacebookAdsAgent();`,
  'a member by a name that is not written': `const sdk = ${AGENT};\n  const agent = new sdk[name]();`,
  'a module by a template': `const { FacebookAdsAgent } = require(\`./agents/facebook-ads-agent\`);\n  const agent = new FacebookAdsAgent();`,
  'what follows on the promise of an import': `const agent = import('./agents/facebook-ads-agent.js').then((sdk) => new sdk.FacebookAdsAgent());`,
};

const names = [...Object.keys(REWIRED), ...Object.keys(LEFT)];
const bodyOf = (name: string) => REWIRED[name]?.[0] ?? LEFT[name] ?? '';
const handlers = new Map<string, { text: string; left: string[] }>();

beforeAll(async () => {
  const text = (name: string, index: number) =>
    `exports.handler${index} = async (req, res) => {\n  ${bodyOf(name)}\n  res.json(await agent.getCampaigns());\n};\n`;
  const files = Object.fromEntries(names.map((name, index) => [`src/route-${index}.js`, text(name, index)]));
  const tree = temporaryTree({
    'package.json': '{ "name": "shop", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js':
      'class FacebookAdsAgent { async getCampaigns() { return []; } }\nmodule.exports = { FacebookAdsAgent, version: 1 };\n',
    'src/utils/agent-cache.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
let shared;
exports.getFacebookAgent = async () => (shared ??= new FacebookAdsAgent());
`,
    ...files,
  });
  try {
    for await (const { path, output, occurrences } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS)) {
      const name = names[Number(/route-(\d+)/.exec(path)?.[1] ?? Number.NaN)];
      const left = occurrences.flatMap(({ left: reason }) => reason?.id ?? []);
      if (name !== undefined) handlers.set(name, { text: output ?? '', left });
    }
  } finally {
    tree.remove();
  }
});

test.each(someOf(Object.entries(REWIRED)))(
  '%s, loaded in a function, is rewired where it stands',
  (name, [, after]) => {
    expect(handlers.get(name)?.left).toEqual([]);
    expect(handlers.get(name)?.text).toContain(`  ${after}\n  res.json(await agent.getCampaigns());`);
  },
);

test.each(someOf(Object.keys(LEFT)))('%s: left, and told', (name) => {
  expect(handlers.get(name)?.text).toBe('');
  expect(handlers.get(name)?.left).not.toEqual([]);
});

test('an agent that is built of the load itself when the module loads is left for that', async () => {
  const tree = temporaryTree({
    'package.json': '{ "name": "shop" }',
    'src/agents/facebook-ads-agent.js':
      'exports.FacebookAdsAgent = class { async getCampaigns() { return []; } };\n',
    'src/utils/agent-cache.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
exports.getFacebookAgent = async () => new FacebookAdsAgent();
`,
    'src/routes.js': `const agent = new (require('./agents/facebook-ads-agent').FacebookAdsAgent)();
exports.list = () => agent.getCampaigns();
`,
  });
  const found: (string | undefined)[] = [];
  for await (const { path, occurrences } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
    if (path.endsWith('routes.js')) found.push(...occurrences.map(({ left }) => left?.id));
  expect(found).toEqual(['kept-from-load']);
  tree.remove();
});
