import { readFileSync } from 'node:fs';

/** Put in by the build, since a bundle does not lie where its sources do. */
declare const AGENT_CACHE_TOOLS_VERSION: string | undefined;

/** The version of the package that the tools are shipped in. */
export function toolVersion(): string {
  if (typeof AGENT_CACHE_TOOLS_VERSION === 'string') return AGENT_CACHE_TOOLS_VERSION;
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../codemods/package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
