import type { Project } from '../../project.ts';
import { escapeRegExp } from '../../source/escape-reg-exp.ts';
import { type Asked, isOwn } from './doings.ts';
import { deedsOf, type Noted } from './file-deeds.ts';

/** A property that a package keeps, `*` for any. */
export interface PackagePart extends Asked {
  name: string;
  specifier: string;
}

/** Where functions of the tree set a part of a package, by the name that they load that by. */
export function setsOfPackage(part: PackagePart, project: Project): Noted[] {
  const { file, specifier, name } = part;
  const word = /\w[\w.~-]*$/.exec(specifier)?.[0] ?? specifier;
  const files = new Set([file, ...project.filesOfAllMentioning(file, word)]);
  // Those who have it by another module need not name it.
  for (const each of files)
    if (handsOn(each, specifier, files, project))
      for (const other of project.dependentsOf(each)) files.add(other);
  return [...files].flatMap((each) =>
    deedsOf(each, project).setsOfPackages.filter(
      (set) =>
        packageOf(set.specifier) === packageOf(specifier) &&
        (name === '*' || set.isAny || set.property === name) &&
        !isOwn(set, part),
    ),
  );
}

function packageOf(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** Whether a file may export a package itself, or what another one exports as that. */
function handsOn(file: string, specifier: string, files: ReadonlySet<string>, project: Project): boolean {
  const text = project.read(file) ?? '';
  if (!/\bexports?\b/.test(text)) return false;
  const isOfIt = (module: string) => {
    const target = project.resolve(file, module);
    return target === undefined
      ? packageOf(module) === packageOf(specifier)
      : target !== file && files.has(target);
  };
  for (const [, module = ''] of text.matchAll(
    /\b(?:export\s*[*{][^'"]*from|exports\b.*=\s*require\()\s*['"]([^'"]+)/g,
  ))
    if (isOfIt(module)) return true;
  for (const [, taken = '', module = ''] of text.matchAll(
    /\b(?:import|const|let|var)\s([^;'"()]+?)(?:\bfrom|=\s*require\()\s*['"]([^'"]+)/g,
  )) {
    if (!isOfIt(module)) continue;
    const names = (taken.match(/[\w$]+/g) ?? []).map(escapeRegExp).join('|');
    if (
      names !== '' &&
      new RegExp(`(?:\\bexport\\b|\\bexports\\b)[^;(]*(?<![\\w$.])(?:${names})\\b(?!\\s*[(.])`).test(text)
    )
      return true;
  }
  return false;
}
