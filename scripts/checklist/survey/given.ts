import { writtenName } from '../../../codemods/agent-cache/survey/code/written-name.ts';
import type { Node } from '@babel/types';
import type { Given } from '../cache/way.ts';
import type { ModuleModel } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { wrapped } from './way-syntax.ts';

/** The value of an argument where the text says it, also by a constant of the module. */
export function givenBy(node: Node, model: ModuleModel): Given {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { value: node.value };
    case 'NullLiteral':
      return { value: null };
    case 'Identifier': {
      if (node.name === 'undefined') return { value: undefined };
      const declared = model.declarations.get(node.name);
      return declared?.type === 'VariableDeclarator' &&
        declared.init &&
        declared.init.type.endsWith('Literal')
        ? givenBy(declared.init, model)
        : {};
    }
    case 'ObjectExpression': {
      const properties: Record<string, Given> = {};
      for (const property of node.properties) {
        const name =
          property.type === 'ObjectProperty' ? writtenName(property.key, property.computed) : undefined;
        if (property.type !== 'ObjectProperty' || name === undefined) return {};
        properties[name] = givenBy(property.value, model);
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
      return below ? givenBy(below, model) : {};
    }
  }
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
