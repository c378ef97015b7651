import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProviderClass } from './model-world.ts';
import type { Mutant } from './mutants.ts';

const SOURCES = fileURLToPath(new URL('../../../../api/src/utils', import.meta.url));
/** All that the provider is made of; it imports nothing else. */
const FILES = [
  'activity.ts',
  'backoff.ts',
  'cached-provider-options.ts',
  'callbacks.ts',
  'fast-path.ts',
  'cached-provider.ts',
  'held-entry.ts',
  'held-value.ts',
  'deferred.ts',
  'detached.ts',
  'elapsed.ts',
  'turn.ts',
];

/** The provider's class out of a copy of its sources in a temporary folder, with the mistake in it if one is given. */
export async function loadProvider(mutant?: Mutant): Promise<ProviderClass> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cached-provider-'));
  try {
    await Promise.all(FILES.map((file) => cp(path.join(SOURCES, file), path.join(folder, file))));
    await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
    if (mutant) await apply(mutant, path.join(folder, mutant.file));
    const module = await import(pathToFileURL(path.join(folder, 'cached-provider.ts')).href);
    return module.CachedProvider;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function apply({ name, find, replace }: Mutant, file: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${name}: its place is not found exactly once`);
  await writeFile(
    file,
    source.replace(find, () => replace),
  );
}
