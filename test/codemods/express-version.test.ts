import { someOf } from '../support/depth.ts';
import path from 'node:path';
import { expressMajorOf } from '../../codemods/agent-cache/files/express-version.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const asks = (range: string, kind = 'dependencies') => ({
  'packages/api/package.json': JSON.stringify({ [kind]: { express: range } }),
});
const overridden = (range: string, root: Record<string, unknown>) => ({
  'packages/api/package.json': JSON.stringify({ name: 'api', dependencies: { express: range } }),
  'package.json': JSON.stringify({ workspaces: ['packages/*'], ...root }),
});
const installed = (version: string) => ({
  'packages/api/node_modules/express/package.json': JSON.stringify({ version }),
});
const patched = {
  'packages/api/package.json':
    '{ "dependencies": { "express": "^4.18.0", "express-async-errors": "^3.1.1" } }',
};
const catalog = (text: string) => ({ ...asks('catalog:'), 'pnpm-workspace.yaml': text });
const CATALOGS =
  'catalog:\n  express: ^5.1.0\ncatalogs:\n  legacy:\n    express: ^4.19.2\n  other:\n    zod: ^4.0.0\n';

test.each<[string, Record<string, string>, number | undefined]>(
  someOf([
    ['a range', asks('^4.18.0 || ^5.0.0'), 4],
    ['a later range', asks('^5.1.0'), 5],
    ['an upper bound', asks('<5.0.0'), 4],
    ['two bounds', asks('>=5 <6'), 5],
    ['what is installed', { ...asks('^4.18.0 || ^5.0.0'), ...installed('5.1.0') }, 5],
    ['what is installed of an open range', { ...asks('>=4'), ...installed('5.1.0') }, 5],
    ['a range that another major is installed for', { ...asks('^4.18.0'), ...installed('5.1.0') }, 4],
    ['an older one that is installed for a range', { ...asks('^5.0.0'), ...installed('4.19.2') }, 4],
    ['another name', asks('npm:@acme4/express@^5.1.0'), 5],
    ['no number', asks('latest'), 5],
    ['an optional dependency', asks('^4.18.0', 'optionalDependencies'), 4],
    ['a patch that nothing loads', patched, 4],
    ['a patch', { ...patched, 'packages/api/src/app.ts': "import 'express-async-errors';\n" }, 5],
    [
      'a patch that another package.json lists',
      { ...asks('^4.18.0'), 'packages/api/src/app.js': "require('express-async-errors');\n" },
      5,
    ],
    [
      'a patch that a script loads',
      {
        'packages/api/package.json':
          '{ "dependencies": { "express": "^4.18.0" }, "scripts": { "start": "node -r express-async-errors app.js" } }',
      },
      5,
    ],
    [
      'a patch that only a test loads',
      { ...patched, 'packages/api/src/app.test.ts': "import 'express-async-errors';\n" },
      4,
    ],
    [
      'a patch in comments, texts and types',
      {
        ...patched,
        'packages/api/src/app.ts': `// import 'express-async-errors';
/* require('express-async-errors'); */
import type {} from 'express-async-errors';
import { type Patch } from 'express-async-errors';
import unused from 'express-async-errors';
const text = "require('express-async-errors')", template = \`import 'express-async-errors'\`;
type Loaded = typeof import('express-async-errors');
`,
      },
      4,
    ],
    [
      'a patch that may not run',
      {
        ...patched,
        'packages/api/src/app.js':
          "exports.load = () => require('express-async-errors');\nif (process.env.PATCH) require('express-async-errors');\n",
      },
      4,
    ],
    [
      'a patch in a file that nothing loads',
      { ...patched, 'packages/api/src/patch.js': "require('express-async-errors');\n" },
      4,
    ],
    [
      'a patch in a file that another loads',
      {
        ...patched,
        'packages/api/src/patch.js': "require('express-async-errors');\n",
        'packages/api/src/app.js': "require('./patch');\n",
      },
      5,
    ],
    [
      'a patch in the files of tests',
      { ...patched, 'packages/api/test/app.js': "require('express-async-errors');\n" },
      4,
    ],
    [
      'a patch that a script of tests loads',
      {
        'packages/api/package.json':
          '{ "dependencies": { "express": "^4.18.0" }, "scripts": { "test": "mocha -r express-async-errors" } }',
      },
      4,
    ],
    [
      'a patch by import()',
      { ...patched, 'packages/api/src/app.mjs': "await import('express-async-errors');\n" },
      5,
    ],
    ['no Express', asks('^4.18.0', 'scripts'), undefined],
    ['what is hoisted', { ...asks('*'), 'node_modules/express/package.json': '{ "version": "4.19.2" }' }, 4],
    [
      'its own range, not by what is hoisted for others',
      { ...asks('^4.18.0'), 'node_modules/express/package.json': '{ "version": "5.1.0" }' },
      4,
    ],
    [
      'a lock file',
      {
        ...asks('*'),
        'package-lock.json': '{ "packages": { "node_modules/express": { "version": "4.19.2" } } }',
      },
      4,
    ],
    ['a catalog', catalog('catalog:\n  express: ^5.1.0\n  zod: ^4.0.0\n'), 5],
    ['an older catalog', catalog("catalog:\n  'express': ^4.19.0\n"), 4],
    ['a catalog that nobody has', asks('catalog:'), 4],
    ['the default catalog beside a named one', catalog(CATALOGS), 5],
    ['a named catalog', { ...catalog(CATALOGS), ...asks('catalog:legacy') }, 4],
    ['the default catalog by its name', { ...catalog(CATALOGS), ...asks('catalog:default') }, 5],
    ['a named catalog that lists none', { ...catalog(CATALOGS), ...asks('catalog:other') }, 4],
    ["Yarn's catalog", { ...asks('catalog:'), '.yarnrc.yml': 'catalog:\n  express: "npm:^5.1.0"\n' }, 5],
    [
      "Yarn's named catalog",
      { ...asks('catalog:old'), '.yarnrc.yml': 'catalogs:\n  old:\n    express: ^4.1.0\n' },
      4,
    ],
    [
      "Bun's catalog",
      {
        ...asks('catalog:'),
        'package.json':
          '{ "workspaces": { "packages": ["packages/*"], "catalog": { "express": "^5.1.0" } } }',
      },
      5,
    ],
    [
      "Bun's named catalog",
      {
        ...asks('catalog:old'),
        'package.json': '{ "workspaces": ["packages/*"], "catalogs": { "old": { "express": "^4.1.0" } } }',
      },
      4,
    ],
    [
      'a tag that Yarn holds',
      { ...asks('latest'), 'yarn.lock': '"express@npm:^5.0.0, express@npm:latest":\n  version: 4.19.2\n' },
      4,
    ],
    [
      'another range that Yarn holds',
      { ...asks('latest'), 'yarn.lock': '"express@npm:^4.0.0":\n  version: 4.19.2\n' },
      5,
    ],
    [
      'an open range that Yarn 1 holds',
      { ...asks('>=4'), 'yarn.lock': 'express@>=4, express@^5:\n  version "5.1.0"\n' },
      5,
    ],
    ['an open range that nothing holds', asks('>=4'), 4],
    [
      'any version that npm 6 holds',
      { ...asks('x'), 'package-lock.json': '{ "dependencies": { "express": { "version": "4.19.2" } } }' },
      4,
    ],
    [
      "a package's own copy that npm holds",
      {
        ...asks('*'),
        'package-lock.json':
          '{ "packages": { "node_modules/express": { "version": "5.1.0" }, "packages/api/node_modules/express": { "version": "4.1.0" } } }',
      },
      4,
    ],
    [
      'what pnpm holds for the package',
      {
        ...asks('latest'),
        'pnpm-lock.yaml':
          'importers:\n  .:\n    dependencies:\n      express: {specifier: latest, version: 5.1.0}\n  packages/api:\n    dependencies:\n      express:\n        specifier: latest\n        version: 4.19.2(supports-color@9.0.0)\n',
      },
      4,
    ],
    [
      'what pnpm held before',
      { ...asks('*'), 'packages/api/pnpm-lock.yaml': 'dependencies:\n  express: 4.19.2\n' },
      4,
    ],
    [
      'what Bun holds',
      { ...asks('latest'), 'bun.lock': '{ "packages": { "express": ["express@4.19.2", "", {}], } }' },
      4,
    ],
    [
      'what is locked only where the range is open',
      { ...asks('^5.1.0'), 'yarn.lock': 'express@^5.1.0:\n  version "4.19.2"\n' },
      5,
    ],
    ['another name of the version', asks('npm:express@5'), 5],
    ['another name of the version before', asks('npm:express@4.21.0'), 4],
    ['what overrides it', overridden('^5.1.0', { overrides: { express: '4.19.2' } }), 4],
    ['what overrides an older one', overridden('^4.1.0', { overrides: { express: '^5.1.0' } }), 5],
    [
      'what overrides it with its own parts',
      overridden('^5.1.0', { overrides: { express: { '.': '4.19.2' } } }),
      4,
    ],
    ['what overrides the parts of it', overridden('^5.1.0', { overrides: { express: { qs: '6.5.0' } } }), 5],
    [
      'what overrides it in its package',
      overridden('^5.1.0', { overrides: { api: { express: '^4.1.0' } } }),
      4,
    ],
    [
      'what overrides it in another one',
      overridden('^5.1.0', { overrides: { other: { express: '^4.1.0' } } }),
      5,
    ],
    [
      'what overrides some of its versions',
      overridden('^5.1.0', { overrides: { 'express@^5': '^4.1.0' } }),
      4,
    ],
    [
      'what overrides others of its versions',
      overridden('^5.1.0', { overrides: { 'express@^3': '^4.1.0' } }),
      5,
    ],
    [
      'what the root itself asks for',
      overridden('^5.1.0', { dependencies: { express: '^4.1.0' }, overrides: { express: '$express' } }),
      4,
    ],
    ['a resolution of Yarn', overridden('^5.1.0', { resolutions: { express: 'npm:^4.19.2' } }), 4],
    [
      'a resolution of Yarn for all packages',
      overridden('^5.1.0', { resolutions: { '**/express': '^4.19.2' } }),
      4,
    ],
    [
      'a resolution of Yarn for its package',
      overridden('^5.1.0', { resolutions: { 'api/express': '^4.19.2' } }),
      4,
    ],
    [
      'a resolution of Yarn for another one',
      overridden('^5.1.0', { resolutions: { 'other/express': '^4.19.2' } }),
      5,
    ],
    [
      'what pnpm overrides it with',
      overridden('^5.1.0', { pnpm: { overrides: { 'api>express': '^4.19.2' } } }),
      4,
    ],
    [
      'what pnpm overrides it with in its own file',
      {
        ...asks('^5.1.0'),
        'pnpm-workspace.yaml': 'overrides:\n  express: "catalog:"\ncatalog:\n  express: ^4.19.2\n',
      },
      4,
    ],
    [
      'its own range, where a package of a workspace overrides what the root alone may',
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/api/package.json':
          '{ "dependencies": { "express": "^4.1.0" }, "overrides": { "express": "^5.1.0" } }',
      },
      4,
    ],
    ['a fork that nobody can read', asks('github:acme4/express#v5'), 4],
    ['a range of several that is installed', { ...asks('>=4 <6'), ...installed('5.1.0') }, 5],
  ]),
)('the version of Express is told by %s', (_, files, major) => {
  const tree = temporaryTree(files);
  expect(expressMajorOf(path.posix.join(tree.root, 'packages/api/src/a.ts'))).toBe(major);
  tree.remove();
});
