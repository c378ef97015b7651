import type { Node } from '@babel/types';
import { clientName } from '../../../codemods/agent-cache/source/client-noun.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { givenBuilders } from '../cache/given-builders.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import { walk } from '../source/walk.ts';
import type { FullScene } from './verify-cache.ts';
import { lastName } from './way-syntax.ts';

/** What calls a function whenever something happens. */
const LISTENS =
  /^(?:on|once|(?:add|prepend|prependOnce)(?:Event)?Listener|onMessage|subscribe|handle|respond|reply)$/;

/** Builders that the cache's and the agent's own modules leave with others: red where they listen, a doubt elsewhere. */
export function findListeners(
  scene: FullScene,
  owners: Iterable<string>,
): { findings: Finding[]; doubts: string[] } {
  const findings: Finding[] = [];
  const doubts: string[] = [];
  for (const file of owners) {
    const model = scene.graph.model(file);
    const given = model && givenBuilders(scene.graph, scene.agent, file);
    if (model === undefined || given === undefined || given.size === 0) continue;
    const listening = listenersOf(model);
    for (const code of given) {
      const { line = 1, column = 0 } = code.loc?.start ?? {};
      const itemPath = toItemPath(scene.root, file);
      if (listening.has(code))
        findings.push({
          file: itemPath,
          line,
          column: column + 1,
          rule: 'past-cache',
          id: 'builds-past-cache',
          message: `builds a new ${clientName(scene.options)} whenever what it listens to happens`,
          hint: `await ${scene.options.factory}() of the cache module instead`,
        });
      else doubts.push(`${itemPath}:${line} hands a function to code that nobody sees`);
    }
  }
  return { findings, doubts };
}

/** Functions that are given to what calls them whenever something happens, as they are or by a name of the module. */
function listenersOf({ program, declarations }: ModuleModel): Set<Node> {
  const found = new Set<Node>();
  walk(program, (node) => {
    if (node.type !== 'CallExpression' || !LISTENS.test(lastName(node.callee))) return;
    for (const each of node.arguments) {
      found.add(each);
      const declared = each.type === 'Identifier' ? declarations.get(each.name) : undefined;
      if (declared?.type === 'VariableDeclarator' && declared.init) found.add(declared.init);
      else if (declared !== undefined) found.add(declared);
    }
  });
  return found;
}
