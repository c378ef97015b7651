import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { isCacheModule } from './module-paths.ts';
import { requiredModule } from './required-module.ts';

/** Stands for the name of an export where the module is imported as one object. */
export const WHOLE_MODULE = '*';

/** A name that the file already has from the cache module. */
export interface CacheImport {
  binding: Binding;
  /** The export that the name stands for, or `WHOLE_MODULE`. */
  exported: string;
  statement: NodePath<t.ImportDeclaration | t.VariableDeclaration | t.TSImportEqualsDeclaration>;
  typeOnly: boolean;
}

/** What the file imports from the cache module already. */
export function existingCacheImports(migration: Migration): CacheImport[] {
  return Object.values(migration.program.scope.bindings).flatMap(
    (binding) =>
      fromImport(binding, migration) ??
      fromImportEquals(binding, migration) ??
      fromRequire(binding, migration) ??
      [],
  );
}

function fromImport(binding: Binding, migration: Migration): CacheImport | undefined {
  const { path } = binding;
  const statement = path.parentPath;
  if (!statement?.isImportDeclaration() || !isCacheModule(statement.node.source.value, migration))
    return undefined;
  const typeOnly =
    statement.node.importKind === 'type' || (path.isImportSpecifier() && path.node.importKind === 'type');
  if (path.isImportNamespaceSpecifier()) return { binding, exported: WHOLE_MODULE, statement, typeOnly };
  if (!path.isImportSpecifier()) return undefined;
  const { imported } = path.node;
  return {
    binding,
    exported: imported.type === 'Identifier' ? imported.name : imported.value,
    statement,
    typeOnly,
  };
}

function fromImportEquals(binding: Binding, migration: Migration): CacheImport | undefined {
  const { path: statement } = binding;
  if (!statement.isTSImportEqualsDeclaration()) return undefined;
  const { moduleReference: reference } = statement.node;
  if (reference.type !== 'TSExternalModuleReference' || !isCacheModule(reference.expression.value, migration))
    return undefined;
  return { binding, exported: WHOLE_MODULE, statement, typeOnly: statement.node.importKind === 'type' };
}

function fromRequire(binding: Binding, migration: Migration): CacheImport | undefined {
  const declarator = binding.path;
  const statement = declarator.parentPath;
  if (!declarator.isVariableDeclarator() || !statement?.isVariableDeclaration()) return undefined;
  const required = requiredModule(declarator.node.init);
  if (!required || !isCacheModule(required.module.value, migration)) return undefined;
  const { id } = declarator.node;
  if (id.type === 'Identifier')
    return { binding, exported: required.property ?? WHOLE_MODULE, statement, typeOnly: false };
  if (id.type !== 'ObjectPattern') return undefined;
  for (const property of id.properties) {
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') continue;
    if (property.value.type === 'Identifier' && property.value.name === binding.identifier.name) {
      return { binding, exported: property.key.name, statement, typeOnly: false };
    }
  }
  return undefined;
}
