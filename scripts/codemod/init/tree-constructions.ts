import path from 'node:path';
import { wholeProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../../codemods/agent-cache/files/files-once.ts';
import { type CodemodOptions, moduleEnd } from '../../../codemods/agent-cache/options.ts';
import { openFile } from '../../../codemods/agent-cache/source/open-file.ts';
import { findAgentBindings } from '../../../codemods/agent-cache/survey/modules/find-agent-bindings.ts';
import { findConstructions } from '../../../codemods/agent-cache/survey/modules/find-constructions.ts';
import {
  type PortableArguments,
  type PortableImport,
  portableArguments,
  portableTypes,
} from './portable-arguments.ts';

/** Type arguments, `<Row>` or nothing, and what they have to import. */
export interface TreeTypes {
  code: string;
  imports: readonly PortableImport[];
}

/** How a tree builds a class. */
export interface TreeConstructions {
  /** How many places build it. */
  total: number;
  /** The files that do, absolute. */
  files: readonly string[];
  /** What most of those build it with that build it alike at every request; undefined where none does. */
  agreed: PortableArguments | undefined;
  /** The type arguments that most of them have, whatever else those are given. */
  types: TreeTypes | undefined;
  /** The places that build it otherwise, as `file:line`, from the working directory on. */
  differing: readonly string[];
}

/**
 * Reads every construction of the class below a folder; a file that does not parse has none.
 *
 * @param present the cache module that is there, absolute: what it builds stands above what most places do
 */
export function constructionsOfTree(
  sources: readonly string[],
  asked: CodemodOptions,
  present?: string,
): TreeConstructions {
  const options = { ...asked, agentModule: moduleEnd(asked.agentModule) };
  const project = wholeProject(options, new FilesOnce());
  const groups = new Map<string, { given: PortableArguments; places: string[]; isPresent?: boolean }>();
  const types = new Map<string, { types: TreeTypes; times: number }>();
  const others: string[] = [];
  const files = new Set<string>();
  let total = 0;
  for (const file of sources) {
    const text = project.read(file)?.replace(/^\uFEFF/, '');
    if (!text?.includes(options.agentClass)) continue;
    try {
      const migration = openFile(path.resolve(file), text, options, project);
      findAgentBindings(migration);
      findConstructions(migration);
      for (const construction of migration.constructions) {
        total += 1;
        files.add(path.resolve(file));
        const place = `${path.relative('', path.resolve(file))}:${construction.node.loc?.start.line ?? 1}`;
        const own: PortableImport[] = [];
        const written = portableTypes(construction, migration, own);
        if (written) count(types, written.key, { code: written.code, imports: own });
        const given = portableArguments(construction, migration);
        if (!given) others.push(place);
        else {
          const group = groups.get(given.key) ?? { given, places: [] };
          group.places.push(place);
          group.isPresent ||= path.resolve(file) === present;
          groups.set(given.key, group);
        }
      }
    } catch {
      // What does not parse is told of by the codemod itself.
    }
  }
  const [most, ...less] = [...groups.values()].sort(
    (a, b) =>
      Number(b.isPresent ?? false) - Number(a.isPresent ?? false) || b.places.length - a.places.length,
  );
  const differing = [...less.flatMap(({ places }) => places), ...others].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const [commonest] = [...types.values()].sort((a, b) => b.times - a.times);
  return { total, files: [...files], agreed: most?.given, types: commonest?.types, differing };
}

function count(
  types: Map<string, { types: TreeTypes; times: number }>,
  key: string,
  written: TreeTypes,
): void {
  const group = types.get(key) ?? { types: written, times: 0 };
  group.times += 1;
  types.set(key, group);
}
