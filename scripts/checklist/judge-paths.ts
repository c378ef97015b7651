import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import type { Finding, Rule, Verdict } from './report.ts';
import type { Place, TreePaths } from './tree-paths.ts';
import { type Context, describeResult, judge } from './verdict.ts';

/** On any system: guides are read elsewhere than where they were written. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;
const OUTSIDE: Place = { kind: 'absent', real: '..' };

/** What the tree says about one path, wherever it was named. */
export interface PathState {
  verdict: Verdict;
  findings: Finding[];
  /** The file behind the path's links, where there is one. */
  file?: string;
}

/** Where the guide names a path. */
export interface GuidePlace {
  guide: string;
  line: number;
  column: number;
}

/** The verdict on a listed path, with the findings that belong to it. */
export function judgePath(
  paths: TreePaths,
  itemPath: string,
  place: GuidePlace,
  detection: Detection,
  context: Context,
  commands: Commands,
): PathState {
  const { kind, real } = isOutside(itemPath) ? OUTSIDE : paths.look(itemPath);
  const fault = findPathFault(itemPath, kind, real);
  if (fault === undefined) {
    const result = detection.unfinished.get(real);
    if (result === undefined) return { verdict: 'migrated', findings: [], file: real };
    return {
      verdict: judge(real, result, context),
      findings: describeResult(real, result, context),
      file: real,
    };
  }
  const fix = fault.rule === 'missing' && isCacheModule(itemPath) ? { fix: commands.init(itemPath) } : {};
  const { guide, line, column } = place;
  return { verdict: 'missing', findings: [{ file: guide, line, column, ...fault, ...fix }] };
}

/** The verdict on a file of the tree that gets an agent the old way and is not listed. */
export function judgeUnlisted(
  itemPath: string,
  detection: Detection,
  context: Context,
  guide: string,
): PathState {
  const result = detection.unfinished.get(itemPath);
  if (result === undefined) return { verdict: 'migrated', findings: [] };
  const findings = describeResult(itemPath, result, context);
  if (result.status === 'error') return { verdict: 'unparseable', findings };
  return {
    verdict: 'unlisted',
    findings: findings.map((finding) => ({
      ...finding,
      rule: 'unlisted',
      message: `${finding.message} (${guide} does not list this file)`,
    })),
  };
}

interface PathFault {
  rule: Rule;
  message: string;
  hint: string;
}

function findPathFault(itemPath: string, kind: Place['kind'], real: string): PathFault | undefined {
  if (isOutside(real)) return outside(itemPath);
  if (kind === 'file') return undefined;
  if (kind === 'absent') {
    return {
      rule: 'missing',
      message: `${itemPath} does not exist`,
      hint: 'restore the file, correct its path in the guide, or take the item out',
    };
  }
  return {
    rule: 'folder',
    message: `${itemPath} is ${kind === 'folder' ? 'a folder' : 'not a regular file'}, and the checklist verifies files`,
    hint: 'list the files one by one',
  };
}

function isOutside(itemPath: string): boolean {
  return ABSOLUTE.test(itemPath) || itemPath === '..' || itemPath.startsWith('../');
}

function outside(itemPath: string): PathFault {
  return {
    rule: 'outside-tree',
    message: `${itemPath} is outside the tree`,
    hint: 'list files of this tree, relative to its root',
  };
}

function isCacheModule(itemPath: string): boolean {
  return /(?:^|\/)agent-cache\.[cm]?[jt]s$/.test(itemPath) && itemPath.split('/').length > 2;
}
