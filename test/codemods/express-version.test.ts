import path from 'node:path';
import { expressMajorOf } from '../../codemods/agent-cache/tree/express-version.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const asks = (range: string, kind = 'dependencies') => ({
  'packages/api/package.json': JSON.stringify({ [kind]: { express: range } }),
});
const installed = (version: string) => ({
  'packages/api/node_modules/express/package.json': JSON.stringify({ version }),
});
const patched = {
  'packages/api/package.json':
    '{ "dependencies": { "express": "^4.18.0", "express-async-errors": "^3.1.1" } }',
};
const catalog = (text: string) => ({ ...asks('catalog:'), 'pnpm-workspace.yaml': text });

test.each<[string, Record<string, string>, number | undefined]>([
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
])('the version of Express is told by %s', (_, files, major) => {
  const tree = temporaryTree(files);
  expect(expressMajorOf(path.posix.join(tree.root, 'packages/api/src/a.ts'))).toBe(major);
  tree.remove();
});
