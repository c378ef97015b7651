import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import type { CodemodFlags } from '../../codemod/arguments.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { Detection } from '../detector.ts';
import type { GuideItem } from '../guide/guide-item.ts';
import { toItemPath } from '../item-paths.ts';
import type { CacheReport, Finding, SubjectReport } from '../report.ts';
import { survey } from './survey.ts';

/** What is known of the agent and its cache, ready for a report. */
export interface TreeSurvey {
  subject: SubjectReport;
  cache: CacheReport;
  /** Absolute. */
  cacheModules: readonly string[];
  /** What the agent's class is imported from: absolute files, or a package. */
  agentModules: readonly string[];
  findings: ReadonlyMap<string, Finding[]>;
  /** A use of the cache that may build an agent: no run of the cache itself can tell. */
  unsure?: string;
  /** Why nothing green can be said, were everything else well. */
  doubt?: string;
}

/**
 * Surveys a tree for a guide.
 *
 * @throws UsageError when the agent's class is not found, so that nothing that builds one could be seen
 */
export function surveyTree(
  root: string,
  options: CodemodOptions,
  flags: CodemodFlags,
  items: readonly GuideItem[],
  detection: Detection,
): TreeSurvey {
  const { agentClass, agentModule, factory, builtBy, keyed } = options;
  const asked = {
    agentClass,
    agentModule,
    factory,
    ...(builtBy !== undefined && { builtBy }),
    ...(keyed !== undefined && { keyed }),
  };
  const surveyed = survey({ root, options, detection });
  if (!('problem' in surveyed)) {
    const { agent, cache, cacheModules, findings, unsure, doubt } = surveyed;
    const files = agent.declaredIn.map((file) => toItemPath(root, file));
    const declaredIn = agent.packageName === undefined ? files : [agent.packageName];
    const lists = items.some((item) => item.paths.length > 0);
    return {
      subject: { ...asked, declaredIn },
      cache,
      cacheModules,
      agentModules: agent.packageName === undefined ? agent.declaredIn : [agent.packageName],
      findings,
      ...(unsure === undefined ? {} : { unsure }),
      ...(doubt === undefined || !lists ? {} : { doubt }),
    };
  }
  const nothing: TreeSurvey = {
    subject: { ...asked, declaredIn: [] },
    cache: { module: null, verified: 'no', why: surveyed.problem },
    cacheModules: [],
    agentModules: [],
    findings: new Map(),
  };
  const isAsked = flags.agentClass !== undefined || flags.agentModule !== undefined;
  const lists = items.some((item) => item.paths.length > 0);
  // A guide of checks alone, in a tree that never heard of the agent, claims nothing about it.
  if (!lists && !isAsked && detection.naming.size === 0) return nothing;
  // Nothing is there yet, and the list says so itself.
  if (items.some(({ paths }) => paths.some((each) => isMissingCache(root, each, detection))))
    return { ...nothing, doubt: surveyed.problem };
  throw new UsageError(`cannot tell: ${surveyed.problem}`);
}

function isMissingCache(root: string, itemPath: string, { read }: Detection): boolean {
  return (
    /(?:^|\/)agent-cache\.[cm]?[jt]s$/.test(itemPath) &&
    !read.has(itemPath) &&
    path.join(root, itemPath).startsWith(root)
  );
}

/** What could not be told, or not be proven, as remarks that do not fail by themselves. */
export function surveyNotes(guide: string, { doubt, cache, cacheModules, unsure }: TreeSurvey): Finding[] {
  const place = { file: guide, line: 1, column: 1, rule: 'cache' as const };
  if (doubt !== undefined) return [{ ...place, id: 'cannot-tell', message: `cannot tell: ${doubt}` }];
  if (cache.module === null || cache.verified !== 'no') return [];
  // What is wrong with it is told where it stands.
  if (cache.why === undefined && cacheModules.length > 0) return [];
  const why = cache.why ?? 'its source is not part of this tree';
  return [
    {
      ...place,
      id: 'cache-not-verified',
      message: `${cache.module} is not verified: ${why}`,
      hint:
        unsure !== undefined && why === unsure
          ? 'call the getter of the cache there, or write what is called so that it can be followed'
          : '--verify-cache loads it in a process of its own and calls it twice',
    },
  ];
}
