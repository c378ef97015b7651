import type { Node } from '@babel/types';
import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { goOn, goTo } from './judge-way.ts';
import type { AgentName } from './machine.ts';
import { explore } from './explore.ts';
import type { Run } from './run.ts';
import { settle } from './settle.ts';
import { SAMPLE, textOf, type Thing, UNDEFINED, type Value } from './values.ts';
import type { Way } from './way.ts';

/** A part of what a getter is given: an argument by its number from 0, or a property of one. */
export interface Part {
  position: number;
  /** `OTHERS` for all that the getter itself does not look at. */
  property?: string;
}

export const OTHERS = '';

/** A function, and how an agent is come by with what it gives, or beside it. */
export interface Getter {
  way: Way;
  after?: Way['steps'];
  /** The way to the shared agent, where the function gives none. */
  shared?: Way;
}

const MOST_WAYS = 256;
const MOST_ARGUMENTS = 6;

/**
 * What an agent is built of although the getter gives it to callers who give something else: one user's token would
 * serve another. Only what the source shows: an agent that some condition on the arguments chooses is not told of.
 *
 * @param getter the way to a function, and the steps from what it gives to the agent
 */
export function mixedParts(graph: ModuleGraph, agent: AgentName, getter: Getter): Part[] {
  const used = partsUsed(graph, agent, getter);
  const objects = new Set(used.filter(isOfObject).map(({ position }) => position));
  const isMixed = (part: Part) =>
    explore({ ways: MOST_WAYS }, (run) =>
      isSharedBetween(run, graph, agent, getter, { ...part, objects }),
    ).includes(true);
  const isOfText = ({ property }: Part) => property !== undefined && property in String.prototype;
  const properties = used.filter((part) => part.property !== undefined && !isOfText(part)).filter(isMixed);
  const isTold = ({ position }: Part) => properties.some((each) => each.position === position);
  const whole = used.filter((part) => part.property === undefined && !isTold(part)).filter(isMixed);
  return [...whole, ...properties];
}

/** Methods of texts, numbers, lists and dates that make another one for another. */
const WHOLE =
  /^(?:to(?:String|LocaleString|Lower|Upper)\w*|to(?:ISOString|JSON|Sorted|Reversed|HexString|Fixed)|valueOf|getTime|trim\w*|normalize|concat|replace(?:All)?|join|map|flat|sort|reverse|pad\w+|entries|values)$/;

/** What has a text of its own, whatever its properties are called. */
const WITH_TEXT = [
  String,
  Number,
  BigInt,
  Symbol,
  Boolean,
  Date,
  RegExp,
  Error,
  Array,
  URL,
  URLSearchParams,
  Buffer,
];

/** Whether an agent is built of a property that nothing with a text of its own has: it is that of an object. */
function isOfObject({ property }: Part): boolean {
  return !!property && !WITH_TEXT.some(({ prototype }) => property in prototype);
}

/** What the code shows to be an object: nobody sees of which class, so of none. */
const OBJECT = { type: { type: 'TSTypeLiteral', members: [] } as unknown as Node, file: '', isGuess: true };

/** The parts that agents are built of, as the first call shows. */
function partsUsed(graph: ModuleGraph, agent: AgentName, getter: Getter): Part[] {
  const found = new Map<string, Part>();
  explore({ ways: MOST_WAYS }, (run) => {
    const properties = new Map<number, Set<string>>();
    const interpreter = new Interpreter(run, graph, agent);
    const args = samples(run, undefined, (position, property) =>
      properties.set(position, (properties.get(position) ?? new Set()).add(property)),
    );
    const given = textOfBuilt(run, ask(interpreter, getter, args));
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
function isSharedBetween(
  run: Run,
  graph: ModuleGraph,
  agent: AgentName,
  getter: Getter,
  part: Part & { objects: ReadonlySet<number> },
): boolean {
  const interpreter = new Interpreter(run, graph, agent);
  const { objects } = part;
  const one = ask(interpreter, getter, samples(run, { position: -1, objects }));
  settle(run);
  const built = textOfBuilt(run, one);
  const other = ask(interpreter, getter, samples(run, part));
  if (one.is === 'primitive' || other.is === 'primitive' || !one.agent || one.id !== other.id) return false;
  // A condition on what is given, or a key that may be any other, tells nothing.
  if (run.callerChoices > 0 || run.isUnclear) return false;
  const { position, property } = part;
  if (property === OTHERS) return built.includes(sampleText(SAME, position));
  return built.includes(`${SAMPLE}${SAME}${position}${property === undefined ? '' : `.${property}›`}`);
}

/** The agent that a function gives, that steps from what it gives lead to, or that is shared after it was called. */
function ask(interpreter: Interpreter, { way, after = [], shared }: Getter, args: Value[]): Value {
  const { value: callee, self } = goTo(interpreter, way);
  if (callee.is !== 'function') return UNDEFINED;
  let value = interpreter.call(callee, args, self);
  for (let index = 0; index < after.length && !isAgent(value); index += 1) {
    // A member is nothing without the call of it, which has to know whose it is.
    const length = after[index]?.kind === 'member' && after[index + 1]?.kind === 'call' ? 2 : 1;
    ({ value } = goOn(interpreter, value, after.slice(index, index + length)));
    index += length - 1;
  }
  // What a method of the agent is given is no part of what it was built of, unless the method gives an agent.
  const isOwn = self !== undefined && isAgent(self);
  return isAgent(value) || isOwn || shared === undefined ? value : goTo(interpreter, shared).value;
}

function isAgent(value: Value): boolean {
  return value.is !== 'primitive' && value.agent;
}

function textOfBuilt(run: Run, made: Value): string {
  if (made.is === 'primitive' || !made.agent) return '';
  // A store of its own keeps what others are built of.
  const fields = [...made.properties.values()].filter((each) => each.is === 'primitive' || !each.entries);
  const given = [...(run.builtOf.get(made.id) ?? []), ...fields];
  return given.map((each) => textOf(each)).join('\n');
}

const SAME = '';
const OTHER = '!';

function samples(
  run: Run,
  varied?: Part & { objects: ReadonlySet<number> },
  isRead: (position: number, property: string) => void = () => {},
): Thing[] {
  return Array.from({ length: MOST_ARGUMENTS }, (_, position) => {
    const isOther = varied?.position === position;
    const whole = run.sample(sampleText(isOther ? OTHER : SAME, position));
    if (varied?.objects.has(position) === true) whole.declared = OBJECT;
    whole.part = (property) => {
      // What is made of all of it tells of all of it.
      if (WHOLE.test(property)) return run.sample(`${whole.sample}.${property}`);
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
