import path from 'node:path';
import type { Project } from '../../project.ts';
import { escapeRegExp } from '../../source/escape-reg-exp.ts';
import { withoutExtension } from '../../source/specifiers.ts';
import { known, type PathPieces } from '../../source/static-path.ts';

/** A path that is loaded, as far as it is known, and the file that loads it. */
interface Load {
  file: string;
  pieces: PathPieces;
}

/** Whether anything of the path that is loaded says where it leads. */
export function tellsSomething({ pieces }: Load): boolean {
  return pieces.some((piece) => piece !== undefined && /[^./]|^\.\.?\//.test(piece));
}

/** Whether the path that a place loads may be a file's. */
export function mayLead({ file: loader, pieces }: Load, target: string, project: Project): boolean {
  const [first] = pieces;
  const whole = known(pieces);
  const found =
    whole === undefined
      ? undefined
      : project.resolve(loader, whole.startsWith('/') ? path.posix.normalize(whole) : whole);
  if (found !== undefined) return found === target;
  if (first === undefined && !isAbout(loader, target, project)) return false;
  const pattern = new RegExp(`${patternOf(pieces, loader)}$`);
  return [withoutExtension(target), target.replace(/\.[cm]?[jt]sx?$/, '')].some((each) => pattern.test(each));
}

function patternOf(pieces: PathPieces, loader: string): string {
  const [first = '', ...others] = merged(pieces);
  const rest = others.map((piece, at) =>
    at === others.length - 1 ? piece?.replace(/\.[cm]?[jt]sx?$/, '') : piece,
  );
  const start = others.length === 0 ? first.replace(/\.[cm]?[jt]sx?$/, '') : first;
  const tail = rest.some((piece) => piece?.includes('..'))
    ? '.*'
    : rest
        .map((piece) => (piece === undefined ? '.*' : escapeRegExp(piece)))
        .join('')
        .replaceAll(/\/{2,}/g, '/');
  if (pieces[0] === undefined) return `.*${tail}`;
  if (start.startsWith('/')) return `^${joinedStart(start, tail)}`;
  if (start.startsWith('.')) return `^${joinedStart(`${path.posix.dirname(loader)}/${start}`, tail)}`;
  // An alias, whose first segment may stand for any folder, or a package.
  const inner = start.includes('/') ? start.slice(start.indexOf('/')) : `/${start}`;
  return `.*${joinedStart(inner, tail)}`;
}

/** The pieces, with no two that are known beside each other. */
function merged(pieces: PathPieces): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (piece !== undefined && last !== undefined) found[found.length - 1] = last + piece;
    else found.push(piece);
  }
  return found;
}

function joinedStart(start: string, tail: string): string {
  const folder = escapeRegExp(path.posix.normalize(start));
  return folder.endsWith('/') && tail.startsWith('/') ? folder + tail.slice(1) : folder + tail;
}

/** A loader of which nothing is known knows its own folder and those below it, and others by their names. */
function isAbout(loader: string, target: string, project: Project): boolean {
  const folder = path.posix.dirname(target);
  if (`${folder}/`.startsWith(`${path.posix.dirname(loader)}/`)) return true;
  const name = escapeRegExp(path.posix.basename(folder));
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(project.read(loader) ?? '');
}
