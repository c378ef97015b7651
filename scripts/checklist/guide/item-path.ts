import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCE_EXTENSION = /\.[cm]?[jt]sx?$/;
const ANY_EXTENSION = /\.[A-Za-z]\w{0,9}$/;
/** What is called like a file, and is none unless there is one. */
const PRODUCT =
  /^(?:node|express|next|nuxt|nest|vue|react|ember|backbone|three|d3|chart|moment|deno|bun)\.js$/i;
const NEVER_IN_A_PATH = /[\s()<>{}*"'=;,|`$]|^@|^#|^--?\w|:\/\//;

/**
 * Reads the text of a code span, or the target of a link, as the path of a file: decoded, with forward slashes,
 * without its line anchor. Undefined when it names something else, such as a route, a call or a web address.
 *
 * @param root the tree's folder, asked where the text alone cannot tell a path from a route or a word
 */
function readItemPath(text: string, root: string): string | undefined {
  const bare = stripAnchor(text.trim()).replaceAll('\\', '/');
  if (bare === '') return undefined;
  if (NEVER_IN_A_PATH.test(bare)) return isInTree(bare, root) || isOddPath(bare, root) ? bare : undefined;
  if (bare.startsWith('/')) return readRooted(bare, root);
  if (!bare.includes('/') && isInTree(bare, root)) return bare;
  if (!bare.includes('/')) return SOURCE_EXTENSION.test(bare) && !PRODUCT.test(bare) ? bare : undefined;
  const [first = ''] = bare.split('/');
  const looksLikeAFile = ANY_EXTENSION.test(bare) || bare.endsWith('/') || first === '.' || first === '..';
  return looksLikeAFile || existsSync(path.join(root, first)) ? bare : undefined;
}

/** The same for a link's target, whose query and fragment never belong to the path. */
function readLinkPath(url: string, root: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('//')) return undefined;
  const [encoded = ''] = url.split(/[?#]/, 1);
  const target = decode(encoded);
  // A link leads somewhere, however odd the name; only a code span may be anything.
  return readItemPath(target, root) ?? (SOURCE_EXTENSION.test(target) ? target : undefined);
}

/** Where a guide stands: paths in it are meant from its own folder or from the root. */
export interface Bases {
  /** Absolute. */
  root: string;
  /** The guide's folder in the tree, with forward slashes; empty for the root itself. */
  folder: string;
  /** The folder that a heading or the item above names, below which names without one are meant. */
  section?: string | undefined;
}

/** The folder of the tree that a heading names, or an item with others below it; undefined where it names none. */
export function folderNamed(texts: readonly string[], bases: Bases): string | undefined {
  for (const text of texts) {
    const bare = text
      .trim()
      .replaceAll('\\', '/')
      .replace(/[:/]+$/, '')
      .replace(/^\.?\//, '');
    if (!/^[\w@.-]+(?:\/[\w@.-]+)*$/.test(bare)) continue;
    const found = [inSection(bare, bases), bare].find(
      (each) => each !== undefined && isFolder(each, bases.root),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFolder(itemPath: string, root: string): boolean {
  return isInTree(itemPath, root) && statSync(path.join(root, itemPath)).isDirectory();
}

function inSection(itemPath: string, { section }: Bases): string | undefined {
  return section === undefined ? undefined : path.posix.normalize(`${section}/${itemPath}`);
}

function isInSection(itemPath: string, bases: Bases): boolean {
  const named = inSection(itemPath, bases);
  return named !== undefined && isInTree(named, bases.root);
}

/** Reads a code span as a path of the tree: from the root, or else from the guide's folder. */
export function readSpan(text: string, bases: Bases): string | undefined {
  const read = readItemPath(text, bases.root) ?? below(text, bases);
  if (read === undefined) return undefined;
  if (isInSection(read, bases)) return inSection(read, bases);
  const fromGuide = inFolder(read, bases);
  return fromGuide !== undefined && !isInTree(read, bases.root) && isInTree(fromGuide, bases.root)
    ? fromGuide
    : read;
}

/** Reads a link as a path of the tree: from the guide's folder, as a code host does, or else from the root. */
export function readLink(url: string, bases: Bases): string | undefined {
  const isRooted = url.startsWith('/');
  const read = readLinkPath(url, bases.root) ?? below(url, bases);
  if (read === undefined || isRooted) return read;
  if (isInSection(read, bases)) return inSection(read, bases);
  const fromGuide = inFolder(read, bases);
  if (fromGuide === undefined || isInTree(fromGuide, bases.root)) return fromGuide ?? read;
  return isInTree(read, bases.root) || !/^\.{1,2}\//.test(read) ? read : fromGuide;
}

/** A name without an extension that is one beside the guide only. */
function below(text: string, { root, folder }: Bases): string | undefined {
  return folder === '' || NEVER_IN_A_PATH.test(text)
    ? undefined
    : readItemPath(text, path.join(root, folder));
}

function inFolder(itemPath: string, { folder }: Bases): string | undefined {
  return folder === '' || folder.startsWith('..') ? undefined : path.posix.normalize(`${folder}/${itemPath}`);
}

/**
 * The paths of an item, without what can only be prose beside a path that is there: `node.js`, `lodash/get.js`.
 */
export function withoutProse(paths: readonly string[], { root }: Bases): string[] {
  if (paths.length < 2 || !paths.some((each) => isInTree(each, root))) return [...paths];
  return paths.filter((each) => {
    if (isInTree(each, root)) return true;
    const [first = '', second] = each.split('/', 2);
    if (second === undefined) return !/\.[cm]?js$/.test(each);
    return first.startsWith('.') || isInTree(first, root);
  });
}

/** What is called otherwise now, or lies elsewhere, is gone: the first of two paths, of which the second is there. */
const RENAMES = /^(?:rename[ds]?|moved?|renomear|renomeado|mover|movido|renombrar)\b|\s(?:→|⇒|➜|->|=>)\s/i;

/** The paths of an item without that which a file had before. */
export function withoutFormer(paths: readonly string[], text: string, { root }: Bases): readonly string[] {
  const [former = '', now = '', ...more] = paths;
  const isRenamed = more.length === 0 && RENAMES.test(text) && isInTree(now, root) && !isInTree(former, root);
  return isRenamed ? [now] : paths;
}

/** The paths that stand in plain words: only what can be nothing else. */
export function pathsInWords(text: string, bases: Bases): string[] {
  return text
    .split(/[\s,;()]+/)
    .map((word) => word.replace(/[.:]+$/, ''))
    .filter(
      (word) =>
        SOURCE_EXTENSION.test(word.replace(/(?::\d+){1,2}$/, '')) &&
        (word.includes('/') || isInTree(word, bases.root) || isInSection(word, bases)),
    )
    .flatMap((word) => readSpan(word, bases) ?? []);
}

/** Relative to the root, with forward slashes: `./api//x.ts` → `api/x.ts`. */
function normalizeItemPath(itemPath: string): string {
  return path.posix.normalize(itemPath).replace(/\/$/, '');
}

/** The first path names the item's file; a relative specifier after it is an import that the text explains. */
export function distinctPaths(paths: readonly string[]): string[] {
  const files = paths.filter((path, index) => index === 0 || !/^\.{1,2}\//.test(path));
  return [...new Set(files.map(normalizeItemPath))];
}

/** `src/[id]/(group)/my file.ts` may be gone from a folder that is there; `node src/x.ts` begins like no folder. */
function isOddPath(bare: string, root: string): boolean {
  const [first = '', second] = bare.split('/', 2);
  if (second === undefined || first === '' || !SOURCE_EXTENSION.test(bare)) return false;
  return !/[*"`;|<>{}]|:\/\//.test(bare) && isInTree(first, root);
}

/** A leading slash means the repository's root, as in links on code hosts; else it is a route, or a place outside. */
function readRooted(bare: string, root: string): string | undefined {
  const inside = bare.replace(/^\/+/, '');
  if (inside === '') return undefined;
  if (isInTree(inside, root)) return inside;
  if (bare.startsWith(`${root}/`)) return bare.slice(root.length + 1);
  return ANY_EXTENSION.test(bare) || existsSync(bare) ? bare : undefined;
}

function isInTree(relative: string, root: string): boolean {
  return existsSync(path.join(root, relative));
}

/** `metrics.ts#L25-L30`, `metrics.ts:25` and `metrics.ts:25:3` name `metrics.ts`. */
function stripAnchor(text: string): string {
  return text
    .replace(/(?:\?[\w=&]*)?#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$/, '')
    .replace(/(?::\d+){1,2}(?:-\d+)?$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
