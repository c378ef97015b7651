import type { Pass } from './migration.ts';
import { type CodemodOptions, optionsFromFlags } from './options.ts';
import { awaitRemoteBuilders } from './passes/await-remote-builders.ts';
import { findAgentBindings } from './passes/find-agent-bindings.ts';
import { findConstructions } from './passes/find-constructions.ts';
import { findFactories, findFactoriesOfImported } from './passes/find-factories.ts';
import { findOtherReferences } from './passes/find-other-references.ts';
import { findRemoteFactories } from './passes/find-remote-factories.ts';
import { findSites } from './passes/find-sites.ts';
import { judgeSites } from './passes/judge-sites.ts';
import { markManualPlaces } from './passes/mark-manual-places.ts';
import { passErrorsOn } from './passes/pass-errors-on.ts';
import { reexportFactories } from './passes/reexport-factories.ts';
import { removeFactories } from './passes/remove-factories.ts';
import { removeOrphans } from './passes/remove-orphans.ts';
import { replacePassedFactories } from './passes/replace-passed-factories.ts';
import { rewireSites } from './passes/rewire-sites.ts';
import { settleFactories } from './passes/settle-factories.ts';
import { updateImports } from './passes/update-imports.ts';
import { wrapFactories } from './passes/wrap-factories.ts';
import { isToMigrate, projectAround } from './project-around.ts';
import type { Project } from './project.ts';
import type { FileResult } from './result.ts';
import { runPasses, type SourceFile } from './run-passes.ts';

/** The migration of one file: first what there is, then what to do with each place, then the edits. */
const passes: readonly Pass[] = [
  findAgentBindings,
  findConstructions,
  findOtherReferences,
  findFactories,
  findRemoteFactories,
  findFactoriesOfImported,
  findSites,
  judgeSites,
  settleFactories,
  rewireSites,
  awaitRemoteBuilders,
  wrapFactories,
  reexportFactories,
  replacePassedFactories,
  removeFactories,
  removeOrphans,
  passErrorsOn,
  updateImports,
  markManualPlaces,
];

/**
 * Analyses one file and computes its migrated text. Reads nothing but what `project` gives and writes nothing.
 * Never throws on bad syntax: the result's status is then `error` and the file stays as it is.
 */
export function migrateSource(file: SourceFile, options: CodemodOptions, project?: Project): FileResult {
  return runPasses(passes, file, options, project);
}

/**
 * The codemod as a jscodeshift transform:
 * `npx jscodeshift -t codemods/agent-cache/transform.ts --extensions=ts --parser=ts <paths>`.
 * Nothing of jscodeshift's own API is used: its printer does not keep a file's layout.
 * @returns the new text, or undefined when the file stays as it is
 * @throws SyntaxError for a file that does not parse, so that jscodeshift counts it as an error
 */
export default function transform(
  file: SourceFile,
  _api: unknown,
  flags: Readonly<Record<string, unknown>>,
): string | undefined {
  const options = optionsFromFlags(flags);
  if (!isToMigrate(file.path, file.source, options)) return undefined;
  const result = migrateSource(file, options, projectAround(options));
  if (result.status === 'error') throw new SyntaxError(result.error);
  return result.output;
}
