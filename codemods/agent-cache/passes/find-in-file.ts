import type { Migration } from '../migration.ts';
import { openFile } from '../open-file.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { findAgentBindings } from './find-agent-bindings.ts';
import { findConstructions } from './find-constructions.ts';
import { findFactories, findFactoriesOfImported } from './find-factories.ts';
import { findRemoteFactories } from './find-remote-factories.ts';
import { findSites } from './find-sites.ts';

/** Opens another file of the project, and finds in it what a run over it would find, without judging that. */
export function findInFile(file: string, project: Project, options: CodemodOptions): Migration {
  const text = (project.read(file) ?? '').replace(/^\uFEFF/, '');
  const migration = openFile(file, text, options, project);
  const passes = [
    findAgentBindings,
    findConstructions,
    findFactories,
    findRemoteFactories,
    findFactoriesOfImported,
    findSites,
  ];
  for (const pass of passes) pass(migration);
  return migration;
}
