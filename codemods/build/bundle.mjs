import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { DIST, REPOSITORY } from './paths.mjs';
import { writeInOneStep } from './write-in-one-step.mjs';

/** The oldest Node that `engines` allows. */
const TARGET = 'node20.19';

/** A script has no URL: what asks for its own is given that of the file it was bundled into. */
const OWN_URL = {
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * Bundles entries with all that they import, packages included, into files of `dist/`, each written in one step since
 * others may start the tools meanwhile.
 *
 * @param {Record<string, string>} entries sources, relative to the repository, by the names of their bundles
 * @param {{ format: 'cjs' | 'esm', extension: string, apart?: Record<string, string>, footer?: string }} how `apart` are modules that
 * stay files of their own: names of their bundles by the end of what imports them; `footer` is code after all
 * @returns {Promise<string[]>} the files that were bundled, relative to the repository
 */
export async function bundle(entries, { format, extension, apart = {}, footer = '' }) {
  const { outputFiles, metafile } = await build({
    entryPoints: entries,
    bundle: true,
    write: false,
    metafile: true,
    outdir: DIST,
    absWorkingDir: REPOSITORY,
    outExtension: { '.js': extension },
    platform: 'node',
    target: TARGET,
    format,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'silent',
    // Node looks through a script for its exports when it is imported, and not when it is required.
    ...(format === 'cjs' ? { banner: OWN_URL.banner, supported: { 'dynamic-import': false } } : {}),
    define: {
      ...(format === 'cjs' ? OWN_URL.define : {}),
      AGENT_CACHE_TOOLS_VERSION: JSON.stringify(version()),
    },
    footer: { js: footer },
    plugins: [keptApart(apart)],
  });
  mkdirSync(DIST, { recursive: true });
  for (const { path: file, contents } of outputFiles) writeInOneStep(file, contents);
  return Object.keys(metafile.inputs);
}

/** @returns {string} the package's version */
export function version() {
  return JSON.parse(readFileSync(path.join(REPOSITORY, 'codemods/package.json'), 'utf8')).version;
}

function keptApart(apart) {
  return {
    name: 'kept-apart',
    setup({ onResolve }) {
      for (const [end, name] of Object.entries(apart)) {
        const filter = new RegExp(`${end.replaceAll('.', '\\.')}$`);
        onResolve({ filter }, ({ kind }) =>
          kind === 'entry-point' ? undefined : { path: name, external: true },
        );
      }
    },
  };
}
