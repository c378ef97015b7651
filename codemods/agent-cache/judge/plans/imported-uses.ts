import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { bindingOf } from '../../survey/code/bindings.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';

/** What a file does with a name that it imports, and with members of that name of whatever it takes from. */
export function importedUses(program: NodePath<t.Program>, name: string): NodePath[] {
  const found: NodePath[] = [];
  program.traverse({
    ImportSpecifier({ node: { imported, local }, scope }) {
      const isIt = imported.type === 'Identifier' ? imported.name === name : imported.value === name;
      if (isIt) found.push(...(scope.getBinding(local.name)?.referencePaths ?? []));
    },
    'MemberExpression|OptionalMemberExpression'(member: NodePath) {
      if (isMember(member) && propertyName(member.node) === name && isNamespace(member)) found.push(member);
    },
    ObjectPattern(pattern) {
      for (const property of pattern.get('properties')) {
        const value = property.isObjectProperty() ? (property.get('value') as NodePath) : undefined;
        if (value?.isIdentifier() && keyName(property.node) === name)
          found.push(...(bindingOf(value)?.referencePaths ?? []));
      }
    },
  });
  return found;
}

/** Whether the object of a member may be a module: an import of all of it, or no variable of the file. */
function isNamespace(member: NodePath): boolean {
  const object = member.get('object') as NodePath;
  const kind = bindingOf(object)?.path.type;
  return object.isIdentifier() && (kind === undefined || kind === 'ImportNamespaceSpecifier');
}
