/**
 * Express 5 that ignores what a handler gives back, as Express 4 does: the error of an async handler is lost, and its
 * request is never answered.
 */
const EXPRESS_4 = `const { createRequire } = require('node:module');
const express = createRequire(__dirname + '/../../../../../package.json')('express');
const ignoring = (handler) =>
  handler.length === 4
    ? (error, req, res, next) => void handler(error, req, res, next)
    : (req, res, next) => void handler(req, res, next);
const wrapped = (router) => {
  for (const method of ['get', 'post', 'use']) {
    const add = router[method].bind(router);
    router[method] = (...args) => add(...args.map((arg) => (typeof arg === 'function' && !arg.handle ? ignoring(arg) : arg)));
  }
  return router;
};
module.exports = Object.assign(() => wrapped(express()), express, { Router: () => wrapped(express.Router()) });
`;

/** The files that put a tree on Express 4. */
export const onExpress4 = {
  'package.json': '{ "type": "module", "dependencies": { "express": "^4.21.0" } }\n',
  'node_modules/express/package.json': '{ "name": "express", "version": "4.21.2", "main": "index.js" }\n',
  'node_modules/express/index.js': EXPRESS_4,
};

/** The files that put a CommonJS tree on Express 4. */
export const onExpress4InCommonJs = {
  ...onExpress4,
  'package.json': '{ "dependencies": { "express": "^4.21.0" } }\n',
};
