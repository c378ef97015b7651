import path from 'node:path';
import type { CodemodOptions } from '../options.ts';
import { importedNames } from '../source/imported-names.ts';
import { foldersAbove } from './files.ts';
import { type Files, filesNow } from './files-once.ts';

const CACHE_MODULE = 'utils/agent-cache';
const SOURCE_FOLDERS = ['', 'src'];

/** The cache module that a file is to import from: the option's, or the nearest `utils/agent-cache.*` above it. */
export function findCacheModule(
  file: string,
  { cacheModule }: CodemodOptions,
  files: Files = filesNow,
): string | undefined {
  if (cacheModule !== undefined && path.isAbsolute(cacheModule)) return files.probeModule(cacheModule);
  for (const folder of foldersAbove(file)) {
    for (const source of cacheModule === undefined ? SOURCE_FOLDERS : ['']) {
      const found = files.probeModule(path.posix.join(folder, source, cacheModule ?? CACHE_MODULE));
      if (found) return found;
    }
  }
  return cacheModule === undefined ? undefined : files.probeModule(path.posix.resolve(cacheModule));
}

/** How many modules may stand between the cache and what it builds its agents with; any number that hand it on. */
const MAX_STEPS = 3;

/**
 * The files that the cache module is made of: itself, the modules through which it gets the agent's class, and those
 * whose functions build agents for it. What it takes types, settings or other functions from is none of them.
 */
export function cacheModuleFiles(
  cacheModule: string,
  agentClass: string,
  resolve: (file: string, specifier: string) => string | undefined,
  files: Files = filesNow,
): Set<string> {
  const found = new Set([cacheModule]);
  // Barrels over barrels lead to a module by many ways.
  const known = new Map<string, boolean>();
  const visit = (file: string, wanted: readonly string[] | undefined, steps: number): boolean => {
    const question = [steps, file, ...(wanted ?? ['*'])].join(' ');
    const answer = known.get(question);
    if (answer !== undefined) return answer;
    known.set(question, false);
    const text = files.read(file) ?? '';
    const reached = wanted === undefined ? text : reachedBy(wanted, text);
    let isOwn = buildsOrDeclares(reached, agentClass) || buildsImported(reached, text);
    // What the class itself uses is no way to it.
    if (steps > 0 && !new RegExp(`\\bclass\\s+${agentClass.replaceAll('$', '\\$')}(?![\\w$])`).test(reached))
      for (const { module, names, isExport, local } of importedNames(text)) {
        const asked = wanted === undefined ? names : askedOf(names, { wanted, reached, isExport, local });
        const target = asked.length > 0 ? resolve(file, module) : undefined;
        if (target === undefined || target.includes('/node_modules/') || target === file) continue;
        if (visit(target, asked.includes('*') ? undefined : asked, isExport ? steps : steps - 1))
          isOwn = true;
      }
    known.set(question, isOwn);
    if (isOwn) found.add(file);
    return isOwn;
  };
  visit(cacheModule, undefined, MAX_STEPS);
  return found;
}

/** Which of the names that a module takes from another are handed on, or used by what is asked of it. */
function askedOf(
  names: readonly string[],
  {
    wanted,
    reached,
    isExport,
    local,
  }: { wanted: readonly string[]; reached: string; isExport: boolean; local: string | undefined },
): string[] {
  if (isExport) return names.includes('*') ? [...wanted] : names.filter((name) => wanted.includes(name));
  if (local !== undefined) return hasWord(reached, local) ? [...names] : [];
  return names.filter((name) => name === '*' || name === 'default' || hasWord(reached, name));
}

/** Whether a text builds something that its module imports, under whatever name: it may be the class. */
function buildsImported(text: string, module: string): boolean {
  const imports = module.match(
    /^import\b[^'"]*|\b(?:const|let|var)\b[^=;]*=\s*(?:await\s+)?(?=require|import)/gm,
  );
  const words = new Set(imports?.join(' ').match(/[\w$]+/g) ?? []);
  return [...text.matchAll(/\bnew\s+([\w$]+)/g)].some(([, name = '']) => words.has(name));
}

function buildsOrDeclares(text: string, agentClass: string): boolean {
  const name = agentClass.replaceAll('$', '\\$');
  return new RegExp(
    `\\b(?:class|new)\\s+(?:[\\w$]+\\.)*${name}(?![\\w$])|(?<![\\w$.])${name}\\s*\\.\\s*[\\w$]+\\s*\\(|\\bexports?\\b[^;(]*(?<![\\w$.])${name}(?![\\w$])`,
  ).test(text);
}

/** The declarations of a module's text that its names come to, each from its first line to the next declaration. */
function reachedBy(names: readonly string[], text: string): string {
  const pieces = text.split(
    /^(?=(?:export|function|async|class|abstract|const|let|var|interface|type|enum|import|module|exports)\b)/m,
  );
  const declaring = new Map<string, string[]>();
  for (const piece of pieces.flatMap(entriesOf))
    for (const name of namesDeclaredBy(piece)) declaring.set(name, [...(declaring.get(name) ?? []), piece]);
  const asked = new Set(names);
  const reached = new Set<string>();
  for (const name of asked) {
    for (const piece of declaring.get(name) ?? []) {
      if (reached.has(piece)) continue;
      reached.add(piece);
      for (const word of piece.match(/[\w$]+/g) ?? []) if (declaring.has(word)) asked.add(word);
    }
  }
  return [...reached].join('');
}

/** `module.exports = { a, b: 1 }` as one piece for each of its entries, so that none of them stands for another. */
function entriesOf(piece: string): string[] {
  const [, inside] = /^module\.exports\s*=\s*\{([\s\S]*)\}\s*;?\s*$/.exec(piece) ?? [];
  if (inside === undefined || inside.includes('...')) return [piece];
  let depth = 0;
  let entry = '';
  const entries: string[] = [];
  for (const each of inside) {
    if (/[([{]/.test(each)) depth += 1;
    if (/[)\]}]/.test(each)) depth -= 1;
    if (each === ',' && depth === 0) {
      entries.push(entry);
      entry = '';
    } else entry += each;
  }
  return [...entries, entry].flatMap((each) => {
    const [, name] = /^\s*(?:async\s+)?([\w$]+)/.exec(each) ?? [];
    return name === undefined ? [] : [`exports.${name} = ${each.replace(/^\s*[\w$]+\s*:/, '').trim()};\n`];
  });
}

const KEYWORD =
  /^(export|default|function|async|abstract|class|const|let|var|interface|type|enum|declare|module|exports|as|from)$/;

function namesDeclaredBy(piece: string): string[] {
  if (/^import\b|^(?:const|let|var)\s[^=;]*=\s*require\s*\(/.test(piece)) return [];
  // `exports.a = exports.b = …`: what stands behind is no name of the module.
  const [set = ''] = /^(?:(?:module\.)?exports\.[\w$]+\s*=(?!>)\s*)+/.exec(piece) ?? [];
  if (set !== '') return [...set.matchAll(/exports\.([\w$]+)/g)].map(([, name = '']) => name);
  const isList = /^(export\s*[{*]|module\b|exports\b)/.test(piece);
  const [head = ''] = isList ? [piece] : piece.split(/[=(:;]|\bextends\b/);
  const isDefault = /^(export\s+default\b|module\.exports\b)/.test(piece);
  const words = (head.match(/[\w$]+/g) ?? []).filter((word) => !KEYWORD.test(word));
  return [...new Set([...words, ...(isDefault ? ['default'] : [])])];
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`).test(text);
}
