/** What the code says about a file of the list, or about one that the list forgot. */
export type Verdict = 'migrated' | 'pending' | 'partial' | 'missing' | 'unparseable' | 'unlisted';

/** Stable names of the reasons why the gate fails or remarks on something. */
export type Rule =
  | 'old-way'
  | 'unlisted'
  | 'missing'
  | 'folder'
  | 'outside-tree'
  | 'unparseable'
  | 'duplicate'
  | 'skipped'
  | 'tick'
  | 'check'
  | 'unknown-check'
  | 'manual'
  | 'baseline'
  | 'live';

/** One thing to do, with its place and the way to do it. */
export interface Finding {
  /** Relative to the root of the tree, with forward slashes. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units. */
  column: number;
  rule: Rule;
  message: string;
  /** The id of the codemod's reason, where it cannot do it: see docs/reasons.md. */
  id?: string;
  /** Why the codemod cannot do it, where it cannot. */
  reason?: string;
  /** What a person can do about it. */
  hint?: string;
  /** The exact command that fixes it, where there is one. */
  fix?: string;
}

/** A file of the list, or one of the tree that should be on it. */
export interface ItemReport {
  kind: 'file';
  path: string;
  verdict: Verdict;
  ticked: boolean;
  ok: boolean;
  /** Whether the baseline accepts all that is left to do in it. */
  accepted: boolean;
  /** Where the guide names it; absent when it does not. */
  guideLine?: number;
  findings: Finding[];
}

export type CheckKind = 'route' | 'metric' | 'script' | 'manual' | 'unknown';

/** A task of the list that carries a check of its own. */
export interface CheckReport {
  kind: CheckKind;
  /** What is looked for: `GET /health/agent-cache`, a metric's or a script's name. */
  target: string;
  /** The item's text. */
  text: string;
  verdict: 'passed' | 'failed' | 'manual';
  ticked: boolean;
  ok: boolean;
  guideLine: number;
  findings: Finding[];
}

/** What a running deployment showed. Times in milliseconds. */
export interface LiveReport {
  url: string;
  path: string;
  requests: number;
  ok: boolean;
  /** By how much `creation_count` rose over all requests; absent when it could not be read. */
  creations?: number;
  /** By how much the hit counter rose over the sequential requests; absent when there is none. */
  hits?: number;
  cachedP50Ms?: number;
  healthP50Ms?: number;
  /** Cached p50 less the health endpoint's p50: what the path itself costs. */
  overheadP50Ms?: number;
  findings: Finding[];
}

export interface Summary {
  items: number;
  migrated: number;
  pending: number;
  partial: number;
  missing: number;
  unparseable: number;
  unlisted: number;
  checks: number;
  checksFailed: number;
  checksManual: number;
  accepted: number;
  findings: number;
  /** Source files of the tree that were looked at. */
  scanned: number;
}

/** The whole answer of a run. */
export interface Report {
  version: 1;
  ok: boolean;
  guide: string;
  items: ItemReport[];
  checks: CheckReport[];
  /** What fails and belongs to no item. */
  findings: Finding[];
  /** Remarks that do not fail. */
  notes: Finding[];
  live?: LiveReport;
  summary: Summary;
}

/** Every finding of a report that makes it fail, in the order of its parts. */
export function failingFindings(report: Report): Finding[] {
  const parts = [...report.items, ...report.checks, ...(report.live === undefined ? [] : [report.live])];
  return [...parts.filter((part) => !part.ok).flatMap((part) => part.findings), ...report.findings];
}
