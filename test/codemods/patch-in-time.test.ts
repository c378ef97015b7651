import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { expressMajorOf } from '../../codemods/agent-cache/files/express-version.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const PATCH = "require('express-async-errors');";
const APP = "const express = require('express');\nconst app = express();";
const ROUTES = "app.use(require('./routes'));";
const lines = (...all: string[]) => `${all.join('\n')}\n`;

/** What starts of a service load, in an order in which its routes are made by routers that wait for handlers. */
const IN_TIME: Record<string, Record<string, string>> = {
  'before Express': { 'app.js': lines(PATCH, APP, ROUTES) },
  'behind Express': { 'app.js': lines(APP, PATCH, ROUTES) },
  'behind what makes no routes': {
    'app.js': lines("require('./config');", "app.set('x', 1);", PATCH, APP, ROUTES),
    'config.js': lines('exports.port = 1;'),
  },
  'behind packages': {
    'app.js': lines("require('node:path');", "require('dotenv').config();", PATCH, APP, ROUTES),
  },
  'before what an alias leads to': {
    'app.mjs': lines(
      "import 'express-async-errors';",
      "import router from '@/routes.js';",
      "import express from 'express';",
    ),
  },
  'by the file that loads the app': {
    'index.js': lines("require('./patch');", "require('./app');"),
    'patch.js': lines(PATCH),
    'app.js': lines(APP, ROUTES),
  },
  'by an import, wherever that stands': {
    'app.mjs': lines("import './routes.js';", APP, 'await import("./other.js");'),
    'index.mjs': lines("import 'express-async-errors';", 'import("./app.mjs");'),
  },
  'beside a server of its own': {
    'app.js': lines(PATCH, APP, ROUTES),
    'worker.js': lines(APP, "app.get('/livez', (_req, res) => res.end());", 'app.listen(1);'),
  },
};

/** The same in an order in which routers do not. */
const TOO_LATE: Record<string, Record<string, string>> = {
  'behind the routes': { 'app.js': lines(APP, ROUTES, PATCH) },
  'behind what loads the routes': {
    'app.js': lines("require('./api');", PATCH),
    'api.js': lines(APP, ROUTES),
  },
  'by a file behind the routes': {
    'app.js': lines(APP, ROUTES, "require('./patch');"),
    'patch.js': lines(PATCH),
  },
  'by an import behind the routes': {
    'app.mjs': lines(
      "import express from 'express';",
      "import './routes.js';",
      "import 'express-async-errors';",
    ),
  },
  'by a load that nobody waits for': { 'app.js': lines("import('express-async-errors');", APP, ROUTES) },
  'by one of two starts': {
    'app.js': lines(PATCH, APP, ROUTES),
    'worker.js': lines(APP, ROUTES),
  },
  'behind what an alias leads to': {
    'app.mjs': lines(
      "import router from '@/routes.js';",
      "import 'express-async-errors';",
      "import express from 'express';",
    ),
  },
  'behind routes of the same file': {
    'app.js': lines(APP, "app.get('/', require('./routes').list);", PATCH),
  },
};

function majorOfRoutes(files: Record<string, string>): number | undefined {
  const tree = temporaryTree({
    'package.json':
      '{ "dependencies": { "express": "^4.18.0", "dotenv": "^16.0.0", "express-async-errors": "^3.1.1" } }',
    'src/routes.js': lines("const { Router } = require('express');", 'module.exports = Router();'),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`src/${name}`, text])),
  });
  try {
    return expressMajorOf(path.posix.join(tree.root, 'src/routes.js'));
  } finally {
    tree.remove();
  }
}

describe('a patch of Express 4', () => {
  test.each(someOf(Object.keys(IN_TIME)))('makes routers wait for handlers that is loaded %s', (order) => {
    expect(majorOfRoutes(IN_TIME[order] ?? {})).toBe(5);
  });

  test.each(someOf(Object.keys(TOO_LATE)))('changes no routes that are there: loaded %s', (order) => {
    expect(majorOfRoutes(TOO_LATE[order] ?? {})).toBe(4);
  });
});
