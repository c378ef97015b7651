import { chmodSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { DIST, INPUTS } from './paths.mjs';
import { writeInOneStep } from './write-in-one-step.mjs';

const ENTRIES = { 'agent-cache': 'scripts/agent-cache.ts', tools: 'scripts/agent-cache/tools.ts' };

/**
 * Bundles the command line: a small program that answers by itself where it can, and the tools that it loads.
 *
 * @returns {Promise<string[]>} the files that were bundled, relative to the repository
 */
export async function buildTools() {
  const started = new Date();
  const apart = { '/tools.ts': './tools.cjs' };
  const inputs = await bundle(ENTRIES, { format: 'cjs', extension: '.cjs', apart });
  chmodSync(path.join(DIST, 'agent-cache.cjs'), 0o755);
  writeInOneStep(INPUTS, `${JSON.stringify(inputs)}\n`);
  utimesSync(INPUTS, started, started);
  return inputs;
}
