import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { definitionOf } from '../../survey/code/definitions.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { decoratedForRequests } from './request-scope.ts';

/** Where a name stands for no value that others could build of. */
const NO_VALUE = /^(Import|Export|TS|Unary|Binary|If)|Specifier$/;

/** The name of a class: its own, or that of the variable that it is put into. */
export function classNameOf({ node, parent }: NodePath<t.Class>): string | undefined {
  const declared = parent.type === 'VariableDeclarator' ? parent.id : undefined;
  return node.id?.name ?? (declared?.type === 'Identifier' ? declared.name : undefined);
}

/**
 * Where instances of a class are built, or of one that extends it; undefined where others may build some: a class that
 * a framework keeps one instance of is built at start.
 */
export function constructionsOf(type: NodePath<t.Class>, source: Reading): NodePath[] | undefined {
  const found: NodePath[] = [];
  const name = classNameOf(type);
  const isKept = isKeptByFramework(type.node);
  let isTold = !buildsAnother(type);
  for (const program of programsReaching(
    type,
    type.parentPath.isExportDefaultDeclaration() ? undefined : name,
    source,
  ))
    program.traverse({
      NewExpression(made) {
        if (isIt(made.get('callee') as NodePath)) found.push(made);
      },
      Class(other) {
        const above = other.get('superClass') as NodePath;
        if (!above.node || other.node === type.node || !isIt(above)) return;
        const built = constructionsOf(other as NodePath<t.Class>, source);
        if (built) found.push(...built);
        else isTold = false;
      },
      Identifier(path) {
        if (path.node.name === name && isHandedOn(path) && isIt(path)) isTold &&= isKept;
      },
    });
  return isTold && (isKept || found.length > 0) ? found : undefined;

  function isIt(value: NodePath): boolean {
    const is = definitionOf(value, source);
    return is?.kind === 'class' && isSameNode(is.path, type, source);
  }
}

/** `new this.constructor(…)`, on whatever instance. */
function buildsAnother(type: NodePath<t.Class>): boolean {
  let does = false;
  type.traverse({
    NewExpression({ node: { callee } }) {
      does ||= callee.type === 'MemberExpression' && propertyName(callee) === 'constructor';
    },
  });
  return does;
}

function isHandedOn(path: NodePath): boolean {
  if (!path.isReferencedIdentifier()) return false;
  const { parentPath: parent, key } = outermostSame(path);
  if (!parent || key === 'callee' || key === 'superClass' || NO_VALUE.test(parent.type)) return false;
  return !isMember(parent) || propertyName(parent.node) === 'prototype';
}

/** `@Injectable()`, `@Controller()`: one for all, unless it says that it is of requests. */
function isKeptByFramework(node: t.Class): boolean {
  const isDecorated = (node.decorators ?? []).some(
    ({ expression }) =>
      expression.type === 'CallExpression' &&
      expression.callee.type === 'Identifier' &&
      /^(Injectable|Controller|Module|Resolver|WebSocketGateway|Service|Catch)$/.test(expression.callee.name),
  );
  return isDecorated && decoratedForRequests(node) === undefined;
}
