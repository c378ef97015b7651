import type { Migration } from '../migration.ts';
import { openFile } from '../source/open-file.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { findAgentBindings } from '../survey/modules/find-agent-bindings.ts';
import { findConstructions } from '../survey/modules/find-constructions.ts';
import { findFactories, findFactoriesOfImported } from '../survey/factories/find-factories.ts';
import { findRemoteFactories } from './find-remote-factories.ts';
import { findSites } from '../survey/factories/find-sites.ts';

/** Opens another file of the project, and finds the factories and the places in it that get an agent, without judging them. */
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
