/** What a text takes from a module: names as the module exports them (`*` for all of it), types left out. */
export interface ImportedNames {
  module: string;
  names: string[];
  /** It is handed on: `export … from`, or as CommonJS does that. */
  isExport: boolean;
  /** What all of it is called in CommonJS: a variable, or what it is exported as. */
  local?: string;
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
  for (const { 1: pattern, 3: module = '', index } of text.matchAll(REQUIRED)) {
    const before = pattern === undefined ? text.slice(Math.max(0, index - BEFORE), index) : '';
    const local = pattern ?? asExported(before);
    found.push({
      module,
      names: pattern?.startsWith('{') ? namesOf(pattern) : ['*'],
      isExport: HANDS_ON.test(before),
      ...(local !== undefined && !local.startsWith('{') && { local }),
    });
  }
  return found;
}

function asExported(before: string): string | undefined {
  const [, member, key] = EXPORTED_AS.exec(before) ?? [];
  return member ?? key;
}

/** `exports.users = require('m')` and `users: require('m')`. */
const EXPORTED_AS = /(?:\bexports\.([\w$]+)\s*=|(?<=[{,]\s*)([\w$]+)\s*:)\s*$/;
/** As much text as such a statement may have before it. */
const BEFORE = 2000;
/** What stands before a module that CommonJS hands on as it is: `module.exports = { ...require('m') }`. */
const HANDS_ON =
  /\bmodule\.exports\s*=\s*(?:\{[^;]*\.\.\.\s*)?$|\bObject\.assign\(\s*(?:module\.)?exports\s*,[^;]*$|\b__exportStar\(\s*$/;

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
