import { someOf } from '../support/depth.ts';
import { placeBeside } from './support/place-beside.ts';

/** Settings that a constructor reads, and how code sets them. */
const KEPT: Record<string, readonly [kept: string, set: (value: string) => string]> = {
  'an object': [`export const Conf = { token: '', port: 1 };`, (value) => `Conf.token = ${value}`],
  'an instance': [
    `class Settings { token = ''; port = 1; use(token) { this.token = token; } }
export const Conf = new Settings();`,
    (value) => `Conf.use(${value})`,
  ],
};

type Code = (set: (value: string) => string) => string;

/** What runs for requests, by whatever caller: frameworks, servers, packages, queues. */
const OF_REQUESTS: Record<string, Code> = {
  'a server of its own': (set) =>
    `createServer((req, res) => { ${set('req.headers.t')}; router(req, res); }).listen(0);`,
  'a listener for requests': (set) =>
    `server.prependListener('request', (req) => { ${set('req.headers.t')}; });`,
  'a guard of a framework': (set) =>
    `export class Guard { canActivate(context) { ${set('context.getArgs()[0].headers.t')}; return true; } }`,
  'an interceptor of a framework': (set) =>
    `export class Interceptor { intercept(context, next) { ${set('context.getArgs()[0].headers.t')}; return next.handle(); } }`,
  'a hook': (set) => `fastify.addHook('preHandler', async (request) => { ${set('request.headers.t')}; });`,
  'what reads a body': (set) =>
    `router.use(express.json({ verify: (req) => { ${set('req.headers.t')}; } }));`,
  'a word of a log': (set) => `morgan.token('user', (req) => { ${set('req.headers.t')}; return ''; });`,
  'what asks who may come': (set) =>
    `router.use(cors((req, done) => { ${set('req.headers.t')}; done(null, {}); }));`,
  'the key of a limit': (set) =>
    `router.use(rateLimit({ keyGenerator: (req) => { ${set('req.headers.t')}; return req.ip; } }));`,
  'the context of resolvers': (set) =>
    `export const server2 = new Server({ context: ({ req }) => { ${set('req.headers.t')}; return {}; } });`,
  'a resolver': (set) =>
    `export const resolvers = { Query: { me: (_parent, _args, context) => { ${set('context.token')}; } } };`,
  'what is done before a proxy': (set) =>
    `router.use(createProxyMiddleware({ onProxyReq: (_proxied, req) => { ${set('req.headers.t')}; } }));`,
  'a socket': (set) => `io.on('connection', (socket) => { ${set('socket.handshake.auth.t')}; });`,
  'a job': (set) => `queue.process(async (job) => { ${set('job.data.t')}; });`,
  'a function for some platform': (set) =>
    `export const handler = async (event) => { ${set('event.headers.t')}; return {}; };`,
  'a listener that middleware calls': (set) => `const bus = new EventEmitter();
bus.on('login', (user) => { ${set('user.t')}; });
router.use((req, res, next) => { bus.emit('login', req.query); next(); });`,
  'what other code keeps for requests': (set) => `const hooks = [];
const onRequest = (hook) => { hooks.push(hook); };
onRequest((req) => { ${set('req.query.t')}; });
router.use((req, res, next) => { for (const hook of hooks) hook(req); next(); });`,
  'what other code gives each request to': (set) =>
    `function onRequest(hook) { router.use((req, res, next) => { hook(req); next(); }); }
onRequest((req) => { ${set('req.query.t')}; });`,
  'a method that middleware asks': (set) =>
    `class Auth { async load(req, res) { ${set('req.query.t')}; } }
const auth = new Auth();
router.use(async (req, res, next) => { await auth.load(req, res); next(); });`,
  'the key of a limit, which is given the answer': (set) =>
    `router.use(rateLimit({ keyGenerator: (req, res) => { ${set('req.headers.t')}; return req.ip; } }));`,
  'a word of a log, by its name': (
    set,
  ) => `const user = (req, res) => { ${set('req.headers.t')}; return ''; };
morgan.token('user', user);`,
  'what hands the request on': (set) =>
    `export default (req, res) => { ${set('req.headers.t')}; return router(req, res); };`,
  'a wrapper that goes on': (set) =>
    `const before = (fn) => async (req, res, next) => { await fn(req, res); next(); };
router.use(before(async (req, res) => { ${set('req.query.t')}; }));`,
  'middleware with a list of what it is given': (set) =>
    `router.use((...given) => { const [req, , next] = given; ${set('req.query.t')}; next(); });`,
  'a guard, as a key of what it sets': (set) =>
    `export class Guard { canActivate(context) { ${set('({ [context.token]: 1 })')}; return true; } }`,
  'a guard that clears it before': (set) =>
    `export class Guard { canActivate(context) { ${set("''")}; ${set('context.token')}; return true; } }`,
  'one of several': (set) =>
    `export class Guard { canActivate(context) { for (const role of context.roles) ${set('role.token')}; return true; } }`,
  'what was thrown': (set) =>
    `export class Guard { canActivate(context) { try { context.check(); } catch (error) { ${set('error.token')}; } return true; } }`,
  'a function within': (set) =>
    `export class Guard { canActivate(context) { function take() { return context.token; } ${set('take()')}; return true; } }`,
  'what an instance of a request has': (set) =>
    `export class Guard { canActivate() { ${set('this.request.headers.t')}; return true; } }`,
  'what a request left in an object': (set) => `const last = { token: '' };
router.use((req, res, next) => { last.token = req.query.t; next(); });
export class Guard { canActivate() { ${set('last.token')}; return true; } }`,
  'what a context has': (set) =>
    `export class Guard { canActivate() { ${set('store.current().token')}; return true; } }`,
  'a timer of a guard': (set) =>
    `export class Guard { canActivate(context) { setImmediate(() => { ${set('context.token')}; }); return true; } }`,
  'the end of the turn': (set) => `function use(user) { process.nextTick(() => { ${set('user.token')}; }); }
router.use((req, res, next) => { use(req.query); next(); });`,
  'a listener of what listens': (set) =>
    `server.listen(0).on('request', (req) => { ${set('req.headers.t')}; });`,
  'an event that is listened to': (set) => `bus2.listen('login', (user) => { ${set('user.token')}; });`,
  'a stream': (set) => `login.pipe(map((user) => { ${set('user.token')}; return user; }));`,
  'a listener that a start calls too, by another name': (set) => `function put(token) { ${set('token')}; }
put('');
const other = put;
bus2.on('login', other);`,
  'a template': (set) => `const use = (_texts, token) => { ${set('token')}; };
router.use((req, res, next) => { use\`\${req.query.t}\`; next(); });`,
  'what a guard gets, by its name': (set) => `function put(token) { ${set('token')}; }
export class Guard { canActivate(context) { return store.userOf(context).then(put); } }`,
  'what a file of a request has': (set) =>
    `export class Guard { canActivate(context) { readFile(context.file, 'utf8', (_failure, text) => { ${set('text')}; }); return true; } }`,
  'an action of anything else': (set) => `store.action((user) => { ${set('user.token')}; });`,
  'a case of what comes': (set) =>
    `export class Guard { canActivate(context) { switch (true) { case context.isTrial: ${set("'trial'")}; } return true; } }`,
  'what follows a check': (set) =>
    `export class Guard { canActivate(context) { return (context.check(), (() => { ${set("'trial'")}; })()); } }`,
  'each role': (set) =>
    `export class Guard { canActivate(context) { context.roles?.forEach(() => { ${set("'trial'")}; }); return true; } }`,
  'a message of another process': (set) =>
    `fork('worker').on('message', (user) => { ${set('user.token')}; });`,
  'another instance of an instance': (set) =>
    `class Login { constructor(req) { ${set('req.query.t')}; } again(req) { return new this.constructor(req); } }
const first = new Login({ query: {} });
router.use((req, res, next) => { first.again(req); next(); });`,
  'a trap of a proxy': (set) =>
    `const seen = new Proxy({}, { set(_target, _key, value) { ${set('value')}; return true; } });
router.use((req, res, next) => { seen.token = req.query.t; next(); });`,
  'a constructor': (set) => `class Login { constructor(req) { ${set('req.query.t')}; } }
router.use((req, res, next) => { new Login(req); next(); });`,
  'a method that a constructor calls': (set) =>
    `class Login { constructor(req) { this.take(req); } take(req) { ${set('req.query.t')}; } }
router.use((req, res, next) => { req.login = new Login(req); next(); });`,
  'a constructor of a class above': (set) =>
    `class Above { constructor(req) { ${set('req.query.t')}; } }
class Login extends Above {}
router.use((req, res, next) => { new Login(req); next(); });`,
  'a field': (set) => `let last;
class Login { x = [(() => { ${set('last')}; })()]; }
router.use((req, res, next) => { last = req.query.t; new Login(); next(); });`,
  'a constructor that others may call': (set) =>
    `export class Login { constructor(req) { ${set('req.query.t')}; } }
store.register(Login);`,
  'one who fails for others': (set) => `function check(context) { if (!context.trial) throw new Error('no'); }
export class Guard { canActivate(context) { check(context); ${set("'trial'")}; return true; } }`,
  'a constructor that fails for others': (set) =>
    `class Check { constructor(context) { if (!context.trial) throw new Error('no'); } }
export class Guard { canActivate(context) { new Check(context); ${set("'trial'")}; return true; } }`,
  'what is done after a failure': (set) =>
    `export class Guard { canActivate(context) { try { context.check(); } catch { ${set("'trial'")}; } return true; } }`,
  'one who returns in a block': (set) =>
    `export class Guard { canActivate(context) { try { context.check(); } catch { return false; } ${set("'trial'")}; return true; } }`,
  'each of some': (set) =>
    `export class Guard { canActivate(context) { while (context.next()) { ${set("'trial'")}; } return true; } }`,
  'a test of what comes': (set) =>
    `export class Guard { canActivate(context) { if (context.isTrial) { ${set("'trial'")}; } return true; } }`,
};

/** What runs at start, by itself, or for one who changes settings. */
const OF_ALL: Record<string, Code> = {
  'a start': (set) => `async function start() { ${set('await secrets()')}; }
start();`,
  'a start that others call': (set) => `async function load() { ${set('await secrets()')}; }
async function start() { await load(); }
start().catch(() => process.exit(1));`,
  'what a start waits for': (set) => `secrets().then((token) => { ${set('token')}; });`,
  'the end of a start': (set) => `server.listen(0, () => { ${set('server.address()')}; });`,
  'an interval': (set) => `setInterval(() => { ${set('rotating()')}; }, 1000);`,
  'an interval, by its name': (set) => `async function load() { ${set('await secrets()')}; }
setInterval(load, 1000);`,
  'one that tries again': (set) =>
    `async function load() { try { ${set('await secrets()')}; } catch { setTimeout(load, 1000); } }
load();`,
  'a schedule': (set) => `cron.schedule('* * * * *', async () => { ${set('await secrets()')}; });`,
  'a watch': (set) => `chokidar.watch('settings').on('change', () => { ${set('rotating()')}; });`,
  'a signal': (set) => `process.on('SIGHUP', () => { ${set('rotating()')}; });`,
  'a module that begins': (set) =>
    `export class Module { async onModuleInit() { ${set('await secrets()')}; } }`,
  'what only calls it': (set) => `const run = (work) => { work('x'); };
run((token) => { ${set('token')}; });`,
  'a route of settings': (set) =>
    `router.put('/settings', async (req, res) => { ${set('req.body.t')}; res.json({}); });`,
  'a controller of settings': (set) =>
    `export class Settings2 { async update(req, res) { ${set('req.body.t')}; res.json({}); } }`,
  'what a start gets, by its name': (set) => `function put(token) { ${set('token')}; }
secrets().then(put).catch(console.error);`,
  'what a file has': (set) => `readFile('token', 'utf8', (_failure, text) => { ${set('text')}; });`,
  'a command': (set) => `new Command().command('serve').action((given) => { ${set('given.token')}; });`,
  'a command of an object': (set) =>
    `yargs(process.argv).command({ command: 'serve', handler: (given) => { ${set('given.token')}; } });`,
  'what is ready': (set) => `store.once('ready', () => { ${set('store.token')}; });`,
  'a constructor of a start': (set) => `class Boot { constructor(given) { ${set('given.token')}; } }
new Boot(settings);`,
  'a constructor of a framework': (set) => `@Injectable()
export class Loader { constructor(secrets) { ${set('secrets.token')}; } }
export const list = [Loader];`,
  'a guard, whatever comes': (set) =>
    `export class Guard { canActivate(context) { console.log(context.url); ${set('process.env.T')}; return true; } }`,
  'a start that is given the application': (set) =>
    `export function start(app) { ${set("'x'")}; app.listen(0); }`,
};

const VARIABLE = `let kept = '';
export const Conf = { port: 1, get token() { return kept; }, use(token) { kept = token; } };`;
const use = (value: string) => `Conf.use(${value})`;

const IMPORTS = `import { createServer } from 'node:http';
import { EventEmitter } from 'node:events';
import express from 'express';
import { bus2, cors, createProxyMiddleware, fastify, io, login, map, morgan, queue, rateLimit, secrets, rotating, server, Server, store } from 'some-kit';
import { fork } from 'node:child_process';
import { readFile } from 'node:fs';
import { Command } from 'commander';
import yargs from 'yargs';
import cron from 'node-cron';
import chokidar from 'chokidar';
import { Conf } from './conf.js';`;

/** What becomes of a place whose agent reads settings, beside code that sets these. */
function placeOf(kept: string, code: string, more: Record<string, string> = {}): Promise<string> {
  const agent = `import { Conf } from '../conf.js';
export class FacebookAdsAgent {
  #token;
  constructor() { this.#token = Conf.token; }
  async list() { return fetch('http://127.0.0.1:9/', { body: this.#token }); }
}
`;
  const files = { 'src/conf.ts': kept, 'src/agents/facebook-ads-agent.ts': agent };
  return placeBeside({ ...files, ...more }, code, { imports: IMPORTS });
}

describe.each(Object.keys(KEPT))('%s that a constructor reads', (form) => {
  const [kept = '', set = String] = KEPT[form] ?? [];

  test.each(someOf(Object.keys(OF_REQUESTS)))('may be of a request that sets it by %s', async (way) => {
    expect(await placeOf(kept, OF_REQUESTS[way]?.(set) ?? '')).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(OF_ALL)))('is the same for all where it is set by %s', async (way) => {
    expect(await placeOf(kept, OF_ALL[way]?.(set) ?? '')).toBe('migrated');
  });
});

test('a function that nobody calls sets nothing, where its module is loaded and no platform may call it', async () => {
  const code = `export const unused = (token) => { ${use('token')}; };`;
  expect(await placeOf(VARIABLE, code, { 'src/main.ts': "import './code.js';\n" })).toBe('migrated');
  expect(await placeOf(VARIABLE, code)).toBe('constructor-reads-request');
});

test.each([
  ['src/set-token.ts', 'export function setToken(token) { Conf.token = token; }'],
  ['src/migrations/1.ts', 'export async function up(db) { Conf.token = await db.first(); }'],
  ['src/seeders/users.ts', 'export default class Users { async run(db) { Conf.token = await db.first(); } }'],
  [
    'src/commands/run.ts',
    `export const command = 'run'; export const handler = (given) => { Conf.token = given.token; };`,
  ],
])('who is at the machine sets it for all: %s', async (file, code) => {
  const kept = `export const Conf = { token: '' };`;
  const imported = `import { Conf } from '${file.split('/').length > 2 ? '../' : './'}conf.js';\n`;
  expect(await placeOf(kept, '', { [file]: imported + code })).toBe('migrated');
  const other = `${imported}${code.replaceAll(/setToken|\bup\b|\brun\b|command\b/g, 'load')}`;
  expect(await placeOf(kept, '', { 'src/load/it.ts': other.replace("'./", "'../") })).toBe(
    'constructor-reads-request',
  );
});

test.each([
  'async function boot() { app.locals.conf = Conf; }',
  'function boot() { app.set("conf", Conf); }',
])('nothing tells who sets what others may get: %s', async (boot) => {
  const code = `const app = express();
${boot}
boot();
app.use((req, res, next) => { req.app.locals.conf.token = req.query.t; next(); });`;
  expect(await placeOf(`export const Conf = { token: '' };`, code)).toBe('constructor-reads-request');
});

describe('a variable that a constructor reads', () => {
  const BY_HANDLERS = ['a route of settings', 'a controller of settings'];
  const isOfAll = (way: string) => !BY_HANDLERS.includes(way);

  test.each(someOf(Object.keys(OF_REQUESTS)))('may be of a request that sets it by %s', async (way) => {
    expect(await placeOf(VARIABLE, OF_REQUESTS[way]?.(use) ?? '')).toBe('constructor-reads-request');
  });

  test.each(BY_HANDLERS)('may be of a request that sets it by %s', async (way) => {
    expect(await placeOf(VARIABLE, OF_ALL[way]?.(use) ?? '')).toBe('constructor-reads-request');
  });

  test.each(someOf(Object.keys(OF_ALL).filter(isOfAll)))(
    'is the same for all where it is set by %s',
    async (way) => {
      expect(await placeOf(VARIABLE, OF_ALL[way]?.(use) ?? '')).toBe('migrated');
    },
  );
});
