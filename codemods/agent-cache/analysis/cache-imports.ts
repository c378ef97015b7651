import type { AgentBinding, Migration } from '../migration.ts';
import { moduleHolders } from './module-holders.ts';
import { isCacheModule } from './module-paths.ts';

/** Stands for the name of an export where the module is imported as one object. */
export const WHOLE_MODULE = '*';

/** A name that the file already has from the cache module. */
export interface CacheImport extends Pick<AgentBinding, 'binding' | 'statement' | 'typeOnly'> {
  /** The export that the name stands for, or `WHOLE_MODULE`. */
  exported: string;
}

/** What the file imports from the cache module by name already. */
export function existingCacheImports(migration: Migration): CacheImport[] {
  return moduleHolders(migration).flatMap(({ specifier, path, import: own, opaque }) => {
    if (!own || opaque || path === 'default' || !isCacheModule(specifier, migration)) return [];
    const { binding, statement, typeOnly } = own;
    return [{ binding, statement, typeOnly, exported: path === '' ? WHOLE_MODULE : path }];
  });
}
