import { aClient, clientName } from '../../codemods/agent-cache/source/client-noun.ts';
import { type CodemodOptions, keyedGetter } from '../../codemods/agent-cache/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { callInProcess } from './cache/call-in-process.ts';
import { toItemPath } from './item-paths.ts';
import type { CacheReport, Finding } from './report.ts';
import { placeOfText } from './survey/used-names.ts';
import { describeParts } from './survey/describe-parts.ts';
import type { TreeSurvey } from './survey/survey-tree.ts';

/** What calling the cache showed. */
export interface CacheRun {
  cache?: CacheReport;
  findings: Finding[];
  /** What was called with an agent that does nothing, and why. */
  bare: string[];
}

/**
 * Loads every cache module of the tree in a process of its own and calls it twice: what no source can prove is
 * settled by what it does.
 *
 * @throws UsageError when there is none, or one cannot be run
 */
export function runCache(
  root: string,
  { cache, cacheModules, agentModules, unsure }: TreeSurvey,
  options: CodemodOptions,
  env: NodeJS.ProcessEnv,
): CacheRun {
  if (cacheModules.length === 0)
    throw new UsageError('--verify-cache: there is no cache module in the tree that could be run');
  const getter = keyedGetter(options);
  let isFaulty = false;
  const bare: string[] = [];
  const whys: string[] = unsure === undefined ? [] : [unsure];
  const findings = cacheModules.flatMap((file): Finding[] => {
    const names = {
      factory: options.factory,
      provider: options.provider,
      agentClass: options.agentClass,
      agentModules,
    };
    const { factory, provider, factoryAged, providerAged, keyed, keyedFault, bareSince } = callInProcess(
      root,
      file,
      options.keyed ? { ...names, keyed: getter } : names,
      env,
    );
    if (keyedFault !== undefined && cache.verified !== 'source')
      throw new UsageError(
        `--verify-cache: ${toItemPath(root, file)}: ${keyedFault}; leave --verify-cache out, and look at the module yourself`,
      );
    isFaulty ||= keyedFault !== undefined;
    if (bareSince !== undefined)
      bare.push(
        `${toItemPath(root, file)} was called with ${aClient(options)} whose methods answer nothing, since it could not be called as it is: ${bareSince}`,
      );
    const tell = (name: string, id: keyof typeof HINTS, message: string): Finding[] => [
      {
        file: toItemPath(root, file),
        ...placeOfText(file, name),
        rule: 'cache',
        id,
        message,
        hint: HINTS[id],
      },
    ];
    const apart = (name: string, called: string) =>
      tell(
        name,
        'cache-runs-apart',
        `two calls of ${called} in one process gave two instances of ${clientName(options)}`,
      );
    const renewed = (name: string, called: string) =>
      tell(
        name,
        'cache-runs-apart',
        `once the first instance of ${clientName(options)} was a year old, each call of ${called} gave a new one`,
      );
    const isMixed = keyed !== undefined && keyed.mixed.length > 0;
    const isAllMixed = isMixed && keyed.mixed.length === keyed.parts;
    // Whether it matters the source tells, where it can be followed.
    if (isMixed && !isAllMixed && cache.verified !== 'source')
      whys.push(
        `${getter}(…) gives one instance to callers who differ in ${describeParts(keyed.mixed)}, and nobody can tell whether the ${clientName(options)} is built of that`,
      );
    return [
      ...(factory === false ? apart(options.factory, `${options.factory}()`) : []),
      ...(provider === false ? apart(options.provider, `${options.provider}(…).getAgent()`) : []),
      ...(factoryAged === false ? renewed(options.factory, `${options.factory}()`) : []),
      ...(providerAged === false ? renewed(options.provider, `${options.provider}(…).getAgent()`) : []),
      ...(keyed?.keeps === false ? apart(getter, `${getter}(…) with the same arguments`) : []),
      ...(isAllMixed
        ? tell(
            getter,
            'cache-mixes',
            `calls of ${getter}(…) with different arguments gave one instance of ${clientName(options)}`,
          )
        : []),
    ];
  });
  const isRun = findings.length === 0 && whys.length === 0;
  const [why] = whys;
  // What could not be called is as well as its source shows it to be.
  const verified = isRun ? (isFaulty ? cache.verified : 'run') : 'no';
  const verdict: CacheReport = { module: cache.module, verified };
  return { findings, bare, cache: { ...verdict, ...(why === undefined ? {} : { why }) } };
}

const HINTS = {
  'cache-runs-apart':
    'keep the agent in a variable of the module, or write a cache with the codemod’s --init',
  'cache-mixes': 'keep one for each set of arguments, as the codemod’s --init --keyed does',
} as const;
