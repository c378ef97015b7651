/** A module after `from`, or in a call that loads it, by whatever name a runner of tests or a bundler has for that. */
const LOADS =
  /(?:\b(?:from|import|require|requireActual|importActual|reRequire)\b\s*(?:<[^;'"`]*>\s*)?\(?|([\w$>)])\s*\()\s*(?:\/\*[^*]*\*\/\s*)*(['"`])([^'"`\n]+)\2/g;

/**
 * Every module that the text imports, requires or re-exports, and every path of one that it gives to a call:
 * `proxyquire('../lib/open', {})`.
 */
export function importedModules(text: string): string[] {
  return named(text).flatMap(({ specifier, isLoaded }) =>
    isLoaded || /^\.{1,2}\//.test(specifier) ? [specifier] : [],
  );
}

/** Every module that the text imports, requires or re-exports, and no path that it gives to another call. */
export function loadedModules(text: string): string[] {
  return named(text).flatMap(({ specifier, isLoaded }) => (isLoaded ? [specifier] : []));
}

function named(text: string): { specifier: string; isLoaded: boolean }[] {
  return Array.from(text.matchAll(LOADS), ([, anyCall, , specifier = '']) => ({
    specifier,
    isLoaded: anyCall === undefined,
  }));
}
