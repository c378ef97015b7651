import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withArticle } from '../../../codemods/agent-cache/source/client-noun.ts';
import { fileBuiltBy } from '../../../codemods/agent-cache/survey/modules/agent-file.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import { walk } from '../source/walk.ts';
import type { AgentFound } from './find-agent.ts';
import type { FullScene } from './verify-cache.ts';

/**
 * Constructions of a class of the agent's name that another module gives: whether that is the agent cannot be told,
 * and the codemod passes it by. A class that the file declares itself is nobody's agent.
 */
export function findOtherClasses(
  { root, graph, options, detection, cacheModules }: FullScene,
  found: AgentFound,
): Finding[] {
  const { agentClass } = options;
  const built = new RegExp(`\\bnew\\s+(?:[\\w$]+\\s*\\.\\s*)?${agentClass.replaceAll('$', '\\$')}\\b`);
  const own = new Set([...found.modules, ...found.declaredIn]);
  const shared = cacheModules.map((file) => fileBuiltBy(file, detection.project, options));
  // Several packages may have a class of that name, and not all of them a cache.
  const isUnshared = (file: string) =>
    shared.length > 0 && !shared.includes(undefined) && !shared.includes(file);
  return [...detection.naming].flatMap((itemPath): Finding[] => {
    const file = path.join(root, itemPath);
    if (own.has(file) || detection.unfinished.has(itemPath) || detection.project.isCacheFile(file)) return [];
    if (!built.test(readFileSync(file, 'utf8'))) return [];
    const model = graph.model(file);
    if (model === undefined) return [];
    const findings: Finding[] = [];
    walk(model.program, (node) => {
      if (node.type !== 'NewExpression' || node.loc == null) return;
      const { callee } = node;
      const [local, name] =
        callee.type === 'Identifier'
          ? [callee.name, callee.name]
          : callee.type === 'MemberExpression' &&
              callee.object.type === 'Identifier' &&
              callee.property.type === 'Identifier'
            ? [callee.object.name, callee.property.name]
            : [];
      const imported = local === undefined ? undefined : model.imports.get(local);
      if (name !== agentClass || imported === undefined || imported.specifier === found.packageName) return;
      const origin = graph.imported(file, {
        ...imported,
        name: imported.name === '*' ? agentClass : imported.name,
      });
      const owner = origin !== undefined && 'model' in origin ? origin.model.file : undefined;
      const isOwn = owner !== undefined && own.has(owner);
      if (isOwn && !isUnshared(owner)) return;
      findings.push({
        file: itemPath,
        line: node.loc.start.line,
        column: node.loc.start.column + 1,
        rule: 'other-class',
        id: 'other-class',
        message: isOwn
          ? `builds ${withArticle(agentClass)} of ${toItemPath(root, owner)}, which no cache module shares`
          : `builds ${withArticle(agentClass)} of ${imported.specifier}, which is not the module that was looked for (${options.agentModule})`,
        hint: isOwn
          ? 'give that package a cache module of its own, with the codemod’s --init'
          : 'import the agent from its own module, or check this one with --agent-module',
      });
    });
    return findings;
  });
}
