/** The import of a module as a whole: what it exports may be used without its name being written. */
const TAKES_ALL = /\*\s*as\b|\brequire\b|\bimport\s*\(/;

/**
 * Whether a text may import one of the exports of a module, by the first names of their paths: it has that name in it,
 * or takes all that there is. A default export, and the module itself, are imported under any name.
 */
export function mayImport(text: string, exported: ReadonlySet<string>): boolean {
  if (exported.has('default') || exported.has('') || TAKES_ALL.test(text)) return true;
  for (const name of exported) if (text.includes(name)) return true;
  return false;
}

/** The name by which a path of exports is imported. */
export function firstName(path: string): string {
  return path.split('.', 1)[0] ?? '';
}
