import type { Migration, Source } from '../../migration.ts';
import type { Exports } from '../code/exported-paths.ts';
import { BarrelExports } from './barrel-exports.ts';

/** Where a module has the agent's class: each path of it stands for the class. */
export type AgentExports = Exports<true>;

const barrels = new BarrelExports<true>();

/**
 * What the agent's own module exports the class as; the empty path for the module of CommonJS that is the class. The
 * default import of one that has it is the whole of it, once more where a compiler wraps that.
 */
export function ownAgentExports(agentClass: string): AgentExports {
  const paths = ['', 'default', agentClass, `default.${agentClass}`, `default.default.${agentClass}`];
  return new Map(paths.map((path) => [path, true]));
}

/** Where a file that is not the agent's own module has its class, from modules that it exports again. */
export function agentExportsOf(
  file: string,
  migration: Pick<Migration, 'options' | 'project'>,
  exportsOf: (specifier: string, from: Source) => AgentExports,
): AgentExports {
  return barrels.of(file, migration, exportsOf);
}

/** Whether a file that names neither the class nor its module may import the class from where it is exported as this. */
export function hideTheClass(exports: AgentExports, agentClass: string): boolean {
  return [...exports.keys()].some((path) => path !== '' && !path.includes(agentClass));
}
