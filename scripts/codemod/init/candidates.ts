import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A class that a tree builds, and how often. */
export interface Candidate {
  agentClass: string;
  /** The module as the tree imports it: a package, or the end of the path of a file. */
  agentModule: string;
  count: number;
}

/** How many candidates are worth a look. */
const SHOWN = 5;
/** What every tree builds, and nobody shares. */
const COMMON =
  /^(Date|Error|Map|Set|WeakMap|WeakSet|Promise|RegExp|URL|URLSearchParams|Array|Object|Proxy|Router|Buffer|Uint8Array|AbortController|TextEncoder|TextDecoder|Headers|Request|Response|FormData|Blob|Schema|ObjectId|DataLoader)$|Error$|Exception$|Event$/;
const SHARED = /(Agent|Client|Api|API|Sdk|SDK|Gateway|Connection)s?$/;

/** The classes that are built most below a folder, those of packages and those named like clients before all others. */
export function candidatesIn(sources: readonly string[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const file of sources) {
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/\bnew\s+([A-Z]\w*)\s*\(/g)) {
      const module = COMMON.test(name) ? undefined : moduleOf(name, text, file);
      if (module === undefined) continue;
      const known = found.get(`${name} ${module}`);
      found.set(`${name} ${module}`, {
        agentClass: name,
        agentModule: module,
        count: (known?.count ?? 0) + 1,
      });
    }
  }
  const weight = ({ agentClass, count }: Candidate) => count + (SHARED.test(agentClass) ? 1000 : 0);
  return [...found.values()].sort((a, b) => weight(b) - weight(a)).slice(0, SHOWN);
}

/** Where a file has a class from: the name of a package, or the path of a file, from the working directory on. */
function moduleOf(name: string, text: string, file: string): string | undefined {
  const named = `(?:\\{[^}]*\\b${name}\\b[^}]*\\}|${name}\\b[^;'"]*)`;
  const module = new RegExp(
    `import\\s+(?:type\\s+)?${named}\\s*from\\s*['"]([^'"]+)['"]|(?:const|let|var)\\s+${named}\\s*=\\s*require\\(\\s*['"]([^'"]+)['"]`,
  ).exec(text);
  const specifier = module?.[1] ?? module?.[2];
  if (specifier === undefined || specifier.startsWith('node:')) return undefined;
  if (!specifier.startsWith('.')) return specifier;
  const target = path.resolve(path.dirname(file), specifier).replace(/\.[cm]?[jt]sx?$/, '');
  return path.relative('', target).split(path.sep).join('/');
}
