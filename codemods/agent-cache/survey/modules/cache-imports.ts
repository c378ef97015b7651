import type { AgentBinding, Source } from '../../migration.ts';
import { exportBehind } from './cache-barrels.ts';
import { moduleHolders } from './module-holders.ts';
import { isCacheModule } from './module-paths.ts';

/** Stands for the name of an export where the module is imported as one object. */
export const WHOLE_MODULE = '*';

/** A name that the file already has from the cache module. */
export interface CacheImport extends Pick<AgentBinding, 'binding' | 'statement' | 'typeOnly'> {
  /** The export that the name stands for, or `WHOLE_MODULE`. */
  exported: string;
  /** The module that the name is imported from is another one, which hands it on. */
  handedOn: boolean;
}

/** What the file imports from the cache module by name already, by way of another module included. */
export function existingCacheImports(source: Source): CacheImport[] {
  return moduleHolders(source).flatMap(({ specifier, path, import: own, opaque }): CacheImport[] => {
    if (!own || opaque || path === 'default') return [];
    const { binding, statement, typeOnly } = own;
    const common = { binding, statement, typeOnly };
    if (isCacheModule(specifier, source))
      return [{ ...common, exported: path === '' ? WHOLE_MODULE : path, handedOn: false }];
    const exported = exportBehind(specifier, path, source);
    return exported === undefined ? [] : [{ ...common, exported, handedOn: true }];
  });
}
