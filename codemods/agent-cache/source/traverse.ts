import imported from '@babel/traverse';

type Traverse = typeof imported.default;

// @babel/traverse is CommonJS: as Node loads it, its function is one `default` deeper than where Babel loads it.
const loaded: unknown = imported;

/** Walks a syntax tree with its scopes and bindings. */
export const traverse: Traverse = typeof loaded === 'function' ? (loaded as Traverse) : imported.default;

/**
 * Lets go of all paths and scopes. Babel keeps them by weak references, which only a full garbage collection ends:
 * over 250 files, copying them from one minor collection to the next took a quarter of the CPU time.
 */
export function forgetPaths(): void {
  traverse.cache.clear();
}
