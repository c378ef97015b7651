import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function bench(...args: string[]) {
  const command = ['--import', 'tsx', 'scripts/bench/main.ts', ...args];
  return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8', timeout: 600_000 });
}

test('without a name it lists the benchmarks', () => {
  const { status, stdout } = bench();
  expect(status).toBe(0);
  for (const name of ['cache', 'first-call', 'codemod', 'charts'])
    expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
});

test.each([['no-such-benchmark'], ['cache', '--no-such-flag']])('refuses %j', (...args) => {
  const { status, stdout, stderr } = bench(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: npm run bench -- NAME [--json]');
});

test('first-call does the manual test of the guide', () => {
  const { status, stdout } = bench('first-call', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ sameInstance: true, graphValidations: 1 });
});
