/** A check that a task carries in an HTML comment. */
export interface CheckComment {
  kind: 'route' | 'metric' | 'script' | 'manual' | 'unknown';
  /** Normalised: `GET /health/agent-cache`, a metric's or a script's name; for `unknown`, what the comment says. */
  target: string;
}

/** A task of the guide that names files or carries checks. Lines and columns are 1-based. */
export interface GuideItem {
  /** The item's own text on one line. */
  text: string;
  line: number;
  column: number;
  ticked: boolean;
  /** Where its tick character stands in the guide's text, in UTF-16 units. */
  tickOffset: number;
  paths: string[];
  /** Whether its files are to be gone: `Delete \`src/old.ts\``. */
  isRemoval: boolean;
  /** The guide that it stands in, relative to the root. */
  guide: string;
  checks: CheckComment[];
}

/** A check comment that belongs to no task. */
export interface StrayCheck {
  line: number;
  column: number;
}

export interface Guide {
  items: GuideItem[];
  strayChecks: StrayCheck[];
  /** Lines that look like items, in a form that is not read. */
  unread: UnreadLine[];
}

/** A line that names files beside a check box, and is no task of Markdown, or names them by a pattern. */
export interface UnreadLine extends StrayCheck {
  form: string;
  paths: string[];
}
