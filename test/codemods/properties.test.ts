import { resolve } from 'node:path';
import fc from '../support/fast-check.ts';
import { migrateSource } from '../../codemods/agent-cache/run.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { wholeProject } from '../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../codemods/agent-cache/files/files-once.ts';
import { CASES } from './support/cases.ts';
import { compositions } from './support/compositions.ts';
import { typeErrors } from './support/type-check.ts';
import { depth } from '../support/depth.ts';

const project = wholeProject(DEFAULT_OPTIONS, new FilesOnce());
const folders = fc.constantFrom('routes', 'tasks');
const RUNS = { numRuns: depth(50, 12) };

test('a second run has nothing to rewire, and reports what was left in the same number', () => {
  fc.assert(
    fc.property(compositions, folders, (source, folder) => {
      const first = migrate(source, folder);
      expect(first.error).toBeUndefined();
      const second = migrate(first.output ?? source, folder);
      expect(second.output).toBeUndefined();
      expect(second.occurrences.filter(({ action }) => action !== 'manual')).toEqual([]);
      expect(second.occurrences).toHaveLength(manual(first));
    }),
    RUNS,
  );
});

test('line endings and a byte order mark stay, and change nothing else', () => {
  fc.assert(
    fc.property(compositions, folders, (source, folder) => {
      const { output, occurrences } = migrate(source, folder);
      const windows = migrate(source.replaceAll('\n', '\r\n'), folder);
      expect(windows.output).toBe(output?.replaceAll('\n', '\r\n'));
      expect(windows.occurrences).toEqual(occurrences);
    }),
    RUNS,
  );
});

test('every line that names no agent and no factory is still there, in the same order', () => {
  fc.assert(
    fc.property(compositions, folders, (source, folder) => {
      const result = migrate(source, folder).output ?? source;
      const kept = source
        .split('\n')
        .filter((line) => /tabs|license|header|status\(|text\d|router = /.test(line));
      const lines = result.split('\n');
      let at = 0;
      for (const line of kept) {
        at = lines.indexOf(line, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
    }),
    RUNS,
  );
});

test('a file without the agent comes back as it was', () => {
  fc.assert(
    fc.property(compositions, folders, (source, folder) => {
      const other = source
        .replaceAll('FacebookAdsAgent', 'OtherAgent')
        .replaceAll('facebook-ads-agent', 'other-agent');
      expect(migrate(other, folder)).toMatchObject({ status: 'unchanged', occurrences: [] });
      expect(migrate(other, folder).output).toBeUndefined();
    }),
    RUNS,
  );
});

test('what comes out type-checks, wherever what went in did', () => {
  const overlay = new Map<string, string>();
  for (const [index, source] of fc.sample(compositions, { numRuns: 40, seed: 7 }).entries()) {
    const folder = index % 2 === 0 ? 'routes' : 'tasks';
    const file = resolve(CASES, folder, `composed-${index}.ts`);
    overlay.set(file, migrate(source, folder).output ?? source);
  }
  expect(typeErrors([...overlay.keys()], overlay)).toEqual([]);
});

/** The properties are asked of the same compositions, since each run starts from the same seed. */
const migrated = new Map<string, FileResult>();

function migrate(source: string, folder: string): FileResult {
  const path = `${CASES}/${folder}/composed.ts`;
  const key = `${path} ${source}`;
  const result = migrated.get(key) ?? migrateSource({ path, source }, DEFAULT_OPTIONS, project);
  migrated.set(key, result);
  return result;
}

function manual({ occurrences }: FileResult): number {
  return occurrences.filter(({ action }) => action === 'manual').length;
}
