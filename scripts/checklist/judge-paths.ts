import { lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import type { Finding, Rule, Verdict } from './report.ts';
import { type Context, describeResult, judge } from './verdict.ts';

/** What the tree says about one path, wherever it was named. */
export interface PathState {
  verdict: Verdict;
  findings: Finding[];
}

/** Where the guide names a path. */
export interface GuidePlace {
  guide: string;
  line: number;
  column: number;
}

/** The verdict on a listed path, with the findings that belong to it. */
export function judgePath(
  root: string,
  itemPath: string,
  place: GuidePlace,
  detection: Detection,
  context: Context,
  commands: Commands,
): PathState {
  const result = detection.unfinished.get(itemPath);
  if (result !== undefined) {
    return { verdict: judge(itemPath, result, context), findings: describeResult(itemPath, result, context) };
  }
  const fault = findPathFault(root, itemPath);
  if (fault === undefined) return { verdict: 'migrated', findings: [] };
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

function findPathFault(root: string, itemPath: string): PathFault | undefined {
  if (path.posix.isAbsolute(itemPath) || itemPath === '..' || itemPath.startsWith('../'))
    return outside(itemPath);
  const absolute = path.join(root, itemPath);
  const link = lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) {
    return {
      rule: 'missing',
      message: `${itemPath} does not exist`,
      hint: 'restore the file, correct its path in the guide, or take the item out',
    };
  }
  if (link && leavesTree(root, absolute)) return outside(itemPath);
  if (stats.isFile()) return undefined;
  return {
    rule: 'folder',
    message: `${itemPath} is ${stats.isDirectory() ? 'a folder' : 'not a regular file'}, and the checklist verifies files`,
    hint: 'list the files one by one',
  };
}

function leavesTree(root: string, file: string): boolean {
  return path.relative(realpathSync(root), realpathSync(file)).startsWith('..');
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
