import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Conduct, conductOf } from '../cache/judge-factory.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import type { AgentFound } from './find-agent.ts';
import { type NameUse, usedNames, usesOfName } from './used-names.ts';
import type { Scene } from './verify-cache.ts';

/** An exported function that gives a new agent at each call. */
interface Builder {
  file: string;
  name: string;
  conduct: Conduct;
}

/** Calls of what the cache module, its parts and the agent's module export and what builds a new agent each time. */
export function findBuildersUsed(
  scene: Scene & { cacheModules: readonly string[] },
  agent: AgentFound,
): Finding[] {
  const { root, graph, options, detection, cacheModules } = scene;
  const parts = cacheModules.flatMap((file) => partsOf(file, scene));
  const owners = new Set([...cacheModules, ...parts, ...agent.modules, ...agent.declaredIn]);
  const builders = [...owners].flatMap((file) => buildersOf(file, scene));
  if (builders.length === 0) return [];
  const byOrigin = new Map(builders.map((each) => [`${each.file}\n${each.name}`, each]));
  const names = new Set(builders.map(({ name }) => name));
  return [...detection.read].flatMap((itemPath): Finding[] => {
    const file = path.join(root, itemPath);
    if (owners.has(file)) return [];
    const text = readFileSync(file, 'utf8');
    if (![...names].some((name) => text.includes(name === 'default' ? 'import' : name))) return [];
    if (names.has('default') && ![...owners].some((owner) => text.includes(path.parse(owner).name)))
      return [];
    const model = graph.model(file);
    if (model === undefined) return [];
    const used = usedNames(model, graph);
    // What is given back to the cache is called by the cache.
    const ofCache = new Set(
      used.flatMap(({ local, target }) => (owners.has(target ?? '') ? (local.split('.')[0] ?? '') : [])),
    );
    return used.flatMap(({ local, imported }): Finding[] => {
      const origin = graph.imported(file, imported);
      if (origin === undefined || !('model' in origin)) return [];
      const { exported, model: owner } = origin;
      const name = [...owner.exports].find(([, each]) => each === exported)?.[0] ?? imported.name;
      const builder = byOrigin.get(`${owner.file}\n${name}`);
      if (builder === undefined) return [];
      const known = detection.unfinished.get(itemPath)?.occurrences ?? [];
      return usesOfName(local, model)
        .filter((use) => isPastCache(use, builder, ofCache))
        .filter((use) => !known.some(({ line }) => line === use.line))
        .map(({ line, column }) => ({
          file: itemPath,
          line,
          column,
          rule: 'past-cache' as const,
          id: 'builds-past-cache',
          message: `${builder.name} of ${toItemPath(root, builder.file)} builds a new ${options.agentClass} at each call`,
          hint: `await ${options.factory}() of the cache module instead`,
        }));
    });
  });
}

/** One that also takes the shared agent's place may be called to renew it, but not for what it gives. */
function isPastCache(
  { form, givenTo }: NameUse,
  { conduct }: Builder,
  ofCache: ReadonlySet<string>,
): boolean {
  if (form === 'value' && givenTo.some((name) => ofCache.has(name))) return false;
  return conduct === 'builds' ? true : form === 'call';
}

/** The files of the tree that a cache module imports values from. */
function partsOf(cacheModule: string, { graph, agent }: Scene): string[] {
  const model = graph.model(cacheModule);
  if (model === undefined) return [];
  const targets = Array.from(model.imports.values(), ({ specifier }) =>
    graph.resolve(cacheModule, specifier),
  );
  return targets.filter((file) => file !== undefined && !agent.isAgentModule(file)) as string[];
}

function buildersOf(file: string, { graph, agent, options }: Scene): Builder[] {
  const model = graph.model(file);
  if (model === undefined || !readFileSync(file, 'utf8').includes(options.agentClass)) return [];
  return [...model.exports.keys()].flatMap((name): Builder[] => {
    if (name === options.factory || name === options.provider) return [];
    const exported = model.exports.get(name);
    if (exported !== undefined && 'specifier' in exported) return [];
    const conduct = conductOf(graph, agent, { file, name });
    return conduct === 'builds' || conduct === 'renews' ? [{ file, name, conduct }] : [];
  });
}
