import type * as t from '@babel/types';
import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { keyName } from '../../survey/code/members.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { joinPaths, partAt } from '../../survey/code/exported-paths.ts';
import { functionsOfModule } from './module-functions.ts';
import { partsOfClass } from './agent-class.ts';
import { type BuilderWork, workOfBuilder } from './returned-constructions.ts';

/**
 * What builds agents in the module of their class: static members by name, and what else the module exports by the names on
 * the way to it: `open`, `default.open`.
 */
export interface ClassBuilders {
  statics: ReadonlyMap<string, BuilderWork>;
  functions: ReadonlyMap<string, BuilderWork>;
}

const known = new OncePerProject<ClassBuilders>();
const NONE: ClassBuilders = { statics: new Map(), functions: new Map() };

/** The builders of the class that a file declares. One that hands out an instance which it keeps is none. */
export function buildersOfClass(
  file: string,
  project: Project,
  { agentClass }: Pick<CodemodOptions, 'agentClass'>,
): ClassBuilders {
  return known.of(project, `${agentClass} ${file}`, () => {
    try {
      return read(file, agentClass, project);
    } catch {
      return NONE;
    }
  });
}

function read(file: string, agentClass: string, project: Project): ClassBuilders {
  const members = new Map<string, t.Function>();
  for (const part of partsOfClass(file, agentClass, project).reverse())
    for (const member of part.members) {
      const name = 'static' in member && member.static ? nameOf(member) : undefined;
      const fn = name === undefined ? undefined : functionIn(member);
      if (name !== undefined && fn) members.set(name, fn);
    }
  const { body } = sourcesOf(project).tree(file, project.read(file) ?? '').program;
  const { own, exported } = functionsOfModule(body);
  // What is added to the class beside its declaration: `Client.open = () => …`, a namespace of its name.
  const prefix = `${agentClass}.`;
  for (const [name, fn] of own)
    if (name.startsWith(prefix) && !members.has(name.slice(prefix.length)))
      members.set(name.slice(prefix.length), fn);
  const builders = { statics: new Map<string, BuilderWork>(), functions: new Map<string, BuilderWork>() };
  // What calls a builder and returns what that gives is one as well.
  for (let found = -1; found !== builders.statics.size + builders.functions.size; ) {
    found = builders.statics.size + builders.functions.size;
    const names = { agentClass, statics: builders.statics, functions: builders.functions };
    for (const [name, fn] of members) note(builders.statics, name, workOfBuilder(fn, names));
    for (const [name, fn] of own)
      if (!name.startsWith(prefix)) note(builders.functions, name, workOfBuilder(fn, names));
  }
  const { statics } = builders;
  const functions = new Map(exported.flatMap(([path, name]) => asExported(path, name, builders.functions)));
  // `module.exports = Client`: what a module of CommonJS is, its importers have by any name.
  if (exported.some(([path, name]) => path === '' && name === agentClass))
    for (const [name, work] of statics) functions.set(name, work);
  return { statics, functions };
}

/** What is exported at a path, and below it. */
function asExported(
  path: string,
  name: string,
  own: ReadonlyMap<string, BuilderWork>,
): [string, BuilderWork][] {
  return [...partAt(own, name)].map(([rest, work]) => [joinPaths(path, rest), work]);
}

function nameOf(member: t.ClassBody['body'][number]): string | undefined {
  const isPrivate = member.type === 'ClassPrivateMethod' || member.type === 'ClassPrivateProperty';
  return isPrivate ? member.key.id.name : keyName(member);
}

function note(builders: Map<string, BuilderWork>, name: string, work: BuilderWork | undefined): void {
  if (work) builders.set(name, work);
}

/** A method, or the function that a field holds. */
function functionIn(member: t.Node): t.Function | undefined {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod')
    return member.kind === 'method' ? member : undefined;
  const value =
    member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty' ? member.value : undefined;
  return isFunction(value) ? value : undefined;
}

function isFunction(node: t.Node | null | undefined): node is t.Function {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}
