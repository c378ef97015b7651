import module from 'node:module';
import { Command, CommanderError } from 'commander';
import type { Tool } from '../cli/command-line.ts';
import { faultOf } from '../cli/read-command.ts';
import { toolVersion } from '../cli/tool-version.ts';
import { runnerFor } from './runner.ts';
import { enterUserFolder } from './user-folder.ts';

const TOOLS: Record<Tool, string> = {
  codemod: 'move a tree from a client built in every request to one shared, cached client',
  checklist: 'prove that every file of a guide is migrated, and that no other builds a client',
  init: 'write what a tree needs first: cache module, configuration, guide',
};

/**
 * Runs the command line `agent-cache`.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code: that of the tool, or 2 where no tool is named
 */
export async function runAgentCache(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  survivePipeThatCloses();
  const [tool = '', ...words] = argv;
  if (!isTool(tool)) return answer(argv, env);
  const packageFolder = enterUserFolder(env);
  keepCompiled();
  const { runTool } = await import('./tools.ts');
  return await runTool(tool, withRoot(tool, packageFolder, words), runnerFor(env));
}

/** Newer Nodes keep what they compiled in the system's temporary folder, and need not compile the tools again. */
function keepCompiled(): void {
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function')
    module.enableCompileCache();
}

function isTool(word: string): word is Tool {
  return Object.hasOwn(TOOLS, word);
}

/** Whatever names no tool: help, the version, or a mistake. */
function answer(argv: readonly string[], env: NodeJS.ProcessEnv): number {
  const command = createCommand(env);
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const fault = argv.length === 0 ? 'name a command' : faultOf(error);
    process.stderr.write(`agent-cache: ${fault}; --help lists them\n`);
  }
  return 2;
}

function createCommand(env: NodeJS.ProcessEnv): Command {
  const command = new Command('agent-cache')
    .description(
      'Moves an Express API from an SDK client built in every request to one shared, cached client.',
    )
    .version(toolVersion(), '-V, --version')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addHelpText('after', () => examples(env));
  for (const [tool, what] of Object.entries(TOOLS)) {
    command.command(tool).usage('[options]').helpOption(false).description(what);
  }
  return command;
}

function examples(env: NodeJS.ProcessEnv): string {
  const run = runnerFor(env);
  return `
Each command has a --help of its own.

Examples:
  ${run('init')} src                  write a cache module, a configuration and a guide for the code under src
  ${run('codemod')} --dry-run src     show what would change, write nothing
  ${run('codemod')} src               migrate src
  ${run('checklist')}                 prove it, here and in the pipeline
`;
}

/** The gate is about the whole package, from whichever folder of it npm's script was started. */
function withRoot(
  tool: Tool,
  packageFolder: string | undefined,
  words: readonly string[],
): readonly string[] {
  return tool === 'checklist' && packageFolder !== undefined ? ['--root', packageFolder, ...words] : words;
}

/** `codemod --dry-run src | head` ends the pipe early; the run goes on, and its exit code stays true. */
function survivePipeThatCloses(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
