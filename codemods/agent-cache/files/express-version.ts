import path from 'node:path';
import { catalogRange } from './catalogs.ts';
import { foldersAbove, readText } from './files.ts';
import { parseJsonWithComments } from './json-with-comments.ts';
import { patchedBy } from './loaded-patch.ts';
import { lockedVersion } from './locked-version.ts';
import { overriddenRange } from './overridden-range.ts';
import { majorOfVersion, majorsOfRange } from './version-range.ts';

/** What counts where nobody can tell: every shape that is safe with it is safe with later ones. */
const OLDEST = 4;
/** What an installation of today brings where nothing asks for less. */
const LATEST = 5;
/** A tag, or every version. */
const ANY = /^(npm:(@?[^@]+@)?)?\s*([*xX]?|[a-z][\w.-]*)\s*$/;

/** Makes Express 4 await its handlers, where something loads it. */
const PATCH = 'express-async-errors';

/**
 * The major version of Express that a file's package asks for, from the nearest package.json that names it; undefined
 * when none does. A package that patches Express 4 to await its handlers counts as 5, whichever package.json lists the
 * patch, for the files whose routes are made when it is loaded.
 */
export function expressMajorOf(file: string): number | undefined {
  return expressAround(file)(file);
}

/** The same for all files of the folder that a file is in, whose package is looked at once. */
export function expressAround(file: string): (file: string) => number | undefined {
  for (const folder of foldersAbove(file)) {
    const manifest = jsonAt(folder, 'package.json');
    const range = dependenciesOf(manifest).express;
    if (range === undefined) continue;
    const major = majorOf(range, folder);
    if (major > OLDEST) return () => major;
    const isPatched = patchedBy(PATCH, folder, manifest);
    return (each) => (isPatched(each) ? OLDEST + 1 : major);
  }
  return () => undefined;
}

/**
 * The major that a package gets: what is installed in its own folder, or else the one that its range asks for, or that
 * of the workspace which overrides it. A range that leaves it open is told by what is hoisted or locked. Where two of
 * them disagree, the older counts.
 */
function majorOf(asked: string, folder: string): number {
  const own = rangeBehind(asked, folder);
  if (own === undefined) return OLDEST;
  const forced = overriddenRange('express', own, folder);
  const range = forced === undefined ? own : rangeBehind(forced, folder);
  if (range === undefined) return OLDEST;
  const majors = majorsOfRange(range);
  const installed = installedMajor(folder);
  if (installed !== undefined)
    return majors?.includes(installed) === false ? Math.min(installed, ...majors) : installed;
  const [lowest = OLDEST, ...others] = majors ?? [];
  if (majors && others.length === 0) return lowest;
  const told = hoistedMajor(folder) ?? majorOfVersion(lockedVersion('express', forced ?? asked, folder));
  if (told !== undefined) return told;
  return ANY.test(range) ? LATEST : Math.max(lowest, OLDEST);
}

function rangeBehind(asked: string, folder: string): string | undefined {
  return asked.startsWith('catalog:') ? catalogRange(asked, 'express', folder) : asked;
}

function installedMajor(folder: string): number | undefined {
  return majorOfVersion(propertyOf(jsonAt(folder, 'node_modules/express/package.json'), 'version'));
}

/** What is hoisted to a folder above may be another package's: it only tells where the range leaves it open. */
function hoistedMajor(folder: string): number | undefined {
  const above = foldersAbove(path.posix.join(folder, 'package.json'));
  return [...above].map(installedMajor).find((major) => major !== undefined);
}

function jsonAt(folder: string, name: string): unknown {
  return parseJsonWithComments(readText(path.posix.join(folder, name)) ?? '');
}

function dependenciesOf(manifest: unknown): Record<string, string> {
  const fields = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];
  const all = fields.flatMap((field) => Object.entries(propertyOf(manifest, field) ?? {}));
  return Object.fromEntries(
    all.flatMap(([name, range]) => (typeof range === 'string' ? [[name, range]] : [])),
  );
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
