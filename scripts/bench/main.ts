import { parseArgs } from 'node:util';

interface Bench {
  run: (options: { json: boolean }) => Promise<void>;
}

const BENCHES: Record<string, { about: string; load: () => Promise<Bench> }> = {
  cache: {
    about: 'a hit and a herd on the agent cache, beside other caches; and a soak',
    load: () => import('./cache.ts'),
  },
  'first-call': {
    about: 'the first and the second getFacebookAgent() on the stand-in Graph server',
    load: () => import('./first-call.ts'),
  },
  agent: {
    about: 'insight rows and a dashboard, ours beside the stock Facebook SDK',
    load: () => import('./agent.ts'),
  },
  http: {
    about: 'a cached route over HTTP, beside a constant agent and the route as it was',
    load: () => import('./http.ts'),
  },
  codemod: {
    about: 'the codemod on a large tree, beside jscodeshift and ast-grep',
    load: () => import('./codemod.ts'),
  },
  checklist: {
    about: 'the checklist on a guide of thousands of tasks, beside a dry run of the codemod',
    load: () => import('./checklist.ts'),
  },
  package: {
    about: 'the package of the tools: its size, what it installs, and its start on Node 20, 22, 24 and 26',
    load: () => import('./package.ts'),
  },
  redis: {
    about: 'the creation of an agent with a shared session, and while Redis is away (needs redis-server)',
    load: () => import('./redis.ts'),
  },
  scale: {
    about: 'a fleet of 10, 1,000 and 100,000 processes, on paper and simulated (docs/scale.md)',
    load: () => import('./scale.ts'),
  },
  charts: {
    about: 'draws docs/img/hit-path.svg and docs/img/latency.svg from a run of its own',
    load: () => import('./charts.ts'),
  },
};

const USAGE = [
  'Usage: npm run bench -- NAME [--json]',
  '',
  ...Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(12)}${about}`),
].join('\n');

/** @returns the exit code: 2 for a name or flag that does not exist. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [name, ...others] = positionals;
  if (name === undefined) {
    console.log(USAGE);
    return 0;
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench || others.length > 0) return fail(`Unknown benchmark: ${positionals.join(' ')}`);
  const { run } = await bench.load();
  await run({ json: values.json });
  return 0;
}

function fail(reason: string): number {
  console.error(`${reason}\n\n${USAGE}`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage) return fail(error.message);
  console.error(error);
  return 1;
});
