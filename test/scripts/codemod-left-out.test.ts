import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { reasonUnread } from '../../scripts/checklist/survey/left-alone.ts';
import { uncommittedFiles } from '../../scripts/codemod/git-status.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { commitAll, createTree, type Tree } from '../support/trees.ts';

let tree: Tree;
beforeAll(async () => {
  tree = createTree({
    '.gitignore': 'gen/\n*.local.ts\nsandbox/\nvendored/\n',
    'src/a.ts': '',
    'src/a.local.ts': '',
    'src/gen/kept.ts': '',
    'sandbox/app/src/a.ts': '',
    'lib/compiled.js': '',
    'lib/by-hand.ts': '',
    'tsconfig.json': '{}',
    'tsconfig.build.json': '{ "extends": "./tsconfig.base.json" }',
    'tsconfig.base.json': '{ "compilerOptions": { /* out */ "outDir": "./lib" } }',
    'in-place/tsconfig.json': '{ "compilerOptions": { "outDir": "." } }',
    'in-place/a.js': '',
    'tests/a.ts': '',
    'e2e/a.ts': '',
    'src/spec/a.ts': '',
    'src/a.e2e-spec.ts': '',
    'src/a.cy.js': '',
    'src/spectrum/latest.ts': '',
  });
  await commitAll(tree.root);
  for (const file of ['src/gen/new.ts', 'src/other.local.ts']) tree.write(file, '');
});
afterAll(() => tree.remove());

const found = (...paths: string[]) =>
  findSourceFiles(paths.map((each) => tree.path(each))).map((file) =>
    path.relative(tree.root, file).split(path.sep).join('/'),
  );

test('what git ignores, the compiler wrote or tests the service is no source', () => {
  expect(found('.')).toEqual(['in-place/a.js', 'lib/by-hand.ts', 'src/a.ts', 'src/spectrum/latest.ts']);
});

test('a folder or file that is named is looked at, whoever ignores it', () => {
  expect(found('sandbox/app', 'src/gen', 'src/a.local.ts')).toEqual([
    'sandbox/app/src/a.ts',
    'src/a.local.ts',
    'src/gen/kept.ts',
    'src/gen/new.ts',
  ]);
  expect(found('lib', 'e2e')).toEqual(['e2e/a.ts', 'lib/by-hand.ts', 'lib/compiled.js']);
});

test('the checklist says why it did not read the same files', () => {
  const files = ['src/gen/new.ts', 'lib/compiled.js', 'e2e/a.ts'];
  expect(files.map(reasonUnread(tree.root, DEFAULT_OPTIONS))).toEqual([
    'git ignores it',
    'the compiler wrote it',
    'e2e/ has tests, which no other code imports',
  ]);
});

test('uncommitted files of a repository inside of another are seen', async () => {
  tree.write('inner/src/b.ts', '');
  await commitAll(tree.path('inner'));
  expect(uncommittedFiles([tree.root])).toEqual([]);
  appendFileSync(tree.path('inner/src/b.ts'), '// changed\n');
  expect(uncommittedFiles([tree.root])).toEqual(['inner/src/b.ts']);
});
