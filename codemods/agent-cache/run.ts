import type { Pass } from './migration.ts';
import type { CodemodOptions } from './options.ts';
import { dropMemos } from './edit/drop-memos.ts';
import { awaitRemoteBuilders } from './edit/await-remote-builders.ts';
import { markManualPlaces } from './edit/mark-manual-places.ts';
import { passErrorsOn } from './edit/pass-errors-on.ts';
import { reexportFactories } from './edit/reexport-factories.ts';
import { removeFactories } from './edit/remove-factories.ts';
import { removeOrphans } from './edit/remove-orphans.ts';
import { replacePassedFactories } from './edit/replace-passed-factories.ts';
import { rewireSites } from './edit/rewire-sites.ts';
import { settleDirectives } from './edit/settle-directives.ts';
import { updateImports } from './edit/update-imports.ts';
import { wrapFactories } from './edit/wrap-factories.ts';
import type { Project } from './project.ts';
import type { FileResult } from './result.ts';
import { runPasses, type SourceFile } from './run-passes.ts';

/** How a file is edited once its places are judged and the functions of the project are settled. */
const edits: readonly Pass[] = [
  rewireSites,
  awaitRemoteBuilders,
  wrapFactories,
  reexportFactories,
  replacePassedFactories,
  removeFactories,
  dropMemos,
  removeOrphans,
  passErrorsOn,
  updateImports,
  settleDirectives,
  markManualPlaces,
];

/**
 * Analyses one file and computes its migrated text. Reads nothing but what `project` gives and writes nothing.
 * Never throws on bad syntax: the result's status is then `error` and the file stays as it is.
 */
export function migrateSource(file: SourceFile, options: CodemodOptions, project?: Project): FileResult {
  return runPasses(edits, file, options, project);
}
