import { UnreadablePathError } from '../../codemods/agent-cache/files/unreadable-path-error.ts';
import { parseArguments } from './arguments.ts';
import { UsageError } from '../cli/usage-error.ts';
import { reasonOf } from '../cli/system-error.ts';

/**
 * Runs the codemod as the command line asks.
 *
 * @param argv the arguments after the script's name
 * @returns the exit code: 0 nothing left to do, 1 something is left for a person, 2 bad usage or a fault
 */
export async function runCodemod(argv: readonly string[]): Promise<number> {
  survivePipeThatCloses();
  try {
    const asked = parseArguments(argv);
    if ('text' in asked) {
      process.stdout.write(asked.text);
      return 0;
    }
    if (asked.init !== undefined) {
      const { initCacheModule } = await import('./init/init-cache-module.ts');
      return await initCacheModule(asked.init, asked);
    }
    const { migratePaths } = await import('./migrate-paths.ts');
    return await migratePaths(asked);
  } catch (error) {
    process.stderr.write(`codemod: ${faultText(error)}\n`);
    return 2;
  }
}

function faultText(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof UnreadablePathError) return `${error.path} cannot be read: ${reasonOf(error.cause)}`;
  return unexpected(error);
}

function unexpected(error: unknown): string {
  if (process.env.DEBUG && error instanceof Error) return error.stack ?? error.message;
  return `unexpected fault: ${reasonOf(error)}`;
}

/** A process may run the codemod several times. */
let survives = false;

/** `codemod --dry-run src | head` ends the pipe early; the run goes on, and its exit code stays true. */
function survivePipeThatCloses(): void {
  if (survives) return;
  survives = true;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
