import { mkdirSync, utimesSync } from 'node:fs';
import { build, stop } from 'esbuild';
import { writeInOneStep } from '../../codemods/build/write-in-one-step.mjs';
import { leftOut } from './left-out.mjs';
import { mapOfOwnSources } from './map-of-own-sources.mjs';
import { inputsOf, outputOf } from './paths.mjs';

const ENTRIES = ['api/src/server.ts', 'api/src/worker.ts'];

/** The oldest Node that `engines` allows. */
const TARGET = 'node20.19';

/**
 * What is loaded from its own files: a binary, the pages of the documentation, and what only Redis or only tracing
 * needs.
 */
export const PACKAGES_APART = [
  'libsql',
  'swagger-ui-dist',
  'redoc',
  'bullmq',
  'ioredis',
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/instrumentation',
  '@opentelemetry/instrumentation-http',
  '@opentelemetry/instrumentation-undici',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-node',
];

/** A module has no `require`, which bundled CommonJS asks for Node's own modules. */
const REQUIRE =
  "import { createRequire as createOwnRequire } from 'node:module'; const require = createOwnRequire(import.meta.url);";

/**
 * Bundles the service and the worker, packages included, each into one file of `dist/server/` with its source map.
 * Each is written in one step, since others may start it meanwhile.
 *
 * @param {string} root the folder that holds `api/`
 */
export async function buildServer(root) {
  const started = new Date();
  const { outputFiles, metafile } = await build({
    entryPoints: ENTRIES,
    bundle: true,
    write: false,
    metafile: true,
    outdir: outputOf(root),
    absWorkingDir: root,
    preserveSymlinks: true,
    platform: 'node',
    target: TARGET,
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'linked',
    logLevel: 'silent',
    banner: { js: REQUIRE },
    external: PACKAGES_APART,
    plugins: [leftOut],
    sourcemap: 'linked',
    sourcesContent: false,
  });
  // What called it may go on for days.
  await stop();
  mkdirSync(outputOf(root), { recursive: true });
  const isMap = ({ path: file }) => file.endsWith('.map');
  // The maps first: what is started then finds its own.
  for (const map of outputFiles.filter(isMap)) writeInOneStep(map.path, mapOfOwnSources(map.text));
  for (const code of outputFiles.filter((file) => !isMap(file))) writeInOneStep(code.path, code.contents);
  const list = inputsOf(root);
  writeInOneStep(list, `${JSON.stringify(Object.keys(metafile.inputs))}\n`);
  utimesSync(list, started, started);
}
