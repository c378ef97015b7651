import { check, GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** A route that has its agent by `takes`, in a tree with some other files. */
function treeOf(route: string, files: Record<string, string> = {}): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': route,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
    ...files,
  });
}

const handler = (body: string) =>
  `export const h = async () => { ${body} return (await getFacebookAgent()).getCampaigns(); };\n`;
const FILE = "'../utils/agent-cache.ts'";
const LOADED = `const { getFacebookAgent } = require(${FILE});`;
const JOB = {
  'src/job.ts':
    "import { getFacebookAgent } from './utils/agent-cache.ts';\nexport const run = async () => (await getFacebookAgent()).getCampaigns();\n",
};
const NEW_URL = "new URL('../job.ts', import.meta.url)";
const WORKER = "import { Worker } from 'node:worker_threads';\n";

const COPIES: Record<string, string> = {
  'a query that is another one each time': handler(
    `const { getFacebookAgent } = await import(${FILE} + '?' + Date.now());`,
  ),
  'a text with such a query': handler(
    "const { getFacebookAgent } = await import('../utils/agent-cache.ts?v=' + Math.random() + '&x');",
  ),
  'a query of its own': `import { getFacebookAgent } from '../utils/agent-cache.ts?own';\n${handler('')}`,
  'what was let go of': handler(`delete require.cache[require.resolve(${FILE})]; ${LOADED}`),
  'what was set to nothing': handler(`require.cache[require.resolve(${FILE})] = undefined; ${LOADED}`),
  'a package that loads anew': `import importFresh from 'import-fresh';\n${handler(`const { getFacebookAgent } = importFresh(${FILE});`)}`,
  'a package that lets go': `import decache from 'decache';\n${handler(`decache(${FILE}); ${LOADED}`)}`,
  'modules that are all let go of': `import { vi } from 'vitest';\n${handler(`vi.resetModules(); const { getFacebookAgent } = await import(${FILE});`)}`,
};

test.each(Object.keys(COPIES))('a cache that is loaded anew is red: %s', async (way) => {
  const { stdout, exitCode } = await check(treeOf(COPIES[way] ?? ''));
  expect(stdout).toMatch(/copy of the cache|lets go of the module of the cache/);
  expect(exitCode).toBe(1);
});

const UNSURE: Record<string, string> = {
  'a module that nothing tells of is let go of': handler(
    `for (const each of Object.keys(require.cache)) delete require.cache[each]; ${LOADED}`,
  ),
  'a thread is started for each request': `${WORKER}export const h = async () => new Worker(${NEW_URL});\n`,
  'a process is started for each request':
    "import { fork } from 'node:child_process';\nexport const h = async () => fork('../job.ts');\n",
};

test.each(Object.keys(UNSURE))('nothing is verified where %s', async (way) => {
  const { cache } = await report(treeOf(UNSURE[way] ?? '', JOB));
  expect(cache?.verified).toBe('no');
});

const HARMLESS: Record<string, string> = {
  'is loaded late': handler(`const { getFacebookAgent } = await import(${FILE});`),
  'is shown as a text': `import text from '../utils/agent-cache.ts?raw';\nimport { getFacebookAgent } from ${FILE};\nexport const source = text;\n${handler('')}`,
  'stands beside a choice': `import { getFacebookAgent } from ${FILE};\n${handler("const url = process.env.A ? 'https://a.example/#x' : 'b'; console.log(url);")}`,
  'stays while another module is let go of': handler(
    `delete require.cache[require.resolve('../lib/words.ts')]; ${LOADED}`,
  ),
  'is of a thread that is started once': `${WORKER}export const worker = new Worker(${NEW_URL});\nimport { getFacebookAgent } from ${FILE};\n${handler('')}`,
};

test('a cache is verified that only what prepares tests lets go of', async () => {
  const tree = treeOf(`import { getFacebookAgent } from ${FILE};\n${handler('')}`, {
    'jest.setup.ts':
      "beforeEach(() => { jest.resetModules(); jest.mock('./src/utils/agent-cache.ts', () => ({})); });\n",
  });
  expect((await check(tree)).exitCode).toBe(0);
});

test.each(Object.keys(HARMLESS))('a cache is verified that %s', async (way) => {
  const tree = treeOf(HARMLESS[way] ?? '', { ...JOB, 'src/lib/words.ts': 'export const words = [];\n' });
  expect((await report(tree)).cache?.verified).toBe('source');
  expect((await check(tree)).exitCode).toBe(0);
});
