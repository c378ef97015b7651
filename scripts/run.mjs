// Starts one of the tools: `node scripts/run.mjs codemod …`. Plain JavaScript, since nothing can read TypeScript yet.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { startTool } from './launcher/start-tool.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ENTRIES = { codemod: 'scripts/codemod.ts', checklist: 'scripts/migration-checklist.ts' };

const [name = '', ...args] = process.argv.slice(2);
if (Object.hasOwn(ENTRIES, name)) {
  const entry = path.join(root, ENTRIES[name]);
  process.argv.splice(1, process.argv.length, entry, ...args);
  await startTool({ root, entry, cacheFolder: path.join(root, 'node_modules/.cache/agent-cache') });
} else {
  process.stderr.write(`run.mjs: name a tool: ${Object.keys(ENTRIES).join(' or ')}\n`);
  process.exitCode = 2;
}
