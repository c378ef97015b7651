import { ownFiles } from './write-trees.ts';
import type { Tree } from './tree.ts';

const ROUTE = /\b(?:router|app)\s*\.(get|post|all)\(\s*['"`]([^'"`]+)['"`]|\.route\(['"]([^'"]+)['"]\)/g;
const TASK = /export (?:async )?(?:function|const) (\w+)|^exports\.(\w+) =/gm;

/** What a tree is asked: each route that its text shows, an unknown id beside a known one, and each task. */
export function requestsOf(tree: Tree): string[] {
  const found: string[] = [];
  for (const [file, text] of ownFiles(tree)) {
    if (file.includes('/tasks/main.')) {
      for (const [, exported, assigned] of text.matchAll(TASK))
        found.push(`GET /tasks/${exported ?? assigned}`);
    }
    for (const [, method = 'get', direct, routed] of text.matchAll(ROUTE)) {
      const url = direct ?? routed ?? '/';
      const verb = method === 'all' ? 'GET' : method.toUpperCase();
      for (const id of url.includes(':') ? ['7', 'unknown'] : [''])
        found.push(`${verb} ${url.replace(/:\w+/g, id)}`);
    }
  }
  const all = [...new Set([...found, ...(tree.requests ?? [])])];
  // Twice, so that what one request leaves behind in a shared agent is seen by another.
  return [...all, ...all];
}
