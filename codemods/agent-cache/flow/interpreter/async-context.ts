import { readText } from '../../files/files.ts';
import { CONTEXT_PACKAGES } from '../../survey/code/context-packages.ts';
import { packageEntry } from '../../files/package-entry.ts';

const known = new Map<string, boolean>();

/** Whether a package gives what differs by request to whoever asks: it is known for that, or its source says so. */
export function readsAsyncContext(specifier: string, from: string): boolean {
  if (CONTEXT_PACKAGES.test(specifier)) return true;
  const entry = packageEntry(specifier, from);
  if (entry === undefined) return false;
  const says = known.get(entry) ?? /\bAsyncLocalStorage\b|['"]cls-hooked['"]/.test(readText(entry) ?? '');
  known.set(entry, says);
  return says;
}
