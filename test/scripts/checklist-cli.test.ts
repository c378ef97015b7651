import { someOf } from '../support/depth.ts';
import { chmodSync, readdirSync } from 'node:fs';
import { FORMATS } from '../../scripts/checklist/formats/format.ts';
import { check, GROUND, NEW_WAY, OLD_WAY, removeTrees, runScript, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const GUIDE = '- [ ] `src/api/a.ts`\n';

function treeOf(source: string, guide: string | Buffer = GUIDE): Tree {
  return new Tree({ ...GROUND, 'src/api/a.ts': source, 'MIGRATION.md': guide });
}

test('as a process: 0 when all is done, 1 when something is not, 2 when it cannot run', async () => {
  const [done, notDone, noGuide] = await Promise.all([
    runScript('migration-checklist.ts', [], { cwd: treeOf(NEW_WAY).root }),
    runScript('migration-checklist.ts', ['--format', 'github'], { cwd: treeOf(OLD_WAY).root }),
    runScript('migration-checklist.ts', ['--guide', 'GONE.md'], { cwd: treeOf(NEW_WAY).root }),
  ]);
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  expect(done.stdout).toContain('Done: 1 of 1 file migrated');
  expect(notDone).toMatchObject({ exitCode: 1, stderr: '' });
  expect(notDone.stdout).toMatch(/fix: npm --prefix \S+ run codemod -- src\/api\/a\.ts$/m);
  expect(noGuide).toMatchObject({ exitCode: 2, stdout: '' });
  expect(noGuide.stderr).toMatch(/^checklist: there is no guide GONE.md in [^\n]+\n$/);
});

test('every format has the same exit code', async () => {
  for (const format of FORMATS) {
    expect(await check(treeOf(NEW_WAY), ['--format', format])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await check(treeOf(OLD_WAY), ['--format', format])).toMatchObject({ exitCode: 1, stderr: '' });
    const empty = await check(treeOf(OLD_WAY, '# Nothing\n'), ['--format', format]);
    expect(empty).toMatchObject({ exitCode: 2, stdout: '' });
  }
});

describe('a guide that cannot be used is one line and exit 2', () => {
  test.each<[string, string | Buffer, string]>([
    ['empty', '', 'lists nothing'],
    ['without tasks', '# Guide\n\n- `src/api/a.ts`\n', 'lists nothing'],
    ['with tasks of words', '- [ ] deploy\n', 'lists nothing'],
    ['not UTF-8', Buffer.from([0x2d, 0x20, 0xff, 0xfe, 0x0a]), 'is not UTF-8'],
    ['text with a NUL', Buffer.from('- [ ] `a.ts`\0\n'), 'is binary'],
    [
      'a merge that is not resolved',
      Buffer.from('<<<<<<< HEAD\n- [ ] `a.ts`\n=======\n>>>>>>> other\n'),
      'merge conflict',
    ],
    ['binary', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), 'is not UTF-8'],
  ])('%s', async (_name, guide, reason) => {
    const { exitCode, stdout, stderr } = await check(treeOf(NEW_WAY, guide));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^checklist: [^\n]+\n$/);
    expect(stderr).toContain(reason);
  });

  test('a folder', async () => {
    const { exitCode, stderr } = await check(treeOf(NEW_WAY), ['--guide', 'src']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('checklist: the guide src cannot be read: it is a folder\n');
  });
});

describe('bad usage is one line and exit 2', () => {
  test.each(
    someOf([
      [['--fromat', 'json'], "unknown option '--fromat'"],
      [['--format', 'xml'], 'Formats: text, json'],
      [['--format'], 'argument missing'],
      [['--guide', ''], 'empty'],
      [['MIGRATION.md'], 'too many arguments'],
      [['--update-baseline'], '--update-baseline needs --baseline'],
      [['--force'], '--force belongs to --write'],
      [['--baseline', 'gone.json'], 'there is no baseline gone.json'],
      [['--agent-class', 'not a name'], 'JavaScript name'],
      [['--root', '/nowhere-at-all'], '/nowhere-at-all does not exist'],
      [['--root', import.meta.filename], 'is not a folder'],
      [['--output-file', '/nowhere-at-all/report.json'], 'cannot be written'],
    ]),
  )('%j', async (args, reason) => {
    const { exitCode, stdout, stderr } = await check(treeOf(NEW_WAY), args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^checklist: [^\n]+\n$/);
    expect(stderr).toContain(reason);
  });
});

test('--help says how, and exits 0', async () => {
  const { exitCode, stdout } = await check(treeOf(NEW_WAY), ['--help']);
  expect(exitCode).toBe(0);
  for (const flag of ['--guide', '--format', '--baseline', '--url', 'Exit codes'])
    expect(stdout).toContain(flag);
});

test('--output-file takes the report, whole or not at all', async () => {
  const tree = treeOf(OLD_WAY);
  tree.write('report.json', 'what was there before');
  const { exitCode, stdout } = await check(tree, [
    '--format',
    'json',
    '--output-file',
    tree.path('report.json'),
  ]);
  expect(exitCode).toBe(1);
  expect(JSON.parse(tree.read('report.json'))).toMatchObject({ version: 1, ok: false });
  expect(stdout).toBe(`Not done, 1 finding: 0 of 1 file migrated (report in ${tree.path('report.json')})\n`);
  expect(readdirSync(tree.root).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('a guide that must not be written is left as it is', async () => {
  const tree = treeOf(NEW_WAY);
  chmodSync(tree.path('MIGRATION.md'), 0o444);
  const { exitCode, stderr } = await check(tree, ['--write']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('read-only');
  expect(tree.read('MIGRATION.md')).toBe(GUIDE);
});

test('the guide may lie below the root, under any name and in any language', async () => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': OLD_WAY,
    'docs/migração.md': '- [ ] Atualizar `src/api/a.ts`\n',
  });
  const { exitCode, stdout } = await check(tree, ['--guide', 'docs/migração.md']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('pending');
});
