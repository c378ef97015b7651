import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { requiredModule } from '../analysis/required-module.ts';
import { isAgentModule } from '../analysis/module-paths.ts';
import type { AgentBinding, Migration } from '../migration.ts';

/** Finds the names that imports and `require` calls give to the agent's class. */
export function findAgentBindings(migration: Migration): void {
  for (const binding of bindingsOf(migration.program)) {
    const found = fromImport(binding, migration) ?? fromRequire(binding, migration);
    if (found) migration.agentBindings.push(found);
  }
}

function* bindingsOf(program: NodePath<t.Program>): Iterable<Binding> {
  yield* Object.values(program.scope.bindings);
}

function fromImport(binding: Binding, migration: Migration): AgentBinding | undefined {
  const { path } = binding;
  if (path.isTSImportEqualsDeclaration()) return fromImportEquals(binding, path, migration);
  const statement = path.parentPath;
  if (!statement?.isImportDeclaration()) return undefined;
  const holds = importedAs(path, migration.options.agentClass);
  if (!holds || !isAgentModule(statement.node.source.value, migration)) return undefined;
  const typeOnly =
    statement.node.importKind === 'type' || (path.isImportSpecifier() && path.node.importKind === 'type');
  return { binding, holds, statement, module: statement.node.source, typeOnly };
}

function importedAs(specifier: NodePath, agentClass: string): AgentBinding['holds'] | undefined {
  if (specifier.isImportDefaultSpecifier()) return 'class';
  if (specifier.isImportNamespaceSpecifier()) return 'namespace';
  if (!specifier.isImportSpecifier()) return undefined;
  const { imported } = specifier.node;
  const name = imported.type === 'Identifier' ? imported.name : imported.value;
  return name === agentClass || name === 'default' ? 'class' : undefined;
}

function fromImportEquals(
  binding: Binding,
  statement: NodePath<t.TSImportEqualsDeclaration>,
  migration: Migration,
): AgentBinding | undefined {
  const reference = statement.node.moduleReference;
  if (reference.type !== 'TSExternalModuleReference') return undefined;
  if (!isAgentModule(reference.expression.value, migration)) return undefined;
  return { binding, holds: 'namespace', statement, module: reference.expression, typeOnly: false };
}

function fromRequire(binding: Binding, migration: Migration): AgentBinding | undefined {
  const declarator = binding.path;
  if (!declarator.isVariableDeclarator()) return undefined;
  const statement = declarator.parentPath;
  if (!statement.isVariableDeclaration()) return undefined;
  const required = requiredModule(declarator.node.init);
  if (!required || !isAgentModule(required.module.value, migration)) return undefined;
  const { id } = declarator.node;
  const { agentClass } = migration.options;
  const common = { binding, statement, module: required.module, typeOnly: false };
  if (id.type === 'Identifier') {
    if (required.property === undefined) return { ...common, holds: 'namespace' };
    return isClassProperty(required.property, agentClass) ? { ...common, holds: 'class' } : undefined;
  }
  if (id.type !== 'ObjectPattern' || required.property !== undefined) return undefined;
  const picked = id.properties.find(
    (property) =>
      property.type === 'ObjectProperty' &&
      property.value.type === 'Identifier' &&
      property.value.name === binding.identifier.name &&
      property.key.type === 'Identifier' &&
      isClassProperty(property.key.name, agentClass),
  );
  return picked ? { ...common, holds: 'class' } : undefined;
}

function isClassProperty(name: string, agentClass: string): boolean {
  return name === agentClass || name === 'default';
}
