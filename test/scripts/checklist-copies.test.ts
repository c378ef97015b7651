import { someOf } from '../support/depth.ts';
import { check, GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** A route that has its agent by `takes`, in a tree with some other files. */
function treeOf(route: string, files: Record<string, string> = {}): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': route,
    'package.json': '{ "type": "module", "scripts": { "job": "node src/job.ts" } }\n',
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

const other = (imports: string, body: string) => `${imports}\n${handler(body)}`;
const TAKEN = 'const { getFacebookAgent }';
const anew = (name: string) => `${TAKEN} = ${name}(${FILE});`;
const queried = (text: string) => `${TAKEN} = await import(${text});`;

const BY_ANOTHER_NAME: Record<string, string> = {
  'a default by a name of its own': other("import load from 'import-fresh';", anew('load')),
  'a whole package': other("import * as fresh from 'import-fresh';", anew('fresh.default')),
  'what require gives': other("const load = require('require-uncached');", anew('load')),
  'what is called at once': handler(anew("require('import-fresh')")),
  'what an import in the function gives': handler(
    `const { default: load } = await import('import-fresh'); ${anew('load')}`,
  ),
  'a constant': other(`import load from 'import-fresh';\nconst WHERE = ${FILE};`, `${TAKEN} = load(WHERE);`),
  'one by one': other("import clear from 'clear-module';", `clear.single(${FILE}); ${LOADED}`),
  'all of them': other("import clear from 'clear-module';", `clear.all(); ${LOADED}`),
  'a function that loads': other(
    "import anew from 'stealthy-require';",
    `${TAKEN} = anew(require.cache, () => require(${FILE}));`,
  ),
  'another require': other(
    "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);",
    `delete load.cache[load.resolve(${FILE})]; ${anew('load')}`,
  ),
  'a name for require': other(
    'const load = require;',
    `delete load.cache[load.resolve(${FILE})]; ${anew('load')}`,
  ),
  'the class of modules': other(
    "import Module from 'node:module';",
    `delete Module._cache[require.resolve(${FILE})]; ${LOADED}`,
  ),
  'a member that is picked': other(
    'const { cache } = require;',
    `delete cache[require.resolve(${FILE})]; ${LOADED}`,
  ),
  'a name for what was loaded': other(
    'const loaded = require.cache;',
    `delete loaded[require.resolve(${FILE})]; ${LOADED}`,
  ),
  reflection: handler(`Reflect.deleteProperty(require.cache, require.resolve(${FILE})); ${LOADED}`),
  'a key that has a name': handler(
    `const key = require.resolve(${FILE}); delete require.cache[key]; ${LOADED}`,
  ),
  'a key that is put together': handler(
    `delete require.cache[require('path').resolve(__dirname, ${FILE})]; ${LOADED}`,
  ),
  'a list of modules': other(
    `const ALL = [${FILE}, '../lib/words.ts'];`,
    `for (const each of ALL) delete require.cache[require.resolve(each)]; ${LOADED}`,
  ),
  'modules of a test': handler(`let got: any; jest.isolateModules(() => { got = require(${FILE}); });`),
};

const QUERIES: Record<string, string> = {
  'a constant': other(`const WHERE = \`${FILE.slice(1, -1)}?\${Date.now()}\`;`, queried('WHERE')),
  'a fixed one': other("const WHERE = '../utils/agent-cache.ts?x=1';", queried('WHERE')),
  'a template of a constant': other(`const WHERE = ${FILE};`, queried('WHERE + `?` + Date.now()')),
  'a list that is joined': handler(queried(`[${FILE}, Date.now()].join('?')`)),
  'what is appended': handler(`let where = ${FILE}; where += '?' + Date.now(); ${queried('where')}`),
  'a constant of another file': other(
    "import { WHERE } from '../lib/where.ts';",
    queried(`\`\${WHERE}?\${Date.now()}\``),
  ),
  'what a function gives': other(
    `const where = () => \`${FILE.slice(1, -1)}?\${Date.now()}\`;`,
    queried('where()'),
  ),
  'an address': handler(
    `const where = new URL(${FILE}, import.meta.url); where.searchParams.set('t', String(Date.now())); ${queried('where.href')}`,
  ),
  'a path of the process': handler(
    queried(`\`file://\${process.cwd()}/src/utils/agent-cache.ts?\${Date.now()}\``),
  ),
  'a field': other(`class Where { static cache = ${FILE}; }`, queried(`\`\${Where.cache}?\${Date.now()}\``)),
};

const HELPERS: Record<string, string> = {
  'loads anew': "import fresh from 'import-fresh';\nexport const reload = (m: string) => fresh(m);\n",
  'lets go':
    'export function reload(m: string) { delete require.cache[require.resolve(m)]; return require(m); }\n',
  'adds a query': `export const reload = (m: string) => import(\`\${m}?\${Date.now()}\`);\n`,
  'asks another one': "import { anew } from './anew.ts';\nexport const reload = (m: string) => anew(m);\n",
};
const ANEW = {
  'src/lib/anew.ts':
    "import decache from 'decache';\nexport function anew(m: string) { decache(m); return require(m); }\n",
  'src/lib/where.ts': `export const WHERE = ${FILE};\n`,
};

test.each(someOf(Object.keys(BY_ANOTHER_NAME)))('it is red by %s', async (way) => {
  expect((await check(treeOf(BY_ANOTHER_NAME[way] ?? ''))).exitCode).toBe(1);
});

test.each(someOf(Object.keys(QUERIES)))('it is red with a query in %s', async (way) => {
  const { stdout, exitCode } = await check(treeOf(QUERIES[way] ?? '', ANEW));
  expect(stdout).toMatch(/copy of the cache/);
  expect(exitCode).toBe(1);
});

test.each(someOf(Object.keys(HELPERS)))('it is red by a function of the tree that %s', async (way) => {
  const helper = { ...ANEW, 'src/lib/reload.ts': HELPERS[way] ?? '' };
  const route = (module: string) =>
    treeOf(
      other(
        `import { reload } from '../lib/reload.ts';\nimport { getFacebookAgent } from ${FILE};`,
        `await reload('${module}');`,
      ),
      { ...helper, 'src/lib/words.ts': 'export const words = [];\n' },
    );
  expect((await check(route('../utils/agent-cache.ts'))).exitCode).toBe(1);
  expect((await report(route('../lib/words.ts'))).cache.verified).toBe('source');
});

test.each(someOf(Object.keys(COPIES)))('a cache that is loaded anew is red: %s', async (way) => {
  const { stdout, exitCode } = await check(treeOf(COPIES[way] ?? ''));
  expect(stdout).toMatch(/copy of the cache|lets go of the module of the cache/);
  expect(exitCode).toBe(1);
});

const UNSURE: Record<string, string> = {
  'a module that nothing tells of is let go of': handler(
    `for (const each of Object.keys(require.cache)) delete require.cache[each]; ${LOADED}`,
  ),
  'a thread is started for each request': `${WORKER}export const h = async () => new Worker(${NEW_URL});\n`,
  ...Object.fromEntries(
    [
      ["import { spawn } from 'node:child_process';", "spawn(process.execPath, ['src/job.ts'])"],
      ["import { exec } from 'node:child_process';", "exec('node src/job.ts')"],
      ["import { exec } from 'node:child_process';", "exec('npm run job')"],
      [
        "import { execFile } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(execFile);",
        "run('node', ['src/job.ts'])",
      ],
      ["import { fork as start } from 'node:child_process';", `start(${NEW_URL})`],
      ["import { Worker as Thread } from 'node:worker_threads';", `new Thread(${NEW_URL})`],
      [`${WORKER}const JOB = ${NEW_URL};`, 'new Worker(JOB)'],
      [`${WORKER}const start = (url: URL) => new Worker(url);`, `start(${NEW_URL})`],
      ["import { execa } from 'execa';", "execa('node', ['src/job.ts'])"],
      ["import { $ } from 'execa';", '$`node src/job.ts`'],
      ["import { fork } from 'node:child_process';", "process.env.A ? fork('src/job.ts') : 0"],
    ].map(([imports, starts]) => [
      `a handler runs ${imports} ${starts}`,
      `${imports}\nexport const h = async () => ${starts};\n`,
    ]),
  ),
  'the text of the cache runs': other(
    "import vm from 'node:vm';\nimport { readFileSync } from 'node:fs';",
    `const exports: any = {}; vm.runInNewContext(readFileSync(new URL(${FILE}, import.meta.url), 'utf8'), { exports });`,
  ),
  'a script of its text runs': other(
    `import vm from 'node:vm';\nimport { readFileSync } from 'node:fs';\nconst TEXT = readFileSync('src/utils/agent-cache.ts', 'utf8');`,
    'new vm.Script(TEXT).runInThisContext();',
  ),
  'its text is evaluated': other(
    "import { readFileSync } from 'node:fs';",
    "eval(readFileSync('src/utils/agent-cache.ts', 'utf8'));",
  ),
  'its text is an address': other(
    "import { readFileSync } from 'node:fs';",
    "await import('data:text/javascript,' + encodeURIComponent(readFileSync('src/utils/agent-cache.ts', 'utf8')));",
  ),
  'what was loaded is handed on': handler(`clear(require.cache); ${LOADED}`),
  'a package is given its name': other("import mocked from 'anything';", `${TAKEN} = await mocked(${FILE});`),
  'it is let go of when something fails': handler(
    `try { await work(); } catch { delete require.cache[require.resolve(${FILE})]; } ${LOADED}`,
  ),
  'a process is started for each request':
    "import { fork } from 'node:child_process';\nexport const h = async () => fork('../job.ts');\n",
};

test.each(someOf(Object.keys(UNSURE)))('nothing is verified where %s', async (way) => {
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
  'is let go of by a function of that name only': other(
    `import { getFacebookAgent } from ${FILE};\nconst fresh = (m: string) => m;`,
    `fresh(${FILE});`,
  ),
  'stays while a package loads another module': other(
    `import fresh from 'import-fresh';\nimport { getFacebookAgent } from ${FILE};`,
    "fresh('../lib/words.ts');",
  ),
  'is loaded by a constant': other(`const WHERE = ${FILE};`, queried('WHERE')),
  'stands beside modules with a query': other(
    `import { getFacebookAgent } from ${FILE};`,
    "await import('../lib/words.ts?' + Date.now());",
  ),
  'stands beside a list of plugins': other(
    `import { getFacebookAgent } from ${FILE};\nconst ALL = ['../lib/words.ts'];`,
    'for (const each of ALL) await import(each);',
  ),
  'stands beside texts that run': other(
    `import vm from 'node:vm';\nimport { getFacebookAgent } from ${FILE};\nexport const rule = (text: string) => vm.runInNewContext(text, {});`,
    "rule('1 + 1'); new Function('a', 'return a')(1);",
  ),
  'stands beside commands': other(
    `import { spawn } from 'node:child_process';\nimport { getFacebookAgent } from ${FILE};`,
    "spawn('git', ['status']); spawn(process.execPath, ['src/lib/words.ts']);",
  ),
  'is of a process that is kept': other(
    `import { fork } from 'node:child_process';\nimport { getFacebookAgent } from ${FILE};\nlet job: any;\nfunction start() { if (job) return job; job = fork('src/job.ts'); return job; }`,
    "start(); job ??= fork('src/job.ts');",
  ),
  'is of a process that the top starts': other(
    `import { fork } from 'node:child_process';\nimport { getFacebookAgent } from ${FILE};\nasync function main() { fork('src/job.ts'); }\nvoid main();\n(() => { fork('src/job.ts'); })();`,
    '',
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

test.each(someOf(Object.keys(HARMLESS)))('a cache is verified that %s', async (way) => {
  const tree = treeOf(HARMLESS[way] ?? '', { ...JOB, 'src/lib/words.ts': 'export const words = [];\n' });
  expect((await report(tree)).cache?.verified).toBe('source');
  expect((await check(tree)).exitCode).toBe(0);
});

const STARTS_JOB = other(
  `import { fork } from 'node:child_process';\nimport { getFacebookAgent } from ${FILE};`,
  "fork('src/job.ts');",
);
const job = (more: string) => ({ 'src/job.ts': `${JOB['src/job.ts']}${more}\n` });

test.each([
  "import { createServer } from 'node:http';\ncreateServer().listen(0);",
  "import express from 'express';\nexpress().listen(Number(process.env.PORT) || 3000);",
  "import express from 'express';\nconst config = { port: 1 };\nexpress().listen(config.port, () => {});",
])('a cache is verified that a server has to itself, which other code starts: %s', async (serves) => {
  expect((await report(treeOf(STARTS_JOB, job(serves)))).cache?.verified).toBe('source');
});

test.each([
  "import { queue } from 'queue';\nqueue.listen('reports');",
  "import express from 'express';\nexport const app = express();",
])('nothing is verified where a job is started that serves nobody: %s', async (more) => {
  expect((await report(treeOf(STARTS_JOB, job(more)))).cache?.verified).toBe('no');
});

test('a cache is verified beside a folder of its name from which something is loaded', async () => {
  const load = other(
    `import { getFacebookAgent } from ${FILE};`,
    `await import(\`\${process.argv[2]}/agent-cache/run.ts\`);`,
  );
  expect((await report(treeOf(load, JOB))).cache?.verified).toBe('source');
});
