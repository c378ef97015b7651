import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { temporaryTree } from './support/temporary-tree.ts';

const run = promisify(execFile);
const LEGACY = 'codemods/__fixtures__/legacy/api/src';
const MIGRATED = 'api/src';
const FILES = readdirSync(LEGACY, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const tree = temporaryTree();
afterAll(() => tree.remove());

test('plain jscodeshift runs the same transform, and leaves what it has migrated', async () => {
  const { root } = tree;
  // In one run, since jscodeshift compiles all of the transform in each.
  const [legacy, migrated] = [path.join(root, 'legacy'), path.join(root, 'migrated')];
  cpSync(LEGACY, legacy, { recursive: true });
  for (const file of FILES) cpSync(path.join(MIGRATED, file), path.join(migrated, file));
  expect(await jscodeshift(root)).toMatch(/\b8 skipped\b.*\b8 ok\b/s);
  for (const folder of [legacy, migrated]) {
    for (const file of FILES) expectSameBytes(path.join(folder, file), path.join(MIGRATED, file));
  }
});

async function jscodeshift(root: string): Promise<string> {
  const args = [
    '-t',
    'codemods/agent-cache/transform.ts',
    '--extensions=ts',
    '--parser=ts',
    '--run-in-band',
    root,
  ];
  const { stdout } = await run(process.execPath, ['node_modules/jscodeshift/bin/jscodeshift.js', ...args]);
  // A runner that colours its own output makes jscodeshift colour too.
  return stripVTControlCharacters(stdout);
}

function expectSameBytes(file: string, expected: string): void {
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(expected, 'utf8'));
}
