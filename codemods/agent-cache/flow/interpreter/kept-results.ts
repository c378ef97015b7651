import { CALLED } from '../../survey/values/writes/way.ts';
import { partOf } from './heap.ts';
import { PARTS } from './parts.ts';
import type { Machine, Site } from './machine.ts';
import { FROM, join, NOTHING, only, type Reach, type Thing, type Value } from './values.ts';

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

/** Methods that have functions called later, and those that end that. */
const REGISTERS =
  /^(on|once|onAny|off|\w*[lL]isteners?|addEventListener|removeEventListener|subscribe|use|hook|addHook|register|define|tap\w*|handle|unsubscribe)$/;
/** How options name a function that says what of an argument a package goes by. */
const SAYS_KEY = /^(serialize|resolver|normalizer|hash\w*|\w*[kK]ey\w*)$/;

/** Notes of what a call made, and of what it is called on, which functions of the tree they were given. */
export function noteCode(thing: Thing, result: Thing, name: string, args: readonly Value[]): void {
  const code = codeGiven(args);
  if (!code) return;
  result.given = code;
  if (givesCodeItself(args)) result.isMadeOfCode = true;
  const isRegistered = REGISTERS.test(name);
  if (isRegistered) thing.heard = thing.heard ? join(thing.heard, code) : code;
  // `_.memoize(load, ({ id }) => id)`
  const isKeyed = saysKey(args) || args.filter((each) => givesCodeItself([each])).length > 1;
  if (!isKeyed) return;
  result.isKeyedByCode = true;
  if (isRegistered) thing.isKeyedByCode = true;
}

/** The functions of the tree that a call is given, by themselves or in an object. */
function codeGiven(args: readonly Value[]): Value | undefined {
  const things = args
    .flatMap((arg) => [...arg.things.keys()])
    .flatMap((each) => (each.kind === 'object' ? partsOf(each) : [each]))
    .filter(isCode);
  return things.length > 0 ? join(...things.map((each) => only(each))) : undefined;
}

function saysKey(args: readonly Value[]): boolean {
  return args.some(({ things }) =>
    [...things.keys()].some(
      ({ kind, props }) =>
        kind === 'object' &&
        [...props].some(([name, prop]) => SAYS_KEY.test(name) && [...prop.things.keys()].some(isCode)),
    ),
  );
}

function isCode({ code, kind }: Thing): boolean {
  return kind === 'function' && code !== undefined;
}

function partsOf({ props }: Thing): Thing[] {
  return [...props.values()].flatMap(({ things }) => [...things.keys()]);
}

/** How something is called. */
interface Told {
  name: string;
  args: readonly Value[];
  site: Site;
}

/** Runs the functions that something was made of, or told to call, where it may do so at each call. */
export function runGivenCode(thing: Thing, { name, args, site }: Told, machine: Machine): Value {
  const { given, heard, label } = thing;
  if (name === 'new') return NOTHING;
  const inner = { ...site, dropped: false };
  const ran = !given || RUNS_ONCE.test(label) ? NOTHING : machine.run.call(given, NOTHING, args, inner);
  if (!heard || REGISTERS.test(name)) return ran;
  // `emit('seen', id)`: which of them a listener is given, its package knows.
  const any = join(...args);
  return join(ran, machine.run.call(heard, NOTHING, [any, any, any], inner));
}

/** Whether a call is given a function by itself: `new DataLoader(load)`. */
function givesCodeItself(args: readonly Value[]): boolean {
  return args.some(({ things }) => [...things.keys()].some(isCode));
}

/**
 * Whether what an instance had made of a function may give again what that gave for the same: a loader, a memo. Where
 * that computes no more than a text of the only one that it is given, nobody can tell.
 */
export function mayKeepByArgument(
  { isMadeOfCode, label, given, isKeyedByCode }: Thing,
  args: readonly Value[],
  site: Site,
  machine: Machine,
): boolean {
  if (!isMadeOfCode || RUNS_EACH_TIME.test(label)) return false;
  if (!given || isKeyedByCode || args.length !== 1) return true;
  const made = machine.run.call(given, NOTHING, args, { ...site, dropped: false });
  return made.things.size > 0 || (made.from & ~(FROM.argument | FROM.plain | PARTS)) !== 0;
}
