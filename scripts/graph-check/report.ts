import { GRAPH_CALLS, GRAPH_CHANGES } from '../../api/src/agents/graph-calls.ts';
import { GRAPH_VERSIONS, VERSIONS_SOURCE, versionWarning } from '../../api/src/agents/graph-versions.ts';

export interface GraphCheck {
  text: string;
  /** Whether somebody has to do something: the version has ended or ends soon, or is not known. */
  needsWork: boolean;
}

/** What of our calls a version of the Marketing API touches, and how long it is served. */
export function checkGraphVersion(version: string, now: Date): GraphCheck {
  const known = GRAPH_VERSIONS.find((each) => each.version === version);
  const warning = versionWarning(version, now);
  const unknown = known === undefined && warning === null;
  const changes = GRAPH_CHANGES.filter((change) => change.version === null || change.version === version);
  const touched = (path: string) => changes.filter(({ touches }) => touches.includes(path));
  const lines = [
    `Graph ${version}: ${known ? servedFrom(known) : 'not in our table'} (${VERSIONS_SOURCE})`,
    ...(warning ? [`! ${warning}`] : []),
    ...(unknown
      ? [`! What ${version} changes is not known here: read its changelog, then add it to the tables`]
      : []),
    '',
    'Our calls:',
    ...GRAPH_CALLS.flatMap(({ method, path, fields, params }) => [
      `  ${method} ${path}${fields.length > 0 ? ` fields=${fields.join(',')}` : ''}`,
      ...(params.length > 0 ? [`      with ${params.join(', ')}`] : []),
      ...touched(path).map(({ what }) => `      touched: ${what}`),
    ]),
    '',
    'Of all calls:',
    ...changes
      .filter(({ touches }) => touches.length === 0)
      .map(({ since, what }) => `  since ${since}: ${what}`),
  ];
  return { text: `${lines.join('\n')}\n`, needsWork: warning !== null || unknown };
}

function servedFrom({ since, until }: (typeof GRAPH_VERSIONS)[number]): string {
  const begin = since === null ? 'served' : `served since ${since}`;
  return until === null ? `${begin}, no end told` : `${begin} until ${until}`;
}
