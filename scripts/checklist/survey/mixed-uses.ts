import type { Node } from '@babel/types';
import { alwaysGivesAgent, mixedParts, OTHERS, type Part } from '../cache/mixed-arguments.ts';
import { OF_REQUEST } from '../cache/samples.ts';
import { type Given, type Way, wayKey } from '../cache/way.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { walk } from '../source/walk.ts';
import { pathTo, type Source, sourceOf } from './argument-source.ts';
import { mayAskTheRequest } from './request-contexts.ts';
import type { FullScene, Scene } from './verify-cache.ts';
import { isFunction, lastName } from './way-syntax.ts';
import type { WayUse } from './ways.ts';

/** A call of a function that gives one agent to callers who give something else, of which it was built. */
export interface MixedUse {
  /** The way to the function. */
  way: Way;
  part: Part;
  source: Source;
}

/** Tells of calls whose arguments the function does not keep apart; each function is looked at once. */
export class MixedUses {
  readonly #scene: FullScene;
  readonly #parts = new Map<string, readonly Part[]>();
  readonly #gives = new Map<string, boolean>();
  #hasRequests: boolean | undefined;
  /** What callers give who all give the same, by the function and its part. */
  readonly #fixed = new Map<string, string>();

  constructor(scene: FullScene) {
    this.#scene = scene;
  }

  /** The first call on a way that is mixed with others; undefined where none is. */
  mixedAt({ way, form, node }: WayUse, program: Node): MixedUse | undefined {
    const { steps } = way;
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'call') continue;
      const before = steps[index - 1];
      const bound = before?.kind === 'bind' ? before.args : [];
      const args = [...bound, ...step.args];
      if (args.length === 0 && !this.#areOfRequests()) continue;
      const getter = { ...way, steps: steps.slice(0, bound.length === 0 ? index : index - 1) };
      const takesAgent = index === steps.length - 1 && isBesideTaking(node, program, this.#scene);
      const after = this.#givesAgent(getter) ? [] : steps.slice(index + 1);
      for (const part of this.#partsOf(getter, after, takesAgent)) {
        const given = args[part.position];
        const source =
          part.position === OF_REQUEST ? { kind: 'given' as const } : given && sourceIn(given, part, program);
        if (source !== undefined && !this.#isUsual(getter, part, source))
          return { way: getter, part, source };
      }
    }
    if (form !== 'value' || !isCalledBack(node, program)) return undefined;
    const [part] = this.#partsOf(way, [], false);
    return part && { way, part, source: { kind: 'untold' } };
  }

  /** Whether a function gives an agent by itself: what is done with that is no part of how it is come by. */
  #givesAgent(way: Way): boolean {
    const key = wayKey(way);
    const known = this.#gives.get(key);
    if (known !== undefined) return known;
    const { graph, agent } = this.#scene;
    const gives = alwaysGivesAgent(graph, agent, way);
    this.#gives.set(key, gives);
    return gives;
  }

  #partsOf(way: Way, after: Way['steps'], takesAgent: boolean): readonly Part[] {
    const key = `${wayKey(way)} ${wayKey({ ...way, steps: after })} ${takesAgent}`;
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const { graph, agent, options, cacheModules } = this.#scene;
    const [cache] = cacheModules;
    const shared: Way | undefined =
      takesAgent && cache !== undefined
        ? { file: cache, name: options.factory, steps: [{ kind: 'call', args: [] }] }
        : undefined;
    const { parts } = mixedParts(graph, agent, { way, after, ...(shared === undefined ? {} : { shared }) });
    this.#parts.set(key, parts);
    return parts;
  }

  /** Whether the tree may have what gives any code what the request around it has. */
  #areOfRequests(): boolean {
    this.#hasRequests ??= mayAskTheRequest(this.#scene);
    return this.#hasRequests;
  }

  /** Whether it is what everybody gives. */
  #isUsual(getter: Way, { position, property }: Part, source: Source): boolean {
    if (source.kind !== 'fixed') return false;
    const key = `${wayKey(getter)} ${position} ${property}`;
    const usual = this.#fixed.get(key) ?? source.text;
    this.#fixed.set(key, usual);
    return usual === source.text;
  }
}

/** Whether the function around a call takes an agent, too: what the call leaves in the cache is meant for that one. */
function isBesideTaking(node: Node, program: Node, { options }: Scene): boolean {
  const around = pathTo(program, node).findLast((each) => isFunction(each));
  let takes = false;
  if (around !== undefined)
    walk(around, (each) => {
      if (each.type !== 'CallExpression') return;
      takes ||= each !== node && [options.factory, 'getAgent'].includes(lastName(each.callee));
    });
  return takes;
}

/** Whether a function is given to what calls it back with something. */
function isCalledBack(node: Node, program: Node): boolean {
  const call = pathTo(program, node).at(-1);
  return (
    call?.type === 'CallExpression' &&
    call.callee !== node &&
    /^(?:map|flatMap|forEach|then|filter|find|some|every|from)$/.test(lastName(call.callee))
  );
}

/** Where a part of what is given comes from; undefined where it is not given. */
function sourceIn({ node, value }: Given, { property }: Part, program: Node): Source | undefined {
  if (node === undefined) return value === undefined ? undefined : { kind: 'untold' };
  if (property === undefined || property === OTHERS || node.type !== 'ObjectExpression')
    return sourceOf(node, program);
  const own = node.properties.find(
    (each) => each.type === 'ObjectProperty' && writtenName(each.key, each.computed) === property,
  );
  if (own?.type === 'ObjectProperty') return sourceOf(own.value, program);
  const isOpen = node.properties.some(({ type }) => type === 'SpreadElement');
  return isOpen ? sourceOf(node, program) : undefined;
}
