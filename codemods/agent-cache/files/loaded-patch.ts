import path from 'node:path';
import { isMigratableFile, liesAmongTests } from './excluded.ts';
import { LoadOrder } from './load-order.ts';
import { sourcesBelow } from './sources-below.ts';

/** Files that are started, and not loaded by others. */
const STARTED = /^(app|index|main|server|start|www|bootstrap|entry|worker|cli)\./;
/** What tests and checks load is none of the service. */
const SCRIPT_OF_TESTS = /test|spec|e2e|lint|check|coverage/i;

/** Tells of the files of a package whether their routes are made by routers that a module has changed. */
export type IsPatched = (file: string) => boolean;

/**
 * Which files of a package find a module loaded that changes routers: a script of its package.json does so before the
 * code, or a file that is started, or that others load, does; and none that is started has made the routes of the file by
 * then, since those stay as they are.
 */
export function patchedBy(module: string, folder: string, manifest: unknown): IsPatched {
  const scripts = scriptsOf(manifest);
  const before = new RegExp(`(-r|--require|--import)[ =]${module}(?![\\w/-])`);
  if (scripts.some(([name, script]) => !SCRIPT_OF_TESTS.test(name) && before.test(script))) return () => true;
  const files = [...sourcesBelow(folder)]
    .map(({ file }) => file)
    .filter((file) => isMigratableFile(path.posix.basename(file)))
    .filter((file) => !liesAmongTests(path.posix.relative(folder, file)));
  const order = new LoadOrder(module, files);
  const named = JSON.stringify(manifest);
  const isStarted = (file: string) => {
    const name = path.posix.basename(file);
    return STARTED.test(name) || named.includes(name) || order.loadsParts(file);
  };
  if (!files.some((each) => order.isLoadedBy(each) && (isStarted(each) || order.isLed(each))))
    return () => false;
  const starts = files.filter((each) => isStarted(each) && !order.isLed(each));
  return (file) => !starts.some((each) => order.isTooLate(each, file));
}

function scriptsOf(manifest: unknown): [string, string][] {
  if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return [];
  const { scripts } = manifest;
  return typeof scripts === 'object' && scripts !== null
    ? Object.entries(scripts).map(([name, script]) => [name, String(script)])
    : [];
}
