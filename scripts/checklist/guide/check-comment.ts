import type { CheckComment } from './guide-item.ts';

const COMMENT = /<!--\s*check\s*:([\s\S]*?)-->/gi;
const METHODS = /^(?:get|head|post|put|patch|delete|options)$/i;
const METRIC_NAME = /^[A-Za-z_:][\w:]*$/;

/** The checks in a piece of HTML, in their order; other comments are none of them. */
export function readCheckComments(html: string): CheckComment[] {
  return Array.from(html.matchAll(COMMENT), ([, body = '']) => readCheck(body.trim().split(/\s+/)));
}

function readCheck(words: string[]): CheckComment {
  const [kind = '', first, second, ...more] = words;
  const unknown: CheckComment = { kind: 'unknown', target: words.join(' ') };
  if (kind.toLowerCase() === 'manual') return { kind: 'manual', target: words.slice(1).join(' ') };
  if (more.length > 0) return unknown;
  switch (kind.toLowerCase()) {
    case 'script':
      return first !== undefined && second === undefined ? { kind: 'script', target: first } : unknown;
    case 'metric':
      return first !== undefined && second === undefined && METRIC_NAME.test(first)
        ? { kind: 'metric', target: first }
        : unknown;
    case 'route':
      return readRoute(first, second) ?? unknown;
    default:
      return unknown;
  }
}

function readRoute(method: string | undefined, path: string | undefined): CheckComment | undefined {
  if (method === undefined || path === undefined) return undefined;
  if (!METHODS.test(method) || !path.startsWith('/')) return undefined;
  return { kind: 'route', target: `${method.toUpperCase()} ${path}` };
}
