import imported from '@babel/traverse';

type Traverse = typeof imported.default;

// @babel/traverse is CommonJS: as Node loads it, its function is one `default` deeper than where Babel loads it.
const loaded: unknown = imported;

/** Walks a syntax tree with its scopes and bindings. */
export const traverse: Traverse = typeof loaded === 'function' ? (loaded as Traverse) : imported.default;
