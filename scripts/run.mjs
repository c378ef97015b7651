// Starts one of the tools: `node scripts/run.mjs codemod …`. Plain JavaScript, since nothing can read TypeScript yet.
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { keepTools } from '../codemods/build/keep-tools.mjs';

process.env.AGENT_CACHE_REPOSITORY = path.dirname(import.meta.dirname);
createRequire(import.meta.url)(await keepTools());
