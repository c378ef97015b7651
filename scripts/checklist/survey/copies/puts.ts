import type { Node } from '@babel/types';
import { lastName } from '../way-syntax.ts';
import type { Deed } from './deed.ts';
import { isModuleCache, isRequire } from './loaded-modules.ts';
import type { WrittenTexts } from './written-texts.ts';

/** A text that may write to a part of something. */
export const MAY_PUT =
  /[\w$)\]]\s*(?:\.\s*[\w$]+|\[[^\]\n]*\])\s*(?:[&|?]{2})?=(?![=>])|\bdelete\b|\b(?:definePropert(?:y|ies)|deleteProperty|unset|(?:set|update|wrap|stub|replace|method|patch|override|assign|extend|merge|mixin|defaults)\w*)\s*\(|[:[]\s*[\w$]+\s*\.[^;\n]*[}\]]\s*=(?!=)|\bfor\s*\(\s*[\w$]+\s*[.[]/i;

/** Functions that write to what they are given first: by a name that follows, and those that take many. */
const SETS_ONE = /^(?:set(?:With|In)?|unset|update(?:With)?|wrap|stub|replace|method|spyOn|patch|override)$/i;
const SETS_MANY =
  /^(?:assign(?:In|With)?|extend|merge(?:With|Deep)?|mixin|defaults(?:Deep)?|massWrap|patch|override)$/;

/** `_.set(require('…'), 'get', …)`: what becomes of a module that is given to what writes to it. */
export function writingTo(callee: Node, given: readonly Node[], texts: WrittenTexts): Deed | undefined {
  const name = lastName(callee);
  const [target, ...more] = given;
  if (target === undefined || !(SETS_ONE.test(name) || SETS_MANY.test(name))) return undefined;
  const [first] = more;
  const key = first?.type === 'ArrayExpression' ? (first.elements[0] ?? undefined) : first;
  const isNamed = key?.type === 'StringLiteral';
  if (!isNamed && !(SETS_MANY.test(name) && more.length > 0)) return undefined;
  return partOfModule(target, namesPut(isNamed ? [key] : more), texts);
}

/** What a target of an assignment has that is written to, also in a pattern: `({ a: cache.get } = own)`. */
export function targetsIn(target: Node): Node[] {
  switch (target.type) {
    case 'MemberExpression':
      return [target];
    case 'AssignmentPattern':
      return targetsIn(target.left);
    case 'RestElement':
      return targetsIn(target.argument);
    case 'ArrayPattern':
      return target.elements.flatMap((each) => (each === null ? [] : targetsIn(each)));
    case 'ObjectPattern':
      return target.properties.flatMap((each) =>
        targetsIn(each.type === 'ObjectProperty' ? each.value : each),
      );
    default:
      return 'expression' in target && typeof target.expression === 'object' && target.expression !== null
        ? targetsIn(target.expression as Node)
        : [];
  }
}

/** What is let go of by its key in what Node.js has loaded. */
export function lettingGo(target: Node, texts: WrittenTexts): Deed | undefined {
  const isKey = target.type === 'MemberExpression' && target.computed && isModuleCache(target.object, texts);
  return isKey ? { kind: 'lets-go', module: [target.property] } : undefined;
}

/** `require.cache[key].exports = …`, `loaded.exports.get = …`: others find something else in a module. */
export function overwriting(target: Node, texts: WrittenTexts): Deed | undefined {
  if (target.type !== 'MemberExpression') return undefined;
  const { property, computed } = target;
  return partOfModule(target.object, namesPut(computed ? [property] : [target]), texts);
}

/** The names of members that are written: by a key, by several, or by those of an object; none where nothing tells. */
export function namesPut(written: readonly Node[]): string[] {
  const [first] = written;
  if (first?.type === 'StringLiteral') return [first.value];
  if (first?.type === 'MemberExpression' && !first.computed) return [lastName(first)];
  if (first?.type !== 'ObjectExpression') return [];
  const names = first.properties.map((each) =>
    each.type === 'SpreadElement' || each.computed ? '' : lastName(each.key),
  );
  return names.includes('') ? [] : names;
}

/** What becomes of a module where a part of its record is written, or of what it exports. */
export function partOfModule(object: Node, names: readonly string[], texts: WrittenTexts): Deed | undefined {
  const record = recordIn(object, texts);
  if (record !== undefined) return { ...record, isPut: true };
  const module = exportsOf(object, texts);
  return module && { kind: 'puts', module: [module], names };
}

/** The name of the module whose exports an expression is: `require('…')`, or what is imported as a whole. */
function exportsOf(node: Node, texts: WrittenTexts, depth = 0): Node | undefined {
  if (depth > 4) return undefined;
  const inner = (each: Node) => exportsOf(each, texts, depth + 1);
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return inner(node.expression);
    case 'AwaitExpression':
      return node.argument.type === 'ImportExpression' ? node.argument.source : inner(node.argument);
    case 'ImportExpression':
      return node.source;
    case 'CallExpression':
      return isRequire(node.callee, texts) || node.callee.type === 'Import' ? node.arguments[0] : undefined;
    case 'MemberExpression':
      return lastName(node) === 'default' ? inner(node.object) : undefined;
    case 'Identifier': {
      const imported = texts.model.imports.get(node.name);
      const isWhole = imported !== undefined && /^(?:\*|default)$/.test(imported.name);
      const declared = texts.model.program.body.find(
        (each) => each.type === 'ImportDeclaration' && isWhole && each.source.value === imported.specifier,
      );
      if (declared?.type === 'ImportDeclaration') return declared.source;
      return texts
        .behind(node.name)
        .values.map(inner)
        .find((each) => each !== undefined);
    }
    default:
      return undefined;
  }
}

/** The module whose record, or part of one, an expression is. */
function recordIn(node: Node, texts: WrittenTexts, depth = 0): Deed | undefined {
  if (depth > 4) return undefined;
  const inner = (each: Node) => recordIn(each, texts, depth + 1);
  if (node.type === 'MemberExpression') return lettingGo(node, texts) ?? inner(node.object);
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') return inner(node.expression);
  if (node.type === 'ParenthesizedExpression') return inner(node.expression);
  if (node.type !== 'Identifier') return undefined;
  const { values, picked } = texts.behind(node.name);
  return [...values, ...(picked === undefined ? [] : [picked.from])]
    .map(inner)
    .find((each) => each !== undefined);
}
