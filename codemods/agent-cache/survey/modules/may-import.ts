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

const WHOLE = /\*\s*as\s+([\w$]+)|\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:await\s+)?(?:require|import)\s*\(/g;

/** Whether a text may use an export of a module that it takes as a whole without writing the name: `lib[kind]`. */
export function mayTakeUnnamed(text: string): boolean {
  return [...text.matchAll(WHOLE)].some(([, imported, required]) => {
    const name = (imported ?? required ?? '').replaceAll('$', '\\$');
    const uses = text.match(new RegExp(`(?<![\\w$.])${name}(?![\\w$])(?!\\s*\\??\\.\\s*[\\w$])`, 'g'));
    // One of them is the declaration.
    return (uses?.length ?? 0) > 1;
  });
}

/** The name by which a path of exports is imported. */
export function firstName(path: string): string {
  return path.split('.', 1)[0] ?? '';
}
