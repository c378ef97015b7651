// Builds the service: `npm run build`. Plain JavaScript, since nothing can read TypeScript yet.
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildServer, PACKAGES_APART } from './build/build-server.mjs';
import { copyPackages } from './build/copy-packages.mjs';
import { outputOf, REPOSITORY } from './build/paths.mjs';

const USAGE = `Usage: npm run build [-- --standalone]

Bundles the service and the worker into dist/server/, with source maps. npm start and npm run worker do it by
themselves when a source has changed.

  --standalone  also copies the packages that cannot be bundled to dist/server/node_modules, so that dist/server and
                package.json are all that a machine needs
  --root DIR    another tree that holds api/ and node_modules
`;

process.exitCode = await main();

async function main() {
  const { values, reason } = readArguments();
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const root = path.resolve(values.root ?? REPOSITORY);
  try {
    await buildServer(root);
    // Those of an older build would hide what is installed now.
    rmSync(path.join(outputOf(root), 'node_modules'), { recursive: true, force: true });
    if (values.standalone) copyPackages(PACKAGES_APART, root, outputOf(root));
  } catch (error) {
    process.stderr.write(`The service could not be built. ${error.message}\n`);
    return 1;
  }
  process.stdout.write(`Built ${path.relative(process.cwd(), outputOf(root))}\n`);
  return 0;
}

function readArguments() {
  const options = {
    standalone: { type: 'boolean' },
    root: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  };
  try {
    return parseArgs({ options });
  } catch (error) {
    return { reason: error.message };
  }
}
