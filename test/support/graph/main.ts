import { parseArgs } from 'node:util';
import { startGraphServer } from './server.ts';

const USAGE = `Usage: tsx test/support/graph/main.ts [options]
  --latency none|realistic   how slow it answers (none)
  --port N                   any free one without
  --seed TEXT                another data set
  --until-stdin-closes       ends with the process that holds the other end of stdin
`;

/** Runs the stand-in as a process: prints one line of JSON, `{url, version, env}`, and serves till told to end. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      latency: { type: 'string', default: 'none' },
      port: { type: 'string', default: '0' },
      seed: { type: 'string' },
      'until-stdin-closes': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  const { latency } = values;
  if (latency !== 'none' && latency !== 'realistic') throw new Error(`Unknown latency: ${latency}`);
  if (!Number.isInteger(port)) throw new Error(`Not a port: ${values.port}`);
  const server = await startGraphServer({ latency, port, seed: values.seed });
  const { url, version, env } = server;
  process.stdout.write(`${JSON.stringify({ url, version, env })}\n`);
  let closing = false;
  const end = () => {
    if (closing) return;
    closing = true;
    process.stdin.destroy();
    void server.close();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (values['until-stdin-closes']) process.stdin.on('end', end).on('close', end).resume();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
});
