import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles an entry with all that it imports, packages included.
 * @param {string} entry
 * @returns {Promise<string>} a CommonJS module
 */
export async function makeBundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    plugins: [ownUrls],
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** A script has no URL: modules that ask for theirs are given it as text. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
    });
  },
};
