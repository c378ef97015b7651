import { readText } from '../../files/files.ts';
import { packageEntry } from './package-source.ts';

/** Packages that hand on what belongs to one request, by an AsyncLocalStorage or what came before it. */
const CONTEXTS =
  /^(express-http-context2?|cls-hooked|cls-rtracer|continuation-local-storage|nestjs-cls|async-local-storage|@fastify\/request-context|node-request-context|express-ctx|asynchronous-local-storage|request-context|zone\.js|hono\/context-storage|next\/headers)$/;

const known = new Map<string, boolean>();

/** Whether a package gives what differs by request to whoever asks: it is known for that, or its source says so. */
export function readsAsyncContext(specifier: string, from: string): boolean {
  if (CONTEXTS.test(specifier)) return true;
  const entry = packageEntry(specifier, from);
  if (entry === undefined) return false;
  const says = known.get(entry) ?? /\bAsyncLocalStorage\b|['"]cls-hooked['"]/.test(readText(entry) ?? '');
  known.set(entry, says);
  return says;
}
