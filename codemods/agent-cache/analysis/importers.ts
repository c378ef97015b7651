import path from 'node:path';
import type { Factory, Migration } from '../migration.ts';
import { openFile } from '../open-file.ts';
import { findAgentBindings } from '../passes/find-agent-bindings.ts';
import { findConstructions } from '../passes/find-constructions.ts';
import { findFactories, findFactoriesOfImported } from '../passes/find-factories.ts';
import { findRemoteFactories } from '../passes/find-remote-factories.ts';
import { findSites } from '../passes/find-sites.ts';
import { judgeSites } from '../passes/judge-sites.ts';
import { toPosix } from './module-paths.ts';

/** The importers that are being looked at: two files may import from each other. */
const inProgress = new Set<string>();

/**
 * The first file that imports a factory and cannot follow when it gives a promise: it is not to be migrated, or one
 * of its uses has to be left. Undefined when every importer follows, as they do for one that gave a promise before.
 */
export function blockingImporter(migration: Migration, factory: Factory): string | undefined {
  const { project, options } = migration;
  if (!factory.exported) return undefined;
  if (!project) return factory.async ? undefined : 'other files';
  const file = toPosix(path.resolve(migration.path));
  const root = project.packageRootOf(file) ?? path.posix.dirname(file);
  const blocking = project.importersOf(file).find((importer) => {
    if (inProgress.has(importer)) return false;
    inProgress.add(importer);
    try {
      const other = openFile(
        importer,
        (project.read(importer) ?? '').replace(/^\uFEFF/, ''),
        options,
        project,
      );
      for (const pass of [
        findAgentBindings,
        findConstructions,
        findFactories,
        findRemoteFactories,
        findFactoriesOfImported,
        findSites,
      ])
        pass(other);
      const theirs = other.remoteFactories.filter(
        ({ exported }) => exported.declared === factory.name && toPosix(path.resolve(exported.file)) === file,
      );
      if (theirs.every(({ calls, values }) => calls.length + values.length === 0)) return false;
      if (!project.isToMigrate(importer) || theirs.some(({ values }) => values.length > 0)) return true;
      judgeSites(other);
      return other.sites.some(
        ({ remote, plan }) => remote && theirs.includes(remote) && plan?.form === 'manual',
      );
    } catch {
      return true;
    } finally {
      inProgress.delete(importer);
    }
  });
  return blocking === undefined ? undefined : path.posix.relative(root, blocking);
}
