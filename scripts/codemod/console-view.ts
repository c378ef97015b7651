import { keepingOf, withoutKeeping } from '../../codemods/agent-cache/reasons/table/entries.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Occurrence } from '../../codemods/agent-cache/result.ts';
import type { Palette } from '../cli/colour.ts';
import type { FileReport, Report, SettledFile } from './report.ts';

const STATUS_WIDTH = 'unchanged'.length;

/** One line for a file that was, or would be, rewritten. */
export function fileLine({ path, status, occurrences, moved = 0 }: SettledFile, palette: Palette): string {
  const paint = status === 'migrated' ? palette.green : palette.yellow;
  const count = (wanted: Occurrence['action']) =>
    occurrences.filter(({ action }) => action === wanted).length;
  const counts = (['rewired', 'removed', 'manual'] as const)
    .filter((action) => count(action) > 0)
    .map((action) => `${count(action)} ${action === 'manual' ? 'left' : action}`);
  if (moved > 0) counts[0] += ` (${moved} moved to the agent's first call)`;
  return `${paint(status.padEnd(STATUS_WIDTH))}  ${path}  ${palette.dim(counts.join(', '))}\n`;
}

/** The places that are left for a person: where they are now, why, and what to do about it. */
export function placesLeft(files: readonly FileReport[], palette: Palette): string {
  const places = files.filter(({ status }) => status !== 'error').flatMap(placesOf);
  if (places.length === 0) return '';
  const lines = places.map(({ file, each }) => {
    const reason = `  ${palette.yellow(`${file.path}:${each.line}:${each.column}`)}  ${each.reason ?? each.kind}${each.id === undefined ? '' : palette.dim(`  [${each.id}]`)}`;
    const hint = withoutKeeping(each.hint);
    return hint === undefined ? reason : `${reason}\n    ${palette.dim(`hint: ${hint}`)}`;
  });
  const title = `Left for a person: ${places.length} ${places.length === 1 ? 'place' : 'places'}`;
  const keeping = keepingOf(places.map(({ each }) => each.hint));
  const once = keeping === undefined ? '' : `\n${palette.dim(keeping)}\n`;
  return `\n${palette.bold(title)}\n${lines.join('\n')}\n${once}`;
}

/** What is worth a look in the files that were, or would be, rewritten. */
export function notesText(files: readonly FileReport[], palette: Palette): string {
  const lines = files.flatMap(({ path, notes = [] }) =>
    notes.map(({ line, text }) => `  ${palette.yellow(`${path}:${line}`)}  ${text}`),
  );
  return lines.length === 0 ? '' : `\n${palette.bold('Worth a look')}\n${lines.join('\n')}\n`;
}

function placesOf(file: FileReport) {
  return file.occurrences.filter(({ action }) => action === 'manual').map((each) => ({ file, each }));
}

/** What is known of a run besides its report. */
export interface RunFacts {
  dryRun: boolean;
  check: boolean;
  /** What was not found, without which nobody can say that there is nothing to do. */
  missing: readonly string[];
  /** Of how many files, when a person stopped it. */
  stoppedOf?: number;
}

/** The counts of the run, and a word on what they mean. */
export function summaryText(
  { files, summary }: Report,
  { agentClass, agentModule }: Pick<CodemodOptions, 'agentClass' | 'agentModule'>,
  { dryRun: isDry, check, missing, stoppedOf }: RunFacts,
  palette: Palette,
): string {
  const { scanned, migrated, partial, manual, errors } = summary;
  const dryRun = isDry || check;
  const counts = [
    `${scanned} ${scanned === 1 ? 'file' : 'files'} scanned`,
    palette.green(`${migrated} ${dryRun ? 'to migrate' : 'migrated'}`),
    `${partial} ${dryRun ? 'to migrate in part' : 'migrated in part'}`,
    `${manual} left as they were`,
    // Without what was looked for, nobody can tell whether there is something to do.
    `${Math.max(0, scanned - migrated - partial - manual - errors)} ${missing.length > 0 ? 'not judged' : 'with nothing to do'}`,
    `${errors} ${errors === 1 ? 'error' : 'errors'}`,
  ];
  const changed = migrated + partial > 0;
  const isNothing = !changed && manual + errors === 0 && stoppedOf === undefined && missing.length === 0;
  const notes = [
    ...(stoppedOf === undefined ? [] : [stoppedNote(scanned, stoppedOf, changed && !dryRun)]),
    ...missing,
    ...(isNothing ? ['Nothing to do.'] : []),
    ...(files.length > 0 || missing.length > 0
      ? []
      : [`No file names ${agentClass} or ${agentModule}, but perhaps the agent's own.`]),
    ...(changed && dryRun ? [dryNote(check)] : []),
    ...(changed && !dryRun ? ["Run the project's type check and tests, then look through the diff."] : []),
  ];
  return `\n${[counts.join(', '), ...notes].join('\n')}\n`;
}

function dryNote(check: boolean): string {
  return check
    ? 'Nothing was written: there is something to change, so the exit code is not 0.'
    : 'Nothing was written: this was a dry run. With --check the exit code would be 1.';
}

function stoppedNote(scanned: number, total: number, isWritten: boolean): string {
  const goOn = isWritten
    ? 'What was written stays. To go on, commit it and run the same command again, or add --force'
    : 'Run the same command again';
  return `Stopped: ${scanned} of ${total} files were looked at. ${goOn}.`;
}
