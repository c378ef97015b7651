import path from 'node:path';
import { isMigratableFile } from './excluded.ts';
import { foldersAbove, readText } from './files.ts';
import { importedModules } from '../source/imported-modules.ts';
import { parseJsonWithComments } from './json-with-comments.ts';
import { sourcesBelow } from './sources-below.ts';

/** What counts where nobody can tell: every shape that is safe with it is safe with later ones. */
const OLDEST = 4;

/** Makes Express 4 await its handlers, where something loads it. */
const PATCH = 'express-async-errors';
const LOADS_BEFORE = new RegExp(`(-r|--require|--import)[ =]${PATCH}\\b`);

/**
 * The major version of Express that a file's package asks for, from the nearest package.json that names it; undefined
 * when none does. A package that patches Express 4 to await its handlers counts as 5, whichever package.json lists the
 * patch: what counts is that a file loads it.
 */
export function expressMajorOf(file: string): number | undefined {
  for (const folder of foldersAbove(file)) {
    const ranges = dependenciesOf(jsonAt(folder, 'package.json'));
    const range = ranges.express;
    if (range === undefined) continue;
    const installed = installedMajor(folder);
    const major =
      installed === undefined
        ? range.startsWith('catalog:')
          ? catalogMajor(folder)
          : majorOf(range, folder)
        : Math.min(installed, ...majorsBeside(installed, range));
    return major <= OLDEST && isLoaded(PATCH, folder) ? OLDEST + 1 : major;
  }
  return undefined;
}

function isLoaded(module: string, folder: string): boolean {
  const scripts = Object.values(propertyOf(jsonAt(folder, 'package.json'), 'scripts') ?? {});
  if (scripts.some((script) => LOADS_BEFORE.test(String(script)))) return true;
  for (const { file } of sourcesBelow(folder)) {
    if (!isMigratableFile(path.posix.basename(file))) continue;
    const text = readText(file) ?? '';
    if (text.includes(module) && importedModules(text).includes(module)) return true;
  }
  return false;
}

function installedMajor(folder: string): number | undefined {
  const version = propertyOf(jsonAt(folder, 'node_modules/express/package.json'), 'version');
  return typeof version === 'string' ? lowestMajor(version) : undefined;
}

/** What is hoisted to a folder above may be another package's: it only tells where the range leaves it open. */
function hoistedMajor(folder: string): number | undefined {
  const above = foldersAbove(path.posix.join(folder, 'package.json'));
  return [...above].map(installedMajor).find((major) => major !== undefined);
}

/** The lowest major that a range allows; what it leaves open is told by what is installed or locked, or is the latest. */
function majorOf(range: string, folder: string): number {
  return lowestMajor(range.replace(/^npm:.*@/, '')) ?? hoistedMajor(folder) ?? lockedMajor(folder) ?? 5;
}

function lowestMajor(range: string): number | undefined {
  const majors = range.split('||').flatMap((part) => {
    const major = /\d+/.exec(part)?.[0];
    if (major === undefined) return [];
    // An upper bound alone allows whatever is below.
    return /^\s*<(?!.*>)/.test(part) ? OLDEST : Number(major);
  });
  return majors.length > 0 ? Math.min(...majors) : undefined;
}

/** One major, as `^4.18.0` asks for. */
const PLAIN = /^\s*[~^=v]*(\d+)(\.[\w*+-]+)*\s*$/;

/** The majors that a range plainly asks for, where the one that is installed is none of them: nobody can tell then. */
function majorsBeside(installed: number, range: string): number[] {
  const majors = range.split('||').map((part) => Number(PLAIN.exec(part)?.[1] ?? installed));
  return majors.includes(installed) ? [] : majors;
}

/** What a catalog of pnpm may mean by Express: the lowest of its catalogs. */
function catalogMajor(folder: string): number {
  for (const above of foldersAbove(path.posix.join(folder, 'package.json'))) {
    const catalogs = readText(path.posix.join(above, 'pnpm-workspace.yaml'));
    if (catalogs === undefined) continue;
    const ranges = [...catalogs.matchAll(/^\s+['"]?express['"]?:\s*['"]?([^'"#\r\n]+)/gm)];
    return Math.min(...ranges.map(([, range = '']) => lowestMajor(range) ?? OLDEST), OLDEST + 1);
  }
  return OLDEST;
}

function lockedMajor(folder: string): number | undefined {
  for (const above of foldersAbove(path.posix.join(folder, 'package.json'))) {
    const packages = propertyOf(jsonAt(above, 'package-lock.json'), 'packages');
    const version = propertyOf(propertyOf(packages, 'node_modules/express'), 'version');
    if (typeof version === 'string') return lowestMajor(version);
  }
  return undefined;
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
