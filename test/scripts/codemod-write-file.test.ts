import { chmodSync, linkSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { replaceFile, writeFileAtomically } from '../../scripts/cli/write-file.ts';
import { createTree, type Tree } from '../support/trees.ts';

let tree: Tree;
beforeEach(() => {
  tree = createTree({ 'a.ts': 'read\n' });
});
afterEach(() => tree.remove());

test('a file that changed since it was read keeps its change', () => {
  tree.write('a.ts', 'edited meanwhile\n');
  expect(() => replaceFile(tree.path('a.ts'), 'read\n', 'new\n')).toThrow(
    'it changed while it was being migrated',
  );
  expect(tree.read('a.ts')).toBe('edited meanwhile\n');
  expect(tree.list()).toEqual(['a.ts']);
});

test('a file whose bytes are no UTF-8 is never what was read', () => {
  tree.write('a.ts', Buffer.from([0x61, 0xff]));
  expect(() => replaceFile(tree.path('a.ts'), 'a\uFFFD', 'new\n')).toThrow('it changed');
  expect(tree.bytes('a.ts')).toEqual(Buffer.from([0x61, 0xff]));
});

test('the new file takes the place of the old under its mode; who reads the old goes on reading it', () => {
  chmodSync(tree.path('a.ts'), 0o640);
  const { ino } = statSync(tree.path('a.ts'));
  replaceFile(tree.path('a.ts'), 'read\n', 'new\n');
  const stats = statSync(tree.path('a.ts'));
  expect(stats.mode & 0o777).toBe(0o640);
  expect(stats.ino).not.toBe(ino);
  expect(tree.read('a.ts')).toBe('new\n');
});

test('a file of several names is written in place, so that all of them have the new text', () => {
  linkSync(tree.path('a.ts'), tree.path('b.ts'));
  const { ino } = statSync(tree.path('a.ts'));
  expect(() => replaceFile(tree.path('a.ts'), 'another\n', 'new\n')).toThrow('it changed');
  replaceFile(tree.path('a.ts'), 'read\n', '\u00fc\n');
  replaceFile(tree.path('b.ts'), 'read\n', '\u00fc\n');
  expect([tree.read('a.ts'), tree.read('b.ts')]).toEqual(['\u00fc\n', '\u00fc\n']);
  expect(statSync(tree.path('a.ts'))).toMatchObject({ ino, nlink: 2 });
  expect(tree.list()).toEqual(['a.ts', 'b.ts']);
});

test('a report replaces a report, also behind a link, and is written into a device', () => {
  symlinkSync('report.json', tree.path('latest.json'));
  writeFileAtomically(tree.path('latest.json'), '1');
  writeFileAtomically(tree.path('latest.json'), '2');
  writeFileAtomically('/dev/null', '3');
  expect(readFileSync(tree.path('report.json'), 'utf8')).toBe('2');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(tree.list()).toEqual(['a.ts', 'latest.json', 'report.json']);
});
