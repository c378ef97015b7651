import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { constructorOf, superclassOf } from '../../code/class-members.ts';
import { calledDefinition, definitionOf } from '../../code/definitions.ts';
import { isMember, propertyName } from '../../code/members.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { calleeOrigin, originalWords } from './callee-origin.ts';
import { builtInSteps } from './built-in-steps.ts';
import { readsArguments } from './method-steps.ts';
import { collectionSteps, givenOnSteps } from './given-on.ts';
import { appliedCalls, mayBeSetter, settingCalls } from './unread-setters.ts';
import { patternSteps } from './pattern-steps.ts';
import { writesArgument } from './written-in-package.ts';
import type { Asked, Outcome } from './outcome.ts';
import { CALLED, copied, heldBy, SOME, type Way } from './way.ts';

/** How functions that cannot be read are named where they write to what they are given first. */
const WRITES =
  /(^|\.)(merge\w*|deepMerge|extend|deepExtend|assign\w*|defaults\w*|defineProperty|defineProperties|setPrototypeOf|set|unset|mutate|patch|override|configure|populate|applyPatch|plainTo\w+FromExist)$/;
/** Functions of packages that give what stands for a value: `asValue(settings)`, `reactive(settings)`. */
const WRAPS = /^(as\w*Value|reactive|observable|onChange|wrap|proxy|dot|chain|lodash|_)$/;
/** How those of the tree are named that only write down or answer what they are given. */
const TELLS =
  /^(log|info|debug|warn|error|trace|verbose|http|silly|fatal|notice|json|jsonp|send|render|write|end|format|inspect|stringify|print)$/;
/** Functions of packages that give a part of what they are given. */
const TAKES_PART = /^(pick|omit|get|at|clone|values|find|head|first|last|tap|thru|chain|identity)(By)?$/;

/** Those that write what they are given later to what comes first. */
const JOINS = /^(merge\w*|deepMerge|extend|deepExtend|assign\w*|defaults\w*)$/;
/** How options are named that say what a function writes to. */
const SINKS = /^(in|on)?to$|^(into|target|dest(ination)?|out(put)?|sink|store|state|processEnv)$/i;

/** What a call does with an argument. */
export function argumentSteps(use: NodePath, call: NodePath, way: Way, asked: Asked): Outcome {
  const callee = call.get('callee') as NodePath;
  const index = Number(use.key);
  const { source } = asked;
  const found = calledDefinition(callee, source);
  const before = (call.get('arguments') as NodePath[]).slice(0, index);
  const isAtIndex = before.every((each) => !each.isSpreadElement());
  const fn = found?.kind === 'function' ? found.path : undefined;
  if (fn) return isAtIndex ? parameterSteps(fn, index, way, asked) : 'untold';
  if (found?.kind === 'class' && call.isNewExpression())
    return isAtIndex ? constructorSteps(found.path, index, way, asked) : 'untold';
  return (
    borrowed(callee, index, way, asked) ??
    reduced(callee, call, index, way, asked) ??
    ofCallback(callee, call, way) ??
    collectionSteps(callee, index, way) ??
    builtInSteps(callee, call, index, way, asked) ??
    byName(callee, call, index, way, source)
  );
}

function parameterSteps(fn: FunctionPath, index: number, way: Way, { leaf }: Asked): Outcome {
  if (readsArguments(fn)) return 'untold';
  const params = fn.get('params') as NodePath[];
  const last = params.at(-1);
  const rest = last?.isRestElement() ? last : undefined;
  if (rest && index >= params.length - 1) {
    const list = heldBy(way, SOME);
    return patternSteps(rest.get('argument') as NodePath, list, leaf);
  }
  const param = params[index];
  return param ? patternSteps(param, way, leaf) : [];
}

/** What a class of the tree does with what it is built with: itself, or the one that it extends. */
function constructorSteps(path: NodePath<t.Class>, index: number, way: Way, asked: Asked): Outcome {
  const own = constructorOf(path);
  if (own) return parameterSteps(own, index, way, asked);
  const parent = superclassOf(path);
  const found = parent && definitionOf(parent, asked.source);
  if (found?.kind === 'class') return constructorSteps(found.path, index, way, asked);
  return [];
}

/** `fill.call(owner, settings)`, `fill.bind(owner, settings)` */
function borrowed(callee: NodePath, index: number, way: Way, asked: Asked): Outcome | undefined {
  const name = isMember(callee) ? propertyName(callee.node) : undefined;
  if (name === undefined || !/^(call|apply|bind)$/.test(name)) return undefined;
  const found = definitionOf(callee.get('object') as NodePath, asked.source);
  if (found?.kind !== 'function') return name === 'bind' && index > 0 ? undefined : 'untold';
  if (index === 0) return readsThis(found.path) ? 'untold' : [];
  return name === 'apply' ? 'untold' : parameterSteps(found.path, index - 1, way, asked);
}

function readsThis(fn: FunctionPath): boolean {
  let does = false;
  fn.traverse({
    ThisExpression(at) {
      does = true;
      at.stop();
    },
  });
  return does;
}

/** `names.reduce((settings, name) => …, settings)`: what comes first is given to the callback, and may be what comes out. */
function reduced(
  callee: NodePath,
  call: NodePath,
  index: number,
  way: Way,
  asked: Asked,
): Outcome | undefined {
  const isReduced = isMember(callee) && /^reduce(Right)?$/.test(propertyName(callee.node) ?? '');
  if (!isReduced || index !== 1) return undefined;
  const [callback] = call.get('arguments') as NodePath[];
  const found = callback && definitionOf(callback, asked.source);
  const taking = found?.kind === 'function' ? parameterSteps(found.path, 0, way, asked) : 'untold';
  return typeof taking === 'string' ? taking : [...taking, { kind: 'value', at: call, way }];
}

/** What a function gives that some other code calls: `ready.then(() => settings)`. */
function ofCallback(callee: NodePath, call: NodePath, { names, free }: Way): Outcome | undefined {
  const [first, ...rest] = names;
  const name = isMember(callee) ? (propertyName(callee.node) ?? '') : '';
  if (first !== CALLED) return undefined;
  const way = { names: rest, free: Math.max(0, free - 1) };
  if (/^(then|catch|reduce(Right)?)$/.test(name)) return [{ kind: 'value', at: call, way }];
  if (/^(map|flatMap)$/.test(name)) return [{ kind: 'value', at: call, way: heldBy(way, SOME) }];
  return undefined;
}

/** What is told of a function that cannot be read by where it comes from, and by its name. */
function byName(callee: NodePath, call: NodePath, index: number, way: Way, source: Reading): Outcome {
  const words = originalWords(callee, source);
  const name = words.split('.').at(-1) ?? '';
  const origin = calleeOrigin(callee, source);
  const applied = origin === 'package' ? appliedCalls(callee, call, index, source) : undefined;
  if (applied)
    return typeof applied === 'string' ? applied : applied.map((at) => ({ kind: 'changed', at, way }));
  if (index === 0 && WRITES.test(words)) return 'written';
  if (origin === 'tree') return TELLS.test(name) ? [] : 'untold';
  // What calls a parameter calls some function of the tree.
  if (origin === 'parameter' && !isMember(callee)) return 'untold';
  if (WRAPS.test(name)) return [{ kind: 'value', at: call, way }];
  const given = givenOnSteps(callee, call, index, way);
  if (given) return given;
  // `_.merge({}, settings, query)`
  if (index > 0 && JOINS.test(name) && call.get('arguments.0').isObjectExpression())
    return [{ kind: 'value', at: call, way: copied(way) }];
  // `parse(query, { into: settings })`
  const isSink =
    (way.free > 0 && SINKS.test(way.names[0] ?? '')) ||
    (origin === 'package' && writesArgument(callee, index, source));
  // `put(settings)(query)`
  const outer = call.key === 'callee' ? call.parentPath : undefined;
  if (mayBeSetter(name, call, index, source, isSink) || (outer && mayBeSetter(name, outer, -1, source)))
    return 'written';
  const setting = settingCalls(name, call, source, way.names.at(-1));
  if (setting.length > 0) return setting.map((at) => ({ kind: 'changed', at, way }));
  return origin === 'package' && TAKES_PART.test(name) ? [{ kind: 'value', at: call, way: copied(way) }] : [];
}
