import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { toolStart } from '../cli/command-line.ts';
import { identifier, identifierOrNew, named } from '../cli/option-values.ts';
import { readCommand, type TextAnswer } from '../cli/read-command.ts';

/** The pipelines that a job can be written for. */
export const PIPELINES = ['github', 'gitlab', 'jenkins'] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** What `agent-cache init` is asked for. */
export interface InitArguments {
  folder: string;
  agentClass?: string;
  agentModule?: string;
  cacheModule?: string;
  factory?: string;
  /** What builds the client in place of `new`: the name of a static method, or `function`. */
  builtBy?: string;
  /** The getter gives its client at once. */
  sync?: true;
  /** One client for each set of arguments. */
  keyed?: true;
  library: boolean;
  ci?: Pipeline;
  health: boolean;
  dryRun: boolean;
}

/**
 * Reads the command line.
 *
 * @param argv the arguments after the tool's name
 * @throws UsageError on anything that cannot be meant
 */
export function parseInitArguments(argv: readonly string[]): InitArguments | TextAnswer {
  const command = createCommand();
  const answer = readCommand(command, argv);
  if (answer !== undefined) return answer;
  const {
    library = false,
    health = false,
    dryRun = false,
    ...others
  } = command.opts<Partial<InitArguments>>();
  const [folder = existsSync('src') ? 'src' : '.'] = command.args;
  return { folder, library, health, dryRun, ...others };
}

function createCommand(): Command {
  return new Command(toolStart('init'))
    .usage('[options] [dir]')
    .description(
      'Writes what a tree needs before its migration: a cache module, a configuration, and a guide.',
    )
    .argument('[dir]', 'the folder of the code (default: src, or this one)')
    .option(
      '--agent-class <name>',
      'the class to share (default: the one that is built most; asks on a terminal)',
      identifier,
    )
    .option('--agent-module <path>', 'the end of the path that it is imported from, or its package', named)
    .option('--cache-module <path>', 'the cache module to write (default: utils/agent-cache)', named)
    .option('--factory <name>', 'what its getter is to be called (default: get and the class)', identifier)
    .option(
      '--built-by <name>',
      "what builds it: a static method's name, or function where --agent-class names one (default: new)",
      identifierOrNew,
    )
    .option('--sync', 'a getter that gives its client at once, without a promise')
    .option('--keyed', 'also one client for each set of arguments')
    .option('--library', 'let the cache module use the library agent-cache-tools')
    .addOption(new Option('--ci <pipeline>', 'also write the job that runs the checklist').choices(PIPELINES))
    .option('--health', "also write a health route for the tree's Express")
    .option('-d, --dry-run', 'write nothing, print what would be written')
    .addHelpText('after', helpText())
    .allowExcessArguments(false);
}

function helpText(): string {
  const call = toolStart('init');
  return `
A configuration, guide, job or route that is there already is left as it is, and told.

The cache module is a file of your own, without any dependency, unless --library is given:
  own file    one shared client, one creation for all who wait, a TTL that each reader may shorten; a failure is not
              kept; invalidation and counts for a health route. It is yours to change.
  --library   all of that, and: renewal in the background before the TTL ends, a pause that grows after each failure,
              a deadline for creations, clocks that jump. Needs agent-cache-tools at run time: npm install it as a
              dependency, not for development alone. It gives promises, so it takes no --sync.

--keyed, --sync and --built-by are written into the configuration, so that the codemod and the checklist go by them.

Examples:
  ${call} src
  ${call} --agent-class StripeClient --agent-module lib/stripe src
  ${call} --library --ci github --health src
  ${call} --keyed --library src
  ${call} --agent-class twilio --agent-module twilio --built-by function src

Exit codes:
  0  written, or shown
  2  bad usage, no client found or several, or a cache module that is there already`;
}
