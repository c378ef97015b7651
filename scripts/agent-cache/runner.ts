import path from 'node:path';
import type { Runner } from '../cli/command-line.ts';
import { shellQuote } from '../cli/shell-quote.ts';

const BY_MANAGER: Readonly<Record<string, string>> = {
  pnpm: 'pnpm exec agent-cache',
  yarn: 'yarn agent-cache',
  bun: 'bunx agent-cache',
};

/**
 * How the user of this process starts the tools. `scripts/run.mjs` names the repository whose npm scripts do it;
 * elsewhere it is the package manager that started us, or npx, which finds an installed package from any folder below.
 */
export function runnerFor(env: NodeJS.ProcessEnv, program: string = process.argv[1] ?? ''): Runner {
  const repository = env.AGENT_CACHE_REPOSITORY;
  if (repository !== undefined) return npmScriptsOf(repository);
  // Of a package that is not installed, npx would look for one that is called like our program.
  if (/[\\/]_npx[\\/]/.test(program)) return (tool) => `npx agent-cache-tools ${tool}`;
  const manager = /^\w+/.exec(env.npm_config_user_agent ?? '')?.[0] ?? '';
  const start = BY_MANAGER[manager] ?? 'npx agent-cache';
  return (tool) => `${start} ${tool}`;
}

function npmScriptsOf(repository: string): Runner {
  const inside = !path.relative(repository, process.cwd()).startsWith('..');
  const place = inside ? '' : `--prefix ${shellQuote(repository)} `;
  return (tool) => `npm ${place}run ${tool} --`;
}
