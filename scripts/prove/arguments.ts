import { parseArguments } from '../codemod/arguments.ts';
import { UsageError } from '../cli/usage-error.ts';

/** What `npm run prove` is asked for. */
export interface ProveArguments {
  /** A folder of source files, or the git directory of a repository, whose newest commit is taken. */
  repository: string;
  json: boolean;
  /** Leaves the migrated copy where it is, and says where. */
  keep: boolean;
  /** A shell command, run in the copy before and after. */
  test: string | undefined;
  /** A checkout of this project whose codemod is run instead of ours, to compare what they migrate. */
  tools: string | undefined;
  /** The codemod's own options. */
  options: readonly string[];
  /** What the codemod is run on, from the top of the tree on. */
  paths: readonly string[];
}

const NOT_HERE = ['dryRun', 'check', 'interactive', 'init', 'report'] as const;

/**
 * Reads the command line: the repository comes first, and what is none of our own options is the codemod's.
 *
 * @returns undefined when help is asked for
 * @throws UsageError without a repository, for an option that neither knows, and for what makes no sense here
 */
export function proveArguments(argv: readonly string[]): ProveArguments | undefined {
  const [repository, ...others] = argv;
  if (argv.includes('--help') || argv.includes('-h')) return undefined;
  if (repository === undefined || repository.startsWith('-'))
    throw new UsageError('no repository: name a folder, or the git directory of a repository, first');
  const given: string[] = [];
  const own: Record<'--test' | '--tools', string | undefined> = { '--test': undefined, '--tools': undefined };
  for (let index = 0; index < others.length; index++) {
    const each = others[index] ?? '';
    if (each === '--test' || each === '--tools') {
      own[each] = others[++index];
      if (own[each] === undefined)
        throw new UsageError(`${each} wants ${each === '--test' ? 'a command' : 'a folder'}`);
    } else if (each !== '--json' && each !== '--keep') given.push(each);
  }
  const { paths, options } = codemodArguments(given);
  return {
    repository,
    json: others.includes('--json'),
    keep: others.includes('--keep'),
    test: own['--test'],
    tools: own['--tools'],
    options,
    paths,
  };
}

/** Tells paths from options; without a path, the whole tree is meant. */
function codemodArguments(given: readonly string[]): { paths: string[]; options: string[] } {
  const asked = parseArguments([...given, '.']);
  if ('text' in asked) throw new UsageError('that option of the codemod answers by text alone');
  const wrong = NOT_HERE.find((name) => asked[name] !== undefined && asked[name] !== false);
  if (wrong !== undefined)
    throw new UsageError(
      `--${wrong.replace('R', '-r')} is not for here: the codemod writes into the copy, and into a report of its own`,
    );
  const paths = asked.paths.slice(0, -1);
  return {
    paths: paths.length > 0 ? paths : ['.'],
    options: given.slice(0, given.length - paths.length),
  };
}
