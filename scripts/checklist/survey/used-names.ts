import { readFileSync } from 'node:fs';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { LoadedName } from '../../../codemods/agent-cache/survey/code/loaded-name.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { walk } from '../source/walk.ts';

/** A place of a file. Line and column are 1-based. */
export interface SourcePlace {
  line: number;
  column: number;
}

/** A name that a file imports of another module, and the first place where it does. */
export interface UsedName {
  local: string;
  imported: LoadedName;
  /** The file that the specifier leads to; undefined for packages and what is not there. */
  target: string | undefined;
}

/** Every value that a module imports, a namespace by each member that is read of it. */
export function usedNames(model: ModuleModel, graph: ModuleGraph): UsedName[] {
  return Array.from(model.imports, ([local, imported]) =>
    imported.name === '*' ? membersOf(local, imported, model) : [{ local, imported }],
  )
    .flat()
    .map((used) => ({ ...used, target: graph.resolve(model.file, used.imported.specifier) }));
}

function membersOf(
  local: string,
  imported: LoadedName,
  { program }: ModuleModel,
): Omit<UsedName, 'target'>[] {
  const names = new Set<string>();
  walk(program, (node) => {
    if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return;
    if (
      node.object.type === 'Identifier' &&
      node.object.name === local &&
      node.property.type === 'Identifier' &&
      !node.computed
    )
      names.add(node.property.name);
  });
  return Array.from(names, (name) => ({ local: `${local}.${name}`, imported: { ...imported, name } }));
}

/** Where a text first stands in a file. */
export function placeOfText(file: string, text: string): SourcePlace {
  const source = readFileSync(file, 'utf8');
  const before = source.slice(0, Math.max(0, source.indexOf(text))).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
