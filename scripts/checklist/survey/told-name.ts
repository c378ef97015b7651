import type { Node } from '@babel/types';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import { constantString } from '../checks/constant-string.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import { walk } from '../source/walk.ts';
import { isMemberOf } from './way-syntax.ts';

/**
 * The name of a member as far as constants of the tree decide it: `['with' + 'Account']`, `[NAME]`;
 * undefined for one that only a run shows.
 *
 * @param isHidden whether something nearer has a name of the module
 */
export function toldName(
  key: Node,
  computed: boolean,
  model: ModuleModel,
  graph: ModuleGraph,
  isHidden: (name: string) => boolean = () => false,
): string | undefined {
  const written = writtenName(key, computed);
  if (written !== undefined || !computed) return written;
  const lookup = (name: string) => (isHidden(name) ? undefined : constantAt(name, model, graph));
  return constantString(key, lookup);
}

/** What a constant of a module, or one that it imports, is given; undefined for what may change. */
function constantAt(name: string, model: ModuleModel, graph: ModuleGraph): Node | undefined {
  const imported = model.imports.get(name);
  const origin = imported && graph.imported(model.file, imported);
  if (origin !== undefined) {
    if (!('model' in origin) || 'specifier' in origin.exported) return undefined;
    const { exported, model: owner } = origin;
    return 'node' in exported ? exported.node : constantAt(exported.local, owner, graph);
  }
  const declared = model.declarations.get(name);
  if (declared?.type !== 'VariableDeclarator') return declared;
  const { init } = declared;
  if (!init || !isConstant(declared, model)) return undefined;
  return init.type.endsWith('Literal') || !isChanged(name, model) ? init : undefined;
}

function isConstant(declared: Node, { program }: ModuleModel): boolean {
  return program.body.some((each) => {
    const statement = each.type === 'ExportNamedDeclaration' ? each.declaration : each;
    return (
      statement?.type === 'VariableDeclaration' &&
      statement.kind === 'const' &&
      statement.declarations.some((declarator) => declarator === declared)
    );
  });
}

/** Whether something that a constant holds is written to, or handed to what writes to it. */
function isChanged(name: string, { program }: ModuleModel): boolean {
  let isSo = false;
  walk(program, (node) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete')
          ? node.argument
          : node.type === 'CallExpression' && isMemberOf(node.callee, 'Object', /^(?:assign|defineProperty)$/)
            ? node.arguments[0]
            : undefined;
    isSo ||= target !== undefined && rootName(target) === name;
  });
  return isSo;
}

function rootName(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return rootName(node.object);
  return node.type === 'Identifier' ? node.name : undefined;
}
