import path from 'node:path';
import type { Reading } from '../../../migration.ts';
import { exportsNamed } from '../../code/exports-named.ts';
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

/**
 * Where in what is taken the value lies (`inside`), or which part of the value that is (`beyond`); undefined where it
 * is something else.
 */
export function partTaken(
  { specifier, names, at }: Taken,
  way: readonly string[],
  own: string,
  source: Reading,
): { inside: readonly string[]; beyond: readonly string[] } | undefined {
  const [first = 'default'] = way;
  const found = namesIn(
    own,
    { specifier, at, names: names.length > 0 ? names : [first] },
    source,
    MAX_MODULES,
  );
  if (!found) return undefined;
  if (names.length === 0) return { inside: way, beyond: [] };
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
