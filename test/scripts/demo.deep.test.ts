import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runScript } from '../support/trees.ts';
import { summarize } from '../../scripts/demo/load.ts';

describe('npm run demo', () => {
  let temporary: string;
  let run: Ended;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'demo-test-'));
    run = await runScript('scripts/demo.ts', ['--json'], { env: { TMPDIR: temporary } });
  });

  afterAll(() => rm(temporary, { recursive: true, force: true }));

  test('succeeds and leaves nothing behind', async () => {
    expect(run.code).toBe(0);
    const left = await readdir(temporary);
    expect(left.filter((name) => name.startsWith('agent-cache-demo-'))).toEqual([]);
  });

  test('measures an agent a request before, and one for all after', () => {
    const { before, after } = JSON.parse(run.stdout);
    expect(before).toMatchObject({
      errors: 0,
      agentsCreated: before.requests,
      graphValidations: before.requests,
    });
    expect(after).toMatchObject({
      errors: 0,
      requests: before.requests,
      agentsCreated: 1,
      graphValidations: 1,
    });
    for (const side of [before, after]) {
      for (const key of ['meanMs', 'p50Ms', 'p99Ms']) expect(side[key]).toBeGreaterThan(0);
    }
  });

  test('migrates all eight files, with the checklist red before and green after', () => {
    const { codemod, checklist } = JSON.parse(run.stdout);
    expect(codemod).toMatchObject({
      exitCode: 0,
      summary: { migrated: 8, partial: 0, manual: 0, errors: 0 },
    });
    expect(checklist.before).toMatchObject({ exitCode: 1, ok: false });
    expect(checklist.after).toMatchObject({ exitCode: 0, ok: true });
  });

  test('says what it is doing, beside the answer', () => {
    expect(run.stderr).toContain('Running the codemod');
  });
});

test('an unknown flag is refused with the usage', async () => {
  const { code, stderr, stdout } = await runScript('scripts/demo.ts', ['--jsn']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('--jsn');
  expect(stderr).toContain('Usage: npm run demo');
});

test('percentiles are nearest-rank', () => {
  const latencies = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(summarize(latencies)).toEqual({ meanMs: 100.5, p50Ms: 100, p99Ms: 198 });
});
