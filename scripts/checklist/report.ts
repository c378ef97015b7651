/** What the code says about a file of the list, or about one that the list forgot. */
export type Verdict =
  | 'migrated'
  | 'pending'
  | 'partial'
  | 'missing'
  | 'unparseable'
  | 'unlisted'
  /** Nobody read it as code, so that nothing is said of it. */
  | 'unchecked';

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
  | 'unchecked'
  | 'cache'
  | 'past-cache'
  | 'other-class'
  | 'tick'
  | 'check'
  | 'unknown-check'
  | 'manual'
  | 'baseline'
  | 'surroundings'
  /** A file that is to be gone is there. */
  | 'removal'
  /** A line that names a file in a form that is not read. */
  | 'unread-item'
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
  /** A stable name of the reason, finer than the rule; where the codemod cannot do it, its own: see docs/reasons.md. */
  id: string;
  message: string;
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
  /** Why nobody read it, with the verdict `unchecked`. */
  reason?: string;
  /** Where the guide names it; absent when it does not. */
  guideLine?: number;
  /** The guide that names it, relative to the root. */
  guide?: string;
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
  /** The guide that has it, relative to the root. */
  guide?: string;
  findings: Finding[];
}

/** What a running deployment showed. Times in milliseconds. */
export interface LiveReport {
  url: string;
  path: string;
  requests: number;
  /** All requests to the path; absent when it came to none. */
  sent?: number;
  ok: boolean;
  /** By how much `creation_count` rose over all requests; absent when it could not be read. */
  creations?: number;
  /** By how much the hits rose over the sequential requests, less what others raised; absent when they are not shown. */
  hits?: number;
  /** What others raised meanwhile, by what was seen while nobody here asked. */
  otherHits?: number;
  cachedP50Ms?: number;
  healthP50Ms?: number;
  /** Cached p50 less the health endpoint's p50: what the path itself costs. */
  overheadP50Ms?: number;
  findings: Finding[];
}

/** The module that gives the shared agent, and what shows that it shares it. */
export interface CacheReport {
  /** Its path in the tree, or the name of a package; null where there is none. */
  module: string | null;
  /** `source`: its code shows it · `run`: two calls in a process gave one instance · `no`: neither. */
  verified: 'source' | 'run' | 'no';
  /** Why it is not verified. */
  why?: string;
}

/** The class that the run looked for. */
export interface SubjectReport {
  agentClass: string;
  agentModule: string;
  /** The files that declare it, or the package that it is from. */
  declaredIn: string[];
  /** The cache module's function that gives the shared one. */
  factory: string;
  /** What builds it in place of `new`. */
  builtBy?: string;
  /** The cache has one for each set of arguments. */
  keyed?: boolean;
}

export interface Summary {
  items: number;
  migrated: number;
  pending: number;
  partial: number;
  missing: number;
  unparseable: number;
  unlisted: number;
  unchecked: number;
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
  /** All of them, where there are several. */
  guides: string[];
  /** What was looked for. */
  subject: SubjectReport;
  cache: CacheReport;
  /** How far the list is: what a badge shows. */
  progress: { migrated: number; total: number };
  /** Source files that the configuration's `exclude` took out of the run. */
  excluded: string[];
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
