import type { Node } from '@babel/types';
import { walk } from '../source/walk.ts';
import { lastName } from './makers.ts';

/** What stands for a function that a module exports without a name. */
export const UNNAMED = '=default';

/** The names that a module uses, beside declaring, importing and exporting them. */
export function usedNames(nodes: readonly Node[]): Set<string> {
  const apart = new Set<unknown>();
  for (const node of nodes) {
    if ('id' in node) apart.add(node.id);
    if (/^(?:Import|Export)\w*Specifier$/.test(node.type))
      for (const each of Object.values(node)) apart.add(each);
    if (node.type === 'ExportDefaultDeclaration') apart.add(node.declaration);
    if (node.type === 'MemberExpression' && !node.computed) apart.add(node.property);
    if (node.type === 'ObjectProperty' && !node.computed && !node.shorthand) apart.add(node.key);
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern')
      for (const each of node.id.properties)
        if (each.type === 'ObjectProperty') apart.add(each.key).add(each.value);
    if (node.type !== 'AssignmentExpression' || !isExports(node.left)) continue;
    apart.add(node.right);
    if (node.right.type === 'ObjectExpression')
      for (const each of node.right.properties)
        if (each.type === 'ObjectProperty') apart.add(each.key).add(each.value);
  }
  const used = nodes.flatMap((node) => (node.type === 'Identifier' && !apart.has(node) ? [node.name] : []));
  return new Set(used);
}

/** The functions at the top of a module, with the names that they take, by the calls within them. */
export function functionsAround(
  statements: readonly Node[],
): Map<Node, { name: string; takes: Set<string> }> {
  const found = new Map<Node, { name: string; takes: Set<string> }>();
  const add = (name: string, made: Node | null | undefined) => {
    if (!made || !/Function/.test(made.type) || !('params' in made) || !Array.isArray(made.params)) return;
    const takes = new Set(made.params.flatMap((each) => (each.type === 'Identifier' ? [each.name] : [])));
    walk(made, (inner) => {
      if (inner.type === 'CallExpression' || inner.type === 'NewExpression')
        found.set(inner, { name, takes });
    });
  };
  for (const statement of statements) {
    const isExport =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const declared = isExport ? statement.declaration : statement;
    if (declared?.type === 'FunctionDeclaration') add(declared.id?.name ?? UNNAMED, declared);
    else if (declared?.type === 'VariableDeclaration')
      for (const { id, init } of declared.declarations) if (id.type === 'Identifier') add(id.name, init);
    if (statement.type === 'ExportDefaultDeclaration' && declared?.type !== 'FunctionDeclaration')
      add(UNNAMED, declared);
  }
  return found;
}

/** `module.exports`, `exports.x` and `module.exports.x`. */
function isExports(node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  const owner = lastName(node.object);
  return owner === 'exports' || (owner === 'module' && lastName(node) === 'exports');
}
