import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** What an application does, what else the tree has, and where its router does not answer. */
type Row = [body: string, more?: Record<string, string>, wrong?: string];

const HANDLER = '(_q: any, r: any) => { r.json({}); }';
const ROUTER = `import { Router } from 'express';\nconst router = Router();\nrouter.get('/agent-cache', ${HANDLER});\nexport default router;\n`;
const HEAD =
  "import express from 'express';\nimport health from './routes/health.ts';\nimport fs from 'node:fs';\nimport path from 'node:path';\nconst app = express();\n";
const LIST = "const mods = [{ path: 'health', router: health }];\n";
const RIGHT = '/health/agent-cache';

const checked = async ([body, more = {}]: Row, route: string) => {
  const guide = `- [ ] it <!-- check: route GET ${route} -->\n`;
  const app = `${HEAD}${body}\napp.listen(1);\n`;
  const files = { ...GROUND, 'src/app.ts': app, 'src/routes/health.ts': ROUTER, ...more };
  const { checks } = await report(new Tree({ ...files, 'MIGRATION.md': guide }));
  return { verdict: checks[0]?.verdict, message: checks[0]?.findings[0]?.message ?? '' };
};

const TOLD: Record<string, Row> = {
  'a path': ["app.use('/health', health);"],
  'list for-of member': [`${LIST}for (const m of mods) app.use('/' + m.path, m.router);`],
  'list for-of template': [`${LIST}for (const m of mods) app.use(\`/\${m.path}\`, m.router);`],
  'list forEach': [`${LIST}mods.forEach((m) => app.use('/' + m.path, m.router));`],
  'list forEach destruct': [`${LIST}mods.forEach(({ path: p, router }) => app.use('/' + p, router));`],
  'list of pairs': [
    "const mods: any[] = [['/health', health]];\nfor (const [p, one] of mods) app.use(p, one);",
  ],
  'object entries': [
    "const mods: any = { health };\nfor (const [p, one] of Object.entries(mods)) app.use('/' + p, one);",
  ],
  'object entries key path': [
    "const mods: any = { '/health': health };\nfor (const [p, one] of Object.entries(mods)) app.use(p, one as any);",
  ],
  'object entries forEach': [
    "const mods: any = { '/health': health };\nObject.entries(mods).forEach(([p, one]) => app.use(p, one as any));",
  ],
  'object keys': [
    "const mods: any = { '/health': health };\nfor (const p of Object.keys(mods)) app.use(p, mods[p]);",
  ],
  'map map': [
    "const mods = new Map<string, any>([['/health', health]]);\nfor (const [p, one] of mods) app.use(p, one);",
  ],
  'map map forEach': [
    "const mods = new Map<string, any>([['/health', health]]);\nmods.forEach((one, p) => app.use(p, one));",
  ],
  'two of a list': [
    "import other from './routes/other.ts';\nconst mods = [{ path: 'other', router: other }, { path: 'health', router: health }];\nfor (const m of mods) app.use('/' + m.path, m.router);",
    { 'src/routes/other.ts': ROUTER.replace('agent-cache', 'x') },
    '/other/agent-cache',
  ],
  'pairs two': [
    "import other from './routes/other.ts';\nconst mods: any[] = [['/other', other], ['/health', health]];\nfor (const [p, one] of mods) app.use(p, one);",
    { 'src/routes/other.ts': ROUTER.replace('agent-cache', 'x') },
    '/other/agent-cache',
  ],
  'imported list': [
    "import { mods } from './mods.ts';\nfor (const m of mods) app.use('/' + m.path, m.router);",
    {
      'src/mods.ts':
        "import health from './routes/health.ts';\nexport const mods = [{ path: 'health', router: health }];\n",
    },
  ],
  'index loop': [`${LIST}for (let i = 0; i < mods.length; i++) app.use('/' + mods[i].path, mods[i].router);`],
  'imported list by its default': [
    "import mods from './mods.ts';\nmods.forEach(({ at, one }) => app.use(at, one));",
    {
      'src/mods.ts':
        "import health from './routes/health.ts';\nexport default [{ at: '/health', one: health }];\n",
    },
  ],
  'imported record': [
    "import { mods } from './mods.ts';\nfor (const [at, one] of Object.entries(mods)) app.use(at, one);",
    {
      'src/mods.ts': "import health from './routes/health.ts';\nexport const mods = { '/health': health };\n",
    },
  ],
  'imported list with a router of its own': [
    "import { mods } from './mods.ts';\nfor (const m of mods) app.use(m.at, m.one);",
    {
      'src/mods.ts': `${ROUTER.replace('export default router;\n', '')}export const mods = [{ at: '/health', one: router }];\n`,
    },
  ],
  'imported list of paths and handlers': [
    "import { routes } from './all.ts';\nfor (const { at, handle } of routes) app.get(at, handle);",
    { 'src/all.ts': `export const routes = [{ at: '/health/agent-cache', handle: ${HANDLER} }];\n` },
  ],
  'index loop from the second': [
    "import other from './routes/other.ts';\nconst mods = [{ path: 'other', router: other }, { path: 'health', router: health }];\nfor (let i = 1; i < mods.length; i += 1) app.use('/' + mods[i].path, mods[i].router);",
    { 'src/routes/other.ts': ROUTER.replace('agent-cache', 'x') },
    '/other/x',
  ],
  'index loop with a name for each': [
    `${LIST}for (let i = 0; i < mods.length; i += 1) { const { path: at, router } = mods[i]; app.use('/' + at, router); }`,
  ],
  'readdir that calls itself': [
    "function mount(dir: string) { for (const e of fs.readdirSync(dir, { withFileTypes: true })) { const full = path.join(dir, e.name); if (e.isDirectory()) mount(full); else app.use(require(full).default); } }\nmount(path.join(import.meta.dirname, 'routes'));",
    {
      'src/routes/ops/deep.ts': ROUTER.replace('/agent-cache', '/health/agent-cache'),
      'src/routes/health.ts': 'export default 1;\n',
    },
  ],
  'readdir of all folders': [
    "const dir = path.join(import.meta.dirname, 'routes');\nfor (const name of fs.readdirSync(dir, { recursive: true }) as string[]) if (name.endsWith('.ts')) app.use(require(path.join(dir, name)).default);",
    {
      'src/routes/ops/deep.ts': ROUTER.replace('/agent-cache', '/health/agent-cache'),
      'src/routes/health.ts': 'export default 1;\n',
    },
  ],
  'readdir recursive option': [
    "for (const f of fs.readdirSync(path.join(import.meta.dirname, 'routes'), { recursive: true }) as string[]) app.use('/' + f.replace(/\\.ts$/, ''), require('./routes/' + f).default);",
  ],
};

test.each(someOf(Object.keys(TOLD)))(
  'what is mounted turn by turn answers there, and nowhere else: %s',
  async (way) => {
    const row = TOLD[way] ?? [''];
    expect(await checked(row, RIGHT)).toEqual({ verdict: 'passed', message: '' });
    const { verdict, message } = await checked(row, row[2] ?? '/agent-cache');
    expect(verdict).toBe('failed');
    expect(message).toContain('no route');
  },
);

const UNTOLD: Record<string, Row> = {
  'module exports path': [
    "import * as h from './routes/h.ts';\nfor (const m of [h]) app.use(m.path, m.router);",
    {
      'src/routes/h.ts': ROUTER.replace(
        'export default router;',
        "export const path = '/health';\nexport { router };",
      ),
    },
  ],
  'env prefix unknown': ['app.use(process.env.PREFIX!, health);'],
  'recursive readdir': [
    "const walk = (dir: string, at: string): void => { for (const e of fs.readdirSync(dir, { withFileTypes: true })) { if (e.isDirectory()) walk(path.join(dir, e.name), at + '/' + e.name); else app.use(at + '/' + path.parse(e.name).name, require(path.join(dir, e.name)).default); } };\nwalk(path.join(import.meta.dirname, 'routes'), '');",
  ],
  'recursive readdir deep': [
    "const walk = (dir: string, at: string): void => { for (const e of fs.readdirSync(dir, { withFileTypes: true })) { if (e.isDirectory()) walk(path.join(dir, e.name), at + '/' + e.name); else app.use(at + '/' + path.parse(e.name).name, require(path.join(dir, e.name)).default); } };\nwalk(path.join(import.meta.dirname, 'routes'), '');",
    {
      'src/routes/health/agent-cache.ts': ROUTER.replace('/agent-cache', '/'),
      'src/routes/health.ts': 'export default 1;\n',
    },
  ],
};

test.each(someOf(Object.keys(UNTOLD)))(
  'what nothing tells the path of is neither there nor not: %s',
  async (way) => {
    for (const route of [RIGHT, '/agent-cache']) {
      const { verdict, message } = await checked(UNTOLD[way] ?? [''], route);
      expect(verdict).toBe('failed');
      expect(message).toContain('cannot tell whether there is a route');
    }
  },
);

test('and nothing else is in doubt for that', async () => {
  const { message } = await checked(['app.use(process.env.PREFIX!, health);'], '/other');
  expect(message).toBe('no route GET /other in the source');
});
