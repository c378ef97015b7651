import { type AssumeFlag, assumption } from './assumptions.ts';
import { Command, InvalidArgumentError } from 'commander';
import { toolStart, commandLine } from '../cli/command-line.ts';
import { helpText } from './help-text.ts';
import { identifier, identifierOrNew, named } from '../cli/option-values.ts';
import { readCommand, type TextAnswer } from '../cli/read-command.ts';
import { UsageError } from '../cli/usage-error.ts';

/** The options of the codemod that a flag or the configuration file may set. */
export interface CodemodFlags {
  agentClass?: string;
  agentModule?: string;
  cacheModule?: string;
  tasks?: string;
  /** Seconds. */
  taskTtl?: number;
  factory?: string;
  provider?: string;
  mark?: boolean;
  /** What the user vouches for. */
  assume?: AssumeFlag[];
  /** The cache module has to give its agent at once; with --init, it is written so. */
  sync?: boolean;
  /** One entry for each set of arguments. */
  keyed?: boolean;
  /** `new`, a static method, or `function`. */
  builtBy?: string;
  /** Globs of files to leave alone; only the configuration file sets them. */
  exclude?: string[];
}

/** What the command line asks for. */
export interface Arguments {
  paths: string[];
  dryRun: boolean;
  /** Write nothing, and say by the exit code whether anything would change. */
  check: boolean;
  force: boolean;
  interactive: boolean;
  report?: string;
  init?: string;
  config?: string;
  flags: CodemodFlags;
}

/**
 * Reads the command line.
 *
 * @param argv the arguments after the script's name
 * @throws UsageError on an unknown flag, a missing value, or no path
 */
export function parseArguments(argv: readonly string[]): Arguments | TextAnswer {
  const command = createCommand();
  const contradicted = contradictionIn(command);
  const answer = readCommand(command, argv, elsewhere());
  if (answer !== undefined) return answer;
  const name = contradicted();
  if (name !== undefined)
    throw new UsageError(`--${name} and --no-${name} contradict each other: leave one of them out`);
  return toArguments(command);
}

/** What people look for here who know the other tool. */
function elsewhere(): Record<string, string> {
  const checklist = `it is one of ${toolStart('checklist')}`;
  const report = '--report FILE writes a report, as JSON or as a page for .html and .md';
  return {
    '--format': `${report}; SARIF and JUnit are formats of ${toolStart('checklist')}`,
    '--output-file': report,
    ...Object.fromEntries(
      ['--root', '--guide', '--write', '--url', '--baseline', '--staged', '--verify-cache'].map((name) => [
        name,
        checklist,
      ]),
    ),
  };
}

/** Notes the flags of a command line; what it gives tells the first one that is both asked for and refused. */
function contradictionIn(command: Command): () => string | undefined {
  const seen = new Set<string>();
  for (const { long } of command.options) {
    const name = long?.slice('--'.length) ?? '';
    command.on(`option:${name}`, () => seen.add(name));
  }
  return () => [...seen].find((name) => seen.has(`no-${name}`));
}

function createCommand(): Command {
  return new Command(toolStart('codemod'))
    .usage('[options] <paths...>')
    .description('Moves an Express code base from an agent built per request to one shared, cached agent.')
    .argument('[paths...]', 'files or folders to migrate')
    .option('-d, --dry-run', 'write nothing, print the unified diff')
    .option('--check', 'write nothing, end with 1 when anything would change or is left')
    .option('--force', 'go on although git has uncommitted changes in the paths')
    .option('-i, --interactive', 'show the diff of each file and ask, place by place: yes, no, all, quit')
    .option('--report <file>', 'write a report: JSON, or a page for .html and .md', named)
    .option('--agent-class <name>', 'the class (default: FacebookAdsAgent)', identifier)
    .option(
      '--agent-module <path>',
      'the end of the path it is imported from (default: agents/facebook-ads-agent)',
      named,
    )
    .option('--cache-module <path>', 'the module to import from (default: nearest utils/agent-cache)', named)
    .option(
      '--factory <name>',
      'what the cache module calls its getter (default: get and the class; getFacebookAgent)',
      identifier,
    )
    .option('--provider <name>', 'its provider for tasks (default: getCachedAgentProvider)', identifier)
    .option('--tasks <glob>', 'which files are tasks (default: **/tasks/**)', named)
    .option('--task-ttl <seconds>', 'how old an agent a task accepts (default: 1800)', seconds)
    .option(
      '--assume <id=why>',
      'vouch for what no code tells, as the hint of a place asks (repeatable)',
      assumption,
    )
    .option('--sync', 'the getter gives its agent at once, without a promise; with --init: write it so')
    .option('--keyed', 'one agent for each set of arguments; with --init: write a cache that has them')
    .option(
      '--built-by <name>',
      'what builds it: new, a static method such as init or create, or function (default: new)',
      identifierOrNew,
    )
    .option('--mark', 'write a comment at each place that is left for a person')
    .option('--no-mark', 'write none, whatever the configuration says')
    .option(
      '--config <file>',
      'configuration file (default: the nearest agent-cache.config.json above the paths)',
      named,
    )
    .option('--init <dir>', 'write a starting cache module for the code under this folder', named)
    .addHelpText('after', helpText());
}

function toArguments(command: Command): Arguments {
  const {
    dryRun = false,
    check = false,
    force = false,
    interactive = false,
    report,
    init,
    config,
    ...flags
  } = command.opts<Partial<Omit<Arguments, 'paths' | 'flags'>> & CodemodFlags>();
  const paths = command.args;
  if (init !== undefined && paths.length > 0) {
    throw new UsageError('--init takes one folder and no paths: run it first, then the codemod on the paths');
  }
  if (init === undefined && paths.length === 0) {
    throw new UsageError(
      `no path: name the files or folders to migrate, such as ${commandLine('codemod', ['--dry-run', 'src'])}`,
    );
  }
  if (init !== undefined && (interactive || check || report !== undefined || flags.mark === true)) {
    throw new UsageError(
      '--init takes no --interactive, --check, --report or --mark: it writes the cache module alone',
    );
  }
  if (paths.includes('')) throw new UsageError('a path is empty: name the files or folders to migrate');
  if ((dryRun || check) && interactive) {
    throw new UsageError(
      `--${dryRun ? 'dry-run' : 'check'} never writes and --interactive asks before writing: leave one of them out`,
    );
  }
  return { paths, dryRun, check, force, interactive, report, init, config, flags };
}

function seconds(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new InvalidArgumentError('It has to be a whole number of seconds, from 1 to 999999999.');
  return Number(value);
}
