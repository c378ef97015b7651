import type { AgentBinding, Surveyed } from '../../migration.ts';

/** The import whose manner (quotes, extension, alias, style) and place an import of the cache module follows. */
export function importExample({ agentBindings, remoteFactories }: Surveyed): AgentBinding | undefined {
  const atTop = agentBindings.filter(({ isLate }) => !isLate);
  return atTop.find(({ typeOnly }) => !typeOnly) ?? remoteFactories[0]?.import ?? atTop[0];
}
