import type { Commands } from './commands.ts';
import { type Detection, leftAlone } from './detector.ts';
import type { GuideItem } from './guide/guide-item.ts';
import { judgePath, judgeUnlisted, type PathState } from './judge-paths.ts';
import type { Finding, ItemReport } from './report.ts';
import { TreePaths } from './tree-paths.ts';
import type { Context } from './verdict.ts';

/** The state of every path that matters: the listed ones in the guide's order, then the unlisted ones by name. */
export interface TreeStates {
  listed: Map<string, PathState>;
  unlisted: Map<string, PathState>;
  /** The listed paths that nobody looked at. */
  skipped: Set<string>;
}

/** Judges every listed path once, and every file that should have been listed. */
export function judgeTree(
  root: string,
  guide: string,
  items: readonly GuideItem[],
  detection: Detection,
  context: Context,
  commands: Commands,
): TreeStates {
  const places = new TreePaths(root);
  const listed = new Map<string, PathState>();
  const named = new Set<string>();
  const skipped = new Set<string>();
  const isLeftAlone = leftAlone(root, context.options);
  for (const { paths, line, column } of items) {
    for (const itemPath of paths) {
      if (listed.has(itemPath)) continue;
      const state = judgePath(places, itemPath, { guide, line, column }, detection, context, commands);
      listed.set(itemPath, state);
      named.add(state.file ?? itemPath);
      if (state.verdict === 'migrated' && isLeftAlone(state.file ?? itemPath)) skipped.add(itemPath);
    }
  }
  const forgotten = [...detection.unfinished.keys()].filter((itemPath) => !named.has(itemPath)).sort();
  const unlisted = new Map(
    forgotten.map((itemPath) => [itemPath, judgeUnlisted(itemPath, detection, context, guide)] as const),
  );
  return { listed, unlisted, skipped };
}

export interface JudgedItems {
  items: ItemReport[];
  notes: Finding[];
}

/** Holds the ticks of the guide against the states of the tree. */
export function reportItems(
  guide: string,
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
      const tick = findTickFault(guide, item, itemPath, state, commands);
      const known = reports.get(itemPath);
      if (known !== undefined) {
        notes.push(duplicateNote(guide, item, itemPath, known));
        if (tick?.fails === true) known.findings.push(tick.finding);
        known.ticked ||= item.ticked;
        continue;
      }
      const findings = tick?.fails === true ? [...state.findings, tick.finding] : [...state.findings];
      if (states.skipped.has(itemPath)) notes.push(skippedNote(guide, item, itemPath));
      else if (tick?.fails === false) notes.push(tick.finding);
      reports.set(itemPath, {
        ...newItem(itemPath, { verdict: state.verdict, findings }),
        ticked: item.ticked,
        guideLine: item.line,
      });
    }
  }
  const unlisted = Array.from(states.unlisted, ([itemPath, state]) => newItem(itemPath, state));
  return { items: [...reports.values(), ...unlisted], notes };
}

function newItem(itemPath: string, { verdict, findings }: PathState): ItemReport {
  return {
    kind: 'file',
    path: itemPath,
    verdict,
    ticked: false,
    ok: verdict === 'migrated',
    accepted: false,
    findings,
  };
}

interface TickFault {
  fails: boolean;
  finding: Finding;
}

function findTickFault(
  guide: string,
  { ticked, line, column, paths }: GuideItem,
  itemPath: string,
  { verdict }: PathState,
  commands: Commands,
): TickFault | undefined {
  const fails = ticked && verdict !== 'migrated';
  const lags = !ticked && verdict === 'migrated' && paths.length === 1;
  if (!fails && !lags) return undefined;
  const message = fails
    ? `${itemPath} is ticked, but the code says ${verdict}`
    : `${itemPath} is migrated, but not ticked`;
  return { fails, finding: { file: guide, line, column, rule: 'tick', message, fix: commands.setTicks() } };
}

function skippedNote(guide: string, { line, column }: GuideItem, itemPath: string): Finding {
  return {
    file: guide,
    line,
    column,
    rule: 'skipped',
    message: `${itemPath} is a test, a declaration, excluded or no code of this tree's own: the codemod leaves it alone`,
    hint: 'take the item out, or look at the file yourself',
  };
}

function duplicateNote(
  guide: string,
  { line, column }: GuideItem,
  itemPath: string,
  first: ItemReport,
): Finding {
  return {
    file: guide,
    line,
    column,
    rule: 'duplicate',
    message: `${itemPath} is a duplicate: line ${first.guideLine} lists it already`,
    hint: 'take one of the two out',
  };
}
