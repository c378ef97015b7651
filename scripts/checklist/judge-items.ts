import type { Commands } from './commands.ts';
import type { Detection } from './detector.ts';
import type { GuideItem } from './guide/guide-item.ts';
import { judgePath, judgeRemoval, judgeUnlisted, type PathState } from './judge-paths.ts';
import type { Finding, ItemReport } from './report.ts';
import { howItNames } from './survey/how-it-names.ts';
import { TreePaths } from './tree-paths.ts';
import type { Context } from './verdict.ts';

/** The state of every path that matters: the listed ones in the guide's order, then the unlisted ones by name. */
export interface TreeStates {
  listed: Map<string, PathState>;
  unlisted: Map<string, PathState>;
}

/** Judges every listed path once, and every file that should have been listed. */
export function judgeTree(
  root: string,
  items: readonly GuideItem[],
  detection: Detection,
  context: Context,
  commands: Commands,
): TreeStates {
  const places = new TreePaths(root);
  const listed = new Map<string, PathState>();
  const named = new Set<string>();
  for (const { guide, paths, line, column, isRemoval } of items) {
    for (const itemPath of paths) {
      if (listed.has(itemPath)) continue;
      const place = { guide, line, column };
      const state = isRemoval
        ? judgeRemoval(places, itemPath, place)
        : judgePath(places, itemPath, place, detection, context, commands);
      listed.set(itemPath, state);
      named.add(state.file ?? itemPath);
    }
  }
  const forgotten = [
    ...new Set([...detection.unfinished.keys(), ...context.filesFound, ...namingUnread(detection, context)]),
  ]
    .filter((itemPath) => !named.has(itemPath))
    .sort();
  const unlisted = new Map(
    forgotten.map(
      (itemPath) =>
        [itemPath, judgeUnlisted(itemPath, detection, context, items[0]?.guide ?? '', commands)] as const,
    ),
  );
  return { listed, unlisted };
}

function namingUnread({ unread }: Detection, { absolute, options }: Context): string[] {
  return [...unread]
    .filter(([itemPath, importer]) => howItNames(absolute(itemPath), importer === undefined, options))
    .map(([itemPath]) => itemPath);
}

export interface JudgedItems {
  items: ItemReport[];
  notes: Finding[];
}

/** Holds the ticks of the guide against the states of the tree. */
export function reportItems(
  items: readonly GuideItem[],
  states: TreeStates,
  commands: Commands,
): JudgedItems {
  const reports = new Map<string, ItemReport>();
  const notes: Finding[] = [];
  for (const item of items) {
    for (const itemPath of item.paths) {
      const state = states.listed.get(itemPath);
      if (state === undefined) continue;
      const tick = findTickFault(item, itemPath, state, commands);
      const known = reports.get(itemPath);
      if (known !== undefined) {
        notes.push(duplicateNote(item, itemPath, known));
        if (tick?.fails === true) known.findings.push(tick.finding);
        known.ticked ||= item.ticked;
        continue;
      }
      const findings = tick?.fails === true ? [...state.findings, tick.finding] : [...state.findings];
      if (state.verdict === 'unchecked' && findings.length === 0)
        notes.push(skippedNote(item, itemPath, state.reason ?? ''));
      else if (tick?.fails === false) notes.push(tick.finding);
      reports.set(itemPath, {
        ...newItem(itemPath, { ...state, findings }),
        ticked: item.ticked,
        guideLine: item.line,
        guide: item.guide,
      });
    }
  }
  const unlisted = Array.from(states.unlisted, ([itemPath, state]) => newItem(itemPath, state));
  return { items: [...reports.values(), ...unlisted], notes };
}

function newItem(itemPath: string, { verdict, findings, reason }: PathState): ItemReport {
  return {
    kind: 'file',
    path: itemPath,
    verdict,
    ticked: false,
    ok: verdict === 'migrated' || (verdict === 'unchecked' && findings.length === 0),
    accepted: false,
    ...(reason === undefined ? {} : { reason }),
    findings,
  };
}

interface TickFault {
  fails: boolean;
  finding: Finding;
}

function findTickFault(
  { guide, ticked, line, column, paths }: GuideItem,
  itemPath: string,
  { verdict, findings, reason }: PathState,
  commands: Commands,
): TickFault | undefined {
  if (verdict === 'unchecked' && findings.length === 0) return undefined;
  const fails = ticked && verdict !== 'migrated';
  const lags = !ticked && verdict === 'migrated' && paths.length === 1;
  if (!fails && !lags) return undefined;
  const message = fails
    ? `${itemPath} is ticked, but the code says ${verdict}`
    : `${itemPath} ${reason === undefined ? 'is migrated, but' : 'has nothing to do, but is'} not ticked`;
  return {
    fails,
    finding: {
      file: guide,
      line,
      column,
      rule: 'tick',
      id: fails ? 'tick-untrue' : 'tick-missing',
      message,
      fix: commands.setTicks(),
    },
  };
}

function skippedNote({ guide, line, column }: GuideItem, itemPath: string, reason: string): Finding {
  return {
    file: guide,
    line,
    column,
    rule: 'skipped',
    id: 'skipped',
    message: `${itemPath} was not read: ${reason}`,
    hint: 'take the item out, or look at the file yourself',
  };
}

function duplicateNote({ guide, line, column }: GuideItem, itemPath: string, first: ItemReport): Finding {
  return {
    file: guide,
    line,
    column,
    rule: 'duplicate',
    id: 'duplicate',
    message: `${itemPath} is a duplicate: ${first.guide === undefined || first.guide === guide ? '' : `${first.guide}, `}line ${first.guideLine} lists it already`,
    hint: 'take one of the two out',
  };
}
