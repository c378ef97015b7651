import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from './kept-with.ts';

/**
 * Gives names to the namespaces and enums of a program (`namespace Current { … }`), of which the scopes of the parser know
 * nothing: without one, what they keep would be nobody's.
 */
export function declareNamespaces(program: NodePath<t.Program>): void {
  const declared = namespacesIn(program.get('body'));
  const enums = [program, ...declared].flatMap(enumsIn);
  for (const path of [...declared, ...enums]) {
    const id = path.get('id') as NodePath;
    const { scope } = path.parentPath;
    // Of `namespace Outer.Inner` nobody knows the second but by the first.
    if (path.parentPath.isTSModuleDeclaration()) continue;
    // One that adds to a class or a function has the name of that.
    if (id.isIdentifier() && !scope.hasOwnBinding(id.node.name)) scope.registerBinding('const', id, path);
  }
  if (declared.length + enums.length === 0) return;
  const known = new Set<t.Node>([...declared, ...enums].map(({ node }) => node));
  const shared = shareExports(declared);
  /** What is shared, where it is used in another declaration than its own. */
  const sharedAt = (path: NodePath, { name }: t.Identifier) => {
    const binding = path.scope.getBinding(name);
    const isOther = binding && shared.has(binding) && !path.isDescendant(binding.scope.path);
    return isOther ? binding : undefined;
  };
  program.traverse({
    ReferencedIdentifier(path) {
      if (path.node.type !== 'Identifier') return;
      const binding = path.scope.getBinding(path.node.name);
      if (binding && known.has(binding.path.node)) binding.reference(path);
      else sharedAt(path, path.node)?.reference(path);
    },
    AssignmentExpression(path) {
      if (path.node.left.type === 'Identifier') sharedAt(path, path.node.left)?.reassign(path);
    },
    UpdateExpression(path) {
      if (path.node.argument.type === 'Identifier') sharedAt(path, path.node.argument)?.reassign(path);
    },
  });
}

/** The enums that a program, or a namespace, has at its top. */
function enumsIn(around: NodePath<t.Program | t.TSModuleDeclaration>): NodePath<t.TSEnumDeclaration>[] {
  const body = around.isProgram() ? around : (around.get('body') as NodePath);
  if (!body.isProgram() && !body.isTSModuleBlock()) return [];
  return (body.get('body') as NodePath[]).flatMap((statement) => {
    const path = statement.isExportNamedDeclaration() ? statement.get('declaration') : statement;
    return path.isTSEnumDeclaration() && !path.node.declare ? [path] : [];
  });
}

/** Gives each declaration of a namespace the names that the others of it export, as the language does. */
function shareExports(declared: readonly NodePath<t.TSModuleDeclaration>[]): Set<Binding> {
  const shared = new Set<Binding>();
  for (const path of declared) {
    const { scope } = path.get('body') as NodePath;
    for (const other of mergedWith(path)) {
      const body = other.get('body') as NodePath;
      if (!body.isTSModuleBlock()) continue;
      for (const statement of body.get('body')) {
        if (!statement.isExportNamedDeclaration()) continue;
        for (const name of Object.keys(statement.getOuterBindingIdentifiers())) {
          const binding = body.scope.getOwnBinding(name);
          if (!binding || scope.hasOwnBinding(name)) continue;
          scope.bindings[name] = binding;
          shared.add(binding);
        }
      }
    }
  }
  return shared;
}

/** The namespaces that are one with what a declaration declares: a namespace of its name, a class, a function or an enum. */
export function mergedWith(declared: NodePath): NodePath<t.TSModuleDeclaration>[] {
  const name = mergeableName(declared.node);
  if (name === undefined) return [];
  const program = declared.scope.getProgramParent().path as NodePath<t.Program>;
  const all = keptWith(program, 'namespaces', () => namespacesIn(program.get('body')));
  const { container } = statementOf(declared);
  return all.filter(
    (each) =>
      each.node !== declared.node &&
      mergeableName(each.node) === name &&
      statementOf(each).container === container,
  );
}

function mergeableName(node: t.Node): string | undefined {
  switch (node.type) {
    case 'TSModuleDeclaration':
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
    case 'TSEnumDeclaration':
      return node.id?.type === 'Identifier' ? node.id.name : undefined;
    default:
      return undefined;
  }
}

function statementOf(declared: NodePath): NodePath {
  const { parentPath: parent } = declared;
  return parent?.isExportDeclaration() ? parent : declared;
}

/** What another name of a namespace stands for: `import Now = Outer.Current`. */
export function aliasOfNamespace({ path }: Binding): { binding: Binding; parts: string[] } | undefined {
  if (!path.isTSImportEqualsDeclaration()) return undefined;
  let named: t.Node = path.node.moduleReference;
  const parts: string[] = [];
  for (; named.type === 'TSQualifiedName'; named = named.left) parts.unshift(named.right.name);
  const binding = named.type === 'Identifier' ? path.scope.getBinding(named.name) : undefined;
  return binding && { binding, parts };
}

/** The namespaces among statements, and those in them; not such as only say what there is elsewhere. */
export function namespacesIn(statements: readonly NodePath[]): NodePath<t.TSModuleDeclaration>[] {
  return statements.flatMap((statement) => {
    const path = statement.isExportNamedDeclaration() ? statement.get('declaration') : statement;
    if (!path.isTSModuleDeclaration() || path.node.declare) return [];
    const body = path.get('body') as NodePath;
    return [path, ...namespacesIn(body.isTSModuleBlock() ? body.get('body') : [body])];
  });
}
