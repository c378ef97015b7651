/** A version of the Marketing API and its days, `YYYY-MM-DD`; null for one that Meta has not told. */
export interface GraphVersion {
  version: string;
  since: string | null;
  /** The first day on which it is not served any more. */
  until: string | null;
}

/** Where the days come from. */
export const VERSIONS_SOURCE = 'https://developers.facebook.com/docs/graph-api/changelog/versions';

/** Meta's table of Marketing API versions as of November 2026, the newest last. */
export const GRAPH_VERSIONS: readonly GraphVersion[] = [
  { version: 'v24.0', since: null, until: '2026-11-10' },
  { version: 'v25.0', since: null, until: '2027-02-23' },
  { version: 'v26.0', since: '2026-07-29', until: null },
  { version: 'v27.0', since: '2026-11-04', until: null },
];

/** From so many days before its end a version is warned of. */
const WARN_DAYS = 60;
const DAY_MS = 86_400_000;

/** What an operator has to know of the configured version; null when nothing. */
export function versionWarning(version: string, now: Date): string | null {
  const [oldest] = GRAPH_VERSIONS;
  const newest = GRAPH_VERSIONS.at(-1)?.version ?? version;
  const known = GRAPH_VERSIONS.find((each) => each.version === version);
  if (known === undefined) {
    const isOlder = oldest !== undefined && numberOf(version) < numberOf(oldest.version);
    return isOlder ? `Graph ${version} has ended: set FACEBOOK_GRAPH_VERSION=${newest}` : null;
  }
  if (known.until === null) return null;
  const days = Math.ceil((Date.parse(known.until) - now.getTime()) / DAY_MS);
  if (days <= 0) return `Graph ${version} ended on ${known.until}: set FACEBOOK_GRAPH_VERSION=${newest}`;
  if (days > WARN_DAYS) return null;
  return `Graph ${version} ends on ${known.until}, in ${days} days: set FACEBOOK_GRAPH_VERSION=${newest}`;
}

function numberOf(version: string): number {
  return Number(version.slice(1));
}
