import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { captureLogs } from '../test/support/log-capture.ts';
import { breakAndMend } from './eyes/break-and-mend.ts';
import { drawPage, pagesOf } from './eyes/page.ts';
import { startWorld } from './eyes/world.ts';

const USAGE = `Usage: npm run eyes -- [--picture FILE]

Runs the service on a stand-in for Facebook, with Redis and under load, and a real Prometheus with the rules of
docs/ops in quick motion. Breaks one thing after the other, tells which alerts come and go, and leaves Prometheus'
page up with the dashboard's queries. Ctrl+C ends all of it.

  --picture FILE   draws that page to a PNG file (needs Chromium) and ends
`;

async function main(): Promise<void> {
  const { picture } = readArguments();
  for (const program of ['prometheus', 'redis-server']) {
    if (spawnSync(program, ['--version']).status === 0) continue;
    const name = program === 'prometheus' ? program : 'redis';
    throw new Error(`It needs ${program} on the PATH: apt-get install ${program}, or brew install ${name}`);
  }
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'));
  });
  const logs = captureLogs();
  const world = await startWorld();
  try {
    process.stdout.write(`Prometheus: ${world.prometheus.url}/alerts\n\n`);
    const broken = breakAndMend(world, (line) => process.stdout.write(`${line}\n`));
    if ((await Promise.race([broken, interrupted])) === 'interrupted') {
      process.stderr.write('eyes: ended before every alert had come and gone\n');
      process.exitCode = 1;
      return;
    }
    if (picture === undefined) {
      process.stdout.write(
        "\nEvery alert has come and gone. Prometheus' page with the dashboard's queries:\n\n",
      );
      for (const { title, url } of await pagesOf(world.prometheus.url))
        process.stdout.write(`${title}\n${url}\n\n`);
      process.stdout.write('Ctrl+C ends it.\n');
      await interrupted;
    } else {
      await drawPage(world.prometheus.url, picture);
    }
  } finally {
    await world.stop();
    logs.stop();
  }
}

function readArguments(): { picture?: string } {
  const options = { picture: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      process.stdout.write(USAGE);
      process.exit(0);
    }
    return { picture: values.picture };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`eyes: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  // Interrupted, something may still wait for an alert, or for a Redis that is gone.
  .finally(() => process.exit());
