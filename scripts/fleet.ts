import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { FLEET, type FleetResult, runFleet, SMALL_FLEET } from './fleet/run-fleet.ts';

const USAGE = 'Usage: npm run fleet -- [--json] [--small]';
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

async function main(): Promise<void> {
  const { json, small } = readArguments();
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error(
      'It needs redis-server on the PATH: sudo apt-get install redis-server, or brew install redis',
    );
  }
  const result = await runFleet({
    size: small ? SMALL_FLEET : FLEET,
    say: (step) => process.stderr.write(`· ${step}\n`),
    signal: abortOnSignals(),
  });
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `\n${format(result)}\n`);
  process.exitCode = succeeded(result) ? 0 : 1;
}

/** Nothing that was started may be left behind, so the process ends when all of it has. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const [name, number] of Object.entries(SIGNAL_NUMBERS)) {
    // Not once: npm repeats what the terminal has sent already.
    process.on(name, () => {
      interruptedBy ??= number;
      controller.abort(new Error(`Interrupted by ${name}.`));
    });
  }
  return controller.signal;
}

function readArguments(): { json: boolean; small: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ options: { json: flag, small: flag } });
    return { json: values.json, small: values.small };
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

function format(result: FleetResult): string {
  const { processes, workers, requests, failed, p50Ms, p99Ms } = result;
  const { invalidations, deliveries, deliveriesExpected, alerts, alertsTwice } = result;
  return [
    `Processes               ${processes} (one killed), ${workers} workers`,
    `Requests                ${requests}, p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
    `Requests failed         ${failed}`,
    `Invalidations           ${invalidations}, delivered ${deliveries} of ${deliveriesExpected} times`,
    `Agents created          ${result.creations}`,
    `Token validations       ${result.validations}, one for each start and invalidation: ${result.validationsExpected}`,
    `Alerts of one analysis  ${alerts}, sent twice: ${alertsTwice}`,
  ].join('\n');
}

function succeeded(result: FleetResult): boolean {
  const { failed, deliveries, deliveriesExpected, validations, validationsExpected, alertsTwice } = result;
  const shared = validations <= validationsExpected;
  return failed === 0 && deliveries === deliveriesExpected && shared && alertsTwice === 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let interruptedBy: number | undefined;
try {
  await main();
} catch (error) {
  process.stderr.write(`The fleet did not run to its end. ${messageOf(error)}\n`);
  process.exitCode = interruptedBy === undefined ? 1 : 128 + interruptedBy;
}
