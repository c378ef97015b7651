import path from 'node:path';
import type { Palette } from '../../codemod/colour.ts';
import type { Finding, Report } from '../report.ts';

/** How a report is shown, beyond its format. */
export interface Presentation {
  palette: Palette;
  /** Where the code host finds a file of the tree: relative to its checkout. */
  locate: (file: string) => string;
}

/** Turns the report into text that ends with a newline. */
export type Renderer = (report: Report, presentation: Presentation) => string;

/** Paths relative to the checkout that the job works in; a tree outside of it keeps its own paths. */
export function locator(root: string, env: NodeJS.ProcessEnv): (file: string) => string {
  const checkout = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || process.cwd();
  return (file) => {
    const relative = path.relative(checkout, path.resolve(root, file)).split(path.sep).join('/');
    return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  };
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
export function headline({ ok, summary, live, notes }: Report): string {
  const leftAlone = notes.filter(({ rule }) => rule === 'skipped').length;
  const { items, migrated, accepted, checks, checksFailed, checksManual, findings } = summary;
  const parts = [`${migrated - leftAlone} of ${count(items - leftAlone, 'file')} migrated`];
  if (leftAlone > 0) parts.push(`${leftAlone} left alone`);
  if (accepted > 0) parts.push(`${accepted} accepted by the baseline`);
  if (checks > 0)
    parts.push(`${checks - checksFailed - checksManual} of ${count(checks - checksManual, 'check')} passed`);
  if (checksManual > 0) parts.push(`${checksManual} for a person`);
  if (live !== undefined) parts.push(live.ok ? 'the deployment is proven' : 'the deployment is not proven');
  return `${ok ? 'Done' : `Not done, ${count(findings, 'finding')}`}: ${parts.join(', ')}`;
}

/** What the deployment showed, on one line; empty when it showed nothing. */
export function liveLine({ live }: Report): string {
  if (live === undefined) return '';
  if (live.creations === undefined) return `${live.url}: could not be measured`;
  const parts = [`${2 * live.requests} requests to ${live.path}`, `${live.creations} created`];
  parts.push(live.hits === undefined ? 'hits not shown' : `${live.hits} hits`);
  if (live.cachedP50Ms !== undefined) {
    parts.push(
      `cached p50 ${live.cachedP50Ms} ms, health p50 ${live.healthP50Ms} ms, overhead ${live.overheadP50Ms} ms`,
    );
  }
  return `${live.url}: ${parts.join(', ')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
