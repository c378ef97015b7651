import { readdirSync } from 'node:fs';
import path from 'node:path';
import { migrateSource } from '../../codemods/agent-cache/run.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Project } from '../../codemods/agent-cache/project.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { wholeProject } from '../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../codemods/agent-cache/files/files-once.ts';
import type { PlaceReport } from '../../scripts/codemod/report.ts';
import { someOf } from '../support/depth.ts';
import { CASES, type Case, readCases } from './support/cases.ts';
import { explained } from './support/explained.ts';
import { typeErrors } from './support/type-check.ts';

const files = new FilesOnce();
const projects = new Map<string, Project>();
const cases = readCases();
const byName: [string, Case][] = cases.map((each) => [each.name, each]);

describe.each(byName)('%s', (_name, each) => {
  test('is rewritten, or left, as the fixture says', () => {
    const result = migrate(each, each.source);
    expect(result.error).toBeUndefined();
    expect(result.output).toBe(each.output);
    expect(left(result)).toEqual(each.report?.left ?? []);
    expect(result.status).toBe(each.report?.status ?? 'migrated');
  });
});

describe.each(someOf(byName))('%s', (_name, each) => {
  test('has nothing left to do the second time', () => {
    const again = migrate(each, each.output ?? each.source);
    expect(again.output).toBeUndefined();
    expect(again.occurrences.filter(({ action }) => action !== 'manual')).toEqual([]);
    expect(again.occurrences).toHaveLength(left(migrate(each, each.source)).length);
  });

  test('is the same with other line endings', () => {
    for (const ending of ['\r\n', '\r']) {
      const result = migrate(each, each.source.replaceAll('\n', ending));
      expect(result.output).toBe(each.output?.replaceAll('\n', ending));
    }
    const marked = migrate(each, `\uFEFF${each.source.replace(/^#!.*/, '')}`);
    expect(marked.output?.startsWith('\uFEFF')).toBe(each.output === undefined ? undefined : true);
  });
});

test('every output and every input type-checks', () => {
  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.[cm]?tsx?$/.test(file) && !file.includes('import-equals'),
  );
  expect(typeErrors(files.map((file) => path.resolve(CASES, file)))).toEqual([]);
});

const results = new Map<string, FileResult>();

/** What the codemod makes of the text of a case; of the same text it is asked once. */
function migrate({ path: file, options }: Case, source: string): FileResult {
  const key = JSON.stringify([file, options, source]);
  const result = results.get(key) ?? migrateSource({ path: file, source }, options, projectOf(options));
  results.set(key, result);
  return result;
}

function projectOf(options: CodemodOptions): Project {
  const key = JSON.stringify(options);
  const project = projects.get(key) ?? wholeProject(options, files);
  projects.set(key, project);
  return project;
}

function left(result: FileResult): PlaceReport[] {
  return explained(result).filter(({ action }) => action === 'manual');
}
