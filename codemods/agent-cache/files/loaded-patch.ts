import path from 'node:path';
import { loadedModules } from '../source/loaded-modules.ts';
import { isMigratableFile, liesAmongTests } from './excluded.ts';
import { readText } from './files.ts';
import { sourcesBelow } from './sources-below.ts';

/** Files that are started, and not loaded by others. */
const STARTED = /^(app|index|main|server|start|www|bootstrap|entry|worker|cli)\./;
/** What tests and checks load is none of the service. */
const SCRIPT_OF_TESTS = /test|spec|e2e|lint|check|coverage/i;

/**
 * Whether the service of a package loads a module: a script of its package.json does so before the code, or a file that
 * is started, or that others load, does.
 */
export function isLoadedByService(module: string, folder: string, manifest: unknown): boolean {
  const scripts = scriptsOf(manifest);
  const before = new RegExp(`(-r|--require|--import)[ =]${module}(?![\\w/-])`);
  if (scripts.some(([name, script]) => !SCRIPT_OF_TESTS.test(name) && before.test(script))) return true;
  const files = [...sourcesBelow(folder)]
    .map(({ file }) => file)
    .filter((file) => isMigratableFile(path.posix.basename(file)))
    .filter((file) => !liesAmongTests(path.posix.relative(folder, file)));
  const loading = files.filter((file) => loads(file, module));
  const named = JSON.stringify(manifest);
  return loading.some((file) => isStarted(file, named) || files.some((each) => leadsTo(each, file)));
}

function loads(file: string, module: string): boolean {
  const text = readText(file) ?? '';
  return text.includes(module) && loadedModules(file, text).includes(module);
}

/** By its name, by what package.json says, or since it loads other parts of the service itself. */
function isStarted(file: string, manifest: string): boolean {
  const name = path.posix.basename(file);
  if (STARTED.test(name) || manifest.includes(name)) return true;
  return loadedModules(file, readText(file) ?? '').some((each) => /^\.|^express$/.test(each));
}

/** Whether a file loads another one by a relative path. */
function leadsTo(from: string, file: string): boolean {
  const stem = withoutExtension(file);
  const name = path.posix.basename(stem);
  const text = readText(from) ?? '';
  const mark = name === 'index' ? path.posix.basename(path.posix.dirname(file)) : name;
  if (from === file || !text.includes(mark)) return false;
  return loadedModules(from, text).some((specifier) => {
    if (!specifier.startsWith('.')) return false;
    const target = path.posix.join(path.posix.dirname(from), specifier);
    return [target, withoutExtension(target), path.posix.join(target, 'index')].includes(stem);
  });
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}

function scriptsOf(manifest: unknown): [string, string][] {
  if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return [];
  const { scripts } = manifest;
  return typeof scripts === 'object' && scripts !== null
    ? Object.entries(scripts).map(([name, script]) => [name, String(script)])
    : [];
}
