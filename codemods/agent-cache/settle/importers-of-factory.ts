import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { ExportedFactory, Factory, Migration, RemoteFactory } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import { findInFile } from '../judge/find-in-file.ts';
import { judgeSites } from '../judge/judge-sites.ts';
import type { Project } from '../project.ts';
import { exportedFactories } from '../survey/factories/exported-factories.ts';
import { toPosix } from '../source/specifiers.ts';
import type { Place } from '../reasons/reason.ts';
import { lineAt } from '../survey/code/place-at.ts';

/** The importers that are being looked at, each for one factory: two files may import from each other. */
const inProgress = new Set<string>();

/** Where a factory is used in a way that keeps it from giving a promise. */
export interface BlockingUse {
  at: Place;
  /** The file is not among those that the run migrates. */
  isLeftOut: boolean;
}

/** What other files make of a factory. */
export interface FactoryImporters {
  /** The files whose calls of it have to be rewritten before it may give a promise. */
  following: string[];
  blocking: BlockingUse | undefined;
}

/**
 * Looks through every file of the package that can reach an exported factory, by whatever import and behind whatever
 * barrel. The first use that cannot follow when the factory gives a promise blocks it; `settle` decides in an importer
 * which of its own factories have to stay.
 */
export function importersOfFactory(
  migration: Migration,
  factory: Factory,
  settle: (other: Migration) => void,
): FactoryImporters {
  const { project, options } = migration;
  const following: string[] = [];
  if (!project || !factory.exported) return { following, blocking: undefined };
  const file = toPosix(path.resolve(migration.path));
  const isIt = (exported: ExportedFactory) =>
    exported.declared === factory.name && toPosix(path.resolve(exported.file)) === file;
  for (const importer of reachingFiles(file, project, options, isIt)) {
    const key = [importer, factory.name, file].join('\n');
    if (inProgress.has(key)) continue;
    inProgress.add(key);
    try {
      const isCache = project.isCacheFile(importer);
      const isLeftOut = isCache || !project.isToMigrate(importer);
      const other = findInFile(importer, project, options);
      const uses = isLeftOut ? usesLeft(other, isIt, isCache) : usesIn(other, isIt, settle);
      const { blocking } = uses;
      if (blocking) return { following, blocking: { at: placeIn(importer, blocking, migration), isLeftOut } };
      if (uses.calls.length > 0) following.push(importer);
    } catch {
      return { following, blocking: { at: placeIn(importer, undefined, migration), isLeftOut: false } };
    } finally {
      inProgress.delete(key);
    }
  }
  return { following, blocking: undefined };
}

/** The files that import from a file, and those that import from one which hands the factory on. */
export function reachingFiles(
  file: string,
  project: Project,
  options: CodemodOptions,
  isIt: (exported: ExportedFactory) => boolean,
): string[] {
  const found = new Set<string>();
  const pending = [file];
  for (let target = pending.pop(); target !== undefined; target = pending.pop()) {
    for (const importer of project.importersOf(target)) {
      if (found.has(importer) || importer === file) continue;
      found.add(importer);
      if ([...exportedFactories(importer, project, options).values()].some(isIt)) pending.push(importer);
    }
  }
  return [...found].sort();
}

interface Uses {
  calls: NodePath[];
  blocking: NodePath | undefined;
}

function namesIn(other: Migration, isIt: (exported: ExportedFactory) => boolean) {
  const theirs = other.remoteFactories.filter(({ exported }) => isIt(exported));
  const calls = theirs.flatMap((remote): NodePath[] => [...remote.calls, ...remote.passed]);
  const value = other.factoryValues.find(({ exported }) => isIt(exported))?.reference;
  return { theirs, calls, value };
}

function usesIn(
  other: Migration,
  isIt: (exported: ExportedFactory) => boolean,
  settle: (other: Migration) => void,
): Uses {
  const { theirs, calls, value } = namesIn(other, isIt);
  if (value || calls.length === 0) return { calls, blocking: value };
  judgeSites(other);
  settle(other);
  return { calls, blocking: leftSite(other, theirs) ?? keptFactory(other, calls) };
}

/**
 * In a file that stays as it is, an `await` takes an agent and the promise of one alike, where the file is not that from
 * which the promise would come.
 */
function usesLeft(other: Migration, isIt: (exported: ExportedFactory) => boolean, isCache: boolean): Uses {
  const { calls, value } = namesIn(other, isIt);
  return {
    calls: [],
    blocking: value ?? calls.find(({ parent }) => isCache || parent.type !== 'AwaitExpression'),
  };
}

function leftSite({ sites }: Migration, theirs: readonly RemoteFactory[]): NodePath | undefined {
  const left = sites.find(({ remote, plan }) => remote && theirs.includes(remote) && plan?.form === 'manual');
  return left?.expression;
}

/** A factory of the other file that has to stay and goes on calling the one in question. */
function keptFactory({ factories }: Migration, calls: readonly NodePath[]): NodePath | undefined {
  const sources = new Set(calls.map(({ node }) => node));
  return factories.find(({ source, fate }) => fate === 'keep' && sources.has(source.node))?.source;
}

function placeIn(importer: string, use: NodePath | undefined, migration: Migration): Place {
  const { line = 1, column = 0 } = use?.node.loc?.start ?? {};
  return lineAt(importer, line, migration, column + 1);
}
