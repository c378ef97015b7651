import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { migrateFiles } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { depth } from '../support/depth.ts';
import { folderOf, writeTrees } from './behaviour/support/write-trees.ts';
import { trees } from './behaviour/trees/index.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const root = mkdtempSync(path.join(tmpdir(), 'agent-cache-order-'));

beforeAll(() => writeTrees(root, trees));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Outcome = Record<string, Omit<FileResult, 'path'>>;

/** What a run makes of each file, the files taken in the order that `arrange` puts them in. */
async function outcomeOf(folder: string, arrange: (files: string[]) => string[]): Promise<Outcome> {
  const files = arrange(findSourceFiles([folder]));
  const found: [string, Omit<FileResult, 'path'>][] = [];
  for await (const { path: file, dependsOn, ...rest } of migrateFiles(files, [folder], DEFAULT_OPTIONS)) {
    const before = dependsOn?.map((each) => path.relative(folder, each)).sort();
    found.push([path.relative(folder, file), { ...rest, ...(before && { dependsOn: before }) }]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of every so many trees one is tried; `npm run test:deep` tries all. */
const STRIDE = depth(1, 8);

test('every tree comes to the same in the reversed order of its files', async () => {
  for (const tree of trees.filter((_, at) => at % STRIDE === 0)) {
    const folder = path.join(root, folderOf(tree));
    const reversed = await outcomeOf(folder, (files) => files.toReversed());
    expect([tree.name, reversed]).toEqual([tree.name, await outcomeOf(folder, (files) => files)]);
  }
});

const AGENT = "import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';\n";

/** A builder of an agent whose factory has to stay, and a caller of that builder, under the names that are given. */
function builderAndCaller(builder: string, caller: string): Record<string, string> {
  return {
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }\n',
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  async connect(): Promise<void> {}
  async getCampaigns(): Promise<string[]> { await this.connect(); return []; }
}
`,
    'src/utils/agent-cache.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
let shared: Promise<FacebookAdsAgent> | undefined;
async function createAgent(): Promise<FacebookAdsAgent> {
  const agent = new FacebookAdsAgent();
  await agent.connect();
  return agent;
}
export function getFacebookAgent(): Promise<FacebookAdsAgent> { return (shared ??= createAgent()); }
export function getCachedAgentProvider(_options: { cacheTtl?: number } = {}) { return { getAgent: getFacebookAgent }; }
`,
    [`src/${caller}.ts`]: `${AGENT}import { open } from './${builder}.js';

export async function list(): Promise<string[]> {
  const service = open();
  return service.agent.getCampaigns();
}

export async function own(): Promise<string[]> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}
`,
    [`src/${builder}.ts`]: `${AGENT}
export function make(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch {
    throw new Error('no agent');
  }
}

export function open() {
  return { agent: make() };
}
`,
    'src/kept.ts': `import { make } from './${builder}.js';\n\nexport const kept = make();\n`,
  };
}

test.each([
  ['a caller before its builder', 'b', 'a'],
  ['a caller behind its builder', 'a', 'b'],
])('%s does not await what stays synchronous', async (_name, builder, caller) => {
  const tree = temporaryTree(builderAndCaller(builder, caller));
  try {
    for (const arrange of [(files: string[]) => files, (files: string[]) => files.toReversed()]) {
      const outcome = await outcomeOf(tree.root, arrange);
      const { output = '', occurrences = [] } = outcome[`src/${caller}.ts`] ?? {};
      expect(output).toContain('const service = open();');
      expect(occurrences).toEqual([
        { line: 10, column: 17, kind: 'construction', action: 'rewired', plan: 'await getFacebookAgent()' },
      ]);
      expect(outcome[`src/${builder}.ts`]).toMatchObject({ status: 'manual' });
    }
  } finally {
    tree.remove();
  }
});

/** Three modules that export each other's factories in a circle, whichever of them is asked first. */
test('factories that are handed on in a circle are known from all of its files', async () => {
  const files = builderAndCaller('b', 'a');
  for (const name of ['src/a.ts', 'src/b.ts', 'src/kept.ts']) delete files[name];
  const tree = temporaryTree({
    ...files,
    'src/one.ts': `${AGENT}export * from './two.js';\nexport const makeOne = () => new FacebookAdsAgent();\n`,
    'src/three.ts': `export * from './one.js';\nimport { makeOne } from './two.js';\nexport const makeThree = () => makeOne();\n`,
    'src/two.ts': "export * from './three.js';\n",
    'src/user.ts': `import { makeThree } from './one.js';

export async function list(): Promise<string[]> {
  const agent = makeThree();
  return agent.getCampaigns();
}
`,
  });
  try {
    const outcome = await outcomeOf(tree.root, (all) => all);
    expect(await outcomeOf(tree.root, (all) => all.toReversed())).toEqual(outcome);
    expect(outcome['src/user.ts']?.output).toContain('const agent = await ');
  } finally {
    tree.remove();
  }
});

/** A circle that is longer than calls are told apart in: what it sets is known of it as a whole. */
test('what functions that call one another set is known from all of them', async () => {
  const files = builderAndCaller('b', 'a');
  for (const name of ['src/a.ts', 'src/b.ts', 'src/kept.ts']) delete files[name];
  const steps = [1, 2, 3, 4, 5, 6];
  const step = (at: number) => `export function step${at}(id: string, depth: number): void {
  if (depth > 0) step${(at % steps.length) + 1}(id, depth - 1);${at === 4 ? '\n  tenant.id = id;' : ''}
}
`;
  const caller = (
    call: string,
    read: string,
  ) => `${AGENT}import { ${call.split('(')[0]}, tenant } from './circle.js';

export async function list(id: string): Promise<string[]> {
  ${call};
  const agent = new FacebookAdsAgent();
  return await agent.getCampaigns(${read});
}
`;
  const tree = temporaryTree({
    ...files,
    'src/circle.ts': `export const tenant = { id: '', depth: 0 };

${steps.map(step).join('\n')}
export function measure(depth: number): number {
  return depth > 0 ? measure(depth - 1) : tenant.depth;
}
`,
    ...Object.fromEntries(steps.map((at) => [`src/by-${at}.ts`, caller(`step${at}(id, 9)`, 'tenant.id')])),
    // What they do not set is nobody's, and who only reads sets nothing.
    'src/of-others.ts': caller('step2(id, 9)', 'tenant.depth'),
    'src/by-reader.ts': caller('measure(3)', 'tenant.depth'),
  });
  try {
    const outcome = await outcomeOf(tree.root, (all) => all);
    expect(await outcomeOf(tree.root, (all) => all.toReversed())).toEqual(outcome);
    for (const at of steps)
      expect([at, outcome[`src/by-${at}.ts`]?.occurrences]).toMatchObject([
        at,
        [{ left: { id: 'set-before-agent' } }],
      ]);
    for (const name of ['of-others', 'by-reader'])
      expect(outcome[`src/${name}.ts`]?.output).toContain('= await getFacebookAgent()');
  } finally {
    tree.remove();
  }
});
