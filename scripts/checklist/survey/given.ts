import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node } from '@babel/types';
import type { Given } from '../cache/way.ts';
import type { ModuleGraph } from '../source/module-graph.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { wrapped } from './way-syntax.ts';

/** What each request brings anew, by what it is called. */
export const OF_ONE_REQUEST = /^_?(?:req|request|res|response|reply|ctx)$/;

/** The value of an argument where the text says it, also by a constant of this module or of another one. */
export function givenBy(node: Node, model: ModuleModel, graph: ModuleGraph): Given {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { value: node.value };
    case 'NullLiteral':
      return { value: null };
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'NumericLiteral'
        ? { value: -node.argument.value }
        : {};
    case 'Identifier': {
      if (node.name === 'undefined') return { value: undefined };
      const literal = constantBehind(node.name, model, graph);
      if (literal !== undefined) return givenBy(literal, model, graph);
      const isDeclared = model.declarations.has(node.name) || model.imports.has(node.name);
      return !isDeclared && OF_ONE_REQUEST.test(node.name) ? { isOfRequest: true } : {};
    }
    case 'ObjectExpression': {
      const properties: Record<string, Given> = {};
      for (const property of node.properties) {
        const name =
          property.type === 'ObjectProperty' ? writtenName(property.key, property.computed) : undefined;
        if (property.type !== 'ObjectProperty' || name === undefined) return {};
        properties[name] = givenBy(property.value, model, graph);
      }
      return { properties };
    }
    case 'NewExpression':
    case 'ArrayExpression':
      return { isNew: true };
    case 'CallExpression':
      return isChance(node.callee) ? { isNew: true } : {};
    default: {
      const below = node.type === 'AwaitExpression' ? undefined : wrapped(node);
      return below ? givenBy(below, model, graph) : {};
    }
  }
}

/** The literal that a name stands for, where it is a constant of the module, or of one that it is imported from. */
export function constantBehind(name: string, model: ModuleModel, graph: ModuleGraph): Node | undefined {
  const declared = model.declarations.get(name);
  if (declared !== undefined) {
    const init = declared.type === 'VariableDeclarator' ? declared.init : undefined;
    return init && /Literal$|^UnaryExpression$/.test(init.type) ? init : undefined;
  }
  const imported = model.imports.get(name);
  const origin = imported && graph.imported(model.file, imported);
  if (origin === undefined || !('model' in origin) || origin.model.file === model.file) return undefined;
  return 'local' in origin.exported ? constantBehind(origin.exported.local, origin.model, graph) : undefined;
}

/** What gives something else at each call, by its name. */
function isChance(callee: Node): boolean {
  const name =
    callee.type === 'MemberExpression'
      ? writtenName(callee.property, callee.computed)
      : callee.type === 'Identifier'
        ? callee.name
        : '';
  return /^(?:randomUUID|random|randomBytes|now|Symbol|nanoid|uuid|uuidv4|v4|ulid|cuid)$/.test(name ?? '');
}
