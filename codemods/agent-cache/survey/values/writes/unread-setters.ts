import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { referencesNamed } from '../../code/bindings.ts';
import { isMember, keyName, propertyName } from '../../code/members.ts';
import { outermostSame, withoutTypes } from '../../code/wrappers.ts';
import { isFixed } from '../fixed-values.ts';

/** How functions are named that only read what they are given, whatever else that is, or start a process with a copy. */
const READS =
  /^(log|info|debug|warn|error|trace|verbose|http|silly|fatal|notice|json|jsonp|send\w*|render\w*|write|end|format\w*|inspect|stringify|print|get|post|delete|head|options|request|fetch|query|execute|sign\w*|verify\w*|encrypt\w*|decrypt\w*|hash\w*|compare\w*|parse\w*|safeParse|validate\w*|is[A-Z]\w*|has|includes|cookie|redirect|clearCookie|t|translate|expect|assert|equal|deepEqual|spawn\w*|fork|exec(a|File)?(Sync)?)$/;
/** Those that give something new, where it is used. */
const MAKES =
  /^(deepmerge|defu|clone\w*|klona|copy|pick\w*|omit\w*|at|map\w*|filter|find\w*|sort\w*|group\w*|keyBy|values|head|first|last|chain|thru|identity|create\w*|make\w*|build\w*|open\w*|connect\w*|use[A-Z]\w*)$/;

/**
 * Whether a function that cannot be read may write to what it is given: it is given something of who asks with that, and
 * nothing in its name says what it gives or does for it.
 */
export function mayBeSetter(name: string, call: NodePath, index: number, source: Reading): boolean {
  if (!call.isCallExpression() || READS.test(name) || (MAKES.test(name) && isUsed(call))) return false;
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
export function settingCalls(name: string, made: NodePath, source: Reading): NodePath[] {
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
  return parent?.isExpressionStatement() !== true;
}
