import type { Binding, NodePath, Scope } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Source } from '../../migration.ts';
import { keptWith } from '../../source/kept-with.ts';
import { joinPaths } from '../code/exported-paths.ts';
import { loadedOtherwise, mayLoadOtherwise } from './other-loads.ts';
import { writtenName } from '../code/written-name.ts';
import { referencesOf } from '../code/references.ts';
import { requiredModule } from '../code/required-module.ts';

/** Expressions that stand for another module, or for what it exports at `path`. */
export interface ModuleHolder {
  specifier: string;
  path: string;
  expressions: readonly NodePath[];
  /** The declaration of the file that names it; undefined where the module is loaded inside of other code. */
  import: Pick<AgentBinding, 'binding' | 'statement' | 'module' | 'typeOnly'> | undefined;
  /** What becomes of the expressions cannot be followed. */
  opaque: boolean;
}

const LOADS = /\b(?:require|import)\b\s*(?:\.\w+\s*)?\(/g;

/** Whether a declaration also names what it does not take: taking less would change that. */
export function namesTheRest({ path: { node } }: Binding): boolean {
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return false;
  return node.id.properties.some(({ type }) => type === 'RestElement');
}

/** Every expression of the file that stands for another module; `export … from` has none. */
export function moduleHolders(source: Source): ModuleHolder[] {
  return keptWith(source.program, 'module holders', () => findHolders(source));
}

function findHolders(source: Source): ModuleHolder[] {
  const named = Object.values(source.program.scope.bindings).flatMap(
    (binding) => holderOf(binding, source) ?? [],
  );
  const followed = new Set<t.Node>(
    named.flatMap(({ import: own }) => (own && isWhollyNamed(own.binding.path.node) ? own.module : [])),
  );
  const loads = source.text.match(LOADS)?.length ?? 0;
  // Walking a whole file costs as much as its scopes, and most files load modules at their top alone.
  const isMore = loads > followedLoads(source, followed) || mayLoadOtherwise(source.text);
  return isMore ? [...named, ...loadedLater(source, followed)] : named;
}

/** Whether a declaration gives a name to each thing that it takes of a module. */
function isWhollyNamed(node: t.Node): boolean {
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return true;
  return node.id.properties.every(isPlainPick);
}

/** How many of the loads that the text shows are declarations at the top of the file. */
function followedLoads({ program }: Source, followed: ReadonlySet<t.Node>): number {
  return program.node.body.filter((statement) => {
    if (statement.type === 'TSImportEqualsDeclaration') return true;
    const [only, ...rest] = statement.type === 'VariableDeclaration' ? statement.declarations : [];
    const module = rest.length === 0 ? requiredModule(only?.init)?.module : undefined;
    return module !== undefined && followed.has(module);
  }).length;
}

function loadedLater({ program }: Source, followed: ReadonlySet<t.Node>): ModuleHolder[] {
  const found: ModuleHolder[] = [];
  const add = (
    expression: NodePath,
    module: t.Node | undefined,
    { path = '', opaque = false }: { path?: string; opaque?: boolean } = {},
  ) => {
    const specifier = module && !followed.has(module) ? constantText(module, expression.scope) : undefined;
    if (specifier === undefined) return;
    found.push({ specifier, path, opaque, expressions: [expression], import: undefined });
  };
  const addImport = (expression: NodePath, module: t.Node | undefined) => {
    const { parentPath: parent } = expression;
    if (parent?.isAwaitExpression()) add(parent, module);
    else if (!parent?.isExpressionStatement()) add(expression, module, { opaque: true });
  };
  program.traverse({
    CallExpression(call) {
      const { callee, arguments: given } = call.node;
      if (callee.type === 'Import') addImport(call, given[0]);
      else if (callee.type === 'Identifier' && callee.name === 'require') add(call, given[0]);
      else {
        const other = loadedOtherwise(call);
        if (other) add(call.parentPath.isAwaitExpression() ? call.parentPath : call, other.module, other);
      }
    },
    ImportExpression: (expression) => addImport(expression, expression.node.source),
    TSImportType(type) {
      if (!type.parentPath.isTSTypeQuery()) return;
      const { argument, qualifier } = type.node as { argument: t.Node; qualifier?: t.Node | null };
      const module = argument.type === 'TSLiteralType' ? argument.literal : argument;
      add(type, module, { path: qualifier ? pathOfName(qualifier) : '' });
    },
  });
  return found;
}

/** The text of a string, of a template without expressions, or of a constant that is one. */
function constantText(node: t.Node, scope: Scope): string | undefined {
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'Identifier') {
    const binding = scope.getBinding(node.name);
    const declarator = binding?.constant ? binding.path.node : undefined;
    const init = declarator?.type === 'VariableDeclarator' ? declarator.init : undefined;
    return init && init.type !== 'Identifier' ? constantText(init, scope) : undefined;
  }
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

function pathOfName(name: t.Node): string {
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? joinPaths(pathOfName(name.left), name.right.name) : '';
}

/** What an import, or a `require` at the top of the file, gives a name to. */
function holderOf(binding: Binding, { program, text }: Source): ModuleHolder | undefined {
  const { path } = binding;
  const found = fromImport(path) ?? fromImportEquals(path) ?? fromRequire(path, binding);
  if (!found) return undefined;
  const { module, path: exported, statement, typeOnly } = found;
  const isOpaque = !binding.constant || (path.isTSImportEqualsDeclaration() && path.node.isExport);
  return {
    specifier: module.value,
    path: exported,
    expressions: isOpaque ? [path] : referencesOf(binding, program, text),
    import: { binding, statement, module, typeOnly },
    opaque: isOpaque,
  };
}

interface Found {
  path: string;
  module: t.StringLiteral;
  statement: AgentBinding['statement'];
  typeOnly: boolean;
}

function fromImport(specifier: NodePath): Found | undefined {
  const statement = specifier.parentPath;
  if (!statement?.isImportDeclaration()) return undefined;
  const isTypeOnly = statement.node.importKind === 'type';
  const common = { module: statement.node.source, statement, typeOnly: isTypeOnly };
  if (specifier.isImportNamespaceSpecifier()) return { ...common, path: '' };
  if (specifier.isImportDefaultSpecifier()) return { ...common, path: 'default' };
  if (!specifier.isImportSpecifier()) return undefined;
  const path = writtenName(specifier.node.imported);
  const typeOnly = isTypeOnly || specifier.node.importKind === 'type';
  return path === undefined ? undefined : { ...common, path, typeOnly };
}

function fromImportEquals(statement: NodePath): Found | undefined {
  if (!statement.isTSImportEqualsDeclaration()) return undefined;
  const { moduleReference: reference } = statement.node;
  if (reference.type !== 'TSExternalModuleReference') return undefined;
  return { path: '', module: reference.expression, statement, typeOnly: false };
}

function fromRequire(declarator: NodePath, binding: Binding): Found | undefined {
  const statement = declarator.parentPath;
  if (!declarator.isVariableDeclarator() || !statement?.isVariableDeclaration()) return undefined;
  const required = requiredModule(declarator.node.init);
  if (!required) return undefined;
  const common = { module: required.module, statement, typeOnly: false };
  const { id } = declarator.node;
  const outer = required.property ?? '';
  if (id.type === 'Identifier') return { ...common, path: outer };
  if (id.type !== 'ObjectPattern') return undefined;
  for (const property of id.properties) {
    if (property.type !== 'ObjectProperty' || property.value.type !== 'Identifier') continue;
    const name = writtenName(property.key, property.computed);
    if (property.value.name === binding.identifier.name && name !== undefined)
      return { ...common, path: joinPaths(outer, name) };
  }
  return undefined;
}

function isPlainPick(property: t.ObjectPattern['properties'][number]): boolean {
  return (
    property.type === 'ObjectProperty' &&
    property.value.type === 'Identifier' &&
    writtenName(property.key, property.computed) !== undefined
  );
}
