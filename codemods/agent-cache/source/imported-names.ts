/** What a text takes from a module: names as the module exports them (`*` for all of it), types left out. */
export interface ImportedNames {
  module: string;
  names: string[];
  /** It is handed on: `export … from`. */
  isExport: boolean;
}

const STATEMENT =
  /\b(import|export)\s+(type\s+(?!from\b|,))?((?:[\w$*{][^;'"`]*?|\{[^}]*\})\s*)\bfrom\s*(['"])([^'"\n]+)\4/g;
const REQUIRED =
  /(?:\b(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)[^=;]*=\s*(?:await\s+)?)?\b(?:require|import)\s*\(\s*(['"])([^'"\n]+)\2\s*\)/g;

/** The modules from which a text takes values, with what it takes; imports of types alone are none. */
export function importedNames(text: string): ImportedNames[] {
  const found: ImportedNames[] = [];
  for (const [, word, isType, clause = '', , module = ''] of text.matchAll(STATEMENT)) {
    const names = isType === undefined ? namesOf(clause) : [];
    if (names.length > 0) found.push({ module, names, isExport: word === 'export' });
  }
  for (const [, pattern, , module = ''] of text.matchAll(REQUIRED))
    found.push({ module, names: pattern?.startsWith('{') ? namesOf(pattern) : ['*'], isExport: false });
  return found;
}

function namesOf(clause: string): string[] {
  const [before = '', inBraces = ''] = clause.split(/[{}]/);
  const named = inBraces
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '))
    .map((each) => each.split(/\s+as\s+|\s*:\s*/)[0]?.trim() ?? '');
  const others = before
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => (each.startsWith('*') ? '*' : 'default'));
  return [...others, ...named];
}
