import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { addSpecifiers, specifierTexts } from './import-text.ts';

type Statement = NodePath<t.ImportDeclaration | t.VariableDeclaration>;

/** What becomes of the imports that a file has. */
interface Going {
  /** The names that go. Those whose place a new name takes are taken out of it. */
  unused: AgentBinding[];
  /** The names that are types alone from now on. */
  types: readonly AgentBinding[];
}

/**
 * Takes names (export → local name) into an import or `require` that the file has of the same module and keeps, in the
 * place of a name that goes where there is one.
 *
 * @returns false where the module is not imported by names that stay
 */
export function joinImport(
  migration: Migration,
  { specifier, names }: { specifier: string; names: ReadonlyMap<string, string> },
  going: Going,
): boolean {
  for (const statement of migration.program.get('body')) {
    const listed = namedOf(statement, specifier);
    if (!listed) continue;
    const isOf = (node: t.Node) => (each: AgentBinding) =>
      each.statement.node === statement.node && each.binding.identifier.name === localName(node);
    const gone = listed.filter((node) => going.unused.some(isOf(node)));
    const kept = listed.filter((node) => !gone.includes(node) && !going.types.some(isOf(node)));
    if (kept.length === 0) continue;
    const [first] = gone;
    if (first) {
      const style = statement.isImportDeclaration() ? 'import' : 'require';
      const { start, end } = rangeOf(first);
      migration.edits.update(start, end, specifierTexts(names, style).join(', '));
      going.unused.splice(going.unused.findIndex(isOf(first)), 1);
    } else addSpecifiers(migration, statement as Statement, names);
    return true;
  }
  return false;
}

/** The names that a statement imports of a module as values, in braces; undefined where it is no such statement. */
function namedOf(statement: NodePath<t.Statement>, specifier: string): t.Node[] | undefined {
  if (statement.isImportDeclaration()) {
    const { source, importKind, phase, specifiers } = statement.node;
    if (source.value !== specifier || importKind === 'type' || phase) return undefined;
    return specifiers.filter((node) => node.type === 'ImportSpecifier' && node.importKind !== 'type');
  }
  if (!statement.isVariableDeclaration()) return undefined;
  const [declarator, ...more] = statement.node.declarations;
  if (!declarator || more.length > 0 || declarator.id.type !== 'ObjectPattern') return undefined;
  if (!isRequireOf(specifier, declarator.init)) return undefined;
  return declarator.id.properties.filter(({ type }) => type === 'ObjectProperty');
}

function isRequireOf(specifier: string, node: t.Expression | null | undefined): boolean {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier') return false;
  const [module] = node.arguments;
  return node.callee.name === 'require' && module?.type === 'StringLiteral' && module.value === specifier;
}

function localName(node: t.Node): string | undefined {
  if (node.type === 'ImportSpecifier') return node.local.name;
  const value = node.type === 'ObjectProperty' ? node.value : node;
  return value.type === 'Identifier' ? value.name : undefined;
}
