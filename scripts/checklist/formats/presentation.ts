import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Palette } from '../../cli/colour.ts';
import type { HistoryEntry } from '../history.ts';
import type { Finding, ItemReport, Report } from '../report.ts';

/** How a report is shown, beyond its format. */
export interface Presentation {
  palette: Palette;
  /** Where the code host finds a file of the tree: relative to its checkout. */
  locate: (file: string) => string;
  /** Where the report goes, where it goes into a file. */
  outputFile?: string;
  /** How far the list was at earlier runs, this one the last. */
  history?: readonly HistoryEntry[];
}

/** Turns the report into text that ends with a newline. */
export type Renderer = (report: Report, presentation: Presentation) => string;

/** Where CI servers say that they have checked the repository out. */
const CHECKOUTS = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR', 'BUILD_SOURCESDIRECTORY', 'WORKSPACE'] as const;

/** Paths relative to the checkout that the job works in; a tree outside of it keeps its own paths. */
export function locator(root: string, env: NodeJS.ProcessEnv): (file: string) => string {
  const known = CHECKOUTS.flatMap((name) => env[name] || []).find((folder) => isInside(root, folder));
  const checkout = known ?? process.cwd();
  return (file) => {
    const relative = path
      .relative(real(checkout), path.resolve(real(root), file))
      .split(path.sep)
      .join('/');
    return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  };
}

function isInside(folder: string, above: string): boolean {
  const relative = path.relative(real(above), real(folder));
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** A job's folder may be given through a link. */
function real(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : path.resolve(folder);
}

/** Whether a finding stands in a file, rather than at a running deployment. */
export function hasFile({ rule }: Finding): boolean {
  return rule !== 'live';
}

/** The message with the way out behind it, on one line. */
export function fullMessage({ message, hint, fix }: Finding): string {
  const ways = [
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ];
  return [message, ...ways].join(' — ');
}

/** `5 of 8 files migrated, 2 of 3 checks passed` and the number of findings. */
/** The verdict on a file in words: what names nothing of the agent was not migrated by anybody. */
export function verdictInWords({ verdict, reason, accepted }: ItemReport): string {
  return verdict === 'migrated' && reason !== undefined && !accepted ? 'nothing to do' : verdict;
}

export function headline({ ok, summary, live, notes, progress, cache, subject }: Report): string {
  const leftAlone = notes.filter(({ rule }) => rule === 'skipped').length;
  const { migrated, accepted, checks, checksFailed, checksManual, findings } = summary;
  const parts = [`${migrated} of ${count(progress.total, 'file')} migrated`];
  if (leftAlone > 0) parts.push(`${leftAlone} not read`);
  if (accepted > 0) parts.push(`${accepted} accepted by the baseline`);
  if (checks > 0)
    parts.push(`${checks - checksFailed - checksManual} of ${count(checks - checksManual, 'check')} passed`);
  if (checksManual > 0) parts.push(`${checksManual} for a person`);
  if (cache.module !== null && cache.verified === 'no') parts.push('the cache is not verified');
  if (cache.verified === 'run')
    parts.push(
      `the cache was run and gave one instance${subject.keyed ? ' for each set of arguments' : ''} to all calls`,
    );
  if (live !== undefined)
    parts.push(live.ok ? `the deployment is proven for ${live.path}` : 'the deployment is not proven');
  const isAllAccepted = ok && accepted > 0 && migrated < progress.total;
  const start = !ok ? `Not done, ${count(findings, 'finding')}` : isAllAccepted ? 'Nothing new' : 'Done';
  return `${start}: ${parts.join(', ')}`;
}

/** What the deployment showed, on one line; empty when it showed nothing. */
export function liveLine({ live }: Report): string {
  if (live === undefined) return '';
  if (live.creations === undefined) return `${live.url}: could not be measured`;
  const parts = [`${live.sent ?? live.requests} requests to ${live.path}`, `${live.creations} created`];
  parts.push(live.hits === undefined ? 'hits not shown' : `${live.hits} hits one by one`);
  if (live.otherHits !== undefined && live.otherHits > 0) parts.push(`${live.otherHits} of others`);
  if (live.cachedP50Ms !== undefined) {
    parts.push(
      `cached p50 ${live.cachedP50Ms} ms, health p50 ${live.healthP50Ms} ms, overhead ${live.overheadP50Ms} ms`,
    );
  }
  return `${live.url}: ${parts.join(', ')}`;
}

/** The first of some names, and how many more there are. */
export function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
