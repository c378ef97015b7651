import { onExpress4InCommonJs } from '../support/express-4.ts';
import type { Tree } from '../support/tree.ts';

const REQUIRE = "const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');\n";

/** A handler of a table that answers with the campaigns. */
const handler = (mark = '') => `async (req, res) => {
      const agent = new FacebookAdsAgent();${mark}
      res.json(await agent.getCampaigns());
    }`;

const CATCH_ASYNC = `module.exports = (fn) => (req, res, next) => {
  Promise.resolve(fn(req, res, next)).catch(next);
};
`;

const MAIN = `const { Router } = require('express');
const { register } = require('../lib/register');

const router = Router();
register(router);

module.exports = { router };
`;

/** Handlers of Express 4 in tables of routes that other files walk. */
export const express4TableTrees: readonly Tree[] = [
  {
    name: 'tables of routes that are registered wrapped elsewhere',
    flavour: 'cjs',
    root: onExpress4InCommonJs,
    files: {
      'lib/catch-async.js': CATCH_ASYNC,
      'tables/tools.js': `${REQUIRE}
module.exports = [
  { method: 'get', path: '/ping', handler: ${handler()} },
  { method: 'get', path: '/echo', handler: echo },
  {
    method: 'get',
    path: '/method',
    async handler(req, res) {
      res.json(await new FacebookAdsAgent().getCampaigns());
    },
  },
];

async function echo(req, res) {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaign('1'));
}
`,
      'tables/accounts.js': `${REQUIRE}
exports.accounts = [
  { path: '/accounts', handler: ${handler()} },
];
const rows = [
  ['/rows', ${handler()}],
];
module.exports.rows = rows;
`,
      'tables/index.js': `const tools = require('./tools');
const { accounts, rows } = require('./accounts');

module.exports = { tools, more: accounts, rows };
`,
      'lib/register.js': `const { tools, more, rows } = require('../tables');
const catchAsync = require('./catch-async');

const registerAll = (router, routes) => {
  routes.forEach((route) => {
    router.get(route.path, catchAsync(route.handler));
  });
};

exports.register = (router) => {
  for (const { method, path, handler } of tools) {
    router[method](path, catchAsync(handler));
  }
  const all = [...more];
  registerAll(router, all);
  rows.map(([path, answer]) => router.get(path, catchAsync(answer)));
};
`,
      'routes/main.js': MAIN,
    },
    requests: ['GET /ping', 'GET /echo', 'GET /method', 'GET /accounts', 'GET /rows'],
  },
  {
    name: 'tables of routes that somebody registers bare',
    flavour: 'cjs',
    root: onExpress4InCommonJs,
    failures: ['none'],
    files: {
      'lib/catch-async.js': CATCH_ASYNC,
      'tables/tools.js': `${REQUIRE}
exports.bare = [
  { path: '/bare', handler: ${handler(' // left: express-loses-error-registered')} },
];
exports.twice = [
  { path: '/twice', handler: ${handler(' // left: express-loses-error-registered')} },
];
exports.here = [
  { path: '/here', handler: ${handler(' // left: express-loses-error-registered')} },
];
exports.registerHere = (router) => {
  exports.here.forEach(({ path, handler }) => router.get(path, handler));
};
exports.picked = [
  { path: '/picked', handler: ${handler(' // left: express-loses-error-registered')} },
];
exports.computed = [
  { method: 'get', path: '/computed', handler: ${handler(' // left: express-loses-error-registered')} },
];
`,
      'lib/register.js': `const tables = require('../tables/tools');
const catchAsync = require('./catch-async');

exports.register = (router) => {
  tables.registerHere(router);
  for (const { path, handler } of tables.here) router.get(path + '/wrapped', catchAsync(handler));
  for (const { path, handler } of tables.bare) router.get(path, handler);
  tables.twice.forEach((each) => router.get(each.path, catchAsync(each.handler)));
  tables.twice.forEach((each) => router.get(each.path + '/again', each.handler));
  router.get('/picked', catchAsync(tables.picked[0].handler));
  router.get('/picked-bare', tables.picked[0]['handler']);
  for (const { method, path, handler } of tables.computed) router[method](path, handler);
};
`,
      'routes/main.js': MAIN,
    },
    requests: [
      'GET /here',
      'GET /here/wrapped',
      'GET /bare',
      'GET /twice',
      'GET /twice/again',
      'GET /picked',
      'GET /computed',
    ],
  },
];
