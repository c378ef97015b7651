import path from 'node:path';

/** The path that a relative specifier of `file` means. */
export function joinToFolder(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(absolutePath(file)), specifier);
}

/** A module path without its extension and without the `/index` that it may leave out. */
export function withoutExtension(modulePath: string): string {
  return modulePath.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}

/** Forward slashes, whatever the platform. */
export function toPosix(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

/** What may be shortened in a path, or a name that begins with a dot. */
const UNSETTLED = /\/(?:\.|\/|$)/;

/** The absolute path of a file, with forward slashes. Most that are asked for are so: resolving takes ten times as long. */
export function absolutePath(file: string): string {
  if (path.sep === '/' && file.startsWith('/') && !UNSETTLED.test(file)) return file;
  return toPosix(path.resolve(file));
}

/** Whether `modulePath` ends with the whole segments of `end`; the sign of an alias may stand before them. */
export function endsWithPath(modulePath: string, end: string): boolean {
  if (!modulePath.endsWith(end)) return false;
  return /^([@#~]|.*\/)?$/.test(modulePath.slice(0, -end.length));
}

export function isBareSpecifier(specifier: string | undefined): boolean {
  return specifier !== undefined && !specifier.startsWith('.') && !path.isAbsolute(specifier);
}

export function relativeSpecifier(from: string, target: string, extension: string): string {
  const folder = path.posix.dirname(absolutePath(from));
  const relative = path.posix.relative(folder, toPosix(target));
  return withExtension(relative.startsWith('.') ? relative : `./${relative}`, extension);
}

export function extensionOf(specifier: string): string {
  return /\.[cm]?[jt]sx?$/.exec(specifier)?.[0] ?? '';
}

/** `target` with its extension written in the manner of `habit`: none, the source's own, or the compiled one's. */
export function withExtension(target: string, habit: string): string {
  if (habit === '') return withoutExtension(target);
  const own = extensionOf(target);
  if (own === '') return target + habit;
  if (/ts/.test(habit)) return target;
  return target.slice(0, -own.length) + own.replace('t', 'j').replace('jsx', 'js');
}
