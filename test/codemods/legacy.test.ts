import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const LEGACY = 'codemods/__fixtures__/legacy/api/src';
const MIGRATED = 'api/src';
const FILES = readdirSync(LEGACY, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

const tree = temporaryTree();
afterAll(() => tree.remove());

test('the legacy code is the eight files that the guide lists', () => {
  expect(FILES).toEqual([
    'api/analytics.ts',
    'api/automation.ts',
    'api/campaigns.ts',
    'api/chat.ts',
    'api/metrics.ts',
    'api/notion.ts',
    'tasks/collectors.ts',
    'tasks/processors.ts',
  ]);
});

test.each(FILES)('%s becomes, byte for byte, the file of the API, and that one stays as it is', (file) => {
  const target = readFileSync(path.join(MIGRATED, file));
  const source = readFileSync(path.join(LEGACY, file), 'utf8');
  const first = migrateSource({ path: path.join(LEGACY, file), source }, DEFAULT_OPTIONS);
  expect(first.status).toBe('migrated');
  expect(Buffer.from(first.output ?? '').equals(target)).toBe(true);
  const again = migrateSource(
    { path: path.join(MIGRATED, file), source: target.toString() },
    DEFAULT_OPTIONS,
  );
  expect(again).toMatchObject({ status: 'unchanged', occurrences: [] });
  expect(again.output).toBeUndefined();
});

test('a whole tree is migrated in the same way, and touched nowhere else', async () => {
  const root = path.join(tree.root, 'whole');
  cpSync(MIGRATED, root, { recursive: true });
  cpSync(LEGACY, root, { recursive: true });
  const written = await migrate(root);
  expect(written).toEqual(FILES);
  for (const file of FILES) expectSameBytes(path.join(root, file), path.join(MIGRATED, file));
  expect(await migrate(root)).toEqual([]);
});

async function migrate(root: string): Promise<string[]> {
  const results: FileResult[] = [];
  for await (const result of migrateTree([root], DEFAULT_OPTIONS)) results.push(result);
  const changed = results.filter(({ output }) => output !== undefined);
  for (const { path: file, output = '' } of changed) writeFileSync(file, output);
  return changed.map(({ path: file }) => path.relative(root, file)).sort();
}

function expectSameBytes(file: string, expected: string): void {
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(expected, 'utf8'));
}
