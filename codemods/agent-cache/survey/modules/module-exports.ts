import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import type { Exports } from '../code/exported-paths.ts';
import { KnownExports } from './known-exports.ts';
import { modelOf } from '../code/module-model.ts';

/** The values that a module exports by name; `open` when it may export others, which its syntax does not tell. */
export interface ModuleExports {
  names: ReadonlySet<string>;
  open: boolean;
}

/** Stands for exports that the syntax does not tell. */
const REST = '*';
const OPEN: Exports<true> = new Map([[REST, true]]);
const known = new WeakMap<Project, KnownExports<true>>();

/** What a module exports, by its syntax; re-exports are followed. */
export function moduleExports(file: string, project: Project): ModuleExports {
  const found = exportsOfFile(file, project);
  return { names: new Set([...found.keys()].filter((name) => name !== REST)), open: found.has(REST) };
}

function exportsOfFile(file: string, project: Project): Exports<true> {
  const files = known.get(project) ?? new KnownExports<true>((each) => () => readExports(each, project));
  known.set(project, files);
  return files.of(file);
}

function readExports(file: string, project: Project): Exports<true> {
  const text = project.read(file)?.replace(/^\uFEFF/, '');
  if (text === undefined) return OPEN;
  try {
    const { program } = sourcesOf(project).tree(file, text);
    const model = modelOf(file, program);
    const own = [...model.exports.keys()].filter((name) => !model.isCommonJs || name !== 'default');
    const handedOn = model.handsOn.flatMap((specifier) => [...namesOf(specifier, file, project)]);
    // Exports of CommonJS may be made in any place of the program, and be added to.
    const mentions = text.match(/\bexports\b/g)?.length ?? 0;
    const isOpen =
      mentions > model.assignments || program.body.some(({ type }) => type === 'TSExportAssignment');
    return new Map([
      ...own.map((name): [string, true] => [name, true]),
      ...handedOn,
      ...(isOpen ? OPEN : []),
    ]);
  } catch {
    return OPEN;
  }
}

/** What another module has by name, its default export left out. */
function namesOf(specifier: string, file: string, project: Project): Exports<true> {
  const target = project.resolve(file, specifier);
  const theirs = target === undefined ? OPEN : exportsOfFile(target, project);
  return new Map([...theirs].filter(([name]) => name !== 'default'));
}
