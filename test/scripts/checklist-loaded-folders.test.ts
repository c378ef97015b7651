import { someOf } from '../support/depth.ts';
import { GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const HANDLER = '(_request, response) => { response.json({}); }';
const ROUTER = `const router = require('express').Router();\nrouter.get('/agent-cache', ${HANDLER});\nmodule.exports = router;\n`;
const MODULE = `import { Router } from 'express';\nconst router = Router();\nrouter.get('/agent-cache', ${HANDLER});\nexport default router;\n`;
const MANIFEST = { 'package.json': '{ "dependencies": { "express": "^5.0.0" } }\n' };

const required = (body: string) => ({
  ...MANIFEST,
  'src/app.js': `const express = require('express');\nconst fs = require('fs');\nconst path = require('path');\nconst app = express();\nconst dir = path.join(__dirname, 'routes');\n${body}\napp.listen(1);\n`,
});
const imported = (body: string, more = '') => ({
  'src/app.ts': `import express from 'express';\nimport fs from 'node:fs';\nimport path from 'node:path';\nimport { pathToFileURL } from 'node:url';\n${more}const app = express();\nconst dir = path.join(import.meta.dirname, 'routes');\n${body}\napp.listen(1);\n`,
});
const HEALTH = { 'src/routes/health.js': ROUTER };
const HEALTH_TS = { 'src/routes/health.ts': MODULE };
const GLOB = "import { globSync } from 'glob';\n";
const each = (prefix: string) =>
  required(`for (const f of fs.readdirSync(dir)) app.use(${prefix}, require(path.join(dir, f)));`);
const globbed = (pattern: string, name = 'path.parse(f).name') =>
  imported(`for (const f of globSync(${pattern})) app.use('/' + ${name}, (await import(f)).default);`, GLOB);

const isThere = async (files: Record<string, string>) => {
  const guide = '- [ ] it <!-- check: route GET /health/agent-cache -->\n';
  const { checks } = await report(new Tree({ ...GROUND, ...files, 'MIGRATION.md': guide }));
  return checks.map(({ verdict }) => verdict);
};

describe('a file that a loop mounts by its name answers below that', () => {
  test.each<[string, Record<string, string>]>(
    someOf([
      ['of what is parsed', { ...each("'/' + path.parse(f).name"), ...HEALTH }],
      ['without its end', { ...each("'/' + path.basename(f, '.js')"), ...HEALTH }],
      ['with nothing in place of its end', { ...each("'/' + f.replace(/\\.js$/, '')"), ...HEALTH }],
      ['up to a dot', { ...each("'/' + f.split('.')[0]"), ...HEALTH }],
      ['without its last letters', { ...each("'/' + f.slice(0, -3).toLowerCase()"), ...HEALTH }],
      ['of its folder', { ...each("'/' + f"), 'src/routes/health/index.js': ROUTER }],
      [
        'that was taken apart before',
        {
          ...required(
            `fs.readdirSync(dir).forEach((f) => { const { name } = path.parse(f); const at = \`/\${name}\`; app.use(at, require(dir + '/' + f)); });`,
          ),
          ...HEALTH,
        },
      ],
      [
        'imported where it stands',
        {
          ...imported(
            "for (const f of await fs.promises.readdir(dir)) app.use('/' + path.parse(f).name, (await import(pathToFileURL(path.join(dir, f)).href)).default);",
          ),
          ...HEALTH_TS,
        },
      ],
      [
        'imported, and mounted then',
        {
          ...imported(
            "fs.readdirSync(dir).forEach((f) => { import(path.join(dir, f)).then(({ default: one }) => { app.use('/' + path.parse(f).name, one); }); });",
          ),
          ...HEALTH_TS,
        },
      ],
      ['found by a pattern', { ...globbed("path.join(dir, '*.ts')"), ...HEALTH_TS }],
      ['found from a folder', { ...globbed("'*.ts', { cwd: dir }"), ...HEALTH_TS }],
      [
        'found from the root, in any folder',
        { ...globbed("'src/**/*.ts'"), 'src/routes/a/health.ts': MODULE },
      ],
      [
        'beside the loop',
        {
          ...MANIFEST,
          'src/app.js':
            "const express = require('express');\nconst app = express();\napp.use(require('./routes'));\napp.listen(1);\n",
          'src/routes/index.js':
            "const fs = require('fs');\nconst path = require('path');\nconst router = require('express').Router();\nfs.readdirSync(__dirname).forEach((f) => { if (f !== 'index.js') router.use('/' + path.parse(f).name, require(path.join(__dirname, f))); });\nmodule.exports = router;\n",
          ...HEALTH,
        },
      ],
    ]),
  )('%s', async (_how, files) => {
    expect(await isThere(files)).toEqual(['passed']);
  });
});

describe('it does not answer', () => {
  test.each<[string, Record<string, string>]>([
    ['below another path', { ...each("'/api/' + path.parse(f).name"), ...HEALTH }],
    ['by another name', { ...each("'/' + path.parse(f).name"), 'src/routes/status.js': ROUTER }],
    ['in another folder', { ...each("'/' + path.parse(f).name"), 'src/other/health.js': ROUTER }],
    ['without the end that is kept', { ...each("'/' + f"), ...HEALTH }],
    ['by a name that is of no file', { ...each("'/' + process.env.VERSION"), ...HEALTH }],
    [
      'in a folder that a pattern leaves out',
      { ...globbed("'src/routes/*.ts'"), 'src/routes/a/health.ts': MODULE },
    ],
    [
      'where nobody calls the loop',
      {
        ...required(
          "function never() { for (const f of fs.readdirSync(dir)) app.use('/' + path.parse(f).name, require(path.join(dir, f))); }",
        ),
        ...HEALTH,
      },
    ],
  ])('%s', async (_how, files) => {
    expect(await isThere(files)).toEqual(['failed']);
  });
});
