import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** What a file does, and what else the tree has, or how the file is called. */
type Row = [code: string, more?: Record<string, string> | string];

const CLUSTER =
  "import cluster from 'node:cluster';\nimport { getFacebookAgent } from './utils/agent-cache.ts';\n";
const WORK = 'const work = async () => (await getFacebookAgent()).getCampaigns();\n';
const JOB =
  "import { getFacebookAgent } from './utils/agent-cache.ts';\nprocess.send?.(await (await getFacebookAgent()).getCampaigns());\n";

const judged = async (files: Record<string, string>) => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'src/lib/words.ts': 'export const words = [];\n',
    'MIGRATION.md': '- [ ] `src/api/a.ts`\n- [ ] `src/utils/agent-cache.ts`\n',
    ...files,
  });
  return (await report(tree)).cache.verified;
};

const put = ([code, file = 'src/boot.cts']: Row) => judged({ [file as string]: code });
const forked = ([code, more = {}]: Row) =>
  judged({ 'src/main.ts': CLUSTER + code, ...(more as Record<string, string>) });

const PUT: Record<string, Row> = {
  'require member': ["require('./utils/agent-cache').getFacebookAgent = async () => make();\n"],
  'require variable': [
    "const cache = require('./utils/agent-cache');\ncache.getFacebookAgent = async () => make();\n",
  ],
  'in handler': [
    "const cache = require('./utils/agent-cache');\nexport const h = (req: any) => { cache['getFacebookAgent'] = async () => make(req); };\n",
  ],
  'record top': [
    "require.cache[require.resolve('./utils/agent-cache')].exports.getFacebookAgent = async () => make();\n",
  ],
  'record delete top': [
    "delete require.cache[require.resolve('./utils/agent-cache')].exports.getFacebookAgent;\n",
  ],
  'delete member': ["delete require('./utils/agent-cache').getFacebookAgent;\n"],
  'Object.assign': [
    "Object.assign(require('./utils/agent-cache'), { getFacebookAgent: async () => make() });\n",
  ],
  'Object.assign var': ["const own = make();\nObject.assign(require('./utils/agent-cache'), own);\n"],
  defineProperty: [
    "Object.defineProperty(require('./utils/agent-cache'), 'getFacebookAgent', { value: () => make() });\n",
  ],
  'Reflect.set': ["Reflect.set(require('./utils/agent-cache'), 'getFacebookAgent', () => make());\n"],
  'lodash set': [
    "const _ = require('lodash');\n_.set(require('./utils/agent-cache'), 'getFacebookAgent', () => make());\n",
  ],
  'lodash set by a list': [
    "import set from 'lodash/set.js';\nimport * as cache from './utils/agent-cache.ts';\nset(cache, ['getFacebookAgent'], () => make());\n",
    'src/boot.ts',
  ],
  'lodash merge': [
    "const { merge } = require('lodash');\nmerge(require('./utils/agent-cache'), { getFacebookAgent: () => make() });\n",
  ],
  shimmer: [
    "const shimmer = require('shimmer');\nshimmer.wrap(require('./utils/agent-cache'), 'getFacebookAgent', () => () => make());\n",
  ],
  'a pattern': [
    "const cache = require('./utils/agent-cache');\n({ a: cache.getFacebookAgent } = { a: () => make() });\n",
  ],
  'a list of targets': [
    "const cache = require('./utils/agent-cache');\n[cache.getFacebookAgent] = [() => make()];\n",
  ],
  'and-assign': ["const cache = require('./utils/agent-cache');\ncache.getFacebookAgent &&= () => make();\n"],
  'or-assign in a function': [
    "const cache = require('./utils/agent-cache');\nexports.h = () => { cache.getFacebookAgent ??= () => make(); };\n",
  ],
  'a loop': [
    "const cache = require('./utils/agent-cache');\nfor (cache.getFacebookAgent of [() => make()]) break;\n",
  ],
  'default import': [
    "import cache from './utils/agent-cache.ts';\n(cache as any).getFacebookAgent = async () => make();\n",
    'src/boot.ts',
  ],
  namespace: [
    "import * as cache from './utils/agent-cache.ts';\n(cache as any).getFacebookAgent = async () => make();\n",
    'src/boot.ts',
  ],
  'await import': [
    "const cache: any = await import('./utils/agent-cache.ts');\ncache.getFacebookAgent = async () => make();\n",
    'src/boot.ts',
  ],
};

test.each(someOf(Object.keys(PUT)))(
  'nothing is verified where something else is put into the cache: %s',
  async (way) => {
    expect(await put(PUT[way] ?? [''])).toBe('no');
  },
);

const LEFT_ALONE: Record<string, Row> = {
  'other name': ["require('./utils/agent-cache').label = 'x';\n"],
  'assign others': [
    "const o = Object.assign({}, require('./utils/agent-cache'));\nconst p: any = {};\np.getFacebookAgent = require('./utils/agent-cache').getFacebookAgent;\n",
  ],
  'set of a map': ["const all = new Map();\nall.set(require('./utils/agent-cache'), 1);\n"],
  'lodash set of another name': [
    "const _ = require('lodash');\n_.set(require('./utils/agent-cache'), 'label', 1);\n_.set({}, 'getFacebookAgent', 1);\n",
  ],
  'merge into another': [
    "const { merge } = require('lodash');\nexports.o = merge({}, require('./utils/agent-cache'));\n",
  ],
  'a pattern of others': [
    "const cache = require('./utils/agent-cache');\nconst o = {};\n({ getFacebookAgent: o.get } = cache);\n",
  ],
  'other module': [
    "require('./lib/words').getFacebookAgent = 1;\nrequire('./utils/agent-cache').getFacebookAgent();\n",
  ],
  'app.locals': [
    "import { getFacebookAgent } from './utils/agent-cache.ts';\nexport const boot = (app: any) => { app.locals.getFacebookAgent = getFacebookAgent; };\n",
    'src/boot.ts',
  ],
  'top delete of module before': [
    "delete require.cache[require.resolve('./utils/agent-cache')];\nrequire('./utils/agent-cache');\n",
  ],
};

test.each(someOf(Object.keys(LEFT_ALONE)))(
  'a cache is verified beside what only looks so: %s',
  async (way) => {
    expect(await put(LEFT_ALONE[way] ?? [''])).toBe('source');
  },
);

const FORKED: Record<string, Row> = {
  handler: [
    "import { createServer } from 'node:http';\nif (cluster.isPrimary) createServer((req, res) => { cluster.fork().on('exit', () => res.end()); }).listen(1);\nelse { await (await getFacebookAgent()).getCampaigns(); process.exit(); }\n",
  ],
  interval: [`${WORK}if (cluster.isPrimary) setInterval(() => cluster.fork(), 60000);\nelse await work();\n`],
  named: [
    `import { fork } from 'node:cluster';\n${WORK}export const run = () => { fork({ A: '1' }); };\nif (process.env.A) await work();\n`,
  ],
  'queue msg': [
    `${WORK}if (cluster.isPrimary) queue.on('message', () => cluster.fork());\nelse await work();\n`,
  ],
  'setup in handler': [
    `cluster.setupPrimary({ exec: 'src/job.ts' });\nexport const h = (req: any) => cluster.fork({ ID: req.id });\n`,
    { 'src/job.ts': JOB },
  ],
  'own file': [
    `import { fork } from 'node:child_process';\nimport { fileURLToPath } from 'node:url';\n${WORK}if (process.send) await work();\nexport const h = (req: any) => fork(fileURLToPath(import.meta.url), [req.id]);\n`,
  ],
  argv: [
    `import { spawn } from 'node:child_process';\n${WORK}if (process.env.JOB) await work();\nexport const h = (req: any) => spawn(process.execPath, [process.argv[1], req.id]);\n`,
  ],
};

test.each(someOf(Object.keys(FORKED)))(
  'nothing is verified where processes are started over and over: %s',
  async (way) => {
    expect(await forked(FORKED[way] ?? [''])).toBe('no');
  },
);

const AT_START: Record<string, Row> = {
  'at start': [
    `${WORK}if (cluster.isPrimary) { for (let i = 0; i < 4; i++) cluster.fork(); cluster.on('exit', () => cluster.fork()); }\nelse await work();\n`,
  ],
  'exported start': [
    `${WORK}export function start() { if (cluster.isPrimary) { Array.from({ length: 4 }, () => cluster.fork()); } else void work(); }\n`,
  ],
  'exported start of server': [
    `import express from 'express';\nexport function start() { for (let i = 0; i < 4; i++) cluster.fork(); }\nexport const serve = () => express().listen(3000);\nexport const h = async () => (await getFacebookAgent()).getCampaigns();\n`,
  ],
  'setup other': [
    `cluster.setupPrimary({ exec: 'src/other.ts' });\nexport const h = (req: any) => cluster.fork({ ID: req.id });\nexport const a = async () => (await getFacebookAgent()).getCampaigns();\n`,
    { 'src/other.ts': 'console.log(1);\n' },
  ],
  'git fork': [
    `import { fork } from './lib/git.ts';\nexport const h = async (req: any) => { fork(req.url); return (await getFacebookAgent()).getCampaigns(); };\n`,
    { 'src/lib/git.ts': 'export const fork = (url: string) => url;\n' },
  ],
};

test.each(someOf(Object.keys(AT_START)))(
  'a cache is verified of which each worker has one: %s',
  async (way) => {
    expect(await forked(AT_START[way] ?? [''])).toBe('source');
  },
);
