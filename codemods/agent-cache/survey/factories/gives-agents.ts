import type { CodemodOptions } from '../../options.ts';
import type { Project } from '../../project.ts';
import { agentExportsOf, hideTheClass } from '../modules/agent-exports.ts';
import { exportedFactories } from './exported-factories.ts';
import { agentExports } from '../modules/module-paths.ts';

/** Whether files that do not name the agent may get one from a file: by a factory, or by its class under another name. */
export function givesAgents(file: string, project: Project, options: CodemodOptions): boolean {
  if (exportedFactories(file, project, options).size > 0) return true;
  return hideTheClass(agentExportsOf(file, { project, options }, agentExports), options.agentClass);
}
