import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { callInProcess } from './cache/call-in-process.ts';
import { toItemPath } from './item-paths.ts';
import type { CacheReport, Finding } from './report.ts';
import { placeOfText } from './survey/used-names.ts';
import type { TreeSurvey } from './survey/survey-tree.ts';

/** What calling the cache showed. */
export interface CacheRun {
  cache?: CacheReport;
  findings: Finding[];
}

/**
 * Loads every cache module of the tree in a process of its own and calls it twice: what no source can prove is
 * settled by what it does.
 *
 * @throws UsageError when there is none, or one cannot be run
 */
export function runCache(
  root: string,
  { cache, cacheModules, unsure }: TreeSurvey,
  options: CodemodOptions,
  env: NodeJS.ProcessEnv,
): CacheRun {
  if (cacheModules.length === 0)
    throw new UsageError('--verify-cache: there is no cache module in the tree that could be run');
  const findings = cacheModules.flatMap((file): Finding[] => {
    const calls = callInProcess(root, file, options, env);
    const apart = [
      ...(calls.factory ? [] : [{ name: options.factory, called: `${options.factory}()` }]),
      ...(calls.provider === false
        ? [{ name: options.provider, called: `${options.provider}(…).getAgent()` }]
        : []),
    ];
    return apart.map(({ name, called }) => ({
      file: toItemPath(root, file),
      ...placeOfText(file, name),
      rule: 'cache',
      id: 'cache-runs-apart',
      message: `two calls of ${called} in one process gave two instances of ${options.agentClass}`,
      hint: 'keep the agent in a variable of the module, or write a cache with the codemod’s --init',
    }));
  });
  const isRun = findings.length === 0 && unsure === undefined;
  const why = unsure === undefined ? {} : { why: unsure };
  return { findings, cache: { module: cache.module, verified: isRun ? 'run' : 'no', ...why } };
}
