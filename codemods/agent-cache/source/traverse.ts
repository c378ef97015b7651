import imported from '@babel/traverse';

type Traverse = typeof imported.default;

// @babel/traverse is CommonJS: as Node loads it, its function is one `default` deeper than where Babel loads it.
const loaded: unknown = imported;

/** Walks a syntax tree with its scopes and bindings. */
export const traverse: Traverse = typeof loaded === 'function' ? (loaded as Traverse) : imported.default;

/**
 * Has Babel keep the paths and scopes of a node with the node. It keeps them in one table of weak references for all nodes,
 * which each garbage collection goes through and only a full one makes smaller: half of the time on a tree of 1,000 files.
 */
function keepWithNodes(table: object, name: string): void {
  const key = Symbol(name);
  Object.assign(table, {
    get: (node: Keeping) => node[key],
    // Not to be copied with the node.
    set: (node: Keeping, value: unknown) =>
      Object.defineProperty(node, key, { value, configurable: true, writable: true }),
  });
}

type Keeping = Record<symbol, unknown>;

keepWithNodes(traverse.cache.path, 'paths');
keepWithNodes(traverse.cache.scope, 'scope');
