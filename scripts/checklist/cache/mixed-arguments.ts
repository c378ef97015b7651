import type { ModuleGraph } from '../source/module-graph.ts';
import { Interpreter } from './interpreter.ts';
import { goOn, goTo } from './judge-way.ts';
import type { AgentName } from './machine.ts';
import { explore } from './explore.ts';
import type { Run } from './run.ts';
import { OF_REQUEST, SAME, samples, sampleText } from './samples.ts';
import { settle } from './settle.ts';
import { areApart, mayAnswerApart } from './telling.ts';
import { newTellings, type Tellings } from './tellings.ts';
import { OTHER, SAMPLE, textOf, UNDEFINED, type Value } from './values.ts';
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

const MOST_WAYS = 64;

/** What a getter gives to callers who give something else than that of which it was built. */
export interface Mixed {
  parts: readonly Part[];
  /** The same where nobody can tell, and what it is made of then. */
  doubtful: readonly Part[];
  doubts: readonly string[];
}

/** What is asked about a getter; `made` is what was made of a part that does not tell all from each other. */
interface Question extends Getter {
  graph: ModuleGraph;
  agent: AgentName;
  tellings: Tellings;
}

/**
 * A part of what an agent is built of; `made` for something that is made of it and does not tell all of it, `isAsked` where
 * a condition on it decides of what.
 */
type Built = Part & { made?: string; isAsked?: boolean };

/**
 * What an agent is built of although the getter gives it to callers who give something else: one user's token would
 * serve another. Only what the source shows: of an agent that code chooses which nobody sees, it tells as a doubt.
 *
 * @param getter the way to a function, and the steps from what it gives to the agent
 */
export function mixedParts(graph: ModuleGraph, agent: AgentName, getter: Getter): Mixed {
  const question = { ...getter, graph, agent, tellings: newTellings() };
  const parts = partsMixed(question);
  const { untold } = question.tellings;
  if (parts.length > 0 || untold.size === 0) return { parts, doubtful: [], doubts: [] };
  const tellings = { ...newTellings(), isDoubted: true };
  return { parts, doubtful: partsMixed({ ...question, tellings }), doubts: [...untold] };
}

/** Whether a function gives an agent whatever it is given, in every way that its code could go. */
export function alwaysGivesAgent(graph: ModuleGraph, agent: AgentName, way: Way): boolean {
  const outcomes = explore({ ways: MOST_WAYS, isEnough: (isOne) => isOne !== true }, (run) => {
    const interpreter = new Interpreter(run, graph, agent);
    return isAgent(ask(interpreter, { way }, samples(run)));
  });
  return outcomes.length > 0 && outcomes.every((each) => each === true);
}

function partsMixed(question: Question): Part[] {
  const used = partsUsed(question);
  const objects = new Set(used.filter(isOfObject).map(({ position }) => position));
  const isMixed = (part: Built) => {
    question.tellings.differing = part.made;
    const isEnough = (isShared: boolean | undefined) => isShared === true;
    return explore(
      { ways: MOST_WAYS, isEnough },
      (run) => askOnce(run, question, objects),
      (run: Run, first: Asked) => isSharedBetween(run, question, { ...part, objects }, first),
    ).includes(true);
  };
  const properties = used.filter((part) => part.property !== undefined).filter(isMixed);
  const isTold = ({ position }: Part) => properties.some((each) => each.position === position);
  const whole = used.filter((part) => part.property === undefined && !isTold(part)).filter(isMixed);
  const found = [...whole, ...properties].map(({ position, property }): [string, Part] => [
    `${position}.${property}`,
    property === undefined ? { position } : { position, property },
  ]);
  return [...new Map(found).values()];
}

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
function isOfObject({ property }: Built): boolean {
  return !!property && !WITH_TEXT.some(({ prototype }) => property in prototype);
}

/** The parts that agents are built of, as the first call shows. */
function partsUsed({ graph, agent, tellings, ...getter }: Question): Built[] {
  const found = new Map<string, Built>();
  const add = (part: Built) => found.set(JSON.stringify(part), part);
  Object.assign(tellings, { differing: undefined, isOfOther: false, isCollecting: true });
  const ways = explore({ ways: MOST_WAYS }, (run): BuiltWhere => {
    run.tellings = tellings;
    const properties = new Map<number, Set<string>>();
    const interpreter = new Interpreter(run, graph, agent);
    const args = samples(run, undefined, (position, property) =>
      properties.set(position, (properties.get(position) ?? new Set()).add(property)),
    );
    const given = textOfBuilt(run, ask(interpreter, getter, args));
    for (let position = 0; position <= OF_REQUEST; position += 1) {
      const parts = [...(properties.get(position) ?? [])];
      const isUsed = (property: string) => isBuiltOf(given, { position, property });
      const isWhole = isBuiltOf(given, { position });
      if (parts.length > 0 && isWhole) add({ position, property: OTHERS });
      for (const property of parts) if (isUsed(property)) add({ position, property });
      if (isWhole || parts.some(isUsed)) add({ position });
    }
    for (const made of tellings.made) {
      if (!given.includes(made)) continue;
      for (const [, position, property] of made.matchAll(MADE_OF))
        add({ ...asPart(position, property), made });
    }
    return {
      built: given.replaceAll(/#\d+/g, '#'),
      where: [...run.answers].filter(([text]) => text.includes(SAMPLE)),
    };
  });
  for (const part of partsAsked(
    ways.filter((way) => way !== undefined),
    tellings.made,
  ))
    if (!found.has(JSON.stringify(part))) add({ ...part, isAsked: true });
  tellings.isCollecting = false;
  return [...found.values()];
}

/** What an agent is built of, and the answers about what is given where it is. */
interface BuiltWhere {
  built: string;
  where: readonly (readonly [question: string, answer: boolean])[];
}

/** The parts, and what is made of them, of which another answer leads to an agent that is built of something else. */
function partsAsked(ways: readonly BuiltWhere[], made: ReadonlySet<string>): Built[] {
  const asked = new Map<string, Built>();
  for (const { where } of ways)
    for (const [question] of where)
      for (const [text, position, property] of question.matchAll(ASKED)) {
        const [, condition = ''] = TRUE.exec(question) ?? [];
        const part = asPart(position, property);
        asked.set(
          made.has(condition) ? condition : text,
          made.has(condition) ? { ...part, made: condition } : part,
        );
      }
  return [...asked].flatMap(([text, part]) => {
    const builtBy = new Map<string, string>();
    const isDecided = ways.some(({ built, where }) => {
      const others = JSON.stringify(
        where
          .filter(([question]) => !question.includes(text))
          .map(String)
          .sort((a, b) => (a < b ? -1 : 1)),
      );
      const before = builtBy.get(others) ?? built;
      builtBy.set(others, built);
      return before !== built && before !== '' && built !== '';
    });
    return isDecided ? [part] : [];
  });
}

function asPart(position: string | undefined, property: string | undefined): Part {
  return { position: Number(position), ...(property !== undefined && { property }) };
}

/** What the first of two callers got, and what that was built of. */
interface Asked {
  interpreter: Interpreter;
  one: Value;
  built: string;
}

function askOnce(
  run: Run,
  { graph, agent, tellings, ...getter }: Question,
  objects: ReadonlySet<number>,
): Asked {
  run.tellings = tellings;
  tellings.isOfOther = false;
  const interpreter = new Interpreter(run, graph, agent);
  const one = ask(interpreter, getter, samples(run, { position: -1, objects }));
  settle(run);
  return { interpreter, one, built: textOfBuilt(run, one) };
}

/** Calls again with something else in one part; true where both get the agent that the first was built of. */
function isSharedBetween(
  run: Run,
  { graph: _graph, agent: _agent, tellings, ...getter }: Question,
  part: Built & { objects: ReadonlySet<number> },
  { interpreter, one, built }: Asked,
): boolean {
  if (one.is === 'primitive' || !one.agent) return false;
  tellings.isOfOther = true;
  const other = ask(interpreter, getter, samples(run, part));
  if (other.is === 'primitive' || one.id !== other.id) return false;
  // A condition on what is given, or a key that may be any other, tells nothing.
  if (run.callerChoices > 0 || run.isUnclear) return false;
  const { position, property } = part;
  const text = (mark: string) => sampleText(mark, position, property ?? new Set());
  if (part.isAsked === true && part.made !== undefined) return built !== '' && areApart(run, part.made);
  if (part.isAsked === true) return built !== '' && mayAnswerApart(run, text(SAME), text(OTHER));
  return part.made === undefined ? isBuiltOf(built, part) : built.includes(part.made);
}

/** Whether something is built of a part of what is given, or of all of which that is a part. */
function isBuiltOf(built: string, { position, property }: Part): boolean {
  if (property && built.includes(sampleText(SAME, position, property))) return true;
  return [...built.matchAll(WHOLE)].some(
    ([, of, without]) => Number(of) === position && !(property && without?.split(',').includes(property)),
  );
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

/** What something is made of that does not tell all of it. */
const MADE_OF = new RegExp(`${SAMPLE}~+(\\d)(?:\\.([^›]*)|-[^›]*)?›`, 'g');
const TRUE = /^true (.*)!$/;
const ASKED = new RegExp(`${SAMPLE}~*(\\d)(?:\\.([^›]*))?›`, 'g');
/** All of an argument, or all but some of its properties. */
const WHOLE = new RegExp(`${SAMPLE}(\\d)(?:-([^›]*))?›`, 'g');
