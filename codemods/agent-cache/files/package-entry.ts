import { createRequire } from 'node:module';
import path from 'node:path';
import { isFile, readText } from './files.ts';

/** Which entries of `exports` lead to code, the first that is there. */
const CONDITIONS = ['node', 'require', 'module-sync', 'import', 'default'];

/** The file of an installed package that an import of it runs; undefined where it is not installed, or Node's own. */
export function packageEntry(specifier: string, from: string): string | undefined {
  try {
    const found = createRequire(path.resolve(from)).resolve(specifier);
    return path.isAbsolute(found) && /\.[cm]?[jt]s$/.test(found) ? found : undefined;
  } catch {
    return importOnlyEntry(specifier, from);
  }
}

/** A package that exports itself to `import` alone, which `require.resolve` does not find. */
function importOnlyEntry(specifier: string, from: string): string | undefined {
  const [, name = '', below = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  for (let folder = path.dirname(path.resolve(from)); ; folder = path.dirname(folder)) {
    const root = path.join(folder, 'node_modules', name);
    const manifest = name === '' ? undefined : readText(path.join(root, 'package.json'));
    if (manifest !== undefined) return entryIn(root, manifest, below);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function entryIn(root: string, manifest: string, below: string): string | undefined {
  try {
    const { exports, module, main } = JSON.parse(manifest) as Record<string, unknown>;
    const target = targetOf(exports, `.${below}`) ?? (below === '' ? (module ?? main ?? 'index.js') : below);
    const file = typeof target === 'string' ? path.join(root, target) : undefined;
    return file !== undefined && isFile(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function targetOf(exports: unknown, key: string): string | undefined {
  if (typeof exports === 'string') return key === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries = exports as Record<string, unknown>;
  const own = Object.keys(entries).some((each) => each.startsWith('.'))
    ? entries[key]
    : key === '.'
      ? entries
      : undefined;
  return conditional(own);
}

function conditional(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const condition of CONDITIONS) {
    const found = conditional((entry as Record<string, unknown>)[condition]);
    if (found !== undefined) return found;
  }
  return undefined;
}
