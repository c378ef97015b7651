const MAY_START = /\bimport\.meta\b|\b__dirname\b|\bWorker\s*\(|\bfork\s*\(|\brequire\.resolve\b/;
const ADDRESSES =
  /\bnew\s+URL\s*\(\s*(['"`])(\.[^'"`\n]+)\1\s*,\s*import\.meta\.url|\b(?:import\.meta|require)\.resolve\s*\(\s*(['"`])(\.[^'"`\n]+)\3|\b(?:Worker|fork)\s*\(\s*(['"`])(\.[^'"`\n]+)\5/g;
const BESIDE = /\b(?:__dirname|import\.meta\.dirname)\s*,((?:\s*(['"`])[^'"`\n]+\2\s*,?)+)/g;

/** What a text may start as a worker or a process of its own, as specifiers of modules relative to its file. */
export function startedFiles(text: string): string[] {
  if (!MAY_START.test(text)) return [];
  const addresses = [...text.matchAll(ADDRESSES)].map((match) => match[2] ?? match[4] ?? match[6] ?? '');
  const beside = [...text.matchAll(BESIDE)].map(([, names = '']) =>
    ['.', ...[...names.matchAll(/(['"`])([^'"`\n]+)\1/g)].map((match) => match[2] ?? '')].join('/'),
  );
  return [...addresses, ...beside];
}
