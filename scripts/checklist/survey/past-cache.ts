import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { importedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { conductOfWay, dropsShared, kindOfWay, type WayConduct } from '../cache/judge-way.ts';
import { type Way, wayKey } from '../cache/way.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import type { AgentFound } from './find-agent.ts';
import { filesOnTheWay } from './files-on-the-way.ts';
import type { Node } from '@babel/types';
import { buildingMethods, mayBuild } from './may-build.ts';
import type { Scene } from './verify-cache.ts';
import { isWithin, reachedByCache } from './unseen-builds.ts';
import { type WayUse, wayUses } from './ways.ts';

type FullScene = Scene & { cacheModules: readonly string[] };

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
  const findings: Finding[] = [];
  const drops = new Map<string, Set<Node>>();
  const doubts: string[] = [];
  for (const file of filesOnTheWay(scene, owners, methods)) {
    const model = own.has(file) ? undefined : graph.model(file);
    if (model === undefined) continue;
    const itemPath = toItemPath(root, file);
    const known = new Set(scene.detection.unfinished.get(itemPath)?.occurrences.map(({ line }) => line));
    for (const use of wayUses(model, graph)) {
      if (owners.has(file) && isWithin(use.node, reached.get(file) ?? [])) continue;
      const verdict = judge.verdictOn(use);
      const { line, column } = placeOf(use.node);
      if (verdict?.conduct === 'builds' && !known.has(line))
        findings.push({ file: itemPath, line, column, ...judge.words(verdict.way) });
      if (verdict?.conduct === 'unknown')
        doubts.push(`${itemPath}:${line} takes ${judge.nameOf(verdict.way)}`);
      if (use.form === 'dropped' && judge.drops(use.way))
        drops.set(itemPath, (drops.get(itemPath) ?? new Set()).add(use.node));
    }
  }
  return { findings, drops, doubts };
}

/** The files between the cache and the class: what the cache imports and what names the class, or imports such a file. */
function partsOf(
  { graph, cacheModules, detection, options }: FullScene,
  own: ReadonlySet<string>,
): Set<string> {
  const imports = new Map<string, string[]>();
  const enter = (file: string): void => {
    if (imports.has(file) || (own.has(file) && !cacheModules.includes(file))) return;
    const text = detection.project.read(file) ?? '';
    const targets = importedModules(text).flatMap((each) => graph.resolve(file, each) ?? []);
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

/** Judges ways once each, however many go them. */
class WayJudge {
  readonly #scene: FullScene;
  readonly #owners: ReadonlySet<string>;
  readonly #methods: ReadonlySet<string>;
  readonly #conducts = new Map<string, WayConduct>();
  readonly #kinds = new Map<string, ReturnType<typeof kindOfWay>>();
  readonly #drops = new Map<string, boolean>();

  constructor(scene: FullScene, owners: ReadonlySet<string>, methods: ReadonlySet<string>) {
    this.#scene = scene;
    this.#methods = methods;
    this.#owners = owners;
  }

  /** The first part of a way that builds an agent, or may; undefined where none does. */
  verdictOn({ way, form, isGivenBack }: WayUse): { way: Way; conduct: WayConduct } | undefined {
    if (!this.#isOwned(way) || way.steps.at(-1)?.kind === 'write') return undefined;
    const { graph, agent, options } = this.#scene;
    // What it does is told of the cache itself.
    if (this.#isKeyedGetter(way)) return undefined;
    // The codemod tells of the class's own construction.
    if (way.steps[0]?.kind === 'new' && this.#ownName(way.file, way.name) === options.agentClass)
      return undefined;
    for (let length = 1; length <= way.steps.length; length += 1) {
      const part = { ...way, steps: way.steps.slice(0, length) };
      const isLast = length === way.steps.length;
      const conduct = this.#conductOf(part);
      if (conduct === 'builds')
        return isLast && form === 'value' && isGivenBack ? undefined : { way: part, conduct };
      // Renewing is what some are for; what is renewed for one answer alone goes past the cache.
      if (conduct === 'renews' && !(isLast && form === 'dropped')) return { way: part, conduct: 'builds' };
      if (conduct === 'unknown' && mayBuild(part, graph, this.#scene.options)) return { way: part, conduct };
      if (this.#kindOf(part) === 'agent' && !this.#agentBuilds(way.steps[length])) return undefined;
    }
    if (form !== 'value' || isGivenBack || this.#kindOf(way) !== 'function') return undefined;
    const called: Way = { ...way, steps: [...way.steps, { kind: 'call', args: [{}, {}, {}, {}] }] };
    const conduct = conductOfWay(graph, agent, called);
    return conduct === 'builds' ? { way, conduct } : undefined;
  }

  drops(way: Way): boolean {
    const { graph, agent, options, cacheModules } = this.#scene;
    const [cache] = cacheModules;
    const last = way.steps.at(-1)?.kind;
    if (cache === undefined || (last !== 'call' && last !== 'write') || !this.#isOwned(way)) return false;
    return memo(this.#drops, wayKey(way), () =>
      dropsShared(
        graph,
        agent,
        { file: cache, name: options.factory, steps: [{ kind: 'call', args: [] }] },
        way,
      ),
    );
  }

  words(way: Way): Pick<Finding, 'rule' | 'id' | 'message' | 'hint'> {
    const { options, root, graph } = this.#scene;
    const origin = graph.origin(way.file, way.name);
    const file = origin !== undefined && 'model' in origin ? origin.model.file : way.file;
    return {
      rule: 'past-cache',
      id: 'builds-past-cache',
      message: `${this.nameOf(way)} of ${toItemPath(root, file)} builds a new ${options.agentClass} at each call`,
      hint: `await ${options.factory}() of the cache module instead`,
    };
  }

  /** `createAgent`, `Agents.fresh`. */
  nameOf({ file, name, steps }: Way): string {
    const members = steps.flatMap((each) => (each.kind === 'member' ? [each.name ?? '[…]'] : []));
    return [this.#ownName(file, name), ...members].join('.');
  }

  #ownName(file: string, name: string): string {
    const origin = this.#scene.graph.origin(file, name);
    if (origin === undefined || !('model' in origin)) return name;
    const { model, exported } = origin;
    return [...model.exports].find(([, each]) => each === exported)?.[0] ?? name;
  }

  #isKeyedGetter({ file, name }: Way): boolean {
    const { graph, options, cacheModules } = this.#scene;
    if (!options.keyed || this.#ownName(file, name) !== keyedGetter(options)) return false;
    const origin = graph.origin(file, name);
    return origin !== undefined && 'model' in origin && cacheModules.includes(origin.model.file);
  }

  #isOwned({ file, name }: Way): boolean {
    if (name === '*') return false;
    const origin = this.#scene.graph.origin(file, name);
    return origin !== undefined && 'model' in origin && this.#owners.has(origin.model.file);
  }

  #conductOf(way: Way): WayConduct {
    const { graph, agent } = this.#scene;
    return memo(this.#conducts, wayKey(way), () => conductOfWay(graph, agent, way));
  }

  #kindOf(way: Way): ReturnType<typeof kindOfWay> {
    const { graph, agent } = this.#scene;
    return memo(this.#kinds, wayKey(way), () => kindOfWay(graph, agent, way));
  }

  /** Whether a method of the agent makes another one. */
  #agentBuilds(next: Way['steps'][number] | undefined): boolean {
    if (next?.kind !== 'member' || next.name === undefined) return false;
    return next.name === 'constructor' || this.#methods.has(next.name);
  }
}

function memo<Result>(known: Map<string, Result>, key: string, make: () => Result): Result {
  const present = known.get(key);
  if (present !== undefined || known.has(key)) return present as Result;
  const made = make();
  known.set(key, made);
  return made;
}
