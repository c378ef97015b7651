import path from 'node:path';
import type { Node } from '@babel/types';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import type { Detection } from '../detector.ts';
import type { ModuleGraph, Origin } from '../source/module-graph.ts';
import { isFunction, visit } from './sure-code.ts';

/** Functions that let go of the shared agent whenever they are called, so that whoever calls them does. */
export interface DroppingHelpers {
  /** What they are called in their own files, or exported as. */
  names: readonly string[];
  areCalled: (node: Node, model: ModuleModel) => boolean;
}

/** @param dropping the files that let go of it themselves, relative to the root */
export function droppingHelpers(
  { root, graph, detection }: { root: string; graph: ModuleGraph; detection: Detection },
  dropping: readonly string[],
  isDrop: (node: Node, itemPath: string) => boolean,
): DroppingHelpers {
  const found = new Set<Node>();
  const names = new Set<string>();
  const files = new Set(dropping);
  const areCalled = (node: Node, model: ModuleModel) => {
    const called = found.size > 0 ? calledFunction(node, model, graph) : undefined;
    return called !== undefined && found.has(called);
  };
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const itemPath of names.size > 0 ? detection.read : []) {
      const text = detection.project.read(path.join(root, itemPath)) ?? '';
      if ([...names].some((name) => text.includes(name))) files.add(itemPath);
    }
    for (const itemPath of files) {
      const model = graph.model(path.join(root, itemPath));
      if (model === undefined) continue;
      visit(model.program, undefined, (node, inside) => {
        if (inside === undefined || !(isDrop(node, itemPath) || areCalled(node, model))) return;
        const name = [...model.declarations].find(([, each]) => functionOf(each) === inside)?.[0];
        const exported = [...model.exports].flatMap(([as, each]) =>
          ('local' in each && each.local === name) || ('node' in each && functionOf(each.node) === inside)
            ? [as]
            : [],
        );
        if (name === undefined && exported.length === 0) return;
        found.add(inside);
        // Whoever imports a default calls it what they like.
        const file = path.parse(itemPath).name;
        for (const each of [name ?? [], exported].flat()) names.add(each === 'default' ? file : each);
      });
    }
  }
  return { names: [...names], areCalled };
}

/** The function of the tree that a call calls by its name; undefined for all else. */
export function calledFunction(node: Node, model: ModuleModel, graph: ModuleGraph): Node | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const { name } = node.callee;
  const imported = model.imports.get(name);
  return imported === undefined
    ? functionOf(model.declarations.get(name))
    : functionAt(graph.imported(model.file, imported));
}

/** The function that stands where a name is declared. */
export function functionAt(origin: Origin | undefined): Node | undefined {
  if (origin === undefined || !('model' in origin)) return undefined;
  const { exported, model } = origin;
  if ('node' in exported) return functionOf(exported.node);
  return 'local' in exported ? functionOf(model.declarations.get(exported.local)) : undefined;
}

function functionOf(declared: Node | undefined): Node | undefined {
  const node = declared?.type === 'VariableDeclarator' ? (declared.init ?? undefined) : declared;
  return node !== undefined && isFunction(node) ? node : undefined;
}
