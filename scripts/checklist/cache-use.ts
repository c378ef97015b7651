import { parse } from '@babel/parser';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';

const DEFAULT_CACHE_MODULE = 'agent-cache';

/**
 * Whether the source already takes agents from the cache: it imports or requires the cache module by a name that
 * is a value. Tells a file that is half way from one that nobody has touched.
 */
export function usesCache(source: string, filePath: string, options: CodemodOptions): boolean {
  const module = lastSegment(options.cacheModule ?? DEFAULT_CACHE_MODULE);
  if (!source.includes(module)) return false;
  try {
    return importsModule(source, filePath, module);
  } catch {
    // The detector's verdict on a file that does not parse stands by itself.
    return false;
  }
}

function importsModule(source: string, filePath: string, module: string): boolean {
  const jsx = /x$/.test(filePath) || /\.[cm]?js$/.test(filePath);
  const { program, tokens } = parse(source, {
    sourceType: 'unambiguous',
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    plugins: ['typescript', 'decorators', ...(jsx ? (['jsx'] as const) : [])],
    tokens: source.includes('require'),
  });
  const isModule = (specifier: string) => lastSegment(specifier) === module;
  const imported = program.body.some(
    (node) => node.type === 'ImportDeclaration' && node.importKind !== 'type' && isModule(node.source.value),
  );
  return imported || requiresModule(tokens ?? [], isModule);
}

interface Token {
  value?: unknown;
}

/** `require('…/agent-cache')`, wherever it stands. */
function requiresModule(tokens: readonly Token[], isModule: (specifier: string) => boolean): boolean {
  return tokens.some(({ value }, index) => {
    const argument = tokens[index + 2]?.value;
    return value === 'require' && typeof argument === 'string' && isModule(argument);
  });
}

/** `../utils/agent-cache.ts` → `agent-cache`. */
function lastSegment(specifier: string): string {
  const [last = ''] = specifier.split('/').slice(-1);
  return last.replace(/\.[cm]?[jt]sx?$/, '');
}
