import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What tells how a service is started, beside its manifest: images, and what looks after processes. */
const STARTING =
  /^(?:package\.json|(?:[\w-]+\.)?(?:Docker|Container)file(?:\.[\w-]+)?|Procfile(?:\.\w+)?|nodemon\.json|(?:[\w-]+\.)?(?:ecosystem|pm2|processes)[\w.-]*\.(?:[cm]?js|json|ya?ml)|(?:docker-)?compose[\w.-]*\.ya?ml|app\.ya?ml|fly\.toml|[\w-]+\.service)$/i;
/** Scripts that start no service. */
const NO_START = /^(?:pre|post)?(?:test|lint|format|check|type|cover|docs|clean|fix)/;
const LOADS = /\b(?:require|import)\s*\(\s*\\?['"`]([^'"`\\]+)/g;
const PATHS = /[\w@.-]*(?:\/[\w@.-]+)+|\b[\w-]+\.[cm]?[jt]sx?\b/g;
/** Up to the last folder that compilers write to. */
const OUTPUT = /^.*(?:^|\/)(?:dist|build|out|lib|output|release|compiled)(?=\/|$)/;

/** Sources that what is no source names. */
export interface StartedSources {
  /** What is run. */
  run: ReadonlySet<string>;
  /** What is loaded by others, who may call what it exports. */
  loaded: ReadonlySet<string>;
}

/**
 * The sources that manifests, images and what looks after processes start or load, by their own paths or by those that
 * compilers write them to.
 *
 * @param files absolute
 */
export function startedSources(root: string, files: readonly string[]): StartedSources {
  const run = new Set<string>();
  const loaded = new Set<string>();
  for (const folder of foldersOf(root, files)) {
    const texts = startingTexts(folder);
    if (texts.length === 0) continue;
    const sources = new Map<string, string[]>();
    for (const file of files) {
      const key = sourceKey(path.relative(folder, file).split(path.sep).join('/'));
      sources.set(key, [...(sources.get(key) ?? []), file]);
    }
    const find = (token: string) => keysOf(token).flatMap((key) => sources.get(key) ?? []);
    for (const { name, text } of texts) {
      const { starts, given } =
        name === 'package.json' ? ofManifest(text) : { starts: spoken(name, text), given: [] };
      for (const [, token = ''] of starts.matchAll(LOADS)) for (const each of find(token)) loaded.add(each);
      for (const [token] of starts.matchAll(PATHS)) for (const each of find(token)) run.add(each);
      for (const token of given) for (const each of find(token)) loaded.add(each);
    }
  }
  return { run, loaded };
}

/** The folders around some files, up to the root. */
function foldersOf(root: string, files: readonly string[]): Set<string> {
  const folders = new Set([root]);
  for (const file of files)
    for (let at = path.dirname(file); at.startsWith(root) && !folders.has(at); at = path.dirname(at))
      folders.add(at);
  return folders;
}

function startingTexts(folder: string): { name: string; text: string }[] {
  try {
    return readdirSync(folder)
      .filter((name) => STARTING.test(name))
      .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  } catch {
    // What cannot be read starts nothing that anybody could tell.
    return [];
  }
}

/** What a text says of a start: of an image, its last lines alone. */
function spoken(name: string, text: string): string {
  if (!/(?:docker|container)file/i.test(name)) return text;
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => /^\s*(?:CMD|ENTRYPOINT)\b/i.test(line))
    .join('\n');
}

/** What the scripts and programs of a package start, and what it gives those who load it. */
function ofManifest(text: string): { starts: string; given: string[] } {
  try {
    const { scripts = {}, main, module, exports, bin } = JSON.parse(text) as Record<string, unknown>;
    const running = Object.entries(scripts as object).filter(([name]) => !NO_START.test(name));
    const starts = [...textsIn(bin), ...running.flatMap(([, script]) => textsIn(script))];
    return { starts: starts.join('\n'), given: [main, module, exports].flatMap(textsIn) };
  } catch {
    return { starts: '', given: [] };
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const EXTENSION = /\.[cm]?[jt]sx?$/;

/** A source without its extension, and without the folder that compilers leave out. */
function sourceKey(shown: string): string {
  return shown.replace(EXTENSION, '').replace(/(^|\/)src\//, '$1');
}

/** What the source behind a path may be called. */
function keysOf(token: string): string[] {
  const plain = token.replace(/^(?:\.\/)+|\/$/g, '').replace(EXTENSION, '');
  const written = plain.replace(OUTPUT, '').replace(/^\//, '');
  const keys = [plain, ...(written === plain ? [] : [written])].flatMap((each) => [
    sourceKey(each),
    sourceKey(`${each}/index`).replace(/^\//, ''),
  ]);
  return [...new Set(keys)];
}
