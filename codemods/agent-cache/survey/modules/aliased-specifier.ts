import type { Project } from '../../project.ts';
import { extensionOf, withExtension, withoutExtension } from '../../source/specifiers.ts';

/**
 * The aliased specifier of `target`, when `example` is written by an alias: by the same one, where `target` lies under
 * its root, otherwise by another of the tree.
 */
export function aliasedSpecifier(
  example: string,
  target: string,
  file: string,
  project: Project,
): string | undefined {
  if (example.startsWith('.')) return undefined;
  const exampleFile = project.resolve(file, example);
  if (!exampleFile) return undefined;
  const habit = extensionOf(example);
  const others = project
    .aliasesTo(file, target, { specifier: example, file: exampleFile })
    .flatMap((alias) => [withExtension(alias, habit), alias, withoutExtension(alias)])
    .sort((a, b) => likeness(b, example) - likeness(a, example));
  const same = underSameRoot(example, exampleFile, target);
  return [...(same === undefined ? [] : [same]), ...others].find(
    (written) => project.resolve(file, written) === target,
  );
}

function underSameRoot(example: string, exampleFile: string, target: string): string | undefined {
  const bare = withoutExtension(example);
  const tail = commonTail(bare, withoutExtension(exampleFile));
  const root = withoutExtension(exampleFile).slice(0, -tail.length);
  if (tail === '' || !target.startsWith(root)) return undefined;
  return bare.slice(0, -tail.length) + withExtension(target.slice(root.length), extensionOf(example));
}

function commonTail(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  const tail = a.slice(a.length - length);
  return tail.slice(tail.indexOf('/') + 1);
}

/** Whether two aliases begin with the same sign, or with none. */
function likeness(alias: string, example: string): number {
  const sign = (specifier: string) => /^[^\w]?/.exec(specifier)?.[0];
  return sign(alias) === sign(example) ? 1 : 0;
}
