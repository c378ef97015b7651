import type * as t from '@babel/types';
import { keyName } from '../../survey/code/members.ts';
import { childrenOf } from '../../source/children.ts';
import { unwrapped } from '../../source/unwrapped.ts';
import { isHarmlessCall } from './harmless-calls.ts';
import type { Machine, Site } from './machine.ts';
import { CALLERS, type Frame, type Thing, type Value } from './values.ts';
import { isMember, namesOf, waysInKey } from './ways-in-key.ts';
import { namesDeclaredIn, namesIn, variableOf } from './variables.ts';

/** Methods that run the function that they are given behind a name, each time: spans, locks, measurements, transactions. */
const RUNS_EACH_TIME =
  /^(startActiveSpan|startSpan|\w*[sS]pan|trace|time\w*|measure\w*|observe|profile|acquire|runExclusive|using|\w*[lL]ock|schedule|exec|execute|\w*[tT]ransaction|run|enqueue|retry|step|instrument)$/;
/** Methods of lists and of text, which give what the function makes. */
const OF_DATA = /^(replace(All)?|reduce(Right)?|sort|map|flatMap|filter|find|then|catch|finally)$/;

/** What is filled by its methods, of which the code that runs shows nothing: `headers.set('token', token)`. */
const FILLED = /^(Headers|FormData|URLSearchParams|URL)$/;

/** A call of something that an instance keeps, and what the functions gave that it was given. */
interface KeptCall {
  name: string;
  args: readonly Value[];
  site: Site;
  made: readonly Value[];
  /** What differs by request was read by one of them. */
  readsAmbient: boolean;
}

/** Whether a call may be answered with what was made for another caller. */
export function mayAnswerAnother(thing: Thing, call: KeptCall, machine: Machine): boolean {
  if (call.name === 'new' || isHarmlessCall(thing.label, call.name)) return false;
  return answersBeyondKey(thing, call, machine) || mayAnswerByKey(call, machine);
}

/**
 * Whether a call may be answered with what another caller's function made: it gives a function behind a key, as
 * `cache.wrap(id, () => load(id, token))` does, and what that makes depends on more than the key has.
 */
function mayAnswerByKey({ name, args, site, made, readsAmbient }: KeptCall, machine: Machine): boolean {
  const { node, frame } = site;
  if (RUNS_EACH_TIME.test(name) || OF_DATA.test(name) || !('arguments' in node)) return false;
  const index = args.findIndex(isCode);
  const keys = node.arguments.slice(0, Math.max(index, 0)).filter((_, at) => isText(args[at]));
  const given = node.arguments[index];
  if (keys.length === 0 || !given || !made[index]) return false;
  if (readsAmbient) return true;
  if ((machine.taintOf(made[index]) & CALLERS) === 0) return false;
  const named = keys.flatMap((key) => (key.type === 'Identifier' ? [key.name] : []));
  const needed = waysOf(given, frame, machine, new Set(named));
  const had = [...named, ...keys.flatMap((key) => waysInKey(key, frame, machine))];
  return needed.length === 0 || needed.some((way) => !had.some((key) => isWithin(way, key)));
}

/** Whether what was made of options answers by a key that does not have all that it is given: `fetch(id, { context })`. */
function answersBeyondKey(
  { given, isMadeOfCode, isKeyedByCode }: Thing,
  { args, readsAmbient }: KeptCall,
  machine: Machine,
): boolean {
  if (isKeyedByCode) return (machine.taintOf(...args) & CALLERS) !== 0;
  const [, ...others] = args;
  return (
    given !== undefined && !isMadeOfCode && (readsAmbient || (machine.taintOf(...others) & CALLERS) !== 0)
  );
}

function isCode({ things }: Value): boolean {
  return [...things.keys()].some(({ code, kind }) => kind === 'function' && code !== undefined);
}

function isText(value: Value | undefined): boolean {
  return value !== undefined && value.things.size === 0 && value.from !== 0;
}

function isWithin(way: string, key: string): boolean {
  return way === key || way.startsWith(`${key}.`);
}

/** The ways on which code gets at what its caller gave: `id`, `input.token`. Names that are declared stand for what they are given. */
function waysOf(code: t.Node, frame: Frame, machine: Machine, keys: ReadonlySet<string>): string[] {
  const ways: string[] = [];
  const seen = new Set<t.Node>();
  const walk = (each: t.Node, own: ReadonlySet<string>): void => {
    const node = unwrapped(each);
    if (seen.has(node)) return;
    seen.add(node);
    if (node.type === 'CallExpression' && isMember(node.callee)) {
      walk(node.callee.object, own);
      for (const argument of node.arguments) walk(argument, own);
      return;
    }
    const names = namesOf(node);
    const [root] = names ?? [];
    if (names && root !== undefined) {
      if (own.has(root)) return;
      if (keys.has(root)) ways.push(names.join('.'));
      else waysBehind(names, root);
      return;
    }
    if (isMember(node)) {
      walk(node.object, own);
      if (node.computed) walk(node.property, own);
    } else if (node.type === 'ObjectProperty') walk(node.value, own);
    else for (const child of childrenOf(node)) walk(child, ownNames(node, own));
  };
  const waysBehind = (names: readonly string[], root: string): void => {
    const found = variableOf(root, frame);
    if (!found || found.frame.parent === undefined) return;
    const { init, value } = found.variable;
    const before = ways.length;
    const isKnown = init !== undefined && seen.has(init);
    if (init) walk(init, new Set());
    if (init && isFilledLater(init)) ways.push(names.join('.'));
    // What a function that is declared on the way sees, it needs as well.
    for (const { code: declared } of value.things.keys())
      if (declared && !init) walk(declared.node, new Set());
    const isData = [...value.things.keys()].every(({ kind }) => !/^(function|class)$/.test(kind));
    const isGiven = isData && (machine.taintOf(value) & CALLERS) !== 0;
    // What it was not declared with, something has put into it since.
    if (isGiven && !isKnown && (ways.length === before || isAddedTo(value, init, machine)))
      ways.push(names.join('.'));
  };
  walk(code, new Set());
  return ways;
}

/** Whether something of callers was put into an object that is not written where it is declared: `query.token = token`. */
function isAddedTo({ things }: Value, init: t.Node | undefined, machine: Machine): boolean {
  const written = init && unwrapped(init);
  if (written?.type !== 'ObjectExpression') return false;
  if (written.properties.some(({ type }) => type === 'SpreadElement')) return false;
  const names = written.properties.map((each) => {
    const isText = each.type === 'ObjectProperty' && each.value.type.endsWith('Literal');
    return isText && each.value.type !== 'TemplateLiteral' ? undefined : keyName(each);
  });
  return [...things.keys()]
    .flatMap(({ props }) => [...props])
    .some(([name, value]) => (machine.taintOf(value) & CALLERS) !== 0 && !names.includes(name));
}

function isFilledLater(init: t.Node): boolean {
  const made = unwrapped(init);
  return made.type === 'NewExpression' && made.callee.type === 'Identifier' && FILLED.test(made.callee.name);
}

function ownNames(node: t.Node, own: ReadonlySet<string>): ReadonlySet<string> {
  if (!/Function/.test(node.type)) return own;
  const names = [...own, ...namesDeclaredIn((node as t.Function).body)];
  for (const param of (node as t.Function).params) namesIn(param, names);
  return new Set(names);
}
