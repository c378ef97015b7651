import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import type { AgentName } from '../cache/machine.ts';
import type { Detection } from '../detector.ts';
import { toItemPath } from '../item-paths.ts';
import type { CacheReport, Finding } from '../report.ts';
import { ModuleGraph } from '../source/module-graph.ts';
import { findCopies } from './cache-copies.ts';
import { type AgentFound, findAgent } from './find-agent.ts';
import { findOtherClasses } from './other-classes.ts';
import { findPastCache } from './past-cache.ts';
import { findPerRequest } from './per-request.ts';
import { findUnseenBuilds } from './unseen-builds.ts';
import { findReadsOfRequests } from './reads-of-requests.ts';
import { missingExports, verifyCacheModule } from './verify-cache.ts';

/** What is known of the agent and its cache, beside what the codemod has to do. */
export interface Survey {
  agent: AgentFound;
  cache: CacheReport;
  /** Absolute; the modules that the tree's files get the shared agent from. */
  cacheModules: readonly string[];
  /** By file of the tree. */
  findings: ReadonlyMap<string, Finding[]>;
  /** A use of the cache that may build an agent, or what an agent is built of: no run of the cache itself can tell. */
  unsure?: string;
  /** Why nothing green could be said, were everything else well. */
  doubt?: string;
}

/** What the tree must have for a verdict: its root, and the words that were asked for. */
export interface Surveyed {
  root: string;
  options: CodemodOptions;
  detection: Detection;
}

/** Looks at the agent, at every module that stands for the cache, and at those who go around it. */
export function survey({ root, options, detection }: Surveyed): Survey | { problem: string } {
  const graph = new ModuleGraph((file, specifier) => detection.project.resolve(file, specifier));
  const agent = findAgent(root, detection, options, graph);
  if ('problem' in agent) return agent;
  const declared = new Set(agent.declaredIn);
  const name: AgentName = {
    agentClass: options.agentClass,
    builtBy: options.builtBy,
    isAgentModule: (file) => declared.has(file),
    isAgentPackage: (specifier) => specifier === agent.packageName,
  };
  const cacheModules = findCacheModules(root, detection, options);
  const findings: Finding[] = [];
  const shared = new Set<string>();
  const verified = cacheModules.map((file) => {
    const verdict = verifyCacheModule(file, { root, graph, agent: name, options, detection });
    findings.push(...verdict.findings);
    for (const each of verdict.shared) shared.add(`${file}\n${each}`);
    return verdict;
  });
  const scene = {
    root,
    graph,
    agent: name,
    options,
    detection,
    cacheModules,
    isShared: (file: string, each: string) => shared.has(`${file}\n${each}`),
  };
  const past = findPastCache(scene, agent);
  const copies = findCopies(scene);
  const reads = findReadsOfRequests(scene, agent);
  findings.push(
    ...missingExports(scene),
    ...withoutRepeats(past.findings, findUnseenBuilds(scene, agent)),
    ...copies.findings,
    ...findOtherClasses(scene, agent),
    ...reads.findings,
    ...findPerRequest(scene, past.drops),
  );
  // Of several, the one that speaks for all is one of which something is not known.
  const first = cacheModules.find((_, at) => verified[at]?.why !== undefined) ?? cacheModules[0];
  const [doubtful] = [...past.doubts, ...copies.doubts];
  const unsure =
    (doubtful && `${doubtful}, and its source does not show that this builds no agent of its own`) ??
    reads.doubts[0] ??
    verified.find((each) => each.unsure !== undefined)?.unsure;
  const why = verified.find((each) => each.why !== undefined)?.why ?? unsure;
  const doubt =
    cacheModules.length === 0
      ? withoutCache(options)
      : verified.find((each) => each.doubt !== undefined)?.doubt;
  return {
    agent,
    cache: {
      module: first === undefined ? packageOf(options) : toItemPath(root, first),
      verified:
        verified.length > 0 && verified.every((each) => each.isVerified) && unsure === undefined
          ? 'source'
          : 'no',
      ...(why === undefined ? {} : { why }),
    },
    cacheModules,
    findings: byFile(findings),
    ...(unsure === undefined ? {} : { unsure }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Every module that stands for the cache to some file that names the agent or a function of the cache. */
function findCacheModules(root: string, detection: Detection, options: CodemodOptions): string[] {
  const { project, namingCache, naming, read } = detection;
  const found = new Map<string, number>();
  for (const file of [...namingCache, ...naming]) {
    const module = project.cacheModuleOf(path.join(root, file));
    if (module !== undefined) found.set(module, (found.get(module) ?? 0) + 1);
  }
  if (found.size === 0 && options.cacheModule === undefined) {
    for (const file of read)
      if (/(?:^|\/)utils\/agent-cache\.[cm]?[jt]sx?$/.test(file)) found.set(path.join(root, file), 1);
  }
  return [...found]
    .sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
    .map(([file]) => file);
}

function packageOf({ cacheModule }: CodemodOptions): string | null {
  return cacheModule !== undefined && !path.isAbsolute(cacheModule) && !cacheModule.startsWith('.')
    ? cacheModule
    : null;
}

function withoutCache(options: CodemodOptions): string | undefined {
  if (packageOf(options) !== null) return undefined;
  const wanted = options.cacheModule ?? 'utils/agent-cache';
  return `no file of this tree has a cache module ${wanted} above it, so nobody can tell whether an agent is shared: name it with --cache-module, or write one with the codemod's --init`;
}

/** Findings without those whose line others tell of already. */
function withoutRepeats(findings: readonly Finding[], more: readonly Finding[]): Finding[] {
  const told = new Set(findings.map(({ file, line }) => `${file}:${line}`));
  return [...findings, ...more.filter(({ file, line }) => !told.has(`${file}:${line}`))];
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const grouped = new Map<string, Finding[]>();
  for (const finding of findings) grouped.set(finding.file, [...(grouped.get(finding.file) ?? []), finding]);
  return grouped;
}
