import { CALLED } from '../../survey/values/writes/way.ts';
import { partOf } from './heap.ts';
import type { Machine, Site } from './machine.ts';
import { join, NOTHING, only, type Reach, type Thing, type Value } from './values.ts';

/** What they make of one that runs once, or once for each argument: it has run by then. */
const RUNS_ONCE =
  /(^|[./-])(\w*once|onetime|\w*memo\w*|mem|moize|cached?|lazy\w*|lazy\.\w+|singleton)(\.[cm]?js)?\(\)$/i;
/** What packages make of a function that runs each time, and gives what that gives. */
const RUNS_EACH_TIME =
  /(^|[./-])(promisify|callbackify|partial(Right)?|curry(Right)?|bind\w*|flow(Right)?|pipe|compose|negate|unary|ary|rearg|flip|spread|rest|\w*[aA]sync[hH]andler|deprecate\w*|\w*[rR]etry\w*)(\.[cm]?js)?\(\)$/;

/** What a package gives that has made something of a function of the tree may be the same each time: `_.once(read)`. */
export function keptResult(thing: Thing, reach: Reach, name: string, machine: Machine): Thing | undefined {
  const isKept = thing.region === 'module' && thing.origin !== undefined && machine.outlives(thing, reach);
  if (name === 'new' || !isKept || !thing.given || RUNS_EACH_TIME.test(thing.label)) return undefined;
  const label = name === '' ? thing.label : `${thing.label}.${name}`;
  const method = name === '' ? thing.origin : partOf(thing, name);
  return machine.make(
    `result ${thing.id} ${name}`,
    'opaque',
    `${label}()`,
    thing.file,
    thing.epoch,
    0,
    partOf({ origin: method }, CALLED),
  );
}

/** The functions of the tree that a call is given, by themselves or in an object. */
export function codeGiven(args: readonly Value[]): Value | undefined {
  const things = args
    .flatMap((arg) => [...arg.things.keys()])
    .flatMap((each) => (each.kind === 'object' ? partsOf(each) : [each]))
    .filter(({ code, kind }) => kind === 'function' && code !== undefined);
  return things.length > 0 ? join(...things.map((each) => only(each))) : undefined;
}

function partsOf({ props }: Thing): Thing[] {
  return [...props.values()].flatMap(({ things }) => [...things.keys()]);
}

/** Runs the functions that something was made of, where it may do so at each call. */
export function runGivenCode(thing: Thing, args: readonly Value[], site: Site, machine: Machine): Value {
  if (!thing.given || RUNS_ONCE.test(thing.label)) return NOTHING;
  return machine.run.call(thing.given, NOTHING, args, { ...site, dropped: false });
}

/** Whether a call is given a function by itself: `new DataLoader(load)`. */
export function givesCodeItself(args: readonly Value[]): boolean {
  return args.some(({ things }) => [...things.keys()].some(({ code, kind }) => kind === 'function' && code));
}

/** Whether what an instance had made of a function may give again what that gave for the same: a loader, a memo. */
export function mayKeepByArgument({ isMadeOfCode, label }: Thing): boolean {
  return isMadeOfCode === true && !RUNS_EACH_TIME.test(label);
}
