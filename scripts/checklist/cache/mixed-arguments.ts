import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { goTo } from './judge-way.ts';
import type { AgentName } from './machine.ts';
import { explore, type Run } from './run.ts';
import { SAMPLE, textOf, type Thing, UNDEFINED, type Value } from './values.ts';
import type { Way } from './way.ts';

/** A part of what a getter is given: an argument by its number from 0, or a property of one. */
export interface Part {
  position: number;
  /** `OTHERS` for all that the getter itself does not look at. */
  property?: string;
}

export const OTHERS = '';

const MOST_WAYS = 256;
const MOST_ARGUMENTS = 6;

/**
 * What an agent is built of although the getter gives it to callers who give something else: one user's token would
 * serve another. Only what the source shows: an agent that some condition on the arguments chooses is not told of.
 *
 * @param getter the way to a function
 */
export function mixedParts(graph: ModuleGraph, agent: AgentName, getter: Way): Part[] {
  const used = partsUsed(graph, agent, getter);
  const isMixed = (part: Part) =>
    explore(MOST_WAYS, (run) => isSharedBetween(run, graph, agent, getter, part)).includes(true);
  const whole = used.filter(({ property }) => property === undefined).filter(isMixed);
  const isTold = ({ position }: Part) => whole.some((each) => each.position === position);
  const rest = used.filter((part) => part.property !== undefined && !isTold(part));
  return [...whole, ...rest.filter(isMixed)];
}

/** The parts that agents are built of, as the first call shows. */
function partsUsed(graph: ModuleGraph, agent: AgentName, way: Way): Part[] {
  const found = new Map<string, Part>();
  explore(MOST_WAYS, (run) => {
    const properties = new Map<number, Set<string>>();
    const interpreter = new Interpreter(run, graph, agent);
    const args = samples(run, undefined, (position, property) =>
      properties.set(position, (properties.get(position) ?? new Set()).add(property)),
    );
    const { value: getter, self } = goTo(interpreter, way);
    if (getter.is !== 'function') return;
    const given = textOfBuilt(run, interpreter.call(getter, args, self));
    for (let position = 0; position < MOST_ARGUMENTS; position += 1) {
      const parts = [undefined, ...(properties.get(position) ?? [])];
      const isUsed = (property?: string) => given.includes(sampleText(SAME, position, property));
      if (parts.length > 1 && isUsed()) found.set(`${position}.`, { position, property: OTHERS });
      for (const property of parts) {
        const isOwn = property === undefined ? parts.some(isUsed) : isUsed(property);
        const part: Part = property === undefined ? { position } : { position, property };
        if (isOwn) found.set(`${position}${property === undefined ? '' : `.${property}`}`, part);
      }
    }
  });
  return [...found.values()];
}

/** Calls twice, the second time with something else in one part; true where both get the agent that it was built of. */
function isSharedBetween(run: Run, graph: ModuleGraph, agent: AgentName, way: Way, part: Part): boolean {
  const interpreter = new Interpreter(run, graph, agent);
  const ask = (args: Value[]): Value => {
    const { value: getter, self } = goTo(interpreter, way);
    return getter.is === 'function' ? interpreter.call(getter, args, self) : UNDEFINED;
  };
  const one = ask(samples(run));
  run.settle();
  const other = ask(samples(run, part));
  if (one.is === 'primitive' || other.is === 'primitive' || !one.agent || one.id !== other.id) return false;
  // A condition on what is given, or a key that may be any other, tells nothing.
  if (run.callerChoices > 0 || run.isUnclear) return false;
  const { position, property } = part;
  if (property === OTHERS) return textOfBuilt(run, one).includes(sampleText(SAME, position));
  return textOfBuilt(run, one).includes(
    `${SAMPLE}${SAME}${position}${property === undefined ? '' : `.${property}›`}`,
  );
}

function textOfBuilt(run: Run, made: Value): string {
  if (made.is === 'primitive' || !made.agent) return '';
  const given = [...(run.builtOf.get(made.id) ?? []), ...made.properties.values()];
  return given.map((each) => textOf(each)).join('\n');
}

const SAME = '';
const OTHER = '!';

function samples(
  run: Run,
  varied?: Part,
  isRead: (position: number, property: string) => void = () => {},
): Thing[] {
  return Array.from({ length: MOST_ARGUMENTS }, (_, position) => {
    const isOther = varied?.position === position;
    const whole = run.sample(sampleText(isOther ? OTHER : SAME, position));
    whole.part = (property) => {
      isRead(position, property);
      const differs = isOther && (varied.property === undefined || varied.property === property);
      return run.sample(sampleText(differs ? OTHER : SAME, position, property));
    };
    return whole;
  });
}

/** Closed, so that none is the beginning of another. */
function sampleText(mark: string, position: number, property?: string): string {
  return `${SAMPLE}${mark}${position}${property === undefined ? '' : `.${property}`}›`;
}
