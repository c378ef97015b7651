import path from 'node:path';
import { yamlAt } from './catalogs.ts';
import { foldersAbove, readText } from './files.ts';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';

/** A dependency of one package, as its package.json asks for it. */
interface Wanted {
  name: string;
  range: string;
  /** The package's folder, seen from that of the lock file; empty for the same one. */
  inside: string;
}

/** Reads one kind of lock file in a folder: the version that it gives a dependency, where it has one. */
type LockReader = (folder: string, wanted: Wanted) => string | undefined;

const READERS: readonly LockReader[] = [fromNpm, fromYarn, fromPnpm, fromBun];

/**
 * The version that the nearest lock file (npm, Yarn 1 and later, pnpm, Bun's text) in the package's folder or above
 * it gives a dependency of the package; undefined where none has it.
 */
export function lockedVersion(name: string, range: string, folder: string): string | undefined {
  for (const above of foldersAbove(path.posix.join(folder, 'package.json'))) {
    const wanted = { name, range, inside: path.posix.relative(above, folder) };
    for (const read of READERS) {
      const version = read(above, wanted);
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

function fromNpm(folder: string, { name, inside }: Wanted): string | undefined {
  for (const file of ['npm-shrinkwrap.json', 'package-lock.json']) {
    const lock = jsonAt(path.posix.join(folder, file));
    const packages = objectOf(lock.packages);
    const own = inside === '' ? undefined : packages[`${inside}/node_modules/${name}`];
    const entry = own ?? packages[`node_modules/${name}`] ?? objectOf(lock.dependencies)[name];
    const { version } = objectOf(entry);
    if (typeof version === 'string') return version;
  }
  return undefined;
}

/** Yarn 1 has a format of its own, later ones have YAML; both head an entry with every range that it serves. */
function fromYarn(folder: string, { name, range }: Wanted): string | undefined {
  const text = readText(path.posix.join(folder, 'yarn.lock'));
  if (text === undefined) return undefined;
  const asked = new Set([`${name}@${range}`, `${name}@npm:${range}`]);
  for (const entry of text.split(/\r?\n(?=\S)/)) {
    const [head = '', ...lines] = entry.split(/\r?\n/);
    const specifiers = head.replace(/:\s*$/, '').replaceAll('"', '').split(/,\s*/);
    if (!specifiers.some((each) => asked.has(each))) continue;
    const version = lines.map((line) => /^ {2}version:?\s+"?([^"\s]+)"?/.exec(line)?.[1]).find(Boolean);
    if (version !== undefined) return version;
  }
  return undefined;
}

function fromPnpm(folder: string, { name, inside }: Wanted): string | undefined {
  const lock = yamlAt(path.posix.join(folder, 'pnpm-lock.yaml'));
  const importers = objectOf(lock.importers);
  const importer = objectOf(importers[inside === '' ? '.' : inside] ?? (inside === '' ? lock : undefined));
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const entry = objectOf(importer[kind])[name];
    const version = typeof entry === 'string' ? entry : objectOf(entry).version;
    if (typeof version === 'string') return version;
  }
  return undefined;
}

/** An entry of Bun's lock file begins with `name@version`; a workspace's own copy is named behind the workspace. */
function fromBun(folder: string, { name, inside }: Wanted): string | undefined {
  const lock = jsonAt(path.posix.join(folder, 'bun.lock'));
  const packages = objectOf(lock.packages);
  const workspace = objectOf(objectOf(lock.workspaces)[inside]).name;
  const entry = packages[`${String(workspace)}/${name}`] ?? packages[name];
  const [resolved] = Array.isArray(entry) ? entry : [];
  return typeof resolved === 'string' ? resolved.slice(resolved.lastIndexOf('@') + 1) : undefined;
}

function jsonAt(file: string): Record<string, unknown> {
  return objectOf(parseJsonWithComments(readText(file) ?? ''));
}
