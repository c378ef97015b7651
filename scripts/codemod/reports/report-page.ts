import { recipeOf } from '../../../codemods/agent-cache/reasons/recipe.ts';
import { REASONS } from '../../../codemods/agent-cache/reasons/table.ts';
import { keepingOf, withoutKeeping } from '../../../codemods/agent-cache/reasons/table/entries.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import type { FileReport, PlaceReport, Report } from '../report.ts';

/** How many of the run's paths are named. */
const SHOWN = 3;

/** A report as a person reads it, and what goes with it. */
export interface ReportSource {
  report: Report;
  options: CodemodOptions;
  paths: readonly string[];
  /** Whether nothing was written. */
  isPreview: boolean;
  /** The unified diffs of the files that were, or would be, rewritten. */
  diffs: ReadonlyMap<string, string>;
}

/** A place that is left, with its file. */
export interface LeftPlace {
  file: string;
  line: number;
  column: number;
  reason: string;
}

/** What is left for one reason. */
export interface LeftGroup {
  /** The reason's name, where it has one. */
  id?: string;
  /** What the places have in common. */
  title: string;
  /** What a person can do about it. */
  hint?: string;
  /** How that is done, in Markdown. */
  recipe?: string;
  places: LeftPlace[];
}

/** What a report page says, whatever it is written in. */
export interface ReportPage {
  title: string;
  /** One sentence about the whole run. */
  headline: string;
  figures: [name: string, value: number][];
  migrated: { file: FileReport; counts: string; diff: string }[];
  left: LeftGroup[];
  /** What goes for all places that are left. */
  keeping?: string;
  /** Faults that kept files from being looked at. */
  faults: LeftPlace[];
  effect: string;
  /** What the run took for granted because a person said so. */
  assumptions: TakenForGranted[];
}

/** Something that no code says, and a person vouches for. */
export interface TakenForGranted {
  id: string;
  of?: string;
  why: string;
}

/** Puts a report in the order in which it is read. */
export function reportPage({ report, options, paths, isPreview, diffs }: ReportSource): ReportPage {
  const { files, summary } = report;
  const changed = files.filter(({ status }) => status === 'migrated' || status === 'partial');
  const broken = files.filter(({ status }) => status === 'error');
  const left = groupsOf(
    files.filter(({ status }) => status !== 'error'),
    options,
  );
  const keeping = keepingOf(files.flatMap(({ occurrences }) => occurrences.map(({ hint }) => hint)));
  return {
    title: `One shared ${options.agentClass}`,
    headline: headline(report, left, isPreview, paths),
    figures: [
      ['files looked at', summary.scanned],
      [isPreview ? 'to migrate' : 'migrated', summary.migrated],
      [isPreview ? 'to migrate in part' : 'migrated in part', summary.partial],
      ['left as they are', summary.manual],
      ['with a fault', summary.errors],
    ],
    migrated: changed.map((file) => ({ file, counts: countsOf(file), diff: diffs.get(file.path) ?? '' })),
    left,
    ...(keeping !== undefined && { keeping }),
    faults: broken.flatMap((file) => file.occurrences.slice(0, 1).map((each) => leftPlace(file, each))),
    assumptions: assumptionsOf(report),
    effect: effectOf(changed, options, isPreview),
  };
}

function assumptionsOf(report: Report): TakenForGranted[] {
  const found: unknown = 'assumptions' in report ? report.assumptions : [];
  return Array.isArray(found) ? found.filter(isAssumption) : [];
}

function isAssumption(each: unknown): each is TakenForGranted {
  return typeof each === 'object' && each !== null && 'id' in each && 'why' in each;
}

function headline(
  { summary, interrupted }: Report,
  left: readonly LeftGroup[],
  isPreview: boolean,
  paths: readonly string[],
): string {
  const places = left.reduce((sum, group) => sum + group.places.length, 0);
  const changed = summary.migrated + summary.partial;
  const files = `${changed} ${changed === 1 ? 'file' : 'files'}`;
  const done = isPreview
    ? `A run over ${named(paths)} would change ${files}`
    : `A run over ${named(paths)} changed ${files}`;
  const rest = places === 0 ? 'leaves nothing' : `leaves ${places} ${places === 1 ? 'place' : 'places'}`;
  const stopped = interrupted ? ' It was stopped before it came to the last file.' : '';
  return `${done} and ${rest} to a person.${stopped}`;
}

function named(paths: readonly string[]): string {
  const more = paths.length - SHOWN;
  return more > 0 ? `${paths.slice(0, SHOWN).join(', ')} and ${more} more` : paths.join(', ');
}

function groupsOf(files: readonly FileReport[], options: CodemodOptions): LeftGroup[] {
  const groups = new Map<string, LeftGroup>();
  for (const file of files) {
    for (const each of file.occurrences) {
      if (each.action !== 'manual') continue;
      const place = leftPlace(file, each);
      const title = place.reason.replace(/\b(line) \d+\b/g, '$1 …');
      const { id } = each;
      const key = `${id ?? title}\n${each.hint ?? ''}`;
      const group = groups.get(key) ?? {
        ...(id === undefined ? {} : { id }),
        title,
        hint: withoutKeeping(each.hint),
        ...(id !== undefined && id in REASONS && { recipe: recipeOf(id, options) }),
        places: [],
      };
      group.places.push(place);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.places.length - a.places.length);
}

function leftPlace({ path: file }: FileReport, { line, column, reason, kind }: PlaceReport): LeftPlace {
  return { file, line, column, reason: reason ?? kind };
}

function countsOf({ occurrences }: FileReport): string {
  return (['rewired', 'removed', 'manual'] as const)
    .map((action) => [action, occurrences.filter((each) => each.action === action).length] as const)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action === 'manual' ? 'left' : action}`)
    .join(', ');
}

function effectOf(
  changed: readonly FileReport[],
  { agentClass }: CodemodOptions,
  isPreview: boolean,
): string {
  const places = changed
    .flatMap(({ occurrences }) => occurrences)
    .filter(({ action }) => action === 'rewired').length;
  if (places === 0) return `No place gets its ${agentClass} in another way than before.`;
  const [subject, verb] = places === 1 ? ['One place', 'takes'] : [`${places} places`, 'take'];
  return `${subject} ${isPreview ? 'would take' : verb} the shared ${agentClass} instead of building one: a request through them is expected to wait for no creation, but for the first in each lifetime of the cache. This was not measured here; the checklist's --url measures it on a running deployment.`;
}
