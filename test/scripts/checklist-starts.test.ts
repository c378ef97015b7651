import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** Whether the source shows that somebody answers on the path. */
async function answers(files: Record<string, string>): Promise<boolean> {
  const guide = '- [ ] it <!-- check: route GET /health/agent-cache -->\n';
  const { checks } = await report(new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide }));
  return checks[0]?.verdict === 'passed';
}

const ROUTE = "'/health/agent-cache', (_req: any, res: any) => { res.end(); }";
const EXPRESS = "import express from 'express';\nconst app = express();\n";

describe('functions within functions', () => {
  const calling = (code: string) => answers({ 'src/server.ts': `${EXPRESS}${code}\napp.listen(3000);\n` });

  test.each([
    ['function up() { function routes() { app.get(ROUTE); } function all() { routes(); } all(); }\nup();'],
    [
      'const up = () => { const routes = () => { app.get(ROUTE); }; const all = () => routes(); all(); };\nup();',
    ],
    ['function a() { function b() { function c() { app.get(ROUTE); } c(); } b(); }\na();'],
    [
      'up();\nfunction up() { all(); function all() { [1].forEach(routes); } function routes() { app.get(ROUTE); } }',
    ],
    ['function a(n: number) { if (n) b(n - 1); }\nfunction b(n: number) { app.get(ROUTE); a(n); }\na(1);'],
  ])('are called where all around them are: %s', async (code) => {
    expect(await calling(code.replace('ROUTE', ROUTE))).toBe(true);
  });

  test.each([
    ['function up() { function routes() { app.get(ROUTE); } function all() { routes(); } }\nup();'],
    ['function up() { function routes() { app.get(ROUTE); } function all() { routes(); } all(); }'],
    ['function a(n: number) { if (n) b(n - 1); }\nfunction b(n: number) { app.get(ROUTE); a(n); }'],
  ])('are not where one of them is not: %s', async (code) => {
    expect(await calling(code.replace('ROUTE', ROUTE))).toBe(false);
  });
});

describe('what a module does when somebody uses it', () => {
  const wiring = `class Health { constructor(app: any) { app.get(${ROUTE}); } }\n`;
  test('counts where it is used', async () => {
    const server = `${EXPRESS}${wiring}new Health(app);\napp.listen(3000);\n`;
    expect(await answers({ 'src/server.ts': server })).toBe(true);
    const handler = `const list = [['/health/agent-cache', (_req: any, res: any) => res.end()]] as const;\nlist.forEach(([path, handle]) => app.get(path, handle as any));\n`;
    expect(await answers({ 'src/server.ts': `${EXPRESS}${handler}app.listen(3000);\n` })).toBe(true);
  });

  test('counts not where its class is never used, or it is only loaded', async () => {
    expect(await answers({ 'src/server.ts': `${EXPRESS}${wiring}app.listen(3000);\n` })).toBe(false);
    const loaded = (code: string) =>
      answers({
        'src/app.ts': `${EXPRESS}export { app };\n`,
        'src/routes.ts': `import { app } from './app.ts';\nexport const wire = () => { app.get(${ROUTE}); };\n`,
        'src/server.ts': `import { app } from './app.ts';\n${code}app.listen(3000);\n`,
      });
    expect(await loaded("import './routes.ts';\n")).toBe(false);
    expect(await loaded("import { wire } from './routes.ts';\nwire();\n")).toBe(true);
    expect(await loaded("import './routes.ts';\n(await import('./routes.ts')).wire();\n")).toBe(true);
  });
});

describe('a start that no source names', () => {
  const APP = {
    'src/app.ts': `import express from 'express';\nexport function createApp() { const app = express(); app.get(${ROUTE}); return app; }\n`,
  };
  const BOOT = `import { createApp } from './app.ts';\nexport function boot() { createApp().listen(3000); }\n`;
  const manifest = (fields: object) => ({ 'package.json': JSON.stringify({ type: 'module', ...fields }) });
  const LOADED = `node -e "require('./dist/zeta').boot()"`;

  test.each<[string, Record<string, string>]>(
    someOf([
      ['a script that loads the output', manifest({ scripts: { start: LOADED } })],
      ['main', manifest({ main: 'dist/zeta.js' })],
      ['main below the sources', manifest({ main: './build/src/zeta.js' })],
      ['exports', manifest({ exports: { '.': { import: './dist/zeta.js' } } })],
      ['an image', { Dockerfile: `FROM node:24\nCMD ["node", "-e", "require('./dist/zeta').boot()"]\n` }],
      [
        'an image whose command has two lines',
        {
          'api.Dockerfile': `ENTRYPOINT node -e \\\n  "import('/app/dist/zeta.js').then((m) => m.boot())"\n`,
        },
      ],
      ['a Procfile', { Procfile: `web: ${LOADED}\n` }],
      ['nodemon', { 'nodemon.json': JSON.stringify({ exec: LOADED }) }],
      [
        'pm2',
        {
          'ecosystem.config.cjs': `module.exports = { apps: [{ script: 'node', args: ['-e', "require('./dist/zeta').boot()"] }] };\n`,
        },
      ],
      ['compose', { 'docker-compose.yml': `services:\n  api:\n    command: ${LOADED}\n` }],
    ]),
  )('is %s', async (_what, files) => {
    expect(await answers({ ...APP, 'src/zeta.ts': BOOT, ...files })).toBe(true);
  });

  test('is one of a package of the workspace', async () => {
    const inPackage = Object.fromEntries(
      Object.entries({ ...APP, 'src/zeta.ts': BOOT }).map(([name, text]) => [`apps/api/${name}`, text]),
    );
    const named = { 'apps/api/package.json': JSON.stringify({ scripts: { start: LOADED } }) };
    expect(await answers({ ...inPackage, ...named })).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ['a script that runs another file', manifest({ scripts: { start: 'node dist/index.js' } })],
    ['a program, which is run and not loaded', manifest({ bin: { api: 'dist/zeta.js' } })],
    ['a test', manifest({ scripts: { test: LOADED } })],
    ['what an image copies', { Dockerfile: 'FROM node:24\nCOPY dist/zeta.js .\nCMD node index.js\n' }],
  ])('is none of what calls nothing of it: %s', async (_what, files) => {
    const other = { 'src/index.ts': `${EXPRESS}app.listen(3001);\n` };
    expect(await answers({ ...APP, ...other, 'src/zeta.ts': BOOT, ...files })).toBe(false);
  });
});

describe('what functions are given to register routes on', () => {
  const SERVER = `import Fastify from 'fastify';
import plugin from './plugin.ts';
const app = Fastify();
await app.register(plugin);
await app.listen({ port: 3000 });
`;
  const plugged = (plugin: string, server = SERVER) =>
    answers({
      'package.json': '{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }',
      'src/server.ts': server,
      'src/plugin.ts': plugin.replace('ROUTE', ROUTE),
    });
  const TYPED = "import type { FastifyInstance, FastifyPluginAsync } from 'fastify';\n";
  const FP = "import fp from 'fastify-plugin';\n";

  test.each(
    someOf([
      [`${FP}export default fp(async (instance) => { instance.get(ROUTE); });\n`],
      [`${FP}export default fp(async function (f, _options) { f.get(ROUTE); }, { name: 'x' });\n`],
      [`${FP}async function health(s) { s.get(ROUTE); }\nexport default fp(health);\n`],
      [`${TYPED}export default async function routes(f: FastifyInstance) { f.get(ROUTE); }\n`],
      [
        `${TYPED}const routes: FastifyPluginAsync = async (f) => { f.get(ROUTE); };\nexport default routes;\n`,
      ],
      [`${TYPED}export default (async (f) => { f.get(ROUTE); }) satisfies FastifyPluginAsync;\n`],
      ['export default async (x, _options) => { x.get(ROUTE); };\n'],
      ['export default async function (x) { x.register(async (z) => { z.get(ROUTE); }); }\n'],
    ]),
  )('is a server, however it is called: %s', async (plugin) => {
    expect(await plugged(plugin)).toBe(true);
  });

  test('answers below what it is registered under', async () => {
    const plugin = "export default async (x) => { x.get('/agent-cache', async () => ({})); };\n";
    const below = (prefix: string) => SERVER.replace('plugin)', `plugin, { prefix: '${prefix}' })`);
    expect(await plugged(plugin, below('/health'))).toBe(true);
    expect(await plugged(plugin, below('/other'))).toBe(false);
  });

  test.each([['Application'], ['express.Express'], ['Router']])(
    'is one of Express by its type: %s',
    async (type) => {
      const wire = `import express, { type Application, type Router } from 'express';\nexport const wire = (x: ${type}) => { x.get(${ROUTE}); };\n`;
      const server = `import { wire } from './wire.ts';\n${EXPRESS}wire(app);\napp.listen(3000);\n`;
      expect(await answers({ 'src/server.ts': server, 'src/wire.ts': wire })).toBe(true);
    },
  );

  test.each([
    ['that nobody registers', SERVER.replace('await app.register(plugin);\n', '')],
    ['that is called with a client', SERVER.replace('app.register(plugin)', 'plugin(client)')],
  ])('is no server %s', async (_what, server) => {
    expect(await plugged('export default async (x) => { x.get(ROUTE); };\n', server)).toBe(false);
  });
});
