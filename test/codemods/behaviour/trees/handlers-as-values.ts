import { onExpress4 } from '../support/express-4.ts';
import type { Tree } from '../support/tree.ts';

/** Handlers that set an agent on the request, with the ids of the reasons why each is left. */
const attaching = (n: number, left: readonly string[] = []) =>
  Array.from(
    { length: n },
    (_, index) => `export function attach${index + 1}(req, res, next) {
  req.client = new FacebookAdsAgent();${left[index] === undefined ? '' : ` // left: ${left[index]}`}
  next();
}
`,
  ).join('\n');

const CALLED = 'called-without-waiting';
const HELD = 'holder-may-not-wait';
const LEFT = [CALLED, CALLED, CALLED, CALLED, CALLED, 'receiver-misses-failure', HELD, HELD, CALLED];
const AGENT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';\n";
const ANSWER = 'const answer = async (req, res) => res.json(await req.client.getCampaigns());\n';

/** What becomes of handlers that stand in lists, are given to functions, and are kept. */
export const handlerValueTrees: readonly Tree[] = [
  {
    name: 'handlers in lists and helpers that end at a router, or wait',
    flavour: 'esm',
    files: {
      'lib/attach.js': `${AGENT}
${attaching(16)}
export class Middleware {
  attach(req, _res, next) {
    req.client = new FacebookAdsAgent();
    next();
  }
}

export const make = () => (req, _res, next) => {
  req.client = new FacebookAdsAgent();
  next();
};
`,
      'lib/index.js': "export * from './attach%ext';\nexport { attach14 as renamed } from './attach%ext';\n",
      'lib/stacks.js': `import { attach1 } from './attach%ext';

export const secured = [attach1];
export default { open: [] };
`,
      'lib/routers.js': "import { Router } from 'express';\n\nexport const admin = Router();\n",
      'routes/main.js': `import { Router } from 'express';
import * as lib from '../lib/index%ext';
import { attach2, attach3, attach4, attach5, attach6 } from '../lib/attach%ext';
import { attach7, attach8, attach9, attach10, attach11, attach12, Middleware } from '../lib/attach%ext';
import { attach15, attach16 } from '../lib/attach%ext';
import { admin } from '../lib/routers%ext';
import stacks, { secured } from '../lib/stacks%ext';

export const router = Router();
${ANSWER}
router.get('/secured', secured, ...stacks.open, answer);

const stack = [attach2, lib.attach13];
router.get('/stack', ...stack.filter(Boolean), answer);

const pushed = [];
if (stack.length > 0) pushed.push(attach3);
router.get('/pushed', pushed, answer);

const each = Router();
[attach4].forEach((middleware) => each.use(middleware));
for (const middleware of [attach5, lib.make()]) each.use(middleware);
router.use('/each', each.get('/', answer));

const mount = (path, handler) => router.get(path, handler, answer);
mount('/mounted', attach6);
function register(path, ...handlers) {
  router.get(path, ...handlers, answer);
}
register('/registered', attach7);

const hooks = [attach8];
router.get('/awaited', async (req, res, next) => {
  for (const hook of hooks) await hook(req, res, () => undefined);
  next();
}, answer);

const gathered = [attach9];
router.get('/gathered', async (req, res, next) => {
  await Promise.all(gathered.map((hook) => hook(req, res, () => undefined)));
  next();
}, answer);

const chained = [attach10];
router.get('/chained', async (req, res, next) => {
  await chained.reduce((before, hook) => before.then(() => hook(req, res, () => undefined)), Promise.resolve());
  next();
}, answer);

class App {
  #router = Router();
  use(middleware) {
    this.#router.use(middleware);
    return this.#router;
  }
}
router.use('/own', new App().use(attach11).get('/', answer));

admin.get('/admin', attach12, answer);
router.use(admin);

const middleware = new Middleware();
router.get('/bound', [middleware.attach.bind(middleware)], answer);
router.get('/renamed', lib.renamed, answer);

const byPath = { '/entry': attach15 };
for (const [path, attach] of Object.entries(byPath)) router.get(path, attach, answer);
const byName = { named: attach16 };
for (const name of Object.keys(byName)) router.get(\`/\${name}\`, byName[name], answer);
`,
    },
  },
  {
    name: 'handlers in lists and helpers that go on without waiting',
    flavour: 'esm',
    untouched: ['lib/attach.js', 'routes/main.js'],
    failures: ['none', 'connect'],
    files: {
      'lib/attach.js': `${AGENT}
${attaching(9, LEFT)}
export class Middleware {
  attach(req, _res) {
    req.client = new FacebookAdsAgent(); // left: called-without-waiting
  }
}

export const make = () => (req, _res) => {
  req.client = new FacebookAdsAgent(); // left: called-without-waiting
};

export async function late(req, _res) {
  req.client = new FacebookAdsAgent(); // left: attached-not-awaited
}
`,
      'lib/one.js': `${AGENT}
export const whole = (req, _res) => {
  req.client = new FacebookAdsAgent(); // left: called-without-waiting
};
`,
      'lib/compose.js': `export const compose = (...fns) => (req, res, next) => {
  for (const fn of fns) fn(req, res, () => {});
  next();
};
export const before = (hook) => (req, res, next) => {
  hook(req, res, () => {});
  next();
};
const hooks = [];
export const register = (hook) => hooks.push(hook);
export const runAll = (...args) => hooks.forEach((hook) => hook(...args));
`,
      'routes/main.js': `import { EventEmitter } from 'node:events';
import { Router } from 'express';
import { attach1, attach2, attach3, attach4, attach5, attach6, attach7 } from '../lib/attach%ext';
import { attach8, attach9, late, make, Middleware } from '../lib/attach%ext';
import { before, compose, register, runAll } from '../lib/compose%ext';
import * as all from '../lib/one%ext';

export const router = Router();
${ANSWER}const run = (hooks) => (req, res, next) => {
  for (const hook of hooks) hook(req, res, () => undefined);
  next();
};

const listed = [attach1];
router.get('/listed', (req, res, next) => {
  listed.forEach((hook) => hook(req, res, () => undefined));
  next();
}, answer);
router.get('/given', run([attach2]), answer);
router.get('/composed', compose(attach3), answer);
router.get('/before', before(attach4), answer);
router.get('/late', before(late), answer);

register(attach5);
router.get('/plugins', (req, res, next) => {
  runAll(req, res, () => undefined);
  next();
}, answer);

const events = new EventEmitter();
events.on('request', attach6);
router.get('/events', (req, res, next) => {
  events.emit('request', req, res, () => undefined);
  next();
}, answer);

const kept = new Map([['hook', attach7]]);
router.get('/kept', (req, res, next) => {
  kept.get('hook')(req, res, () => undefined);
  next();
}, answer);

const pair = [attach8, attach8];
router.get('/indexed', (req, res, next) => {
  for (let index = 0; index < pair.length; index++) pair[index](req, res, () => undefined);
  next();
}, answer);

router.get('/called', (req, res, next) => {
  attach9.call(null, req, res, () => undefined);
  next();
}, answer);

const middleware = new Middleware();
const bound = [middleware.attach.bind(middleware), make()];
router.get('/bound', (req, res, next) => {
  bound.map((hook) => hook(req, res));
  next();
}, answer);

router.get('/whole', (req, res, next) => {
  Object.values(all).forEach((hook) => hook(req, res));
  next();
}, answer);
`,
    },
  },
  {
    name: 'handlers of CommonJS that barrels and folders give to what goes on without waiting',
    flavour: 'cjs',
    failures: ['none', 'connect'],
    files: {
      ...Object.fromEntries(
        ['called', 'valued', 'listed', 'keyed', 'spread', 'found/hook'].map((name) => [
          `lib/${name}.js`,
          `const { FacebookAdsAgent } = require('${name.includes('/') ? '../' : ''}../agents/facebook-ads-agent');

function attach(req, _res) {
  req.client = new FacebookAdsAgent(); // left: ${name.includes('/') ? 'registration-unseen' : CALLED}
}

module.exports = ${name.includes('/') ? 'attach' : '{ attach }'};
`,
        ]),
      ),
      'lib/index.js': `module.exports = { ...require('./called'), valued: { attach: require('./valued').attach } };
module.exports.listed = [require('./listed').attach];
`,
      'lib/keys.js': "module.exports = { first: require('./keyed').attach };\n",
      'routes/main.js': `const fs = require('node:fs');
const path = require('node:path');
const { Router } = require('express');
const lib = require('../lib');
const keys = require('../lib/keys');
const copied = { ...require('../lib/spread') };

const router = Router();
const answer = async (req, res) => res.json(await req.client.getCampaigns());
const folder = path.join(__dirname, '../lib/found');
const found = fs.readdirSync(folder).map((file) => require(path.join(folder, file)));

router.get('/called', (req, res, next) => { lib.attach.call(null, req, res); next(); }, answer);
router.get('/valued', (req, res, next) => { Object.values(lib.valued).map((hook) => hook(req, res)); next(); }, answer);
router.get('/listed', (req, res, next) => { for (const hook of lib.listed) hook(req, res); next(); }, answer);
router.get('/keyed', (req, res, next) => { for (const key in keys) keys[key](req, res); next(); }, answer);
router.get('/spread', (req, res, next) => { for (const hook of Object.values(copied)) hook(req, res); next(); }, answer);
router.get('/found', (req, res, next) => { for (const hook of found) hook(req, res); next(); }, answer);

module.exports = { router };
`,
    },
  },
  {
    name: 'handlers of Express 4 in lists',
    flavour: 'esm',
    root: onExpress4,
    failures: ['none', 'connect'],
    files: {
      'lib/registered.js': `${AGENT}
${attaching(2)}`,
      'lib/dropped.js': `${AGENT}
${attaching(3, [CALLED, CALLED, CALLED])}`,
      'routes/main.js': `import express from 'express';
import * as registered from '../lib/registered%ext';
import * as dropped from '../lib/dropped%ext';

export const router = express.Router();
const answer = (req, res, next) => req.client.getCampaigns().then((all) => res.json(all)).catch(next);
const before = (hook) => (req, res, next) => {
  hook(req, res, () => undefined);
  next();
};

for (const attach of [registered.attach1]) router.use('/each', attach);
router.get('/each', answer);
const mount = (path, ...handlers) => router.get(path, ...handlers, answer);
mount('/mounted', registered.attach2);

const hooks = [dropped.attach1];
router.get('/hooks', (req, res, next) => {
  for (const hook of hooks) hook(req, res, () => undefined);
  next();
}, answer);
router.get('/before', before(dropped.attach2), answer);
const { attach3: renamed } = dropped;
router.get('/renamed', (req, res, next) => {
  renamed(req, res, () => undefined);
  next();
}, answer);
`,
    },
  },
];
