import { parseArgs } from 'node:util';
import { GRAPH_VERSIONS } from '../api/src/agents/graph-versions.ts';
import { checkGraphVersion } from './graph-check/report.ts';

const USAGE = `Usage: npm run graph:check -- [--version vN.N]

Says what of our calls a version of the Marketing API touches, and how long it is served.
Without --version: FACEBOOK_GRAPH_VERSION, else the newest known.

Exit: 0 nothing to do, 1 the version has ended, ends soon or is not known, 2 bad usage
`;

function main(): number {
  let values: { version?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ options: { version: { type: 'string' }, help: { type: 'boolean' } } }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const version =
    values.version ?? process.env.FACEBOOK_GRAPH_VERSION ?? GRAPH_VERSIONS.at(-1)?.version ?? '';
  if (!/^v\d+\.\d+$/.test(version)) {
    process.stderr.write(`Not a version: ${version}; it must look like v27.0\n${USAGE}`);
    return 2;
  }
  const { text, needsWork } = checkGraphVersion(version, new Date());
  process.stdout.write(text);
  return needsWork ? 1 : 0;
}

process.exitCode = main();
