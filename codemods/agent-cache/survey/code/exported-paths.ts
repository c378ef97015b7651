/**
 * What a module exports, by path: `name`, `default`, and `group.name` for a member of something that it exports. The
 * empty path is the whole module, which CommonJS may make a function.
 */
export type Exports<Value> = ReadonlyMap<string, Value>;

/** What is reached at a path of what is exported, by the rest of its path: the empty rest is the value there. */
export function partAt<Value>(exports: Exports<Value>, path: string): Map<string, Value> {
  if (path === '') return new Map(exports);
  const part = new Map<string, Value>();
  for (const [each, value] of exports) {
    if (each === path) part.set('', value);
    else if (each.startsWith(`${path}.`)) part.set(each.slice(path.length + 1), value);
  }
  return part;
}

/** The path of a member of what is at another path. */
export function joinPaths(path: string, member: string): string {
  return path === '' || member === '' ? path + member : `${path}.${member}`;
}
