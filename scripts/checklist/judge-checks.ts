import type { CheckComment, Guide, GuideItem } from './guide/guide-item.ts';
import type { CheckReport, Finding } from './report.ts';

/** What became of a check; `message` says what is missing when it failed. */
export interface CheckOutcome {
  verdict: 'passed' | 'failed' | 'manual';
  message?: string;
  hint?: string;
}

/** Looks one check up, in the source or in a running deployment. */
export type Checker = (check: CheckComment) => Promise<CheckOutcome> | CheckOutcome;

/** Runs every check of the guide once, in order. */
export async function runChecks(
  items: readonly GuideItem[],
  checker: Checker,
): Promise<Map<CheckComment, CheckOutcome>> {
  const outcomes = new Map<CheckComment, CheckOutcome>();
  for (const check of items.flatMap((item) => item.checks)) {
    outcomes.set(check, check.kind === 'manual' ? { verdict: 'manual' } : await checker(check));
  }
  return outcomes;
}

/**
 * Holds the ticks against the outcomes. A manual check is done when a person has ticked it, which counts only
 * when the run is strict.
 */
export function reportChecks(
  items: readonly GuideItem[],
  outcomes: ReadonlyMap<CheckComment, CheckOutcome>,
  strict: boolean,
): { checks: CheckReport[]; notes: Finding[] } {
  const notes: Finding[] = [];
  const checks = items.flatMap((item) =>
    item.checks.map((check): CheckReport => {
      const outcome = outcomes.get(check) ?? { verdict: 'failed' };
      const findings = findFaults(item, check, outcome, strict);
      const place = { file: item.guide, line: item.line, column: item.column };
      if (
        outcome.verdict === 'passed' &&
        !item.ticked &&
        item.paths.length === 0 &&
        item.checks.length === 1
      ) {
        notes.push({
          ...place,
          rule: 'tick',
          id: 'tick-missing',
          message: `${describe(check)} is there, but not ticked`,
        });
      }
      return {
        kind: check.kind,
        target: check.target,
        text: item.text,
        verdict: outcome.verdict,
        ticked: item.ticked,
        ok: findings.length === 0,
        guideLine: item.line,
        guide: item.guide,
        findings,
      };
    }),
  );
  return { checks, notes };
}

/** Comments that look like checks and hang on no task would pass unseen. */
export function reportStrayChecks(guide: string, { strayChecks }: Guide): Finding[] {
  return strayChecks.map((place) => ({
    file: guide,
    ...place,
    rule: 'unknown-check',
    id: 'stray-check',
    message: 'a check comment belongs to no task',
    hint: 'put it on the line of its task, or indent it below',
  }));
}

function findFaults(
  { guide, line, column, ticked, text }: GuideItem,
  check: CheckComment,
  outcome: CheckOutcome,
  strict: boolean,
): Finding[] {
  const place = { file: guide, line, column };
  if (outcome.verdict === 'manual') {
    if (!strict || ticked) return [];
    const message = `"${text}" is for a person to confirm, and nobody has ticked it`;
    return [
      { ...place, rule: 'manual', id: 'manual', message, hint: 'confirm it, then tick it in the guide' },
    ];
  }
  if (outcome.verdict === 'passed') return [];
  const rule = check.kind === 'unknown' ? 'unknown-check' : 'check';
  const message = outcome.message ?? `${describe(check)} is not there`;
  const hint = outcome.hint ?? 'add it, or correct the check in the guide';
  return [
    { ...place, rule, id: rule, message: ticked ? `${message}, although it is ticked` : message, hint },
  ];
}

function describe({ kind, target }: CheckComment): string {
  return `${kind} ${target}`;
}
