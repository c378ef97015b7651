import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { referencesNamed } from '../../code/bindings.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';
import { outermostSame, withoutTypes } from '../../code/wrappers.ts';
import { isFixed } from '../fixed-values.ts';

/** How functions are named that only read what they are given, whatever else that is, or start a process with a copy. */
const READS =
  /^(log|info|debug|warn|error|trace|verbose|http|silly|fatal|notice|json|jsonp|send\w*|render\w*|write|end|format\w*|inspect|stringify|print|get|post|delete|head|options|request|fetch|query|execute|sign\w*|verify\w*|encrypt\w*|decrypt\w*|hash\w*|compare\w*|parse\w*|safeParse|validate\w*|is[A-Z]\w*|has|includes|cookie|redirect|clearCookie|t|translate|expect|assert|equal|deepEqual|spawn\w*|fork|exec(a|File)?(Sync)?)$/;
/** Those that give something new, where it is used. */
const MAKES =
  /^(deepmerge|defu|clone\w*|klona|copy|pick\w*|omit\w*|at|map\w*|filter|find\w*|sort\w*|group\w*|keyBy|values|head|first|last|chain|thru|identity|create\w*|make\w*|build\w*|open\w*|connect\w*|use[A-Z]\w*)$/;

/** Those that give the same object by another name, for all that is told: what they gave may set it. */
const GIVES_ANOTHER = /^(create|make|build|open|connect|use)[A-Z]?\w*$/;
/** Those that do nothing but give something: who calls one and drops that wants something else of it. */
const ONLY_GIVES =
  /^(parse\w*|safeParse|format\w*|inspect|stringify|has|includes|t|translate|hash\w*|encrypt\w*|decrypt\w*)$/;
/** Functions that make one of a function and of what that is given. */
const APPLIES = /^(partial|partialRight|bind|curry|curryRight|apply|ary|rearg|wrap|flow|flip|nAry|invoker)$/;

/**
 * Whether a function that cannot be read may write to what it is given: it is given something of who asks with that, and
 * nothing in its name says what it gives or does for it. Into a `sink`, which is named as such, any function may.
 */
export function mayBeSetter(
  name: string,
  call: NodePath,
  index: number,
  source: Reading,
  isSink = false,
): boolean {
  if (!call.isCallExpression() || (!isSink && readsOnly(name, call))) return false;
  const own = (call.get('arguments') as NodePath[])[index];
  return givenTo(call).some((each) => (each !== own || isLiteral(each)) && !isFixed(each, source));
}

/** How functions and classes are named that make something by which what they are given is set. */
const MAKES_SETTER =
  /^(put|set|patch|merge|assign|extend|override|edit|update|apply|populate|mutate|lens|change|modify|accessor|(sett|patch|merg|extend|edit|updat|mutat|chang|modifi)(er|or))s?(?![a-z])/;

/**
 * The calls of what was made of a value that may set it with something of who asks: `const set = put(settings)`, then
 * `set(query)`; `new Patcher(settings).apply(query)`.
 */
export function settingCalls(
  name: string,
  made: NodePath,
  source: Reading,
  member: string | undefined,
): NodePath[] {
  if (GIVES_ANOTHER.test(name)) return writesToMade(made, member);
  // `setup` and `Settings` are other words.
  if (!MAKES_SETTER.test(name.charAt(0).toLowerCase() + name.slice(1))) return [];
  return callsOfMade(made).flatMap(([method, call]) => (mayBeSetter(method, call, -1, source) ? [call] : []));
}

/** The calls of what an expression gives, of its methods, and of what is taken of it, with their names. */
function callsOfMade(made: NodePath): [string, NodePath][] {
  const value = outermostSame(made);
  const { parentPath: parent, key } = value;
  if (!parent) return [];
  if (key === 'callee') return [['', parent]];
  if (isMember(parent) && key === 'object') {
    const name = propertyName(parent.node) ?? '';
    return callsOfMade(parent).map(([, call]) => [name, call]);
  }
  if (!parent.isVariableDeclarator() || key !== 'init') return [];
  const { id } = parent.node;
  const names = id.type === 'ObjectPattern' ? id.properties.flatMap(takenName) : [{ key: '', name: id }];
  return names.flatMap((each) =>
    referencesNamed(each.name, parent.scope).flatMap((use) =>
      callsOfMade(use).map(([method, call]): [string, NodePath] => [method || each.key, call]),
    ),
  );
}

function readsOnly(name: string, call: NodePath): boolean {
  return (READS.test(name) && (!ONLY_GIVES.test(name) || isUsed(call))) || (MAKES.test(name) && isUsed(call));
}

/**
 * The calls that run a function with a value that it is given before: `const set = _.partial(_.set, settings)`. None
 * for one that only reads, `untold` where others may call it; undefined for a call that makes no function.
 */
export function appliedCalls(
  callee: NodePath,
  call: NodePath,
  index: number,
  source: Reading,
): NodePath[] | 'untold' | undefined {
  // `_.curry(_.set)(settings)`
  const making = withoutTypes(callee);
  const maker = making.isCallExpression() ? (making.get('callee') as NodePath) : callee;
  const name = isMember(maker) ? propertyName(maker.node) : maker.isIdentifier() ? maker.node.name : '';
  const [fn] = ((making === maker.parentPath ? making : call).get('arguments') ?? []) as NodePath[];
  if (!fn || !APPLIES.test(name ?? '') || (maker === callee && index === 0)) return undefined;
  const value = withoutTypes(fn);
  const own = isMember(value) ? propertyName(value.node) : value.isIdentifier() ? value.node.name : undefined;
  if (own === undefined && !value.isFunction()) return undefined;
  if (own !== undefined && (READS.test(own) || MAKES.test(own))) return [];
  const calls = callsOfMade(call);
  if (calls.length === 0) return 'untold';
  return calls.flatMap(([, each]) => (mayBeSetter('', each, -1, source) ? [each] : []));
}

/** Where a member of what an expression gives is written to, or one that only a run tells. */
function writesToMade(made: NodePath, member: string | undefined): NodePath[] {
  const value = outermostSame(made);
  const { parentPath: parent, key } = value;
  if (isMember(parent) && key === 'object') {
    const name = propertyName(parent.node);
    return isWritten(parent) && (name === undefined || name === member) ? [parent] : [];
  }
  if (!parent?.isVariableDeclarator() || key !== 'init') return [];
  return referencesNamed(parent.node.id, parent.scope).flatMap((use) => writesToMade(use, member));
}

function takenName(property: t.ObjectPattern['properties'][number]): { key: string; name: t.Node }[] {
  return property.type === 'ObjectProperty' ? [{ key: keyName(property) ?? '', name: property.value }] : [];
}

/** What a call is given, and what those are given of which it is a method: `copy(query).to(settings)`. */
function givenTo(path: NodePath): NodePath[] {
  const value = withoutTypes(path);
  if (isMember(value)) return givenTo(value.get('object') as NodePath);
  if (!value.isCallExpression()) return [];
  return [...(value.get('arguments') as NodePath[]), ...givenTo(value.get('callee') as NodePath)];
}

function isLiteral(path: NodePath): boolean {
  return /^(Object|Array)Expression$/.test(withoutTypes(path).type);
}

function isUsed(call: NodePath): boolean {
  const { parentPath: parent } = outermostSame(call);
  const isPassed = parent?.isAwaitExpression() || parent?.isUnaryExpression({ operator: 'void' });
  return isPassed ? isUsed(parent) : parent?.isExpressionStatement() !== true;
}
