import type { Node } from '@babel/types';
import { mixedParts, OTHERS, type Part } from '../cache/mixed-arguments.ts';
import { type Given, type Way, wayKey } from '../cache/way.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { type Source, sourceOf } from './argument-source.ts';
import type { Scene } from './verify-cache.ts';

/** A call of a function that gives one agent to callers who give something else, of which it was built. */
export interface MixedUse {
  /** The way to the function. */
  way: Way;
  part: Part;
  source: Source;
}

/** Tells of calls whose arguments the function does not keep apart; each function is looked at once. */
export class MixedUses {
  readonly #scene: Scene;
  readonly #parts = new Map<string, readonly Part[]>();
  /** What callers give who all give the same, by the function and its part. */
  readonly #fixed = new Map<string, string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** The first call on a way that is mixed with others; undefined where none is. */
  mixedAt(way: Way, program: Node): MixedUse | undefined {
    for (const [index, step] of way.steps.entries()) {
      if (step.kind !== 'call' || step.args.length === 0) continue;
      const getter = { ...way, steps: way.steps.slice(0, index) };
      for (const part of this.#partsOf(getter)) {
        const given = step.args[part.position];
        const source = given && sourceIn(given, part, program);
        if (source !== undefined && !this.#isUsual(getter, part, source))
          return { way: getter, part, source };
      }
    }
    return undefined;
  }

  #partsOf(getter: Way): readonly Part[] {
    const key = wayKey(getter);
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const { graph, agent } = this.#scene;
    const parts = mixedParts(graph, agent, getter);
    this.#parts.set(key, parts);
    return parts;
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
