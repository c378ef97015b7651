import { type AgentEffects, effectsOfClass, effectsOfPackage } from '../interpreter/agent-effects.ts';
import type { Surveyed } from '../../migration.ts';
import { isPackageSetInRequests } from '../interpreter/set-in-requests.ts';
import { classFileOf } from './own-methods.ts';

/** What the source of the agent's class says of it; undefined where that cannot be read. */
export function agentEffects(migration: Surveyed): AgentEffects | undefined {
  const { project, options, agentBindings, path } = migration;
  if (!project) return undefined;
  const { agentClass, agentModule } = options;
  const file = classFileOf(migration);
  if (file !== undefined && !file.includes('/node_modules/'))
    return effectsOfClass(file, agentClass, project);
  const specifier = agentBindings[0]?.module.value ?? agentModule;
  return specifier.startsWith('.') ? undefined : effectsOfPackage(specifier, agentClass, path, project);
}

/** The package of a class that cannot be read, where requests set something of it, which its constructor may read. */
export function packageSetInRequests({
  project,
  options: { agentClass },
  agentBindings: [loaded],
  path,
}: Surveyed): string | undefined {
  const specifier = loaded?.module.value;
  if (!project || specifier === undefined || project.resolve(path, specifier) !== undefined) return undefined;
  const part = { name: '*', file: path, agentClass, own: new Set<string>(), specifier };
  return isPackageSetInRequests(part, project) ? specifier : undefined;
}
