import { failingFindings, type ItemReport, type Report, type Summary, type Verdict } from './report.ts';

/** A report but for what follows from its parts. */
export type Parts = Omit<Report, 'version' | 'ok' | 'summary' | 'progress'> & { scanned: number };

/** Counts the parts of a report and says whether all of them are well. */
export function summarize({ scanned, ...parts }: Parts): Report {
  const { items, checks, findings, live } = parts;
  const ok =
    items.every((item) => item.ok) &&
    checks.every((check) => check.ok) &&
    findings.length === 0 &&
    (live === undefined || live.ok);
  const progress = {
    migrated: count(items, 'migrated'),
    total: items.length - items.filter((item) => item.verdict === 'unchecked' && item.ok).length,
  };
  const report: Report = { version: 1, ok, ...parts, progress, summary: emptySummary() };
  report.summary = {
    items: items.length,
    migrated: count(items, 'migrated'),
    pending: count(items, 'pending'),
    partial: count(items, 'partial'),
    missing: count(items, 'missing'),
    unparseable: count(items, 'unparseable'),
    unlisted: count(items, 'unlisted'),
    unchecked: count(items, 'unchecked'),
    checks: checks.length,
    checksFailed: checks.filter((check) => check.verdict === 'failed').length,
    checksManual: checks.filter((check) => check.verdict === 'manual').length,
    accepted: items.filter((item) => item.accepted).length,
    findings: failingFindings(report).length,
    scanned,
  };
  return report;
}

function count(items: readonly ItemReport[], verdict: Verdict): number {
  return items.filter((item) => item.verdict === verdict).length;
}

function emptySummary(): Summary {
  return {
    items: 0,
    migrated: 0,
    pending: 0,
    partial: 0,
    missing: 0,
    unparseable: 0,
    unlisted: 0,
    unchecked: 0,
    checks: 0,
    checksFailed: 0,
    checksManual: 0,
    accepted: 0,
    findings: 0,
    scanned: 0,
  };
}
