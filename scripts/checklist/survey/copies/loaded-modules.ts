import type { Node } from '@babel/types';
import { isMemberOf, lastName } from '../way-syntax.ts';
import { specifierBehind, type WrittenTexts } from './written-texts.ts';

/** Whether an expression is what Node.js has loaded: `require.cache`, `Module._cache`, or a name for it. */
export function isModuleCache(node: Node, texts: WrittenTexts, depth = 0): boolean {
  if (depth > 4) return false;
  if (node.type === 'MemberExpression') {
    const name = lastName(node);
    return name === 'cache'
      ? isRequire(node.object, texts)
      : name === '_cache' && isModuleClass(node.object, texts);
  }
  if (
    node.type === 'TSAsExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'ParenthesizedExpression'
  )
    return isModuleCache(node.expression, texts, depth + 1);
  if (node.type !== 'Identifier') return false;
  const { values, picked } = texts.behind(node.name);
  if (picked !== undefined)
    if (picked.name === 'cache' ? isRequire(picked.from, texts) : picked.name === '_cache') return true;
  return values.some((each) => isModuleCache(each, texts, depth + 1));
}

/** Whether an expression loads modules when it is called: `require`, `module.require`, what `createRequire` gives. */
export function isRequire(node: Node, texts: WrittenTexts, depth = 0): boolean {
  if (depth > 4) return false;
  if (node.type === 'CallExpression') return lastName(node.callee) === 'createRequire';
  if (node.type === 'MemberExpression') return isMemberOf(node, 'module', /^require$/);
  if (node.type !== 'Identifier') return false;
  const { values } = texts.behind(node.name);
  return values.length === 0
    ? node.name === 'require'
    : values.some((each) => isRequire(each, texts, depth + 1));
}

function isModuleClass(node: Node, texts: WrittenTexts): boolean {
  if (/^(?:node:)?module$/.test(specifierBehind(node, texts) ?? '')) return true;
  if (isMemberOf(node, 'module', /^constructor$/)) return true;
  if (node.type === 'TSAsExpression' || node.type === 'ParenthesizedExpression')
    return isModuleClass(node.expression, texts);
  if (node.type !== 'Identifier') return false;
  const { values } = texts.behind(node.name);
  return values.length === 0
    ? node.name === 'Module' && !texts.model.imports.has(node.name)
    : values.some((each) => isMemberOf(each, 'module', /^constructor$/));
}
