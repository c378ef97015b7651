import { spawnSync } from 'node:child_process';

const HOW_TO_INSTALL = 'sudo apt-get install prometheus (Debian, Ubuntu) or brew install prometheus (macOS)';

/**
 * `describe` for suites that need Prometheus on the PATH. Without it they are skipped, with one line that says how
 * to get it; under CI that is a failure.
 */
export function describeWithPrometheus(name: string, body: () => void): void {
  if (spawnSync('promtool', ['--version']).status === 0) {
    describe(name, body);
    return;
  }
  if (process.env.CI) {
    test(`${name}: needs prometheus and promtool`, () => {
      throw new Error(`promtool is not on the PATH: ${HOW_TO_INSTALL}`);
    });
    return;
  }
  process.stderr.write(`Skipped for want of prometheus: ${name}. To run it: ${HOW_TO_INSTALL}\n`);
  describe.skip(name, body);
}

/** Runs promtool; `input` goes to its standard input. */
export function promtool(args: string[], input = ''): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}
