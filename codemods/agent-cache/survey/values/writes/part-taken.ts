import path from 'node:path';
import type { Reading } from '../../../migration.ts';
import { exportsNamed, namesExported } from '../../code/exports-named.ts';
import { fileOf, programOfModule } from '../../code/opened-files.ts';
import { type Taken, takenAs } from '../taken-from-modules.ts';

/** How many modules hand a value on. */
const MAX_MODULES = 6;

/** The name that every file which gets at the value has in its text, where there is one: nobody gives it another. */
export function nameInTexts(
  own: string,
  [name]: readonly string[],
  { project }: Reading,
): string | undefined {
  if (name === undefined || name === 'default') return undefined;
  const renamed = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s+as\\b`);
  const isRenamed = project?.dependentsOf(own).some((file) => renamed.test(project.read(file) ?? ''));
  return isRenamed ? undefined : name;
}

/** Where in what is taken the value lies (`inside`), or which part of the value that is (`beyond`). */
export interface Part {
  inside: readonly string[];
  beyond: readonly string[];
}

/** Where in what a file takes from a module the value lies; nowhere, or under several names, where it hands that on. */
export function partsTaken(taken: Taken, way: readonly string[], own: string, source: Reading): Part[] {
  const { specifier, names, at } = taken;
  if (names.length > 0) return [partBy(taken, way, own, source)].filter((each) => each !== undefined);
  const file = source.project?.resolve(fileOf(at, source), specifier);
  const named = file === undefined || path.resolve(file) === path.resolve(own) ? [] : namesOf(taken, source);
  const [first = 'default'] = way;
  return [...new Set([first, ...named])].flatMap((name): Part[] => {
    const part = partBy({ ...taken, names: [name] }, way, own, source);
    if (!part) return [];
    // What a module of CommonJS exports is the whole of it.
    const isWhole = way.length === 0 && name === first;
    return [{ ...part, inside: isWhole ? [] : [name, ...part.inside] }];
  });
}

/** The names under which a module hands on what it has. */
function namesOf({ specifier, at }: Taken, source: Reading, modules = MAX_MODULES): string[] {
  const program = modules > 0 ? programOfModule(specifier, at, source) : undefined;
  if (!program) return [];
  const { names, modules: behind } = namesExported(program);
  const more = behind.flatMap((each) =>
    namesOf({ specifier: each, at: program, names: [] }, source, modules - 1),
  );
  return [...names, ...more];
}

function partBy(
  { specifier, names, at }: Taken,
  way: readonly string[],
  own: string,
  source: Reading,
): Part | undefined {
  const found = namesIn(own, { specifier, at, names }, source, MAX_MODULES);
  if (!found) return undefined;
  // The default import of a module of CommonJS is the whole of what it exports.
  const taken = found[0] === 'default' && way[0] !== 'default' ? found.slice(1) : found;
  const length = Math.min(taken.length, way.length);
  if (taken.slice(0, length).some((name, index) => name !== way[index])) return undefined;
  return { inside: way.slice(taken.length), beyond: taken.slice(way.length) };
}

/** What the names of a module are in the file `own`, through those that hand them on; undefined where they are others. */
function namesIn(
  own: string,
  { specifier, at, names }: Taken,
  source: Reading,
  modules: number,
): readonly string[] | undefined {
  const file = source.project?.resolve(fileOf(at, source), specifier);
  if (file !== undefined && path.resolve(file) === path.resolve(own)) return names;
  const program = programOfModule(specifier, at, source);
  // What cannot be read may be the value, unless a package has it.
  if (!program) return file === undefined && /^(node:|[\w@])/.test(specifier) ? undefined : names;
  if (modules === 0) return names;
  const [name = 'default', ...rest] = names;
  for (const exported of exportsNamed(program, name)) {
    const behind = exported.member === undefined ? rest : [exported.member, ...rest];
    const next: Taken | undefined =
      'module' in exported ? { specifier: exported.module, at: program, names: [] } : takenAs(exported.value);
    const inner = next && { ...next, names: [...next.names, ...behind] };
    const found = inner && namesIn(own, inner, source, modules - 1);
    if (found) return found;
  }
  return undefined;
}
