import path from 'node:path';
import { yamlAt } from './catalogs.ts';
import { objectOf } from './json-with-comments.ts';
import { importRootOf, manifestOf } from './packages.ts';
import { majorsOfRange } from './version-range.ts';

/**
 * The range that the workspace gives a dependency in place of the one that a package asks for: `overrides` of npm, pnpm
 * and Bun, `resolutions` of Yarn. Only the root of a workspace has a say. What it says of another package's dependency,
 * or of other versions than those that are asked for, is none of this package's.
 */
export function overriddenRange(dependency: string, asked: string, folder: string): string | undefined {
  const root = importRootOf(path.posix.join(folder, 'package.json')) ?? folder;
  const manifest = manifestOf(root);
  const { name } = manifestOf(folder);
  const tables = [
    yamlAt(path.posix.join(root, 'pnpm-workspace.yaml')).overrides,
    objectOf(manifest.pnpm).overrides,
    manifest.resolutions,
    manifest.overrides,
  ];
  for (const table of tables) {
    const range = rangeIn(objectOf(table), { dependency, asked, parent: String(name) });
    // `$express` is what the root itself asks for.
    if (range?.startsWith('$')) return directRange(manifest, range.slice(1)) ?? range;
    if (range !== undefined) return range;
  }
  return undefined;
}

interface Wanted {
  dependency: string;
  asked: string;
  /** The name of the package that asks. */
  parent: string;
}

function rangeIn(table: Record<string, unknown>, wanted: Wanted): string | undefined {
  let found: string | undefined;
  for (const [key, value] of Object.entries(table)) {
    if (isAbout(key, wanted)) {
      const range = typeof value === 'string' ? value : objectOf(value)['.'];
      if (typeof range === 'string') found = range;
    } else if (key.replace(/(?<=.)@.*$/, '') === wanted.parent && typeof value !== 'string') {
      found = rangeIn(objectOf(value), wanted) ?? found;
    }
  }
  return found;
}

/** The dependency by its name, under any package or under the one that asks, with or without a range behind it. */
function isAbout(key: string, { dependency, asked, parent }: Wanted): boolean {
  const [, name = key, range] = /^(.*[^/>])@([^>]*)$/.exec(key) ?? [];
  const names = ['', '**/', `${parent}/`, `${parent}>`].map((holder) => holder + dependency);
  if (!names.includes(name)) return false;
  const [some, others] = [range === undefined ? undefined : majorsOfRange(range), majorsOfRange(asked)];
  return !some || !others || some.some((major) => others.includes(major));
}

function directRange(manifest: Record<string, unknown>, name: string): string | undefined {
  const range = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    .map((kind) => objectOf(manifest[kind])[name])
    .find((each) => each !== undefined);
  return typeof range === 'string' ? range : undefined;
}
