import path from 'node:path';
import { clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import type { AgentFound } from './find-agent.ts';
import { filesOnTheWay } from './files-on-the-way.ts';
import type { Node } from '@babel/types';
import { componentModels } from './component-models.ts';
import { buildingMethods } from './building-methods.ts';
import { type MixedUse, MixedUses } from './mixed-uses.ts';
import { describeParts } from './describe-parts.ts';
import type { FullScene, Scene } from './verify-cache.ts';
import { findListeners } from './listeners.ts';
import { isWithin, reachedByCache } from './unseen-builds.ts';
import { UNTOLD, type Way } from '../cache/way.ts';
import { isFunction, lastName } from './way-syntax.ts';
import { pathTo } from './argument-source.ts';
import { WayJudge } from './way-judge.ts';
import { wayUses } from './ways.ts';

/** What goes around the cache, what lets go of the shared agent, and what could not be told. */
export interface PastCache {
  findings: Finding[];
  /** Calls after which the shared agent is another one, by file of the tree. */
  drops: ReadonlyMap<string, ReadonlySet<Node>>;
  /** A use that may build an agent, and where. */
  doubts: string[];
}

/** Uses of what the cache module, its parts and the agent's module export that construct a new agent each time. */
export function findPastCache(scene: FullScene, agent: AgentFound): PastCache {
  const { root, graph, cacheModules } = scene;
  const own = new Set([...cacheModules, ...agent.modules, ...agent.declaredIn]);
  const owners = new Set([...own, ...partsOf(scene, own)]);
  const reached = reachedByCache(scene, new Set([...agent.modules, ...agent.declaredIn]));
  const methods = buildingMethods(graph, agent, scene.options.agentClass);
  const judge = new WayJudge(scene, owners, methods);
  const left = findListeners(scene, owners);
  const { findings } = left;
  const doubts: string[] = [];
  const mixedUses = new MixedUses(scene);
  const owns: { way: Way; file: string; line: number; column: number }[] = [];
  const drops = new Map<string, Set<Node>>();
  const onTheWay = filesOnTheWay(scene, owners, methods).flatMap((file) =>
    own.has(file) ? [] : (graph.model(file) ?? []),
  );
  for (const model of [...onTheWay, ...componentModels(scene, owners)]) {
    const { file } = model;
    const itemPath = toItemPath(root, file);
    const known = new Set(scene.detection.unfinished.get(itemPath)?.occurrences.map(({ line }) => line));
    for (const use of wayUses(model, graph, owners)) {
      if (owners.has(file) && isWithin(use.node, reached.get(file) ?? [])) continue;
      const verdict = judge.verdictOn(use);
      const { line, column } = placeOf(use.node);
      if (verdict?.conduct === 'builds' && !known.has(line))
        findings.push({ file: itemPath, line, column, ...judge.words(verdict) });
      const second = verdict === undefined ? judge.ownCacheOf(use) : undefined;
      if (second !== undefined) owns.push({ way: second, file: itemPath, line, column });
      const isHandedOn = verdict === undefined && use.form === 'value' && use.isGivenBack !== true;
      if (isHandedOn && judge.ownCacheOf({ ...use, way: calledOf(use.way), form: 'call' }) !== undefined)
        doubts.push(`${itemPath}:${line} hands on ${judge.nameOf(use.way)}, which makes another cache`);
      if (verdict?.conduct === 'unknown')
        doubts.push(
          `${itemPath}:${line} ${verdict.whole === undefined ? 'takes' : 'hands on'} ${judge.nameOf(verdict.way)}`,
        );
      const mixed = judge.isAsked(use.way) ? mixedUses.mixedAt(use, model.program) : undefined;
      if (mixed?.source.kind === 'untold')
        doubts.push(`${itemPath}:${line} gives ${judge.nameOf(mixed.way)} ${describeParts([mixed.part])}`);
      else if (mixed !== undefined)
        findings.push({ file: itemPath, line, column, ...mixing(mixed, judge, scene.options) });
      const isCalled = use.form === 'dropped' || (use.form === 'call' && verdict === undefined);
      const isHeard = use.form === 'value' && isListening(use.node, model.program);
      if ((isCalled && judge.drops(use.way)) || (isHeard && judge.drops(calledOf(use.way))))
        drops.set(itemPath, (drops.get(itemPath) ?? new Set()).add(use.node));
    }
  }
  // One that all use is the shared one, whoever makes it.
  const isShared = [...scene.detection.namingCache].some((each) => !own.has(path.join(root, each)));
  for (const { way, ...place } of owns.length > 1 || isShared ? owns : []) {
    if (takesNothing(way)) findings.push({ ...place, ...judge.wordsOfOwn(way) });
    else doubts.push(`${place.file}:${place.line} makes another cache with ${judge.nameOf(way)}(…)`);
  }
  return { findings, drops, doubts: [...doubts, ...left.doubts] };
}

/** Whether a function is left with what calls it once the request is answered: `res.on('finish', it)`. */
function isListening(node: Node, program: Node): boolean {
  const around = pathTo(program, node);
  const call = around.at(-1);
  if (call?.type !== 'CallExpression' || call.callee === node) return false;
  if (/^(?:then|finally|setImmediate|nextTick|queueMicrotask)$/.test(lastName(call.callee))) return true;
  const [event] = call.arguments;
  const { callee } = call;
  const isOfAnswer = event?.type === 'StringLiteral' && /^(?:finish|close|end)$/.test(event.value);
  if (!isOfAnswer || callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const { name } = callee.object;
  const handler = around.findLast((each) => isFunction(each) && each.params.length > 1);
  const params = handler !== undefined && isFunction(handler) ? handler.params : [];
  return params.some((each) => each.type === 'Identifier' && each.name === name);
}

/** With what a cache is made it may be one of something else: of another account. */
function takesNothing({ steps }: Way): boolean {
  return steps.every((each) => !('args' in each) || each.args.length === 0);
}

function calledOf(way: Way): Way {
  return { ...way, steps: [...way.steps, { kind: 'call', args: UNTOLD }] };
}

function mixing(
  { way, part }: MixedUse,
  judge: WayJudge,
  options: Scene['options'],
): Pick<Finding, 'rule' | 'id' | 'message' | 'hint'> {
  return {
    rule: 'past-cache',
    id: 'cache-mixes',
    message: `${judge.nameOf(way)}(…) gives one ${clientName(options)} to callers who differ in ${describeParts([part])}, of which it was built`,
    hint: `keep one for each set of arguments, as the codemod’s --init --keyed does, and ask ${keyedGetter(options)}(…)`,
  };
}

/** The files between the cache and the class: what the cache imports and what names the class, or imports such a file. */
function partsOf(
  { graph, cacheModules, detection, options }: FullScene,
  own: ReadonlySet<string>,
): Set<string> {
  const imports = new Map<string, string[]>();
  const enter = (file: string): void => {
    if (imports.has(file) || (own.has(file) && !cacheModules.includes(file))) return;
    const targets = detection.project.modulesOf(file).flatMap((each) => graph.resolve(file, each) ?? []);
    imports.set(file, targets);
    for (const target of targets) enter(target);
  };
  for (const file of cacheModules) enter(file);
  const parts = new Set<string>();
  for (let size = -1; size !== parts.size; ) {
    size = parts.size;
    for (const [file, targets] of imports) {
      if (own.has(file)) continue;
      const namesClass = detection.project.read(file)?.includes(options.agentClass) ?? false;
      if (namesClass || targets.some((target) => parts.has(target))) parts.add(file);
    }
  }
  return parts;
}

function placeOf({ loc }: Node): { line: number; column: number } {
  return { line: loc?.start.line ?? 1, column: (loc?.start.column ?? 0) + 1 };
}
