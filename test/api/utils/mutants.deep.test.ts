import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { MutantOutcome } from '../../../scripts/mutants/outcome.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

// In a process of its own: an unhandled rejection is one of the mistakes, and would be the end of this one.
test('the model-based test notices every known mistake', () => {
  const args = ['--import', 'tsx', 'scripts/mutants.ts', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 600_000,
  });
  expect(stderr).toBe('');
  const { sound, mutants }: { sound: boolean; mutants: MutantOutcome[] } = JSON.parse(stdout);
  expect(sound).toBe(true);
  expect(mutants.length).toBeGreaterThan(15);
  expect(mutants.filter(({ killed }) => !killed)).toEqual([]);
});
