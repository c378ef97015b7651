import { statSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { CodemodFlags } from '../codemod/arguments.ts';
import { commandLine, toolStart } from '../cli/command-line.ts';
import { identifier, named, nonEmpty } from '../cli/option-values.ts';
import { readCommand, type TextAnswer } from '../cli/read-command.ts';
import { UsageError } from '../cli/usage-error.ts';
import { FORMATS, type Format, isFormat } from './formats/format.ts';
import { HEALTH_PATH, type LiveOptions } from './live/options.ts';
import type { ChecklistOptions } from './options.ts';

interface Flags extends CodemodFlags {
  root: string;
  guide?: string[];
  format: Format;
  outputFile?: string;
  write: boolean;
  force: boolean;
  strict: boolean;
  baseline?: string;
  updateBaseline: boolean;
  mergeBaseline: boolean;
  accept?: string;
  why?: string;
  add: boolean;
  initGuide: boolean;
  staged: boolean;
  verifyCache: boolean;
  history?: string;
  url?: string;
  token?: string;
  path?: string;
  healthPath?: string;
  metricsUrl?: string;
  requests?: number;
  timeout?: number;
}

const DEFAULT_PATH = '/api/v1/campaigns';
const DEFAULT_REQUESTS = 20;
const DEFAULT_TIMEOUT_SECONDS = 5;

function examples(): string {
  const call = toolStart('checklist');
  return `
Examples:
  ${commandLine('checklist', []).padEnd(49)}  verify this tree against MIGRATION.md
  ${call} --root ../shop --guide docs/MIGRATION.md
  ${call} --write                       set the guide's ticks to the truth
  ${call} --format github               annotations and step summary in GitHub Actions
  ${call} --baseline checklist-baseline.json
  ${call} --url https://staging.example.com --path /api/v1/campaigns

Paths: --guide and --baseline are relative to --root, --output-file to the working folder.
CHECKLIST_TOKEN is read where --token is not given, CHECKLIST_METRICS_TOKEN for --metrics-url. agent-cache.config.json in the root is read, flags win over it; its "baseline" names one for hooks and jobs as well.

Exit codes, the same for every format:
  0  everything on the list is done, and nothing is missing from it
  1  something is not: each finding has its place, its reason and what fixes it
  2  bad usage, no or unreadable guide, empty list, or a question that nothing answers: it is named`;
}

/**
 * Reads the command line.
 *
 * @param argv the arguments after the script's name
 * @throws UsageError on anything that cannot be meant
 */
export function parseArguments(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): ChecklistOptions | TextAnswer {
  const command = createCommand();
  const answer = readCommand(command, argv);
  if (answer !== undefined) return answer;
  return toOptions(command.opts<Flags>(), env);
}

function createCommand(): Command {
  return new Command(toolStart('checklist'))
    .usage('[options]')
    .description(
      'Verifies the checklist of a migration guide against the code, and the code against the list.',
    )
    .option('--root <dir>', 'the tree to verify', named, '.')
    .option(
      '--guide <file>',
      'a guide with a task list; several times for several (default: MIGRATION.md)',
      several,
    )
    .option('--init-guide', 'write the first guide from the tree (not under CI)', false)
    .option('--format <name>', FORMATS.join(', '), format, 'text')
    .option('--output-file <file>', 'write the report there instead of to the terminal', named)
    .option('--write', 'set the ticks of the guide to the truth (not under CI)', false)
    .option('--add', 'with --write: list the files that the guide forgot', false)
    .option('--force', 'with --write: also under CI', false)
    .option('--strict', 'manual items have to be ticked too', false)
    .option('--baseline <file>', 'accept the entries of this file; fail on new ones and on stale ones', named)
    .option(
      '--update-baseline',
      'take stale entries out of the baseline, or start one (never under CI)',
      false,
    )
    .option('--merge-baseline', 'take both sides of a merge conflict in the baseline (never under CI)', false)
    .option('--accept <path>', 'accept what is left in a file, or in one line of it (src/a.ts:12)', named)
    .option('--why <text>', 'with --accept: the reason, which the baseline keeps', nonEmpty)
    .option('--staged', 'verify what is staged in git, for a hook', false)
    .option('--verify-cache', 'also load the cache module in a process of its own and call it twice', false)
    .option('--history <file>', 'add a line of how far the list is to this file', named)
    .option('--url <base>', 'also prove a running deployment', nonEmpty)
    .option('--token <token>', 'bearer token for it (better: CHECKLIST_TOKEN)', nonEmpty)
    .option('--path <path>', `a path of it that takes an agent (default: ${DEFAULT_PATH})`, nonEmpty)
    .option('--health-path <path>', `where the cache tells of itself (default: ${HEALTH_PATH})`, nonEmpty)
    .option('--metrics-url <url>', 'where its metrics are, if not at /metrics', nonEmpty)
    .option(
      '--requests <n>',
      `how many at once, then half as many and as many one by one (default: ${DEFAULT_REQUESTS})`,
      requests,
    )
    .option('--timeout <seconds>', `of each request (default: ${DEFAULT_TIMEOUT_SECONDS})`, seconds)
    .option('--agent-class <name>', 'as in the codemod', identifier)
    .option('--agent-module <path>', 'as in the codemod', named)
    .option('--cache-module <path>', 'as in the codemod', named)
    .option('--factory <name>', 'as in the codemod', identifier)
    .option('--provider <name>', 'as in the codemod', identifier)
    .option('--tasks <glob>', 'as in the codemod', named)
    .addHelpText('after', examples())
    .allowExcessArguments(false);
}

function toOptions(flags: Flags, env: NodeJS.ProcessEnv): ChecklistOptions {
  const { guide, format, write, force, strict, baseline, updateBaseline } = flags;
  if (force && !write) throw new UsageError('--force belongs to --write');
  if (flags.add && !write) throw new UsageError('--add belongs to --write');
  if ((flags.accept === undefined) !== (flags.why === undefined))
    throw new UsageError('--accept PATH and --why TEXT belong together: an accepted place has a reason');
  const writes =
    write || updateBaseline || flags.mergeBaseline || flags.initGuide || flags.accept !== undefined;
  if (flags.staged && writes)
    throw new UsageError('--staged only looks at the index: it goes with nothing that writes');
  const { agentClass, agentModule, cacheModule, factory, provider, tasks } = flags;
  const root = readRoot(flags.root);
  return {
    root,
    guides: readGuides(root, guide ?? []),
    add: flags.add,
    initGuide: flags.initGuide,
    staged: flags.staged,
    verifyCache: flags.verifyCache,
    ...(flags.history === undefined ? {} : { history: path.resolve(flags.history) }),
    format,
    outputFile: flags.outputFile === undefined ? undefined : path.resolve(flags.outputFile),
    write,
    force,
    strict,
    ...(baseline === undefined ? {} : { baseline }),
    updateBaseline,
    mergeBaseline: flags.mergeBaseline,
    ...(flags.accept === undefined || flags.why === undefined
      ? {}
      : { accept: { path: flags.accept, why: flags.why } }),
    live: readLive(flags, env),
    detection: { agentClass, agentModule, cacheModule, factory, provider, tasks },
  };
}

function readGuides(root: string, guides: readonly string[]): [string, ...string[]] {
  const [first = 'MIGRATION.md', ...others] = guides.map((guide) =>
    path.isAbsolute(guide) ? path.relative(root, guide) : path.normalize(guide),
  );
  return [first, ...others.filter((guide, index) => guide !== first && others.indexOf(guide) === index)];
}

function several(value: string, before: readonly string[] = []): string[] {
  return [...before, named(value)];
}

function readRoot(root: string): string {
  const absolute = path.resolve(root);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`--root ${root} does not exist`);
  if (!stats.isDirectory()) throw new UsageError(`--root ${root} is not a folder`);
  return absolute;
}

function readLive(flags: Flags, env: NodeJS.ProcessEnv): LiveOptions | undefined {
  const { url, path: livePath = DEFAULT_PATH } = flags;
  if (url === undefined) {
    const orphan = (['token', 'path', 'healthPath', 'metricsUrl', 'requests', 'timeout'] as const).find(
      (name) => flags[name] !== undefined,
    );
    if (orphan !== undefined) throw new UsageError(`${flagOf(orphan)} needs --url`);
    return undefined;
  }
  const token = flags.token ?? (env.CHECKLIST_TOKEN || undefined);
  const metricsToken = env.CHECKLIST_METRICS_TOKEN || undefined;
  const healthPath = flags.healthPath ?? HEALTH_PATH;
  for (const each of [token, metricsToken])
    if (each !== undefined && !/^[\x21-\x7e]+$/.test(each))
      throw new UsageError('the token is not one printable word');
  for (const [name, each] of [
    ['--path', livePath],
    ['--health-path', healthPath],
  ] as const)
    if (!/^\/[\x21-\x7e]*$/.test(each))
      throw new UsageError(`${name} ${each} has to be a path from / without spaces`);
  if (plainPath(livePath) === plainPath(healthPath))
    throw new UsageError('--path has to take an agent, and is where the cache tells of itself');
  return {
    healthPath,
    metricsUrl: flags.metricsUrl === undefined ? undefined : readMetricsUrl(flags.metricsUrl),
    metricsToken,
    url: readBase(url),
    token,
    path: livePath,
    requests: flags.requests ?? DEFAULT_REQUESTS,
    timeoutSeconds: flags.timeout ?? DEFAULT_TIMEOUT_SECONDS,
  };
}

function plainPath(text: string): string {
  return text.replace(/[?#].*$/, '').replace(/\/+$/, '');
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function readMetricsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError('--metrics-url has to be an http or https address');
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--metrics-url takes no credentials: use CHECKLIST_METRICS_TOKEN');
  return url.href;
}

function readBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--url has to be an http or https address`);
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--url takes no credentials: use CHECKLIST_TOKEN');
  if (url.search !== '' || url.hash !== '')
    throw new UsageError('--url is a base address, without query or fragment');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function format(value: string): Format {
  if (!isFormat(value)) throw new InvalidArgumentError(`Formats: ${FORMATS.join(', ')}.`);
  return value;
}

function requests(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value))
    throw new InvalidArgumentError('It has to be a whole number from 1 to 9999.');
  return Number(value);
}

function seconds(value: string): number {
  const number = Number(value);
  if (!/^\d+(?:\.\d+)?$/.test(value) || number <= 0 || number > 600) {
    throw new InvalidArgumentError('It has to be a number of seconds up to 600.');
  }
  return number;
}
