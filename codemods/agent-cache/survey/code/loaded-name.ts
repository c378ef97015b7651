import type * as t from '@babel/types';
import { writtenName } from './written-name.ts';

/** A name of another module. */
export interface LoadedName {
  specifier: string;
  /** The exported name; `*` for the module itself. */
  name: string;
}

/** `require('x')`, `(await import('x')).a`: the module, or a name of it; undefined for any other expression. */
export function loadedName(node: t.Node): LoadedName | undefined {
  switch (node.type) {
    case 'MemberExpression': {
      const whole = loadedName(node.object);
      const name = writtenName(node.property, node.computed);
      return whole?.name === '*' && name !== undefined ? { ...whole, name } : undefined;
    }
    case 'AwaitExpression':
      return loadedName(node.argument);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return loadedName(node.expression);
    case 'ImportExpression':
      return wholeOf(node.source);
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
      return loads ? wholeOf(given[0]) : undefined;
    }
    default:
      return undefined;
  }
}

function wholeOf(source: t.Node | undefined): LoadedName | undefined {
  return source?.type === 'StringLiteral' ? { specifier: source.value, name: '*' } : undefined;
}
