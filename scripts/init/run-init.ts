import { existsSync } from 'node:fs';
import path from 'node:path';
import { repositoryOf } from '../../codemods/agent-cache/files/git.ts';
import { aClient } from '../../codemods/agent-cache/source/client-noun.ts';
import { keyedGetter } from '../../codemods/agent-cache/options.ts';
import type { Arguments } from '../codemod/arguments.ts';
import { commandLine } from '../cli/command-line.ts';
import { checkSynchronous } from '../codemod/check-synchronous.ts';
import { nearestConfigFile, readConfigFile } from '../codemod/config-file.ts';
import { defaultGetter } from '../codemod/default-getter.ts';
import { cacheModuleOf, type NewCacheModule, questionsOf } from '../codemod/init/init-cache-module.ts';
import { createFormatAsTree } from '../codemod/formatting/format-as-tree.ts';
import { differingText } from '../codemod/init/next-steps.ts';
import { shownPath } from '../cli/shown-path.ts';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import { type InitArguments, parseInitArguments } from './arguments.ts';
import { exportsToAdd } from './across-packages.ts';
import { askForClient, canAsk } from './ask.ts';
import { calledOf, type Client, findClients, namingFlags } from '../codemod/init/find-clients.ts';
import { type Given, givenBy } from './given-by.ts';
import {
  configFile,
  formatted,
  guideFile,
  healthFile,
  isReplaced,
  type NewFile,
  show,
  write,
} from './new-files.ts';
import { pipelineFile } from './pipeline-files.ts';

/**
 * Prepares a tree for its migration as the command line asks.
 *
 * @param argv the arguments after the tool's name
 * @returns the exit code: 0 written or shown, 2 it could not
 */
export async function runInit(argv: readonly string[]): Promise<number> {
  try {
    const asked = parseInitArguments(argv);
    if ('text' in asked) {
      process.stdout.write(asked.text);
      return 0;
    }
    await prepare(asked);
    return 0;
  } catch (error) {
    process.stderr.write(`init: ${error instanceof UsageError ? error.message : reasonOf(error)}\n`);
    return 2;
  }
}

async function prepare(asked: InitArguments): Promise<void> {
  const { folder, library, dryRun } = asked;
  if (!existsSync(folder)) throw new UsageError(`${folder}: there is no such folder`);
  const root = rootOf(folder);
  const configured = path.join(root, 'agent-cache.config.json');
  await requireNoneAbove(root, asked);
  const client = await clientOf(await withConfigured(asked, configured));
  const cache = await cacheModuleOf(folder, codemodArguments(asked, client), library).catch(
    async (error: unknown) => {
      // What is asked for may be impossible because the tree is said to build by something else.
      if (asked.builtBy !== undefined) await requireConfigured({ builtBy: asked.builtBy }, configured);
      throw error;
    },
  );
  const given = requireExports(cache, asked);
  if (cache.isPresent && cache.options.sync) checkSynchronous([folder], cache.options);
  const format = createFormatAsTree();
  const config = await formatted(configFile(root, cache), format);
  if (!isReplaced(config)) await requireConfigured(asked, config.target);
  const files: NewFile[] = [
    { ...cache, earlier: cache.replaced === undefined ? [] : [cache.replaced] },
    config,
    await formatted(await guideFile(root, folder, cache, given), format),
  ];
  if (asked.health) files.push(await formatted(healthFile(cache), format));
  if (asked.ci !== undefined) {
    const repository = repositoryOf(path.resolve(folder));
    const { target, text } = pipelineFile(asked.ci, repository);
    files.push(await formatted({ target: path.join(repository ?? root, target), text }, format));
  }
  const present = files.filter((file) => existsSync(file.target) && !isReplaced(file));
  const missing = files.filter((file) => !present.includes(file));
  const told = (await aboutPlaces(cache, asked)) + exportsToAdd(cache, given);
  if (dryRun) return await show(missing, told);
  const lines = missing.map(
    (file) => `${isReplaced(file) ? 'rewrote' : 'wrote  '} ${shownPath(file.target)}\n`,
  );
  for (const file of missing) write(file);
  const left = present.map(({ target }) => `is there already, and was left  ${shownPath(target)}\n`);
  process.stdout.write([...lines, ...left, told, nextSteps(asked, cache, given)].join(''));
}

/** What a new module builds and who builds otherwise, what its name could mean too, and what the class leaves open. */
async function aboutPlaces(
  { isPresent, what, note, agentFile, options }: NewCacheModule,
  { folder, library, cacheModule }: InitArguments,
): Promise<string> {
  if (isPresent) return '';
  const differing = differingText(what);
  const questions = agentFile === undefined ? '' : await questionsOf(agentFile, options);
  const same = [
    ...(options.sync ? ['--sync'] : []),
    ...(library ? ['--library'] : []),
    ...(cacheModule === undefined ? [] : ['--cache-module', cacheModule]),
  ];
  const entries =
    differing === '' || options.keyed
      ? ''
      : `With --keyed, the module also has one for each set of arguments: ${commandLine('init', ['--keyed', ...same, folder])}\n`;
  return [
    differing === '' ? '' : `\n${differing}${entries}`,
    note === undefined ? '' : `\nNote: ${note}\n`,
    questions,
  ].join('');
}

/** A cache module has to export what everything else is written with. */
function requireExports(cache: NewCacheModule, { health }: InitArguments): Given {
  const { isPresent, target, options } = cache;
  const given = givenBy(cache);
  const { factory, keyed } = options;
  const isThere = `${shownPath(target)} is there already and has no`;
  if (isPresent && !given.shared && !given.keyed)
    throw new UsageError(
      `${isThere} ${factory}: name its function with --factory, or a module of its own for ${options.agentClass} with --cache-module`,
    );
  if (keyed && !given.keyed)
    throw new UsageError(
      `${isThere} ${keyedGetter(options)}(…), and it is not what init writes for this tree, so it was left: write one there, or leave keyed out`,
    );
  if (health && !given.stats)
    throw new UsageError(
      isPresent
        ? `${isThere} ${options.provider}() with getStats() for a health route: leave --health out`
        : `a health route tells of ${aClient(options)} that is shared, and here each set of arguments has its own: leave --health out`,
    );
  return given;
}

/** A configuration that is there is left as it is, so it has to say what is asked for. */
async function requireConfigured(
  { agentClass, sync, keyed, builtBy }: Pick<InitArguments, 'agentClass' | 'sync' | 'keyed' | 'builtBy'>,
  file: string,
): Promise<void> {
  if (!existsSync(file) || (!sync && !keyed && builtBy === undefined)) return;
  const configured = await readConfigFile(shownPath(file));
  if (configured.agentClass !== undefined && agentClass !== undefined && configured.agentClass !== agentClass)
    throw new UsageError(
      `${shownPath(file)} is about ${configured.agentClass}, and about one class alone: for ${agentClass}, give codemod --init, codemod and checklist what is asked for as flags`,
    );
  const asked = [
    { name: 'sync', flag: '--sync', value: sync },
    { name: 'keyed', flag: '--keyed', value: keyed },
    { name: 'builtBy', flag: '--built-by', value: builtBy },
  ] as const;
  for (const { name, flag, value } of asked)
    if (value !== undefined && (configured[name] ?? (name === 'builtBy' ? 'new' : undefined)) !== value)
      throw new UsageError(
        `${shownPath(file)} is there already and does not say so: add "${name}": ${JSON.stringify(value)} to it, or leave ${flag} out`,
      );
}

/** A package of a tree that shares a class has its cache from there: another one would wrap that. */
async function requireNoneAbove(root: string, { agentClass }: InitArguments): Promise<void> {
  const above = nearestConfigFile(root);
  if (above === undefined || path.dirname(above) === root) return;
  const { agentClass: shared } = await readConfigFile(shownPath(above));
  if (shared === undefined || (agentClass !== undefined && agentClass !== shared)) return;
  throw new UsageError(
    `${shownPath(above)} is about this folder, too, and shares ${shared}: run init in its folder, or name another class with --agent-class`,
  );
}

/** Who asks again need not name what the configuration has. */
async function withConfigured(asked: InitArguments, file: string): Promise<InitArguments> {
  if (!existsSync(file) || asked.agentClass !== undefined) return asked;
  const { agentClass, agentModule, builtBy, factory } = await readConfigFile(shownPath(file));
  if (agentClass === undefined || agentModule === undefined) return asked;
  return {
    ...asked,
    agentClass,
    agentModule,
    ...(asked.factory === undefined && factory !== undefined && { factory }),
    ...(asked.builtBy === undefined && builtBy !== undefined && { builtBy }),
  };
}

async function clientOf(asked: InitArguments): Promise<Client> {
  const { folder, agentClass, agentModule, builtBy, sync, keyed, library } = asked;
  const clients = findClients(folder, { builtBy, agentClass }).filter(
    ({ name }) => agentClass === undefined || name === agentClass,
  );
  if (agentClass !== undefined && agentModule !== undefined) {
    // Who names a function means what it builds.
    const by =
      builtBy ?? (clients.every((each) => each.builtBy === 'function') ? clients[0]?.builtBy : undefined);
    return { name: agentClass, module: agentModule, places: 0, ...(by !== undefined && { builtBy: by }) };
  }
  const [only, second] = clients;
  if (only === undefined) {
    if (builtBy === 'function' && agentClass === undefined)
      throw new UsageError('--built-by function: name the function that builds it with --agent-class');
    const by = builtBy === undefined || builtBy === 'new' ? '' : ` by ${builtBy}`;
    const what = `builds a ${agentClass ?? 'client'}${by} inside a function`;
    throw new UsageError(`nothing under ${folder} ${what}: name it with --agent-class and --agent-module`);
  }
  if (second === undefined) return only;
  const shown = clients.slice(0, 9);
  if (canAsk()) {
    const chosen = await askForClient(shown);
    if (chosen !== undefined) return chosen;
    throw new UsageError('no class was chosen: nothing was written');
  }
  const kinds = shown.some((each) => each.builtBy === 'function') ? 'clients' : 'classes';
  const flags = [
    ...(sync ? ['--sync'] : []),
    ...(keyed ? ['--keyed'] : []),
    ...(library ? ['--library'] : []),
  ];
  const names = shown.map((each) => `${calledOf(each)} from ${each.module} (${each.places})`);
  throw new UsageError(
    `several ${kinds} are built inside functions: ${names.join(', ')}; name the one to share with --agent-class and --agent-module, for one: ${commandLine('init', [...namingFlags(only), ...flags, folder])}`,
  );
}

function codemodArguments(asked: InitArguments, { name, module, builtBy }: Client): Arguments {
  const {
    folder,
    cacheModule,
    factory = defaultGetter(folder, { agentClass: name, ...(cacheModule !== undefined && { cacheModule }) }),
  } = asked;
  return {
    paths: [],
    dryRun: false,
    check: false,
    force: false,
    interactive: false,
    init: folder,
    flags: {
      agentClass: name,
      agentModule: module,
      factory,
      ...(cacheModule === undefined ? {} : { cacheModule }),
      ...(builtBy !== undefined && { builtBy }),
      ...(asked.sync && { sync: true }),
      ...(asked.keyed && { keyed: true }),
    },
  };
}

/** Where the guide and the configuration belong: the folder of the nearest package.json, or the repository's. */
function rootOf(folder: string): string {
  const start = path.resolve(folder);
  for (let each = start; ; each = path.dirname(each)) {
    if (existsSync(path.join(each, 'package.json')) || existsSync(path.join(each, '.git'))) return each;
    if (each === path.dirname(each)) return start;
  }
}

function nextSteps(
  { folder, library, health }: InitArguments,
  { target, options }: NewCacheModule,
  given: Given,
): string {
  const getters = [
    ...(given.shared ? [`${options.factory}()`] : []),
    ...(given.keyed ? [`${keyedGetter(options)}(…)`] : []),
  ].join(' and ');
  // Beside `devDependencies` that have it, npm leaves it there unless it is told otherwise.
  const first = library
    ? 'npm install --save-prod agent-cache-tools    the cache module needs it at run time\n  '
    : '';
  const root = path.relative(process.cwd(), rootOf(folder));
  const mount = health
    ? '\nMount agentCacheHealth where your other routes are: app.use(agentCacheHealth).\n'
    : '';
  return `
Next:
  ${first}${commandLine('codemod', ['--dry-run', folder])}    to see what would change
  ${commandLine('codemod', [folder])}    to write it, once you read ${shownPath(target)} and committed
  ${commandLine('checklist', root === '' ? [] : ['--root', root])}    to prove that nothing but ${getters} gives ${aClient(options)}
${mount}`;
}
