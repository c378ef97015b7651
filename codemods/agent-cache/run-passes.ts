import type { Migration, Pass, Problem } from './migration.ts';
import type { CodemodOptions } from './options.ts';
import { memoOfRewired } from './edit/forms/replace-memo.ts';
import { saysGenerated } from './files/generated.ts';
import type { Project } from './project.ts';
import { reason } from './reasons/reason.ts';
import { parses } from './source/parse.ts';
import { toPosix } from './source/specifiers.ts';
import { sourcesOf } from './source/sources.ts';
import { forgetSettled, settledFile } from './settle/settled-file.ts';
import type { FileResult, FileStatus, Occurrence } from './result.ts';

/** One file as text. `path` picks the parser by its extension and says whether the file is a task. */
export interface SourceFile {
  path: string;
  source: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Judges and settles one file, and makes the edits in it. */
export function runPasses(
  edits: readonly Pass[],
  { path, source }: SourceFile,
  options: CodemodOptions,
  project: Project | undefined,
): FileResult {
  const mark = source.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  let migration: Migration;
  try {
    migration = settledFile(path, source.slice(mark.length), options, project);
    for (const edit of edits) edit(migration);
    forgetSettled(migration);
  } catch (error) {
    return { path, status: 'error', occurrences: [], error: oneLine(error) };
  } finally {
    sourcesOf(project).doneWith(path, (file) => project?.isCacheFile(toPosix(file)) === true);
  }
  const occurrences = inOrder(migration.occurrences);
  const result: FileResult = { path, status: statusOf(occurrences), occurrences };
  if (!migration.edits.hasChanged()) return result;
  const output = migration.edits.toString();
  if (!isPlain(migration) && !parses(path, output)) return leftWhole(result, reason('would-not-parse'));
  if (saysGenerated(source) || project?.isGenerated(path)) return leftWhole(result, reason('generated-file'));
  const dependsOn = migration.dependsOn.size > 0 ? { dependsOn: [...migration.dependsOn] } : {};
  const restsOn = migration.restsOn.size > 0 ? { restsOn: [...migration.restsOn] } : {};
  const moved = migration.sites.filter(({ plan }) => plan?.form === 'move').length;
  const notes = migration.notes.length > 0 ? { notes: migration.notes } : {};
  return {
    ...result,
    ...dependsOn,
    ...restsOn,
    ...notes,
    ...(moved > 0 ? { moved } : {}),
    output: mark + output,
  };
}

/**
 * Whether nothing was edited but imports and expressions that are awaited in place. What else was edited is parsed
 * before it is given out, as a net below the passes; to parse every file again would cost a tenth of a run.
 */
function isPlain(migration: Migration): boolean {
  const { sites, factories, options, isTask, awaitedCalls, agentBindings, lateConstructions } = migration;
  if (
    agentBindings.some(({ isLate }) => isLate) ||
    lateConstructions.length > 0 ||
    factories.length > 0 ||
    awaitedCalls.size > 0 ||
    options.mark ||
    isTask
  )
    return false;
  return sites.every((site) => {
    const { plan } = site;
    if (plan?.form === 'manual') return true;
    return plan?.form === 'await' && !plan.promote && !memoOfRewired(site, migration);
  });
}

/** The file stays as it is, with all of its places. */
function leftWhole({ path, occurrences }: FileResult, problem: Problem): FileResult {
  const left = occurrences.map(
    ({ plan: _plan, ...each }): Occurrence =>
      each.action === 'manual' ? each : { ...each, action: 'manual', left: problem },
  );
  return { path, status: 'manual', occurrences: left };
}

function inOrder(occurrences: Occurrence[]): Occurrence[] {
  return occurrences.sort((a, b) => a.line - b.line || a.column - b.column);
}

function statusOf(occurrences: readonly Occurrence[]): FileStatus {
  const manual = occurrences.filter(({ action }) => action === 'manual').length;
  if (occurrences.length === 0) return 'unchanged';
  if (manual === 0) return 'migrated';
  return manual === occurrences.length ? 'manual' : 'partial';
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.trim() ?? message;
}
