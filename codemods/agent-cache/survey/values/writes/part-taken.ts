import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { exportsNamed, namesExported } from '../../code/exports-named.ts';
import { OncePerProject } from '../../code/once-per-project.ts';
import { fileOf, programOfModule } from '../../code/opened-files.ts';
import { type Taken, takenAs } from '../taken-from-modules.ts';
import { keptWith } from '../../../source/kept-with.ts';

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
function namesOf({ specifier, at }: Taken, source: Reading): readonly string[] {
  const program = programOfModule(specifier, at, source);
  return program ? keptWith(program, 'names handed on', () => [...namesBehind(program, source)]) : [];
}

function namesBehind(
  program: NodePath<t.Program>,
  source: Reading,
  seen = new Set<t.Node>(),
  found = new Set<string>(),
): Set<string> {
  if (seen.has(program.node)) return found;
  seen.add(program.node);
  const { names, modules } = namesExported(program);
  for (const name of names) found.add(name);
  for (const module of modules) {
    const behind = programOfModule(module, program, source);
    if (behind) namesBehind(behind, source, seen, found);
  }
  return found;
}

function partBy(
  { specifier, names, at }: Taken,
  way: readonly string[],
  own: string,
  source: Reading,
): Part | undefined {
  const found = namesOnce(own, { specifier, at, names }, source);
  if (!found) return undefined;
  // The default import of a module of CommonJS is the whole of what it exports.
  const taken = found[0] === 'default' && way[0] !== 'default' ? found.slice(1) : found;
  const length = Math.min(taken.length, way.length);
  if (taken.slice(0, length).some((name, index) => name !== way[index])) return undefined;
  return { inside: way.slice(taken.length), beyond: taken.slice(way.length) };
}

/** What names of other modules are in a file, by what was asked. */
const known = new OncePerProject<Map<string, readonly string[] | undefined>>();

/**
 * What the names of a module are in the file `own`, through those that hand them on; undefined where they are others.
 * Half a tree may take its names of one barrel, so that no module is asked twice for one.
 */
function namesOnce(own: string, taken: Taken, source: Reading): readonly string[] | undefined {
  const { project } = source;
  if (!project) return namesIn(own, taken, source, new Set());
  const answers = known.of(project, path.resolve(own), () => new Map());
  const question = questionOf(taken, project.resolve(fileOf(taken.at, source), taken.specifier));
  if (answers.has(question)) return answers.get(question);
  const asked = new Set<string>();
  const found = namesIn(own, taken, source, asked);
  // Where nothing was found, all that leads on was seen, and leads nowhere else.
  if (found) answers.set(question, found);
  else for (const each of asked) answers.set(each, undefined);
  return found;
}

function questionOf({ specifier, names }: Taken, file: string | undefined): string {
  return `${file ?? specifier} ${names.join(' ')}`;
}

function namesIn(
  own: string,
  taken: Taken,
  source: Reading,
  asked: Set<string>,
  modules = MAX_MODULES,
): readonly string[] | undefined {
  const { specifier, at, names } = taken;
  const file = source.project?.resolve(fileOf(at, source), specifier);
  if (file !== undefined && path.resolve(file) === path.resolve(own)) return names;
  const question = questionOf(taken, file);
  if (asked.has(question)) return undefined;
  asked.add(question);
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
    const found = inner && namesIn(own, inner, source, asked, modules - 1);
    if (found) return found;
  }
  return undefined;
}
