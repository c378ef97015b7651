import type { Class } from '@babel/types';
import { aClient, clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { conductOfWay, dropsShared, keepsOwn, kindOfWay, type WayConduct } from '../cache/judge-way.ts';
import { callsWithin } from '../cache/members-of-way.ts';
import { UNTOLD, type Way, wayKey } from '../cache/way.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import type { BuildingMethods } from './building-methods.ts';
import { mayBuild } from './may-build.ts';
import type { FullScene } from './verify-cache.ts';
import { takenOnce } from './way-names.ts';
import type { WayUse } from './ways.ts';

/** What is wrong with a use of a way. */
export interface WayVerdict {
  /** The part of the way that builds an agent, or may. */
  way: Way;
  conduct: WayConduct;
  /** What was handed on, where that is the whole that this is a part of. */
  whole?: Way;
}

/** Judges ways once each, however many go them. */
export class WayJudge {
  readonly #scene: FullScene;
  readonly #owners: ReadonlySet<string>;
  readonly #methods: BuildingMethods;
  /** For those whose code goes many ways. */
  readonly #budget = { steps: 4_000_000 };
  readonly #conducts = new Map<string, WayConduct>();
  readonly #kinds = new Map<string, ReturnType<typeof kindOfWay>>();
  readonly #owns = new Map<string, Way | undefined>();
  readonly #drops = new Map<string, boolean>();
  readonly #calls = new Map<string, Way[]>();

  constructor(scene: FullScene, owners: ReadonlySet<string>, methods: BuildingMethods) {
    this.#scene = scene;
    this.#methods = methods;
    this.#owners = owners;
  }

  /** The first part of a way that builds an agent, or may; undefined where none does. */
  verdictOn(use: WayUse): WayVerdict | undefined {
    const { way, form, isGivenBack } = use;
    if (way.steps.at(-1)?.kind === 'write') return undefined;
    if (isGivenBack === 'perhaps') {
      const kept = this.verdictOn({ ...use, isGivenBack: false });
      return this.verdictOn({ ...use, isGivenBack: true }) ?? (kept && { ...kept, conduct: 'unknown' });
    }
    const taken = this.#verdictOnTaking(use);
    if (taken !== undefined) return taken;
    // Which member is taken, nobody can tell.
    const untold = way.steps.findIndex((each) => each.kind === 'member' && each.name === undefined);
    if (untold !== -1) return this.#verdictOnHanding({ ...way, steps: way.steps.slice(0, untold) });
    return form === 'value' && !isGivenBack ? this.#verdictOnHanding(way) : undefined;
  }

  #verdictOnTaking({ way, form, isGivenBack }: WayUse): WayVerdict | undefined {
    if (!this.#isOwned(way)) return undefined;
    const { graph, agent } = this.#scene;
    // What it does is told of the cache itself.
    if (this.#isKeyedGetter(way)) return undefined;
    // The codemod tells of the class's own construction.
    if (way.steps[0]?.kind === 'new' && this.#isAgentClass(way)) return undefined;
    const isHandedOn = (form === 'value' || form === 'exported') && !isGivenBack;
    for (let length = 1; length <= way.steps.length; length += 1) {
      const part = { ...way, steps: way.steps.slice(0, length) };
      const isLast = length === way.steps.length;
      const conduct = this.#conductOf(part);
      if (conduct === 'builds')
        return isLast && form === 'value' && isGivenBack ? undefined : { way: part, conduct };
      // Renewing is what some are for; what is renewed for one answer alone goes past the cache.
      if (conduct === 'renews' && !(isLast && form === 'dropped')) return { way: part, conduct: 'builds' };
      if (conduct === 'unknown' && mayBuild(part, graph, this.#scene.options)) return { way: part, conduct };
      if (this.#kindOf(part) !== 'agent') continue;
      const next = way.steps[length];
      if (this.#mayBeBuilder(next, way.steps[length + 1]))
        return { way: { ...way, steps: way.steps.slice(0, length + 1) }, conduct: 'unknown' };
      if (!this.#agentBuilds(next)) return undefined;
    }
    if (!isHandedOn || this.#kindOf(way) !== 'function') return undefined;
    const called: Way = { ...way, steps: [...way.steps, { kind: 'call', args: UNTOLD }] };
    const conduct = conductOfWay(graph, agent, called);
    return conduct === 'builds' ? { way, conduct } : undefined;
  }

  /** Whoever gets a namespace, an object or a class may call what is in it. */
  #verdictOnHanding(whole: Way): WayVerdict | undefined {
    const { graph, agent, options } = this.#scene;
    if (this.#isAgentClass(whole) && whole.steps.length === 0) return undefined;
    const calls = memo(this.#calls, wayKey(whole), () => callsWithin(graph, agent, whole));
    const verdicts = calls.flatMap((way): WayVerdict[] => {
      const own = this.#ownName(way.file, way.name);
      if (!this.#isOwned(way) || this.#isKeyedGetter(way) || this.#isAgentClass(way)) return [];
      const conduct = this.#conductOf(way);
      const isGetter = own === options.factory || own === options.provider;
      if (conduct === 'builds') return [{ way, conduct: isGetter ? 'unknown' : conduct, whole }];
      return conduct === 'unknown' && mayBuild(way, graph, options) ? [{ way, conduct, whole }] : [];
    });
    return verdicts.find(({ conduct }) => conduct === 'builds') ?? verdicts[0];
  }

  /** What a way that is gone once gives, where that keeps an agent of its own beside the shared one. */
  ownCacheOf({ way, form }: WayUse): Way | undefined {
    const last = way.steps.at(-1);
    const isMade = form === 'call' && (last?.kind === 'call' || last?.kind === 'new');
    if (!isMade || !this.#isOwned(way) || this.#isKeyedGetter(way)) return undefined;
    const kind = this.#kindOf(way);
    const { graph, agent } = this.#scene;
    const [shared] = this.#sharedWays();
    if (shared === undefined || (kind !== 'function' && kind !== 'object')) return undefined;
    return memo(this.#owns, wayKey(way), () => {
      const made = takenOnce(way);
      const calls =
        kind === 'function'
          ? [{ ...made, steps: [...made.steps, { kind: 'call' as const, args: UNTOLD }] }]
          : callsWithin(graph, agent, made);
      return calls.some((each) => keepsOwn(graph, agent, shared, each)) ? way : undefined;
    });
  }

  #sharedWays(): Way[] {
    const [cache] = this.#scene.cacheModules;
    const name = this.#scene.options.factory;
    return cache === undefined ? [] : [{ file: cache, name, steps: [{ kind: 'call', args: [] }] }];
  }

  drops(way: Way): boolean {
    const { graph, agent } = this.#scene;
    const [shared] = this.#sharedWays();
    const last = way.steps.at(-1)?.kind;
    if (shared === undefined || (last !== 'call' && last !== 'write') || !this.#isOwned(way)) return false;
    return memo(this.#drops, wayKey(way), () => dropsShared(graph, agent, shared, way));
  }

  words({ way, whole }: WayVerdict): Pick<Finding, 'rule' | 'id' | 'message' | 'hint'> {
    const { options, root, graph } = this.#scene;
    const origin = graph.origin(way.file, way.name);
    const file = toItemPath(root, origin !== undefined && 'model' in origin ? origin.model.file : way.file);
    const builds = `builds a new ${clientName(options)} at each call`;
    const all = whole?.name === '*' ? `all of ${file}` : whole && `${this.nameOf(whole)} of ${file}`;
    return {
      rule: 'past-cache',
      id: 'builds-past-cache',
      message:
        all === undefined
          ? `${this.nameOf(way)} of ${file} ${builds}`
          : `hands on ${all}, whose ${this.nameOf(way)} ${builds}`,
      hint:
        all === undefined
          ? `await ${options.factory}() of the cache module instead`
          : `hand on ${options.factory} of the cache module alone`,
    };
  }

  wordsOfOwn(way: Way): Pick<Finding, 'rule' | 'id' | 'message' | 'hint'> {
    const { options } = this.#scene;
    return {
      rule: 'past-cache',
      id: 'builds-past-cache',
      message: `${this.nameOf(way)}(…) makes another cache, which keeps ${aClient(options)} of its own beside those of others`,
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

  /** Whether what a function is given has to be looked at where it is called. */
  isAsked(way: Way): boolean {
    return (
      this.#isOwned(way) &&
      !this.#isKeyedGetter(way) &&
      !(way.steps[0]?.kind === 'new' && this.#isAgentClass(way))
    );
  }

  /** Whether it is the agent's class, also as the default of its module. */
  #isAgentClass({ file, name }: Way): boolean {
    const { graph, options, agent } = this.#scene;
    if (this.#ownName(file, name) === options.agentClass) return true;
    const origin = graph.origin(file, name);
    if (origin === undefined || !('model' in origin) || !agent.isAgentModule(origin.model.file)) return false;
    const { exported, model } = origin;
    if ('local' in exported) return exported.local === options.agentClass;
    const isClass = 'node' in exported && exported.node.type.startsWith('Class');
    if (!isClass || model.exports.has(options.agentClass)) return false;
    const { id } = exported.node as Class;
    return !id || id.name === options.agentClass;
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
    if (this.#isShared(way)) return 'nothing';
    return memo(this.#conducts, wayKey(way), () => conductOfWay(graph, agent, way, this.#budget));
  }

  #kindOf(way: Way): ReturnType<typeof kindOfWay> {
    if (this.#isShared(way)) return 'agent';
    const { graph, agent } = this.#scene;
    return memo(this.#kinds, wayKey(way), () => kindOfWay(graph, agent, way));
  }

  /** Whether it is a call of a function that was shown to give one agent to all. */
  #isShared({ file, name, steps: [call, ...more] }: Way): boolean {
    const isPlain = call?.kind === 'call' && call.args.length === 0 && more.length === 0;
    return isPlain && this.#scene.isShared(file, name);
  }

  /** Whether a method of the agent makes another one. */
  #agentBuilds(next: Way['steps'][number] | undefined): boolean {
    if (next?.kind !== 'member' || next.name === undefined) return false;
    return next.name === 'constructor' || this.#methods.names.has(next.name);
  }

  /** Whether it is a member of the agent that may be one which makes another, though nobody can tell its name. */
  #mayBeBuilder(next?: Way['steps'][number], after?: Way['steps'][number]): boolean {
    if (next?.kind !== 'member' || this.#agentBuilds(next)) return false;
    // What is constructed may be its own class.
    const isConstructed = after?.kind === 'new' && next.name === undefined;
    return isConstructed || this.#methods.mayBe(next.name);
  }
}

function memo<Result>(known: Map<string, Result>, key: string, make: () => Result): Result {
  const present = known.get(key);
  if (present !== undefined || known.has(key)) return present as Result;
  const made = make();
  known.set(key, made);
  return made;
}
