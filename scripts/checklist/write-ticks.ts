import { UsageError } from '../cli/usage-error.ts';
import { replaceFile } from '../cli/write-file.ts';
import { reasonOf } from '../cli/system-error.ts';
import type { CheckComment, GuideItem } from './guide/guide-item.ts';
import type { GuideFile } from './guide/read-guide.ts';
import { setTicks } from './guide/set-ticks.ts';
import type { CheckOutcome } from './judge-checks.ts';
import type { TreeStates } from './judge-items.ts';
import type { PathState } from './judge-paths.ts';

/**
 * Sets every tick that code or a check can decide, and returns the items as they then stand.
 *
 * @throws UsageError when the guide cannot be written, or is no longer what was read
 */
export function writeTicks(
  guide: GuideFile,
  items: readonly GuideItem[],
  states: TreeStates,
  outcomes: ReadonlyMap<CheckComment, CheckOutcome>,
): GuideItem[] {
  const truthful = items.map((item) => ({ ...item, ticked: isDone(item, states, outcomes) }));
  const text = setTicks(
    guide.text,
    truthful.map(({ tickOffset, ticked }) => ({ offset: tickOffset, ticked })),
  );
  if (text === guide.text) return truthful;
  const mark = guide.raw.slice(0, guide.raw.length - guide.text.length);
  try {
    replaceFile(guide.file, guide.raw, mark + text);
  } catch (error) {
    throw new UsageError(`${guide.file} is not written: ${reasonOf(error)}`);
  }
  return truthful;
}

/** What only a person can confirm stays as the person left it. */
function isDone(
  { paths, checks, ticked }: GuideItem,
  states: TreeStates,
  outcomes: ReadonlyMap<CheckComment, CheckOutcome>,
): boolean {
  const verdicts = checks.map((check) => outcomes.get(check)?.verdict);
  const refuted = paths.some((path) => !isWell(states.listed.get(path))) || verdicts.includes('failed');
  if (refuted) return false;
  const isUnread = paths.some((path) => states.listed.get(path)?.verdict === 'unchecked');
  return isUnread || verdicts.includes('manual') ? ticked : true;
}

/** Of a file that was not read nothing is said, for or against. */
function isWell(state: PathState | undefined): boolean {
  return state?.verdict === 'migrated' || (state?.verdict === 'unchecked' && state.findings.length === 0);
}
