import type { Project } from '../../project.ts';
import { modulesHandedOn } from '../../survey/modules/modules-handed-on.ts';
import { type Asked, isOwn } from './doings.ts';
import { deedsOf, type Noted } from './file-deeds.ts';
import { programOf } from './reading-of.ts';

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
  if (!/\bexports?\b/.test(project.read(file) ?? '')) return false;
  const program = programOf(file, project);
  return (program ? modulesHandedOn(program) : []).some((module) => {
    const target = project.resolve(file, module);
    return target === undefined
      ? packageOf(module) === packageOf(specifier)
      : target !== file && files.has(target);
  });
}
