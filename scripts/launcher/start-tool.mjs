import { pathToFileURL } from 'node:url';
import { fingerprintOf } from './fingerprint.mjs';
import { readBundle, writeBundle } from './stored-bundle.mjs';
import { runScript } from './run-script.mjs';

/**
 * Runs a TypeScript entry from a bundle of it that is kept compiled: loading its some two hundred modules through
 * tsx took longer than most runs do. The bundle is made anew whenever a source has changed. Where it cannot be made
 * or kept, tsx reads the entry as it stands.
 * @param {{ root: string, entry: string, cacheFolder: string }} tool absolute paths
 */
export async function startTool({ root, entry, cacheFolder }) {
  const bundle = await bundleOf({ root, entry, cacheFolder });
  if (bundle) return runScript(bundle);
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(entry).href);
}

async function bundleOf({ root, entry, cacheFolder }) {
  try {
    const place = { cacheFolder, entry, fingerprint: fingerprintOf(root) };
    const present = readBundle(place);
    if (present) return present;
    const { makeBundle } = await import('./make-bundle.mjs');
    return writeBundle(place, await makeBundle(entry));
  } catch {
    return undefined;
  }
}
