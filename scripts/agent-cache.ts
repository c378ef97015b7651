#!/usr/bin/env node
import { runAgentCache } from './agent-cache/run-agent-cache.ts';

// It never rejects; a bundle of scripts cannot await at its top.
void runAgentCache(process.argv.slice(2), process.env).then((code) => {
  process.exitCode = code;
});
