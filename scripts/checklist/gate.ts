import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../codemod/usage-error.ts';
import { accept, entriesOf, findStale, shrink } from './apply-baseline.ts';
import { type BaselineEntry, readBaseline, writeBaseline } from './baseline.ts';
import { type Commands, commandsFor } from './commands.ts';
import { detectionOptions } from './detection-options.ts';
import { type Detection, type Detector, detect } from './detector.ts';
import { isCi } from './environment.ts';
import type { GuideItem } from './guide/guide-item.ts';
import { parseGuide } from './guide/parse-guide.ts';
import { readGuide } from './guide/read-guide.ts';
import { type Checker, reportChecks, reportStrayChecks, runChecks } from './judge-checks.ts';
import { judgeTree, reportItems } from './judge-items.ts';
import type { ChecklistOptions } from './options.ts';
import type { LiveReport, Report } from './report.ts';
import { summarize } from './summarize.ts';
import type { Context } from './verdict.ts';
import { writeTicks } from './write-ticks.ts';

/**
 * Verifies a tree against its guide, and the guide against the tree.
 *
 * @throws UsageError when there is nothing to verify, or a write is not allowed or not possible
 */
export async function runGate(
  options: ChecklistOptions,
  env: NodeJS.ProcessEnv = process.env,
  detector: Detector = detect,
): Promise<Report> {
  refuseWritesUnderCi(options, env);
  const { root, guide: guideName } = options;
  const guideFile = readGuide(root, guideName);
  const guide = await parseGuide(guideFile.text, root);
  if (guide.items.length === 0) {
    throw new UsageError(
      `the guide ${guideName} lists nothing: no task (- [ ]) has a path in backticks or a check`,
    );
  }
  const baseline = readAcceptedEntries(options);

  const codemod = await detectionOptions(root, options.detection);
  const commands = commandsFor({ root, guide: guideName, options: codemod });
  const detection = await detector(root, codemod);
  const context: Context = {
    options: codemod,
    read: (itemPath) => readFileSync(path.join(root, itemPath), 'utf8'),
    codemodCommand: commands.codemod,
  };
  const states = judgeTree(root, guideName, guide.items, detection, context, commands);
  const { live, checker } = await openChecks(options, guide.items);
  const outcomes = await runChecks(guide.items, checker);

  const items: GuideItem[] = options.write
    ? writeTicks(guideFile, guide.items, states, outcomes)
    : guide.items;
  const judged = reportItems(guideName, items, states, commands);
  const checks = reportChecks(guideName, items, outcomes, options.strict);
  const ratchet = turnRatchet(options, baseline, detection, commands);
  return summarize({
    guide: guideName,
    items: accept(judged.items, ratchet.entries, entriesOf(detection)),
    checks: checks.checks,
    findings: [...reportStrayChecks(guideName, guide), ...ratchet.findings],
    notes: [...judged.notes, ...checks.notes],
    live,
    scanned: detection.scanned,
  });
}

function refuseWritesUnderCi(
  { write, force, updateBaseline }: ChecklistOptions,
  env: NodeJS.ProcessEnv,
): void {
  if (!isCi(env)) return;
  if (updateBaseline)
    throw new UsageError('--update-baseline never runs under CI: run it here and commit the file');
  if (write && !force)
    throw new UsageError('--write changes the guide, and CI never writes: run it here, or add --force');
}

function readAcceptedEntries({
  root,
  baseline,
  updateBaseline,
}: ChecklistOptions): BaselineEntry[] | undefined {
  if (baseline === undefined) return undefined;
  const entries = readBaseline(root, baseline);
  if (entries === undefined && !updateBaseline) {
    throw new UsageError(`there is no baseline ${baseline}: start one with --update-baseline`);
  }
  return entries;
}

function turnRatchet(
  { root, baseline: file, updateBaseline }: ChecklistOptions,
  accepted: BaselineEntry[] | undefined,
  detection: Detection,
  commands: Commands,
) {
  if (file === undefined) return { entries: [], findings: [] };
  const today = entriesOf(detection);
  if (!updateBaseline) {
    return { entries: accepted ?? [], findings: findStale(file, accepted ?? [], today, commands) };
  }
  const entries = shrink(accepted, today);
  writeBaseline(root, file, entries);
  return { entries, findings: [] };
}

/** What looks checks up, in the source or in a deployment, loads only for those who ask for it. */
async function openChecks(
  { root, live }: ChecklistOptions,
  items: readonly GuideItem[],
): Promise<{ live?: LiveReport; checker: Checker }> {
  const checker = items.some((item) => item.checks.length > 0) ? await loadSourceChecker(root) : noChecks;
  if (live === undefined) return { checker };
  const { openLive } = await import('./live/open-live.ts');
  return openLive(live, checker);
}

async function loadSourceChecker(root: string): Promise<Checker> {
  const { sourceChecker } = await import('./checks/check-source.ts');
  return sourceChecker(root);
}

const noChecks: Checker = () => ({ verdict: 'manual' });
