import type { Node } from '@babel/types';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';
import { walk } from './source/walk.ts';

const DEFAULT_CACHE_MODULE = 'agent-cache';

/**
 * Whether the source already takes values from the cache module. Tells a file that is half way from one that
 * nobody has touched.
 */
export function usesCache(source: string, filePath: string, options: CodemodOptions): boolean {
  const module = lastSegment(options.cacheModule ?? DEFAULT_CACHE_MODULE);
  if (!source.includes(module)) return false;
  try {
    let used = false;
    walk(parseSource(filePath, source).program, (node) => {
      used ||= isValueImport(node) && lastSegment(specifierOf(node)) === module;
    });
    return used;
  } catch {
    // The detector's verdict on a file that does not parse stands by itself.
    return false;
  }
}

function isValueImport(node: Node): boolean {
  return node.type === 'CallExpression' || (node.type === 'ImportDeclaration' && node.importKind !== 'type');
}

/** The module of an import, of `require('…')` and of `import('…')`; empty for any other call. */
function specifierOf(node: Node): string {
  if (node.type === 'ImportDeclaration') return node.source.value;
  if (node.type !== 'CallExpression') return '';
  const {
    callee,
    arguments: [argument],
  } = node;
  const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
  return loads && argument?.type === 'StringLiteral' ? argument.value : '';
}

/** `../utils/agent-cache.ts` → `agent-cache`. */
function lastSegment(specifier: string): string {
  const [last = ''] = specifier.split('/').slice(-1);
  return last.replace(/\.[cm]?[jt]sx?$/, '');
}
