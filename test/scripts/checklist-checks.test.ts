import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

/** The verdicts of checks, in order, on a tree with these files. */
async function verdicts(
  files: Record<string, string>,
  checks: string[],
  args: string[] = [],
): Promise<string[]> {
  const guide = checks.map((check) => `- [ ] it <!-- check: ${check} -->\n`).join('');
  const { checks: reports } = await report(new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide }), args);
  return reports.map(({ verdict }) => verdict);
}

async function hasRoute(files: Record<string, string>, ...routes: string[]): Promise<boolean[]> {
  return (
    await verdicts(
      files,
      routes.map((route) => `route ${route}`),
    )
  ).map((verdict) => verdict === 'passed');
}

const HANDLER = '(_req, res) => { res.end(); }';
const HEALTH = `import { Router } from 'express';
export function healthRouter(): Router {
  const router = Router();
  router.get('/agent-cache', ${HANDLER});
  return router;
}
`;

describe('routes are found in the code', () => {
  test.each<[string, Record<string, string>]>(
    someOf([
      [
        'of a server that a file starts whose output alone is named',
        {
          'package.json':
            '{ "type": "module", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node dist/main.js" } }\n',
          'src/main.ts': "import { start } from './server.ts';\nstart();\n",
          'src/server.ts': `import express from 'express';\nimport { mount } from './routes.ts';\nexport function start() { const app = express();\nmount(app);\napp.listen(3000); }\n`,
          'src/routes.ts': `export function mount(app) { app.get('/health/agent-cache', ${HANDLER}); }\n`,
        },
      ],
      [
        'on the app',
        {
          'src/app.ts': `import express from 'express';\nconst app = express();\napp.get('/health/agent-cache', ${HANDLER});\napp.listen(3000);\n`,
        },
      ],
      [
        'in double quotes, with middleware',
        {
          'src/app.js': `const app = require('express')();\napp.get("/health/agent-cache", guard, ${HANDLER});\nmodule.exports = app;\n`,
        },
      ],
      [
        'on route()',
        { 'src/app.ts': `app.route('/health/agent-cache').post(${HANDLER}).get(${HANDLER});\n` },
      ],
      ['among several paths', { 'src/app.ts': `app.get(['/x', '/health/agent-cache/'], ${HANDLER});\n` }],
      [
        'from constants',
        {
          'src/app.ts': `import { BASE } from './paths.ts';\nconst PATH = \`\${BASE}/agent-cache\`;\napp.get(PATH, ${HANDLER});\n`,
          'src/paths.ts': "export const BASE = '/' + 'health';\n",
        },
      ],
      ['for every method', { 'src/app.ts': `app.all('/health/agent-cache', ${HANDLER});\n` }],
      [
        'in a class',
        {
          'src/app.ts': `class Server {\n  start() {\n    this.app.get('/health/agent-cache', this.health);\n  }\n}\nnew Server().start();\n`,
        },
      ],
      [
        'on a mounted local router',
        {
          'src/app.ts': `const app = express();\nconst health = express.Router();\nhealth.get('/agent-cache', ${HANDLER});\napp.use('/health', health);\napp.listen(3000);\n`,
        },
      ],
      [
        'in an imported factory',
        {
          'src/app.ts':
            "import { healthRouter } from './health.js';\napp.use('/health', noStore, healthRouter());\n",
          'src/health.ts': HEALTH,
        },
      ],
      [
        'through an index file',
        {
          'src/app.ts': "import { healthRouter } from './routes';\napp.use('/health', healthRouter());\n",
          'src/routes/index.ts': "export { healthRouter } from '../health';\n",
          'src/health.ts': HEALTH,
        },
      ],
      [
        'by a helper that mounts',
        {
          'src/app.ts':
            "import { healthRouter } from './health.ts';\nmount('/health', [], healthRouter());\n",
          'src/health.ts': HEALTH,
        },
      ],
      [
        'by require in place',
        {
          'src/app.cjs': "const health = require('./health.cjs');\napp.use('/health', health);\n",
          'src/health.cjs': `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = router;\n`,
        },
      ],
      [
        'by a required name',
        {
          'src/app.cjs': "const { router: health } = require('./health.cjs');\napp.use('/health', health);\n",
          'src/health.cjs': `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = { router };\n`,
        },
      ],
      [
        'by a dynamic import',
        {
          'src/app.ts':
            "const health = await import('./health.ts');\napp.use('/health', health.healthRouter());\n",
          'src/health.ts': HEALTH,
        },
      ],
      [
        'two mounts deep',
        {
          'src/app.ts': "import { api } from './api.ts';\napp.use('/health', api);\n",
          'src/api.ts':
            "import { inner } from './inner.ts';\nexport const api = Router();\napi.use(inner);\n",
          'src/inner.ts': `export const inner = Router();\ninner.get('/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'as a plugin with a prefix',
        {
          'src/app.ts':
            "import { health } from './health.ts';\napp.register(health, { prefix: '/health' });\n",
          'src/health.ts': `export async function health(app) {\n  app.get('/agent-cache', ${HANDLER});\n}\n`,
        },
      ],
    ]),
  )('%s', async (_name, files) => {
    expect(await hasRoute(files, 'GET /health/agent-cache', 'GET /elsewhere')).toEqual([true, false]);
  });

  const APP = "import express from 'express';\nconst app = express();\n";
  const ROUTE = `app.get('/health/agent-cache', ${HANDLER});`;
  const LISTENS = '\napp.listen(3000);\n';
  const FASTIFY = "import Fastify from 'fastify';\nconst fastify = Fastify();\n";
  const ANSWERS = 'async () => ({})';

  test.each(
    someOf([
      ['behind a condition that only a run decides', `${APP}if (process.env.HEALTH) { ${ROUTE} }${LISTENS}`],
      [
        'behind a variable that may change',
        `${APP}let on = false;\non = true;\nif (on) { ${ROUTE} }${LISTENS}`,
      ],
      [
        'behind a return of some',
        `${APP}function start() { if (process.env.OFF) return;\n${ROUTE} }\nstart();${LISTENS}`,
      ],
      ['in a function that is called', `${APP}function setup() { ${ROUTE} }\nsetup();${LISTENS}`],
      [
        'in a function that is handed on',
        `${APP}const setup = () => { ${ROUTE} };\n[setup].forEach((each) => each());${LISTENS}`,
      ],
      [
        'in a method that is called',
        `${APP}class Routes { add() { ${ROUTE} } }\nnew Routes().add();${LISTENS}`,
      ],
      [
        'in a method that a framework calls',
        `${APP}class Routes extends Base { onStart() { ${ROUTE} } }\nnew Routes();${LISTENS}`,
      ],
      ['on an app that is exported', `${APP}${ROUTE}\nexport default app;\n`],
      [
        'on an app that listens at the end of a chain',
        `${APP}${ROUTE}\napp.set('trust proxy', 1).listen(1);\n`,
      ],
      [
        'on one whose routes are kept and handed on',
        `${APP}const routes = app.get('/health/agent-cache', ${HANDLER});\nserve(routes);\n`,
      ],
      [
        'behind a parameter with the name of a constant',
        `${APP}const health = false;\nfunction mount({ health }) { if (health) ${ROUTE} }\nmount({ health: true });${LISTENS}`,
      ],
      [
        'beside constants that are called like parameters',
        `${APP}function f(right) { const left = right; if (left) return 1; return 0; }\nfunction g(left) { const right = left; return right; }\nf(g(1));\n${ROUTE}${LISTENS}`,
      ],
      [
        'on an app that a server gets',
        `${APP}${ROUTE}\nimport http from 'node:http';\nhttp.createServer(app).listen(1);\n`,
      ],
      [
        'on an app that is given back',
        `import express from 'express';\nexport function createApp() { const app = express();\n${ROUTE}\nreturn app; }\n`,
      ],
      [
        'in a function of a platform',
        `import express from 'express';\nimport serverless from 'serverless-http';\nexport const handler = async (event: object) => { const app = express();\n${ROUTE}\nreturn serverless(app)(event); };\n`,
      ],
      [
        'as an object',
        `${FASTIFY}fastify.route({ method: 'GET', url: '/health/agent-cache', handler: ${ANSWERS} });\nfastify.listen({ port: 1 });\n`,
      ],
      [
        'as an object with several methods',
        `${FASTIFY}const health = { method: ['HEAD', 'GET'], url: '/health/agent-cache', handler: ${ANSWERS} };\nfastify.route(health);\nfastify.listen({ port: 1 });\n`,
      ],
      [
        'as an object in a list',
        `import Hapi from '@hapi/hapi';\nconst server = Hapi.server();\nserver.route([{ method: 'GET', path: '/health/agent-cache', handler: ${ANSWERS} }]);\nserver.start();\n`,
      ],
      [
        'in a function that is registered where it stands',
        `${FASTIFY}fastify.register(async (fastify) => { fastify.get('/agent-cache', ${ANSWERS}); }, { prefix: '/health' });\nfastify.listen({ port: 1 });\n`,
      ],
    ]),
  )('%s', async (_name, code) => {
    expect(await hasRoute({ 'src/app.ts': code }, 'GET /health/agent-cache', 'GET /elsewhere')).toEqual([
      true,
      false,
    ]);
  });

  test.each(
    someOf([
      ['behind a condition that never holds', `${APP}if (false) { ${ROUTE} }${LISTENS}`],
      [
        'behind a constant that is off',
        `${APP}const ON = false;\nif (ON && process.env.X) { ${ROUTE} }${LISTENS}`,
      ],
      ['on the other side of what always holds', `${APP}if (!false) {} else { ${ROUTE} }${LISTENS}`],
      ['behind the end of a choice', `${APP}false && ${ROUTE}${LISTENS}`],
      ['behind a return', `${APP}function setup() { return;\n${ROUTE} }\nsetup();${LISTENS}`],
      [
        'behind a failure',
        `${APP}function setup() { if (app) { throw new Error('x'); } else { return; }\n${ROUTE} }\nsetup();${LISTENS}`,
      ],
      ['behind the end of the process', `${APP}app.listen(1);\nprocess.exit(0);\n${ROUTE}\n`],
      ['in a function that nobody calls', `${APP}function setup() { ${ROUTE} }${LISTENS}`],
      ['in a function that calls itself', `${APP}function setup() { ${ROUTE} setup(); }${LISTENS}`],
      [
        'in what one that nobody calls would call',
        `${APP}export const all = () => setup();\nfunction setup() { ${ROUTE} }${LISTENS}`,
      ],
      ['in a method that nobody calls', `${APP}class Routes { add() { ${ROUTE} } }\nnew Routes();${LISTENS}`],
      ['on an app that nobody starts', `${APP}${ROUTE}\n`],
      [
        'on another app than the one that listens',
        `${APP}const other = express();\nother.get('/health/agent-cache', ${HANDLER});${LISTENS}`,
      ],
      [
        'on a router that an app takes which nobody starts',
        `${APP}const other = express();\nconst health = express.Router();\nhealth.get('/agent-cache', ${HANDLER});\nother.use('/health', health);${LISTENS}`,
      ],
      [
        'on a router that is mounted by nobody',
        `${APP}const health = express.Router();\nhealth.get('/agent-cache', ${HANDLER});\nfunction mount() { app.use('/health', health); }${LISTENS}`,
      ],
      [
        'as an object with another method',
        `${FASTIFY}fastify.route({ method: 'POST', url: '/health/agent-cache', handler: ${ANSWERS} });\nfastify.listen({ port: 1 });\n`,
      ],
      [
        'as an object below another prefix',
        `${FASTIFY}fastify.register(async (all) => { all.route({ method: 'GET', url: '/health/agent-cache', handler: ${ANSWERS} }); }, { prefix: '/v1' });\nfastify.listen({ port: 1 });\n`,
      ],
      [
        'of what a request is asked for',
        `${APP}app.use('/x', (request, response, next) => { request.get('/health/agent-cache', next); });${LISTENS}`,
      ],
    ]),
  )('not %s', async (_name, code) => {
    expect(await hasRoute({ 'src/app.ts': code }, 'GET /health/agent-cache')).toEqual([false]);
  });

  test.each<[string, Record<string, string>]>(
    someOf([
      [
        'in a comment',
        { 'src/app.ts': `const app = express();\n// app.get('/health/agent-cache', ${HANDLER});\n` },
      ],
      [
        'in a string',
        { 'src/app.ts': 'const app = express();\nconst text = "app.get(\'/health/agent-cache\', x)";\n' },
      ],
      ['by another method', { 'src/app.ts': `app.post('/health/agent-cache', ${HANDLER});\n` }],
      [
        'under another prefix',
        {
          'src/app.ts': "import { healthRouter } from './health.ts';\napp.use('/status', healthRouter());\n",
          'src/health.ts': HEALTH,
        },
      ],
      [
        'as a client calls it',
        {
          'src/app.ts':
            "axios.get('/health/agent-cache', options);\nrequest(app).get('/health/agent-cache');\n",
        },
      ],
      ['as a setting', { 'src/app.ts': "app.get('/health/agent-cache');\n" }],
      ['in a test', { 'test/app.test.ts': `app.get('/health/agent-cache', ${HANDLER});\n` }],
      [
        'in a file that does not parse',
        { 'src/app.ts': `app.get('/health/agent-cache', ${HANDLER});\nconst = ;\n` },
      ],
    ]),
  )('not %s', async (_name, files) => {
    expect(await hasRoute(files, 'GET /health/agent-cache')).toEqual([false]);
  });

  test('whatever their parameters are called', async () => {
    const files = { 'src/app.ts': `app.get('/users/:id/posts/:postId', ${HANDLER});\n` };
    const asked = ['GET /users/:user/posts/:post', 'GET /users/{id}/posts/{post}', 'GET /users/me/posts/1'];
    expect(await hasRoute(files, ...asked)).toEqual([true, true, false]);
  });
});

describe('a route is one that a server answers', () => {
  const SERVER = "import express from 'express';\nconst app = express();\napp.listen(3000);\n";

  test.each<[string, Record<string, string>]>(
    someOf([
      [
        'of a module that is required in place',
        {
          'src/app.cjs':
            "const app = require('express')();\napp.use('/health', require('./health.cjs'));\nmodule.exports = app;\n",
          'src/health.cjs': `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = router;\n`,
        },
      ],
      [
        'of a function by another name that is given the app',
        {
          'src/app.ts': `import add from './routes.ts';\n${SERVER}add(app);\n`,
          'src/routes.ts': `export default function routes(app: any) { app.get('/health/agent-cache', ${HANDLER}); }\n`,
        },
      ],
      [
        'of a function that a function calls',
        {
          'src/app.cjs':
            "const app = require('express')();\nconst { routes } = require('./routes.cjs');\nroutes(app);\n",
          'src/routes.cjs': `function inner(app) { app.get('/health/agent-cache', ${HANDLER}); }\nfunction routes(app) { inner(app); }\nmodule.exports = { routes };\n`,
        },
      ],
      [
        'of a function that is loaded later, of all that a module has',
        {
          'src/app.ts': `${SERVER}(await import('./routes.ts')).routes(app);\n`,
          'src/routes.ts': `export function routes(app: any) { app.get('/health/agent-cache', ${HANDLER}); }\n`,
        },
      ],
      [
        'mounted for each entry of an object',
        {
          'src/app.ts': `import health from './health.ts';\n${SERVER}const all = { '/health': health };\nfor (const [path, router] of Object.entries(all)) app.use(path, router);\n`,
          'src/health.ts': `import { Router } from 'express';\nexport default Router().get('/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'mounted for each entry of a map',
        {
          'src/app.ts': `import health from './health.ts';\n${SERVER}for (const [path, router] of new Map([['/health', health]])) app.use(path, router);\n`,
          'src/health.ts': `import { Router } from 'express';\nexport default Router().get('/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'of a router that is made with a prefix',
        {
          'src/app.ts': `import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router({ prefix: '/health' });\nrouter.get('/agent-cache', ${HANDLER});\napp.use(router.routes());\napp.listen(1);\n`,
        },
      ],
      [
        'of a member of such a module',
        {
          'src/app.cjs':
            "const app = require('express')();\napp.use('/health', require('./health.cjs').router);\napp.listen(3000);\n",
          'src/health.cjs': `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nexports.router = router;\n`,
        },
      ],
      [
        'on a chain that is exported by default',
        {
          'src/app.ts':
            "import express from 'express';\nimport health from './health.ts';\nexpress().use('/health', health).listen(1);\n",
          'src/health.ts': `import { Router } from 'express';\nexport default Router().get('/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'through an alias of tsconfig',
        {
          'tsconfig.json': '{"compilerOptions":{"baseUrl":".","paths":{"@/*":["src/*"]}}}',
          'src/app.ts': `${SERVER}import { healthRouter } from '@/health';\napp.use('/health', healthRouter());\n`,
          'src/health.ts': HEALTH,
        },
      ],
      [
        'by an object of paths',
        {
          'src/app.ts': `${SERVER}const PATHS = { health: { cache: '/health/agent-cache' } } as const;\napp.get(PATHS.health.cache, ${HANDLER});\n`,
        },
      ],
      [
        'by an enum',
        {
          'src/app.ts': `${SERVER}enum P { Health = '/health/agent-cache' }\napp.get(P.Health, ${HANDLER});\n`,
        },
      ],
      [
        'by paths of another file',
        {
          'src/app.ts': `${SERVER}import { PATHS } from './paths.ts';\napp.get(PATHS.health, ${HANDLER});\n`,
          'src/paths.ts': "export const PATHS = Object.freeze({ health: '/health/agent-cache' });\n",
        },
      ],
      [
        'in a loop over a table',
        {
          'src/app.ts': `${SERVER}const routes = [['/x', f], ['/health/agent-cache', f]];\nfor (const [p, h] of routes) app.get(p, h);\n`,
        },
      ],
      [
        'in a walk over a list',
        {
          'src/app.ts': `${SERVER}[{ path: '/health/agent-cache', handler: f }].forEach(({ path, handler }) => app.get(path, handler));\n`,
        },
      ],
      [
        'in a function that is given the app',
        {
          'src/app.ts': `${SERVER}import { register } from './register.ts';\nregister(app);\n`,
          'src/register.ts': `export function register(api) {\n  api.get('/health/agent-cache', ${HANDLER});\n}\n`,
        },
      ],
      [
        'on a class of the tree around a router, beside one that fetches',
        {
          'src/app.ts': `import express from 'express';\nimport { ApiRouter } from './api-router.ts';\nconst server = express();\nconst api = new ApiRouter(server);\napi.get('/health/agent-cache', (_req, res) => res.json({}));\nserver.listen(3000);\n`,
          'src/api-router.ts':
            'export class ApiRouter { constructor(private readonly server: any) {} get(path: string, handler: any) { this.server.get(path, async (req: any, res: any) => handler(req, res)); } }\n',
          'src/backend.ts':
            'export class Backend { async get(path: string, tell: any) { tell(await fetch(path)); } }\n',
        },
      ],
      [
        'on a router that is mounted by what nobody sees here',
        {
          'src/app.ts': `${SERVER}import { modules } from './modules.ts';\nfor (const each of modules) app.use(each.router);\n`,
          'src/modules.ts': `import { Router } from 'express';\nconst router = Router();\nrouter.get('/health/agent-cache', ${HANDLER});\nexport const modules = [{ router }];\n`,
        },
      ],
      [
        'of a parameter beside one that is a client',
        {
          'src/app.ts': `${SERVER}class Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\nfunction probe(router: Backend) { router.get('/x', (answer) => console.log(answer)); }\nfunction routes(router: Router) { router.get('/health/agent-cache', ${HANDLER}); }\nroutes(app);\nprobe(new Backend());\n`,
        },
      ],
      [
        'of a field beside one of another class that is a client',
        {
          'src/app.ts': `${SERVER}import { Router } from 'express';\nclass Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\nclass Probe { router = new Backend(); look() { this.router.get('/x', (answer) => console.log(answer)); } }\nclass Web { router = Router(); open() { this.router.get('/health/agent-cache', ${HANDLER}); app.use(this.router); } }\nnew Web().open();\nnew Probe().look();\n`,
        },
      ],
      [
        'of a class that registers a handler which sends something',
        {
          'src/app.ts': `${SERVER}class Routes { constructor(private app: any) {} get(path: string, handler: any) { this.app.get(path, async (req: any, res: any) => { await fetch('https://log.test'); handler(req, res); }); } }\nconst router = new Routes(app);\nrouter.get('/health/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'of a class that keeps its routes',
        {
          'src/app.ts': `${SERVER}class Routes { all: any[] = []; get(path: string, handler: any) { this.all.push({ path, handler }); } }\nconst router = new Routes();\nrouter.get('/health/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'of a router that a promise gives',
        {
          'src/app.ts': `${SERVER}import { Router } from 'express';\nconst make = async () => Router();\nmake().then((router) => { router.get('/health/agent-cache', ${HANDLER}); app.use(router); });\n`,
        },
      ],
    ]),
  )('%s', async (_name, files) => {
    expect(await hasRoute(files, 'GET /health/agent-cache', 'GET /elsewhere')).toEqual([true, false]);
  });

  test.each<[string, Record<string, string>]>(
    someOf([
      [
        'not what a client asks for',
        { 'src/app.ts': `${SERVER}const api = axios.create();\napi.get('/health/agent-cache', cb);\n` },
      ],
      [
        'not what a client of a package asks for',
        {
          'src/app.ts': `${SERVER}import api from '@acme/client';\napi.get('/health/agent-cache', options);\n`,
        },
      ],
      [
        'not what an imported client asks for',
        {
          'src/app.ts': `${SERVER}import { api } from './client.ts';\napi.get('/health/agent-cache', options);\n`,
          'src/client.ts': "import axios from 'axios';\nexport const api = axios.create();\n",
        },
      ],
      [
        'not what a client asks for that the tree writes itself',
        {
          'src/app.ts': `${SERVER}import { Backend } from './backend.ts';\nconst router = new Backend();\nrouter.get('/health/agent-cache', (answer) => console.log(answer));\n`,
          'src/backend.ts':
            'class Base { send(path: string) { return fetch(path); } async get(path: string, tell: any) { tell(await this.send(path)); } }\nexport class Backend extends Base {}\n',
        },
      ],
      [
        'not what a field of such a client asks for',
        {
          'src/app.ts': `${SERVER}import { Probe } from './probe.js';\nnew Probe().look();\n`,
          'src/backend.js':
            "const https = require('node:https');\nexports.Backend = class { get(path, tell) { https.get(path, tell); } };\n",
          'src/probe.js':
            "const { Backend } = require('./backend.js');\nexports.Probe = class { constructor() { this.api = new Backend(); } look() { this.api.get('/health/agent-cache', (answer) => console.log(answer)); } };\n",
        },
      ],
      [
        'not what an object of such functions asks for',
        {
          'src/app.ts': `${SERVER}const makeApi = (base: string) => ({ get: async (path: string, tell: any) => tell(await fetch(base + path)) });\nconst api = makeApi('https://x.test');\napi.get('/health/agent-cache', (answer) => console.log(answer));\n`,
        },
      ],
      [
        'not what a client asks for that a promise gives',
        {
          'src/app.ts': `${SERVER}class Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\nconst connect = async () => new Backend();\nconnect().then((router) => router.get('/health/agent-cache', (answer) => console.log(answer)));\n`,
        },
      ],
      [
        'not what an awaited client of another file asks for',
        {
          'src/app.ts': `${SERVER}import { connect } from './backend.ts';\nconst router = await connect();\nrouter.get('/health/agent-cache', (answer) => console.log(answer));\n`,
          'src/backend.ts': `class Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\nexport const connect = async () => {\n  const made = new Backend();\n  return made;\n};\n`,
        },
      ],
      [
        'not what a client asks for of a function that takes it from elsewhere',
        {
          'src/app.ts': `${SERVER}import { connect } from './connect.ts';\nconst router = connect();\nrouter.get('/health/agent-cache', (answer) => console.log(answer));\n`,
          'src/connect.ts': `import { Backend } from './backend.ts';\nexport function connect() { return new Backend(); }\n`,
          'src/backend.ts': `export class Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\n`,
        },
      ],
      [
        'not what a function asks for that an object has as its verb',
        {
          'src/app.ts': `${SERVER}const send = (path: string, tell: any) => fetch(path).then(tell);\nconst router = { get: send };\nrouter.get('/health/agent-cache', (answer) => console.log(answer));\n`,
        },
      ],
      [
        'not what an imported object asks for',
        {
          'src/app.ts': `${SERVER}import { router } from './client.ts';\nrouter.get('/health/agent-cache', (answer) => console.log(answer));\n`,
          'src/client.ts': `export const router = { get: async (path: string, tell: any) => tell(await fetch(path)) };\n`,
        },
      ],
      [
        'not what a private field asks for',
        {
          'src/app.ts': `${SERVER}class Backend { get(path: string, tell: any) { return fetch(path).then(tell); } }\nclass Probe { #router = new Backend(); look() { this.#router.get('/health/agent-cache', (answer) => console.log(answer)); } }\nnew Probe().look();\n`,
        },
      ],
      [
        'not what is looked up in a store',
        {
          'src/app.ts': `${SERVER}class Store { all = new Map(); get(key: string) { return this.all.get(key); } }\nconst router = new Store();\nrouter.get('/health/agent-cache', fallback);\n`,
        },
      ],
      [
        'not what is looked up in an object of functions',
        {
          'src/app.ts': `${SERVER}import { routes } from './store.ts';\nroutes.get('/health/agent-cache', fallback);\n`,
          'src/store.ts': `const all: any = {};\nexport const routes = { get: (key: string) => all[key] };\n`,
        },
      ],
      [
        'not one of a file that nobody loads',
        {
          'src/app.ts': SERVER,
          'src/dead.ts': `import { Router } from 'express';\nexport const router = Router();\nrouter.get('/health/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'not one of a router that nobody mounts',
        {
          'src/app.ts': `${SERVER}import { router } from './health.ts';\nconsole.log(router);\n`,
          'src/health.ts': `import { Router } from 'express';\nexport const router = Router();\nrouter.get('/health/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'not one of a function that nobody gives the app',
        {
          'src/app.ts': `import { routes } from './routes.ts';\n${SERVER}export { routes };\n`,
          'src/routes.ts': `export function routes(app: any) { app.get('/health/agent-cache', ${HANDLER}); }\n`,
        },
      ],
      [
        'not one of a function of CommonJS that nobody calls',
        {
          'src/app.cjs':
            "const app = require('express')();\nconst { routes } = require('./routes.cjs');\napp.listen(1);\n",
          'src/routes.cjs': `function routes(app) { app.get('/health/agent-cache', ${HANDLER}); }\nmodule.exports = { routes };\n`,
        },
      ],
      [
        'not one of a function of the same file that nobody calls',
        {
          'src/app.ts': `${SERVER}function routes(app: any) { app.get('/health/agent-cache', ${HANDLER}); }\n`,
        },
      ],
      [
        'not one that a loop mounts elsewhere',
        {
          'src/app.ts': `import health from './health.ts';\n${SERVER}for (const [path, router] of Object.entries({ '/status': health })) app.use(path, router);\n`,
          'src/health.ts': `import { Router } from 'express';\nexport default Router().get('/agent-cache', ${HANDLER});\n`,
        },
      ],
      [
        'not one that is mounted elsewhere',
        {
          'src/app.cjs': "const app = require('express')();\napp.use('/status', require('./health.cjs'));\n",
          'src/health.cjs': `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = router;\n`,
        },
      ],
    ]),
  )('%s', async (_name, files) => {
    expect(await hasRoute(files, 'GET /health/agent-cache')).toEqual([false]);
  });
});

describe('metrics are found in the code', () => {
  test.each([
    ['an instrument', "new Counter({ name: 'hits_total', help: 'x' });"],
    ['a namespace', "new client.Gauge({ help: 'x', name: 'hits_total' });"],
    ['a constant', "const NAME = 'hits_total';\nnew Counter({ name: NAME });"],
    ['a prefix', "const PREFIX = 'hits';\nnew Counter({ name: `$" + '{PREFIX}_total` });'],
    ['a helper that takes the help', "instrument({ name: 'hits_total', help: 'x' });"],
    ['a meter', "meter.createCounter('hits_total');"],
    [
      'an object of names',
      "const names = { hits: 'hits_total' };\nnew Counter({ name: names.hits, help: 'x' });",
    ],
  ])('%s', async (_name, source) => {
    expect(await verdicts({ 'src/m.ts': source }, ['metric hits_total', 'metric hits'])).toEqual([
      'passed',
      'failed',
    ]);
  });

  test.each([
    ['a comment', "// new Counter({ name: 'hits_total' })\nnew Counter({ name: 'other' });"],
    ['any name', "publish({ name: 'hits_total' });\nnew Counter({ name: 'other' });"],
    ['a log line', "logger.info('hits_total');\nnew Counter({ name: 'other' });"],
  ])('not %s', async (_name, source) => {
    expect(await verdicts({ 'src/m.ts': source }, ['metric hits_total'])).toEqual(['failed']);
  });
});

test('a counter of a file that no service loads counts nothing', async () => {
  const app = "import express from 'express';\nimport './used.ts';\nexpress().listen(1);\n";
  const counter = (name: string) => `new Counter({ name: '${name}', help: 'x' });\n`;
  const files = {
    'src/app.ts': app,
    'src/used.ts': counter('used_total'),
    'src/dead.ts': counter('dead_total'),
  };
  expect(await verdicts(files, ['metric used_total', 'metric dead_total'])).toEqual(['passed', 'failed']);
});

test('a counter that a function makes counts where somebody uses the function', async () => {
  const make = (name: string) =>
    `export const ${name} = () => new Counter({ name: '${name}_total', help: 'x' });\n`;
  const files = {
    'src/app.ts':
      "import express from 'express';\nimport { used, unused } from './counters.ts';\nused();\nexpress().listen(1);\n",
    'src/counters.ts': `import { Counter } from 'prom-client';\n${make('used')}${make('unused')}${make('own')}own();\n`,
  };
  const metrics = ['metric used_total', 'metric own_total', 'metric unused_total'];
  expect(await verdicts(files, metrics)).toEqual(['passed', 'passed', 'failed']);
});

describe('what makes an instrument counts one', () => {
  const SIGN = "('hits_total');\n";
  const OPTIONS = "({ name: 'hits_total', help: 'x' });\n";
  test.each<[string, Record<string, string>, string]>(
    someOf([
      [
        'the library',
        { 'src/m.ts': `import { Counter } from 'prom-client';\nnew Counter${OPTIONS}` },
        'passed',
      ],
      [
        'a package that has its name of it',
        { 'src/m.ts': `import { createCounter } from '@acme/observability';\ncreateCounter${SIGN}` },
        'passed',
      ],
      [
        'a function around the library',
        {
          'src/m.ts': `import client from 'prom-client';\nconst counterOf = (options: any) => new client.Counter(options);\ncounterOf${OPTIONS}`,
        },
        'passed',
      ],
      [
        'a class that extends one',
        {
          'src/m.ts': `import { Counter } from 'prom-client';\nclass HitCounter extends Counter {}\nnew HitCounter${OPTIONS}`,
        },
        'passed',
      ],
      [
        'a module around the library',
        {
          'src/m.ts': `import { counter } from './lib.ts';\ncounter${SIGN}`,
          'src/lib.ts':
            "import { Counter } from 'prom-client';\nexport const counter = (name: string) => new Counter({ name, help: name });\n",
        },
        'passed',
      ],
      [
        'a class of its own',
        { 'src/m.ts': `class Counter { n = 0; constructor(readonly o: any) {} }\nnew Counter${OPTIONS}` },
        'failed',
      ],
      [
        'a class of its own, beside the library',
        {
          'src/m.ts': `import { register } from 'prom-client';\nclass Counter { n = 0; constructor(readonly o: any) {} }\nnew Counter${OPTIONS}void register;\n`,
        },
        'failed',
      ],
      [
        'a function of its own',
        { 'src/m.ts': `const summary = (text: string) => text.length;\nsummary${SIGN}` },
        'failed',
      ],
      [
        'a class of another file',
        {
          'src/m.ts': `import { Counter } from './counter.ts';\nnew Counter${OPTIONS}`,
          'src/counter.ts': 'export class Counter { constructor(readonly o: any) {} }\n',
        },
        'failed',
      ],
      ['a component', { 'src/m.ts': `import { Counter } from '@acme/ui';\nnew Counter${OPTIONS}` }, 'failed'],
      ['a description', { 'src/m.ts': "tool({ name: 'hits_total', description: 'x' });\n" }, 'failed'],
    ]),
  )('%s', async (_name, files, verdict) => {
    expect(await verdicts(files, ['metric hits_total'])).toEqual([verdict]);
  });
});

describe('an application that nobody serves answers nothing', () => {
  const app = (name: string) =>
    `import express from 'express';\nexport const ${name} = express();\n${name}.get('/health/agent-cache', ${HANDLER});\n`;
  const SERVED = "import express from 'express';\nexpress().listen(1);\n";
  test.each<[string, Record<string, string>, boolean]>([
    ['beside one that listens', { 'src/server.ts': SERVED, 'src/old-app.ts': app('old') }, false],
    [
      'beside one that a platform serves',
      {
        'src/main.ts':
          "import serverless from 'serverless-http';\nimport express from 'express';\nexport const handler = serverless(express());\n",
        'src/old-app.ts': app('old'),
      },
      false,
    ],
    [
      'but one that is imported by what listens',
      { 'src/server.ts': "import { app } from './app.ts';\napp.listen(1);\n", 'src/app.ts': app('app') },
      true,
    ],
    [
      'but one that a script without an extension serves',
      {
        'bin/www': "#!/usr/bin/env node\nrequire('../src/app').listen(1);\n",
        'package.json': '{ "scripts": { "start": "node ./bin/www" } }\n',
        'src/app.ts': app('app'),
        'scripts/mock.ts': SERVED,
      },
      true,
    ],
    [
      'but one that a platform loads by its name',
      { 'scripts/mock.ts': SERVED, 'api/index.ts': app('app') },
      true,
    ],
    ['but the only one', { 'src/app.ts': app('app') }, true],
  ])('%s', async (_name, files, there) => {
    expect(await hasRoute(files, 'GET /health/agent-cache')).toEqual([there]);
  });
});

test('scripts are found in package.json', async () => {
  expect(await verdicts({}, ['script bench', 'script gone'])).toEqual(['passed', 'failed']);
  expect(await verdicts({ 'package.json': '{' }, ['script bench'])).toEqual(['failed']);
});

test('an unknown check and one that belongs to no task fail, and say what is known', async () => {
  const guide = '- [ ] it <!-- check: planet mars -->\n\nText\n\n<!-- check: manual -->\n';
  const { ok, checks, findings } = await report(new Tree({ ...GROUND, 'MIGRATION.md': guide }));
  expect(ok).toBe(false);
  expect(checks[0]?.findings).toMatchObject([
    {
      rule: 'unknown-check',
      line: 1,
      message: 'unknown check "planet mars"',
      hint: expect.stringContaining('route METHOD'),
    },
  ]);
  expect(findings).toMatchObject([{ rule: 'unknown-check', line: 5 }]);
});

test('a tick on a check that fails is named', async () => {
  const guide = '- [x] it <!-- check: script gone -->\n- [ ] there <!-- check: script bench -->\n';
  const { checks, notes } = await report(new Tree({ ...GROUND, 'MIGRATION.md': guide }));
  expect(checks[0]?.findings[0]?.message).toBe('no script gone in package.json, although it is ticked');
  expect(notes.map(({ message }) => message)).toEqual(['script bench is there, but not ticked']);
});

test('manual items are shown, and count only when the run is strict', async () => {
  const guide = '- [ ] Deploy it <!-- check: manual -->\n- [x] Tried it <!-- check: manual -->\n';
  const tree = new Tree({ ...GROUND, 'MIGRATION.md': guide });
  const lax = await report(tree);
  expect(lax.ok).toBe(true);
  expect(lax.checks.map(({ verdict, text }) => [verdict, text])).toEqual([
    ['manual', 'Deploy it'],
    ['manual', 'Tried it'],
  ]);
  const strict = await report(tree, ['--strict']);
  expect(strict.ok).toBe(false);
  expect(strict.checks.map(({ ok }) => ok)).toEqual([false, true]);
  expect(strict.checks[0]?.findings).toMatchObject([{ rule: 'manual', line: 1 }]);
});

test('a file and a check may stand in one item', async () => {
  const guide = '- [x] `src/utils/agent-cache.ts` <!-- check: script gone -->\n';
  const { ok, items, checks } = await report(new Tree({ ...GROUND, 'MIGRATION.md': guide }));
  expect(ok).toBe(false);
  expect(items).toMatchObject([{ verdict: 'migrated', ok: true }]);
  expect(checks).toMatchObject([{ verdict: 'failed', ok: false }]);
});

describe('routes that are loaded by their folder', () => {
  const PLUGIN = `export default async function routes(fastify) { fastify.get('/agent-cache', async () => ({})); }\n`;
  const ROUTER = `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = router;\n`;
  const autoload = (given: string, from = '@fastify/autoload') => ({
    'src/app.ts': `import path from 'node:path';\nimport { fileURLToPath } from 'node:url';\nimport Fastify from 'fastify';\nimport autoload from '${from}';\nconst here = path.dirname(fileURLToPath(import.meta.url));\nconst app = Fastify();\napp.register(autoload, ${given});\napp.listen({ port: 1 });\n`,
  });
  const loop = (body: string) => ({
    'package.json': '{ "dependencies": { "express": "^5.0.0" } }\n',
    'src/app.js': `const express = require('express');\nconst fs = require('fs');\nconst path = require('path');\nconst app = express();\nconst dir = path.join(__dirname, 'routes');\n${body}\napp.listen(1);\n`,
    'src/routes/health.js': ROUTER,
  });

  test.each<[string, Record<string, string>, boolean]>(
    someOf([
      [
        'by @fastify/autoload',
        { ...autoload("{ dir: path.join(here, 'routes') }"), 'src/routes/health/index.ts': PLUGIN },
        true,
      ],
      [
        'by fastify-autoload, below a prefix',
        {
          ...autoload(
            "{ dir: path.join(import.meta.dirname, 'routes'), options: { prefix: '/health' } }",
            'fastify-autoload',
          ),
          'src/routes/all.ts': PLUGIN,
        },
        true,
      ],
      [
        'below a folder deep in it',
        { ...autoload(`{ dir: \`\${here}/routes\` }`), 'src/routes/v1/health.ts': PLUGIN },
        false,
      ],
      [
        'in a folder that is not loaded',
        { ...autoload("{ dir: path.join(here, 'plugins') }"), 'src/routes/health/index.ts': PLUGIN },
        false,
      ],
      [
        'beside an index',
        {
          ...autoload("{ dir: path.join(here, 'routes') }"),
          'src/routes/health/index.ts': 'export default async () => {};\n',
          'src/routes/health/more.ts': PLUGIN,
        },
        false,
      ],
      [
        'by a prefix of its own',
        {
          ...autoload("{ dir: path.join(here, 'routes') }"),
          'src/routes/health/index.ts': `${PLUGIN}export const autoPrefix = '/v2';\n`,
        },
        false,
      ],
      [
        'by a loop over the names of its files',
        loop("for (const name of fs.readdirSync(dir)) app.use('/health', require(path.join(dir, name)));"),
        true,
      ],
      [
        'by a loop that names each',
        loop(
          "fs.readdirSync(dir).forEach((name) => {\n  const router = require(path.join(dir, name));\n  app.use('/health', router);\n});",
        ),
        true,
      ],
      [
        'by a loop below another path',
        loop("for (const name of fs.readdirSync(dir)) app.use('/v1', require(path.join(dir, name)));"),
        false,
      ],
    ]),
  )('%s', async (_how, files, isThere) => {
    expect(await hasRoute(files, 'GET /health/agent-cache')).toEqual([isThere]);
  });

  test('of a folder that the source does not name, it is said', async () => {
    const files = { ...autoload('{ dir: process.env.ROUTES }'), 'src/routes/health/index.ts': PLUGIN };
    const guide = '- [ ] it <!-- check: route GET /health/agent-cache -->\n';
    const { checks } = await report(new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide }));
    expect(checks[0]?.findings[0]?.message).toContain('src/app.ts loads a folder that it does not name');
  });
});
