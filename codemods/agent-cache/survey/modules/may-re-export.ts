import type * as t from '@babel/types';
import { patternNames } from '../code/pattern-names.ts';
import { requiredModule } from '../code/required-module.ts';

/** What the text of a module has that exports something which it does not declare. */
export const HANDS_ON = /\bexport\s*(?:type\s*)?[*{=]|\bexport\s+default\b|\bexports\b/;

/**
 * Whether a program exports something of another module again. Asks nodes alone, at the top of the program, since the
 * scopes that a sure answer takes cost more than parsing.
 */
export function mayHandOn({ body }: t.Program): boolean {
  const imported = new Set(body.flatMap(namesImportedBy));
  const isImported = (node: t.Node): boolean => {
    switch (node.type) {
      case 'Identifier':
        return imported.has(node.name);
      case 'MemberExpression':
        return isImported(node.object);
      case 'CallExpression':
        return requiredModule(node) !== undefined;
      case 'ObjectExpression':
        return node.properties.some((each) =>
          each.type === 'SpreadElement'
            ? isImported(each.argument)
            : each.type === 'ObjectProperty' && isImported(each.value),
        );
      case 'AssignmentExpression':
        return isImported(node.right);
      default:
        return false;
    }
  };
  return body.some((statement) => {
    switch (statement.type) {
      case 'ExportAllDeclaration':
        return true;
      case 'ExportNamedDeclaration':
        return (
          Boolean(statement.source) ||
          statement.specifiers.some(
            (each) => each.type === 'ExportSpecifier' && imported.has(each.local.name),
          )
        );
      case 'ExportDefaultDeclaration':
        return isImported(statement.declaration);
      case 'TSExportAssignment':
        return isImported(statement.expression);
      case 'ExpressionStatement':
        return statement.expression.type === 'AssignmentExpression' && isImported(statement.expression);
      default:
        return false;
    }
  });
}

function namesImportedBy(statement: t.Statement): string[] {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name);
  if (statement.type === 'TSImportEqualsDeclaration') return [statement.id.name];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) => (requiredModule(init) ? patternNames(id) : []));
}
