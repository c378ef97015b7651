const LOADS = /\b(?:from|import|require)\s*\(?\s*(?:\/\*[^*]*\*\/\s*)*(['"`])([^'"`\n]+)\1/g;

/** Every module that the text imports, requires or re-exports. */
export function importedModules(text: string): string[] {
  return [...text.matchAll(LOADS)].map((match) => match[2] ?? '');
}
