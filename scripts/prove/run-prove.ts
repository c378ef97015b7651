import { UsageError } from '../cli/usage-error.ts';
import { proveArguments } from './arguments.ts';
import { SignalledError } from './child-run.ts';
import { copiedTree } from './copied-tree.ts';

const HELP = `Usage: npm run prove -- <repository> [--test <command>] [--json] [--keep] [codemod options] [paths...]

Tries the codemod on a code base without touching it: copies the folder, or the newest commit of a git directory, writes
a cache module with --init where there is none, migrates the paths (by default the whole tree), and compares. Prints
every place with its plan or reason, what is assumed, the type errors that are new, and the tests that changed.

Types are checked with the tree's own tsconfig.json, or as JavaScript where there is none. Of a tree whose dependencies
are not installed, what only says so is left out. Constructions are counted by TypeScript's parser, so that one of
which the codemod says nothing is told of.

  --test <command>  run in the copy before and after, by a shell
  --tools <folder>  count what the codemod of another checkout of this project migrates; types stay unchecked
  --json            the same as one JSON object
  --keep            leave the migrated copy, and say where it is

Exit codes:
  0  nothing went wrong, whatever was left for a person
  1  a new type error, a changed test, a construction that was not seen, or a file that a second run changes again
  2  bad usage, or the codemod ended without a report
`;

/**
 * Tries the codemod on a code base, as the command line asks.
 *
 * @param argv the arguments after the script's name
 * @returns the exit code
 */
export async function runProve(argv: readonly string[]): Promise<number> {
  try {
    const asked = proveArguments(argv);
    if (!asked) {
      process.stdout.write(HELP);
      return 0;
    }
    const tree = copiedTree(asked.repository);
    // TypeScript takes a second to load, which bad usage does not wait for.
    const { proveTree } = await import('./prove-tree.ts');
    const { proofText } = await import('./proof-text.ts');
    try {
      const proof = await proveTree(tree, asked);
      process.stdout.write(asked.json ? `${JSON.stringify(proof, null, 2)}\n` : proofText(proof));
      if (asked.keep) process.stderr.write(`prove: the copy is ${tree.root}\n`);
      return proof.ok ? 0 : 1;
    } finally {
      if (!asked.keep) tree.remove();
    }
  } catch (error) {
    if (error instanceof SignalledError) return error.exitCode;
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`prove: ${error.message}\n`);
    return 2;
  }
}
