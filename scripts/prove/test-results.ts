import { childRun } from './child-run.ts';

/** What a run of a tree's own tests came to. */
export interface TestResults {
  exitCode: number;
  /** Whether each test passed, by its name, as far as the output names them. */
  tests: ReadonlyMap<string, boolean>;
}

/** A test whose result differs. */
export interface ChangedTest {
  name: string;
  before: 'passed' | 'failed' | 'absent';
  after: 'passed' | 'failed' | 'absent';
}

/** Ticks of Jest, Mocha, Vitest and node:test, files of Jest, and the lines of TAP. */
const PASSED = /^\s*(?:[✓✔√]|PASS\b|ok\b(?: \d+)?(?: -)?)\s+(.+)$/;
const FAILED = /^\s*(?:[✕✖×✗]|FAIL\b|not ok\b(?: \d+)?(?: -)?)\s+(.+)$/;
const DURATION = /\s*(?:\(?\d+(?:\.\d+)?\s?m?s\)?|# duration.*)$/;

/** Runs a command in the copy of a tree. */
export async function testResults(command: string, root: string): Promise<TestResults> {
  const run = await childRun(command, [], {
    cwd: root,
    shell: true,
    env: { ...process.env, CI: 'true', FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  const tests = new Map<string, boolean>();
  for (const line of `${run.stdout}\n${run.stderr}`.split('\n')) {
    const passed = PASSED.exec(line)?.[1];
    const failed = FAILED.exec(line)?.[1];
    const name = (passed ?? failed)?.replace(DURATION, '');
    // One of several tests of a name that fails makes it fail.
    if (name !== undefined) tests.set(name, failed === undefined && tests.get(name) !== false);
  }
  return { exitCode: run.exitCode, tests };
}

/** The tests that another run has otherwise; the command itself counts as one. */
export function changedTests(before: TestResults, after: TestResults): ChangedTest[] {
  const names = new Set([...before.tests.keys(), ...after.tests.keys()]);
  const told = (passed: boolean | undefined) =>
    passed === undefined ? 'absent' : passed ? 'passed' : 'failed';
  const changed = [...names].map((name) => ({
    name,
    before: told(before.tests.get(name)),
    after: told(after.tests.get(name)),
  })) satisfies ChangedTest[];
  const command = {
    name: '(the command)',
    before: told(before.exitCode === 0),
    after: told(after.exitCode === 0),
  } satisfies ChangedTest;
  return [command, ...changed].filter((each) => each.before !== each.after);
}
