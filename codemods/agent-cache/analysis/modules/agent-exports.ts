import type { Migration } from '../../migration.ts';
import { openFile } from '../../open-file.ts';
import type { Project } from '../../project.ts';
import { parsedSource } from '../../source/parse.ts';
import type { Exports } from '../code/exported-paths.ts';
import { handedOn } from './handed-on.ts';
import { KnownExports } from './known-exports.ts';
import { HANDS_ON, mayHandOn } from './may-hand-on.ts';

/** Where a module has the agent's class: each path of it stands for the class. */
export type AgentExports = Exports<true>;

const NONE: AgentExports = new Map();
const known = new WeakMap<Project, KnownExports<true>>();

/** What the agent's own module exports the class as; the empty path for the module of CommonJS that is the class. */
export function ownAgentExports(agentClass: string): AgentExports {
  return new Map([
    ['', true],
    ['default', true],
    [agentClass, true],
  ]);
}

/** Where a file that is not the agent's own module has its class, from modules that it exports again. */
export function agentExportsOf(
  file: string,
  { project, options }: Pick<Migration, 'options' | 'project'>,
  exportsOf: (specifier: string, from: Migration) => AgentExports,
): AgentExports {
  if (!project || file.includes('/node_modules/')) return NONE;
  const files = known.get(project) ?? new KnownExports<true>();
  known.set(project, files);
  return files.of(file, () => {
    const text = project.read(file)?.replace(/^\uFEFF/, '');
    if (text === undefined || !HANDS_ON.test(text)) return NONE;
    try {
      if (!mayHandOn(parsedSource(file, text).program)) return NONE;
      const migration = openFile(file, text, options, project);
      return handedOn(migration, (specifier) => exportsOf(specifier, migration));
    } catch {
      return NONE;
    }
  });
}

/** Whether a file that names neither the class nor its module may import the class from where it is exported as this. */
export function hideTheClass(exports: AgentExports, agentClass: string): boolean {
  return [...exports.keys()].some((path) => path !== '' && !path.includes(agentClass));
}
