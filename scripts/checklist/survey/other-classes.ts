import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../report.ts';
import { walk } from '../source/walk.ts';
import type { AgentFound } from './find-agent.ts';
import type { Scene } from './verify-cache.ts';

/**
 * Constructions of a class of the agent's name that another module gives: whether that is the agent cannot be told,
 * and the codemod passes it by. A class that the file declares itself is nobody's agent.
 */
export function findOtherClasses({ root, graph, options, detection }: Scene, found: AgentFound): Finding[] {
  const { agentClass } = options;
  const built = new RegExp(`\\bnew\\s+(?:[\\w$]+\\s*\\.\\s*)?${agentClass.replaceAll('$', '\\$')}\\b`);
  const own = new Set([...found.modules, ...found.declaredIn]);
  return detection.naming.flatMap((itemPath): Finding[] => {
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
      if (origin !== undefined && 'model' in origin && own.has(origin.model.file)) return;
      findings.push({
        file: itemPath,
        line: node.loc.start.line,
        column: node.loc.start.column + 1,
        rule: 'other-class',
        id: 'other-class',
        message: `builds a ${agentClass} of ${imported.specifier}, which is not the module that was looked for (${options.agentModule})`,
        hint: 'import the agent from its own module, or check this one with --agent-module',
      });
    });
    return findings;
  });
}
