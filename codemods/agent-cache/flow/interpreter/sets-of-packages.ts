import type { Project } from '../../project.ts';
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
