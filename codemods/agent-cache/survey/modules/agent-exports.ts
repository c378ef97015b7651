import type { Migration, Source } from '../../migration.ts';
import type { Exports } from '../code/exported-paths.ts';
import { BarrelExports } from './barrel-exports.ts';

/** Where a module has the agent's class: each path of it stands for the class. */
export type AgentExports = Exports<true>;

const barrels = new BarrelExports<true>();

/** What the agent's own module exports the class as; the empty path for the module of CommonJS that is the class. */
export function ownAgentExports(agentClass: string): AgentExports {
  return new Map([
    ['', true],
    ['default', true],
    [agentClass, true],
  ]);
}

/** The same for a module of CommonJS whose default import is the whole of it. */
export function wholeAsDefault(agentClass: string): AgentExports {
  return new Map([
    ['', true],
    [`default.${agentClass}`, true],
    [agentClass, true],
  ]);
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
