import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import { howItNames } from './survey/how-it-names.ts';
import { GIT_IGNORES_IT, LINK_LEADS_OUT } from './survey/left-alone.ts';
import type { Finding, Rule, Verdict } from './report.ts';
import type { Place, TreePaths } from './tree-paths.ts';
import { type Context, describeResult, judge, judgeFound } from './verdict.ts';

/** On any system: guides are read elsewhere than where they were written. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;
const OUTSIDE: Place = { kind: 'absent', real: '..' };

/** What the tree says about one path, wherever it was named. */
export interface PathState {
  verdict: Verdict;
  findings: Finding[];
  /** Why nobody read the file. */
  reason?: string;
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
  const { kind, real } = detection.read.has(itemPath)
    ? { kind: 'file' as const, real: itemPath }
    : isOutside(itemPath)
      ? OUTSIDE
      : paths.look(itemPath);
  const fault = findPathFault(itemPath, kind, real);
  if (fault === undefined) {
    return { ...judgeFile(real, place, detection, context), file: real };
  }
  const fix = fault.rule === 'missing' && isCacheModule(itemPath) ? { fix: commands.init(itemPath) } : {};
  const { guide, line, column } = place;
  return { verdict: 'missing', findings: [{ file: guide, line, column, id: fault.rule, ...fault, ...fix }] };
}

function judgeFile(
  file: string,
  { guide, line, column }: GuidePlace,
  detection: Detection,
  context: Context,
): PathState {
  const more = context.findingsOf(file);
  const result = detection.unfinished.get(file);
  if (result !== undefined) {
    const findings = [...describeResult(file, result, context), ...more];
    return { verdict: judge(file, result, context), findings };
  }
  if (more.length > 0) return { verdict: judgeFound(file, context), findings: [...more] };
  if (detection.read.has(file)) {
    const nothing = nothingToDo(file, detection, context);
    return { verdict: 'migrated', findings: [], ...(nothing === undefined ? {} : { reason: nothing }) };
  }
  const reason = context.reasonUnread(file);
  const isFound = detection.unread.has(file) && detection.unread.get(file) === undefined;
  const names = howItNames(context.absolute(file), isFound, context.options);
  if (names === undefined) return { verdict: 'unchecked', reason, findings: [] };
  const finding: Finding = {
    file: guide,
    line,
    column,
    rule: 'unchecked',
    id: 'unchecked',
    message: `${file} ${names} and was not read: ${reason}`,
    hint: 'look at the file yourself and take the item out, or make it a file that the codemod reads',
  };
  return { verdict: 'unchecked', reason, findings: [finding] };
}

/** That there was nothing to migrate in a file, where it names nothing of what the others are judged by. */
function nothingToDo(
  file: string,
  { naming, namingCache }: Detection,
  { options }: Context,
): string | undefined {
  if (naming.has(file) || namingCache.has(file)) return undefined;
  return `names neither ${options.agentClass} nor its cache`;
}

/** The verdict on a file that the guide wants gone. */
export function judgeRemoval(
  paths: TreePaths,
  itemPath: string,
  { guide, line, column }: GuidePlace,
): PathState {
  const { kind, real } = isOutside(itemPath) ? OUTSIDE : paths.look(itemPath);
  const place = { file: guide, line, column };
  if (isOutside(real))
    return { verdict: 'missing', findings: [{ ...place, id: 'outside-tree', ...outside(itemPath) }] };
  if (kind === 'absent') return { verdict: 'migrated', findings: [] };
  const message = `${itemPath} is still there`;
  const finding: Finding = {
    ...place,
    rule: 'removal',
    id: 'still-there',
    message,
    hint: 'delete it, or say in the guide what is to be done with it',
  };
  return { verdict: 'pending', findings: [finding], file: real };
}

/** The verdict on a file of the tree that gets an agent the old way and is not listed. */
export function judgeUnlisted(
  itemPath: string,
  detection: Detection,
  context: Context,
  guide: string,
  commands: Commands,
): PathState {
  const result = detection.unfinished.get(itemPath);
  if (result === undefined && detection.unread.has(itemPath)) {
    const importer = detection.unread.get(itemPath);
    const unread = context.reasonUnread(itemPath);
    const reason = importer === undefined ? unread : `${unread}, yet ${importer} imports it`;
    const names = howItNames(context.absolute(itemPath), importer === undefined, context.options);
    const message = `${names} and was not read: ${reason}`;
    const hint =
      importer === undefined
        ? unread === LINK_LEADS_OUT
          ? 'put what it leads to into the tree, or exclude it here and run the checklist where it is'
          : 'take the agent in a module of JavaScript or TypeScript that this file imports'
        : unread === GIT_IGNORES_IT
          ? 'take the agent in a file that git tracks, or let it track this one'
          : 'give it a name that is none of a test, so that it is read as what it is';
    const place = { file: itemPath, line: 1, column: 1 };
    return {
      verdict: 'unchecked',
      reason,
      findings: [{ ...place, rule: 'unchecked', id: 'unchecked', message, hint }],
    };
  }
  const findings = [
    ...(result === undefined ? [] : describeResult(itemPath, result, context)),
    ...context.findingsOf(itemPath),
  ];
  if (findings.length === 0) return { verdict: 'migrated', findings };
  if (result?.status === 'error') return { verdict: 'unparseable', findings };
  return {
    verdict: 'unlisted',
    findings: findings.map((finding) => ({
      ...finding,
      rule: finding.rule === 'old-way' ? ('unlisted' as const) : finding.rule,
      message: `${finding.message} (${guide} does not list this file)`,
      ...(finding.fix === undefined && finding.hint === undefined ? { fix: commands.add() } : {}),
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
