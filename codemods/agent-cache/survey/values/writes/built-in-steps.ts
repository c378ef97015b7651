import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../../migration.ts';
import { keyName } from '../../code/members.ts';
import { outermostSame } from '../../code/wrappers.ts';
import { originalWords } from './callee-origin.ts';
import type { Asked, Outcome } from './outcome.ts';
import { all as allOf, patternSteps } from './pattern-steps.ts';
import { asList, copied, heldBy, into, isHarmless, isHit, type Leaf, MAPPED, SOME, type Way } from './way.ts';

/** Built-ins that only read what they are given. */
const READS =
  /^(console\.\w+|JSON\.stringify|Object\.(keys|getOwnPropertyNames|is|isFrozen|isSealed|isExtensible|hasOwn|getPrototypeOf)|Array\.isArray|Reflect\.(has|ownKeys|getPrototypeOf)|String|Number|Boolean|BigInt|Symbol|Date|RegExp|is(NaN|Finite)|parse(Int|Float)|structuredClone|\w*Error|(en|de)codeURI(Component)?|Buffer\.(from|byteLength|concat|alloc)|URL|URLSearchParams|Headers|Request|Response|FormData|Blob|fetch|BroadcastChannel|Math\.\w+|Number\.\w+|Date\.\w+|require)$/;
/** Those that give it as it is. */
const GIVES = /^(Object(\.(seal|preventExtensions))?|Promise\.(resolve|all|race|any))$/;
/** Those that give what has the same members, but is another, or may not be changed any more. */
const COPIES = /^Object\.(freeze|create)$|^Array\.(from|of)$/;
/** Those that give what they have written to. */
const GIVES_WRITTEN = /^Object\.(assign|defineProperty|defineProperties|setPrototypeOf)$/;

/** What a built-in does with an argument; undefined for any other function. */
export function builtInSteps(
  callee: NodePath,
  call: NodePath,
  index: number,
  given: Way,
  asked: Asked,
): Outcome | undefined {
  const { leaf, source } = asked;
  const way = asList(given);
  const words = originalWords(callee, source);
  const [root = ''] = words.split('.');
  if (!(root in globalThis || root === 'require') || callee.scope.hasBinding(root, true)) return undefined;
  const result = (next: Way | undefined): Outcome => (next ? [{ kind: 'value', at: call, way: next }] : []);
  if (READS.test(words)) return [];
  const names = namesWritten(words, call);
  if (index === 0 && names?.every((name) => !isHit(way, name, leaf))) return result(way);
  if (GIVES.test(words)) return result(way);
  const all = call.get('arguments') as NodePath[];
  if (words === 'Object.assign') return assigned(all, index, way, leaf) ?? result(copied(way));
  if (COPIES.test(words)) return index === 0 && all.length === 1 ? result(copied(way)) : 'untold';
  const inner = into(way, SOME, leaf);
  if (words === 'Object.values') return result(inner && heldBy(inner, SOME));
  if (words === 'Object.entries') return result(inner && heldBy(heldBy(inner, SOME), SOME));
  // Each element is a name, and what has that.
  if (words === 'Object.fromEntries') return result(inner && copied(inner));
  // Of a set each element, of a map what each pair has.
  if (words === 'Set') return result(inner && heldBy(inner, SOME));
  const paired = words === 'Map' && inner ? into(inner, SOME, leaf) : undefined;
  if (words === 'Map' && call.isNewExpression()) return result(paired && heldBy(paired, MAPPED));
  if (words === 'Reflect.get' && index === 0) return result(into(way, undefined, leaf));
  if (words === 'Proxy' && index === 0) return proxySteps(call, way, asked);
  // Any other one changes what it is given, or keeps it: `Reflect.set`, `new Map`, `new Proxy`.
  return index === 0 && /^(Object|Reflect)\./.test(words) ? 'written' : 'untold';
}

/** The call of a built-in that writes to an expression and gives it back. */
export function givenBackBy(expression: NodePath, source: Reading): NodePath | undefined {
  const { parentPath: call, listKey, key } = outermostSame(expression);
  if (listKey !== 'arguments' || key !== 0 || !call?.isCallExpression()) return undefined;
  return GIVES_WRITTEN.test(originalWords(call.get('callee') as NodePath, source)) ? call : undefined;
}

/** The names by which a built-in writes to its first argument; undefined where only a run tells them. */
function namesWritten(words: string, call: NodePath): readonly string[] | undefined {
  const [, second, ...others] = call.get('arguments') as NodePath[];
  if (/^(Object\.defineProperty|Reflect\.(set|defineProperty|deleteProperty))$/.test(words))
    return second?.isStringLiteral() ? [second.node.value] : undefined;
  if (words !== 'Object.assign' || !second) return undefined;
  const names = [second, ...others].flatMap((each) =>
    each.isObjectExpression() ? each.node.properties.map(keyName) : [undefined],
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Of `Object.assign` the first object is changed; undefined for one that goes into a new object. */
function assigned(given: readonly NodePath[], index: number, way: Way, leaf: Leaf): Outcome | undefined {
  if (index === 0) return way.free === 0 ? 'written' : undefined;
  if (isHarmless(copied(way), leaf)) return [];
  return given[0]?.isObjectExpression() ? undefined : 'untold';
}

/** A proxy stands for what it is of, which its traps are given as well. */
function proxySteps(call: NodePath, way: Way, { leaf }: Asked): Outcome {
  const [, handler] = call.get('arguments') as NodePath[];
  if (!handler?.isObjectExpression()) return 'untold';
  const traps = handler.get('properties').map((each): Outcome => {
    const fn = each.isObjectProperty() ? each.get('value') : each;
    if (!fn.isFunction()) return 'untold';
    const [target, , ...others] = fn.get('params') as NodePath[];
    return allOf([target, others.at(-1)], (param) => (param ? patternSteps(param, way, leaf) : []));
  });
  const itself: Outcome = [{ kind: 'value', at: call, way }];
  return allOf([...traps, itself], (each) => each);
}
