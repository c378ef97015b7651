import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import { replaceFile } from '../cli/write-file.ts';
import { placesToday } from './accepted-places.ts';
import { commandsFor } from './commands.ts';
import { configAbove, detectionOptions, refuseOtherConfigs } from './detection-options.ts';
import { type Detector, detect } from './detector.ts';
import { isCi } from './environment.ts';
import { addItems } from './guide/add-items.ts';
import type { GuideItem } from './guide/guide-item.ts';
import { itemsOf, type OpenGuide, readGuides, unreadNotes } from './guide/read-guides.ts';
import { initGuide, refuseGuide } from './init-guide.ts';
import { type Checker, reportChecks, reportStrayChecks, runChecks } from './judge-checks.ts';
import { judgeTree, reportItems } from './judge-items.ts';
import type { ChecklistOptions } from './options.ts';
import type { Finding, LiveReport, Report } from './report.ts';
import { runCache } from './run-cache.ts';
import { stagedTree } from './staged-tree.ts';
import { summarize } from './summarize.ts';
import { gitTrouble } from './survey/git-trouble.ts';
import { excludedFiles, reasonUnread } from './survey/left-alone.ts';
import { notCheckedOut } from './survey/not-checked-out.ts';
import { refuseMissingCache } from './refuse-missing-cache.ts';
import { surveyNotes, surveyTree, type TreeSurvey } from './survey/survey-tree.ts';
import { readAccepted, turnRatchet } from './turn-ratchet.ts';
import type { Context } from './verdict.ts';
import { withBaseline } from './with-baseline.ts';
import { writeTicks } from './write-ticks.ts';

/** What a run is told as it goes on. */
export interface Listener {
  scanned: (phase: string, done: number, total: number) => void;
}

/**
 * Verifies a tree against its guides, and the guides against the tree.
 *
 * @throws UsageError when there is nothing to verify, or a write is not allowed or not possible
 */
export async function runGate(
  options: ChecklistOptions,
  env: NodeJS.ProcessEnv = process.env,
  detector: Detector = detect,
  listener: Listener = { scanned: () => {} },
): Promise<Report> {
  refuseWritesUnderCi(options, env);
  if (!options.staged) return verify(options, options.root, env, detector, listener);
  const { root, remove } = stagedTree(options.root, env);
  try {
    return await verify({ ...options, root }, options.root, env, detector, listener);
  } catch (error) {
    // The copy is nobody's folder.
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replaceAll(root, `what is staged of ${options.root}`));
  } finally {
    remove();
  }
}

/** @param shownRoot where the commands are run that the report prints */
async function verify(
  asked: ChecklistOptions,
  shownRoot: string,
  env: NodeJS.ProcessEnv,
  detector: Detector,
  listener: Listener,
): Promise<Report> {
  const options = await withBaseline(asked);
  const { root, guides: names } = options;
  const [mainGuide] = names;
  if (options.initGuide) refuseGuide(root, mainGuide);
  const given = options.initGuide ? undefined : await readGuides(root, names);
  const baseline = readAccepted(options);

  const codemod = await detectionOptions(root, options.detection);
  const withoutGit = options.staged ? undefined : gitTrouble(root);
  const commands = commandsFor({
    root: shownRoot,
    guides: names,
    options: codemod,
    asked: options.detection,
  });
  const detection = await detector(root, codemod, listener.scanned);
  if (options.initGuide) initGuide(root, mainGuide, codemod, detection);
  let guides = given ?? (await readGuides(root, names));
  await refuseOtherConfigs(root, codemod, [
    ...itemsOf(guides).flatMap((item) => item.paths),
    ...detection.read,
  ]);
  refuseMissingCache(root, codemod, itemsOf(guides), detection);
  const surveyed = withDoubt(
    surveyTree(root, codemod, options.detection, itemsOf(guides), detection),
    options.staged || withoutGit !== undefined ? undefined : notCheckedOut(root, codemod),
  );
  const run = options.verifyCache ? runCache(root, surveyed, codemod, env) : { findings: [], bare: [] };
  const found = withFindings(surveyed.findings, run.findings);
  const context: Context = {
    absolute: (itemPath) => path.join(root, itemPath),
    findingsOf: (itemPath) => found.get(itemPath) ?? [],
    filesFound: [...found.keys()],
    reasonUnread: reasonUnread(root, codemod),
    options: codemod,
    read: (itemPath) => readFileSync(path.join(root, itemPath), 'utf8'),
    codemodCommand: commands.codemod,
  };
  let states = judgeTree(root, itemsOf(guides), detection, context, commands);
  if (options.add && states.unlisted.size > 0) {
    addToGuide(guides[0], [...states.unlisted.keys()]);
    guides = await readGuides(root, names);
    states = judgeTree(root, itemsOf(guides), detection, context, commands);
  }
  const { live, checker } = await openChecks(options, itemsOf(guides));
  const outcomes = await runChecks(itemsOf(guides), checker);

  const items = options.write
    ? guides.flatMap(({ file, guide }) => writeTicks(file, guide.items, states, outcomes))
    : itemsOf(guides);
  const judged = reportItems(items, states, commands);
  const checks = reportChecks(items, outcomes, options.strict);
  const isUnreadable = (file: string) => detection.unfinished.get(file)?.status === 'error';
  const today =
    options.baseline === undefined
      ? []
      : placesToday(root, codemod.agentClass, detection, found, judged.items);
  const ratchet = turnRatchet(options, baseline, judged.items, today, isUnreadable, commands);
  const report = summarize({
    guide: mainGuide,
    guides: [...names],
    subject: surveyed.subject,
    cache: run.cache ?? surveyed.cache,
    excluded: excludedFiles(root, codemod),
    items: ratchet.items,
    checks: checks.checks,
    findings: [...guides.flatMap(({ name, guide }) => reportStrayChecks(name, guide)), ...ratchet.findings],
    notes: [
      ...judged.notes,
      ...checks.notes,
      ...unreadNotes(guides),
      ...surveyNotes(mainGuide, { ...surveyed, cache: run.cache ?? surveyed.cache }),
      ...bareNotes(mainGuide, run.bare),
      ...surroundingNotes(root, mainGuide, withoutGit),
    ],
    live,
    scanned: detection.scanned,
  });
  if (report.ok && surveyed.doubt !== undefined) throw new UsageError(`cannot tell: ${surveyed.doubt}`);
  return report;
}

function withDoubt(surveyed: TreeSurvey, doubt: string | undefined): TreeSurvey {
  return doubt === undefined || surveyed.doubt !== undefined ? surveyed : { ...surveyed, doubt };
}

function withFindings(
  found: ReadonlyMap<string, readonly Finding[]>,
  more: readonly Finding[],
): Map<string, Finding[]> {
  const all = new Map(Array.from(found, ([file, each]) => [file, [...each]]));
  for (const finding of more) {
    // What the source shows of a function of the cache, its run shows once more.
    const told = found.get(finding.file) ?? [];
    const isTold = told.some(({ rule, line }) => rule === finding.rule && line === finding.line);
    if (!isTold) all.set(finding.file, [...(all.get(finding.file) ?? []), finding]);
  }
  return all;
}

/** @throws UsageError when the guide cannot be written, or is no longer what was read */
function addToGuide(opened: OpenGuide | undefined, paths: readonly string[]): void {
  if (opened === undefined) return;
  const { file, guide } = opened;
  const mark = file.raw.slice(0, file.raw.length - file.text.length);
  try {
    replaceFile(file.file, file.raw, mark + addItems(file.text, guide.items, paths));
  } catch (error) {
    throw new UsageError(`${file.file} is not written: ${reasonOf(error)}`);
  }
}

/** How a cache was called that cannot be called as it is. */
function bareNotes(guide: string, bare: readonly string[]): Finding[] {
  return bare.map((message) => ({
    file: guide,
    line: 1,
    column: 1,
    rule: 'cache',
    id: 'cache-run-bare',
    message,
  }));
}

/** What around the tree a reader could take to count, and does not. */
function surroundingNotes(root: string, guide: string, withoutGit: string | undefined): Finding[] {
  const above = configAbove(root);
  const place = { file: guide, line: 1, column: 1, rule: 'surroundings' as const };
  return [
    ...(withoutGit === undefined ? [] : [{ ...place, id: 'no-git', message: withoutGit }]),
    ...(above === undefined
      ? []
      : [
          {
            ...place,
            id: 'config-above',
            message: `${path.relative(root, above)} is above the root and not read`,
            hint: 'run with --root there, or put a configuration into the root',
          },
        ]),
  ];
}

function refuseWritesUnderCi(
  { write, force, updateBaseline, mergeBaseline, accept, initGuide }: ChecklistOptions,
  env: NodeJS.ProcessEnv,
): void {
  if (!isCi(env)) return;
  const asked = [
    [updateBaseline, '--update-baseline'],
    [mergeBaseline, '--merge-baseline'],
    [accept !== undefined, '--accept'],
    [initGuide, '--init-guide'],
  ].find(([isAsked]) => isAsked === true);
  if (asked !== undefined)
    throw new UsageError(`${String(asked[1])} never runs under CI: run it here and commit the file`);
  if (write && !force)
    throw new UsageError('--write changes the guide, and CI never writes: run it here, or add --force');
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
