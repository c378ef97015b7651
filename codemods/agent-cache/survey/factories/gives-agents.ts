import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { agentExportsOf, hideTheClass } from '../modules/agent-exports.ts';
import { exportedFactories } from './exported-factories.ts';
import { firstName } from '../modules/may-import.ts';
import { agentExports } from '../modules/module-paths.ts';

/**
 * The names by which files that do not name the agent may import something from a file that gives them one: a factory,
 * or the class under another name. None for a file that gives no agents.
 */
export function namesOfAgents(file: string, project: Project, options: CodemodOptions): ReadonlySet<string> {
  const factories = [...exportedFactories(file, project, options).keys()];
  const classes = agentExportsOf(file, { project, options }, agentExports);
  const hidden = hideTheClass(classes, options.agentClass) ? [...classes.keys()] : [];
  return new Set([...factories, ...hidden].map(firstName));
}

/** Whether a file exports the agent's class, by whatever name. */
export function exportsTheClass(file: string, project: Project, options: CodemodOptions): boolean {
  return agentExportsOf(file, { project, options }, agentExports).size > 0;
}

/** Whether files that do not name the agent may get one from a file: by a factory, or by its class under another name. */
export function givesAgents(file: string, project: Project, options: CodemodOptions): boolean {
  return namesOfAgents(file, project, options).size > 0;
}
