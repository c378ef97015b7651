import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type FleetResult, runFleet } from './fleet/run-fleet.ts';

const USAGE = 'Usage: npm run fleet -- [--json]';

async function main(): Promise<void> {
  const { json } = readArguments();
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error(
      'It needs redis-server on the PATH: sudo apt-get install redis-server, or brew install redis',
    );
  }
  const result = await runFleet((step) => process.stderr.write(`· ${step}\n`));
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `\n${format(result)}\n`);
  process.exitCode = succeeded(result) ? 0 : 1;
}

function readArguments(): { json: boolean } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
    return { json: values.json };
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
    `Token validations       ${result.validations}`,
    `Alerts of one analysis  ${alerts}, sent twice: ${alertsTwice}`,
  ].join('\n');
}

function succeeded({ failed, deliveries, deliveriesExpected, alertsTwice }: FleetResult): boolean {
  return failed === 0 && deliveries === deliveriesExpected && alertsTwice === 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The fleet did not run to its end. ${messageOf(error)}\n`);
  process.exitCode = 1;
}
