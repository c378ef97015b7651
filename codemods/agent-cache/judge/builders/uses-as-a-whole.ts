import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { definitionOf } from '../../survey/code/definitions.ts';
import { propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';

/**
 * Where an object, or a class or an instance of it, is used as a whole, in whatever file and by whatever name it comes there: where it is given to a call,
 * put into a list or another object, taken apart, or asked for a member by a name that nothing tells.
 */
export function usesAsAWhole(object: NodePath<t.ObjectExpression | t.Class>, source: Source): NodePath[] {
  const found: NodePath[] = [];
  const note = (value: NodePath) => {
    if (value.node === object.node || value.isLiteral() || value.isFunction()) return;
    const known = definitionOf(value, source);
    const isOfKind = known && (object.isClass() ? /^(class|instance)$/ : /^object$/).test(known.kind);
    if (isOfKind && isSameNode(known.path, object, source)) found.push(value);
  };
  const noteAll = (values: readonly NodePath[]) => {
    for (const each of values) if (each.node) note(each.isSpreadElement() ? each.get('argument') : each);
  };
  for (const program of programsReaching(object, undefined, source))
    program.traverse({
      'CallExpression|OptionalCallExpression|NewExpression': (call: NodePath) =>
        noteAll(call.get('arguments') as NodePath[]),
      ArrayExpression: (list) => noteAll(list.get('elements') as NodePath[]),
      ObjectProperty: (property) => {
        if (property.parentPath.isObjectExpression()) note(property.get('value') as NodePath);
      },
      SpreadElement: (spread) => {
        if (spread.parentPath.isObjectExpression()) note(spread.get('argument'));
      },
      VariableDeclarator: (declarator) => {
        const init = declarator.get('init');
        if (init.node && declarator.get('id').isObjectPattern()) note(init as NodePath);
      },
      'MemberExpression|OptionalMemberExpression': (member: NodePath) => {
        if (propertyName(member.node as t.MemberExpression) === undefined)
          note(member.get('object') as NodePath);
      },
    });
  return found;
}
