import type { Node } from '@babel/types';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import type { ModuleGraph, Origin } from '../source/module-graph.ts';
import type { NamesOfClass } from './scripts-in.ts';

const MOST_STEPS = 6;

/**
 * Finds by what names modules give the agent's class, or one that extends it, to a file:
 * `export { FacebookAdsAgent as Client } from '…'`.
 */
export function namesOfClass(file: string, graph: ModuleGraph, { agentClass }: CodemodOptions): NamesOfClass {
  const isClass = (origin: Origin | undefined, steps = MOST_STEPS): boolean => {
    if (origin === undefined || steps === 0) return false;
    if ('outside' in origin) return origin.name === agentClass;
    const { model, exported } = origin;
    if ('specifier' in exported) return exported.name === agentClass;
    return 'local' in exported
      ? isNamed(exported.local, model, steps)
      : isClassNode(exported.node, model, steps);
  };
  const isNamed = (name: string, model: ModuleModel, steps: number): boolean => {
    if (name === agentClass) return true;
    const imported = model.imports.get(name);
    if (imported !== undefined) return isClass(graph.imported(model.file, imported), steps - 1);
    const declared = model.declarations.get(name);
    return declared !== undefined && isClassNode(declared, model, steps - 1);
  };
  const isClassNode = (node: Node | null | undefined, model: ModuleModel, steps: number): boolean => {
    if (!node || steps === 0) return false;
    switch (node.type) {
      case 'Identifier':
        return isNamed(node.name, model, steps);
      case 'VariableDeclarator':
        return isClassNode(node.init, model, steps);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return node.id?.name === agentClass || isClassNode(node.superClass, model, steps - 1);
      default:
        return false;
    }
  };
  return (specifier) => {
    const target = graph.resolve(file, specifier);
    if (target === undefined) return [];
    return ['default', ...graph.names(target)].filter((name) => isClass(graph.origin(target, name)));
  };
}
