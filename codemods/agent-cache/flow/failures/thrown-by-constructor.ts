import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingOf, initBehind } from '../../survey/code/bindings.ts';
import { calledFunction, constructedClass } from '../../survey/code/called-code.ts';
import { classChain } from '../../survey/code/class-chain.ts';
import { superclassOf } from '../../survey/code/class-members.ts';
import { definitionIn } from '../../survey/code/definitions.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import { programOfFile } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { classFileOf } from '../effects/own-methods.ts';

/** An error that building an agent throws, and by what it can be told from others. */
export interface Thrown {
  at: NodePath;
  /** Its classes, and the codes and names that it is given. */
  names: readonly string[];
  /** It has a status, which Express answers with. */
  hasStatus: boolean;
}

const BUILT_IN =
  /^(Error|TypeError|RangeError|SyntaxError|ReferenceError|EvalError|URIError|AggregateError)$/;
const STATUS = /^(status|statusCode)$/;
const TOLD_BY = /^(code|name|type|kind)$/;
/** Functions of packages that make errors with a status. */
const MAKES_ERROR = /error|boom|http|problem/i;
/** How many functions a constructor may call on its way to what it throws. */
const MOST = 40;

/** What building an agent throws that can be told from other errors, as far as the tree shows it. */
export function thrownByConstructor(migration: Surveyed): Thrown[] {
  const file = classFileOf(migration);
  const program = file === undefined ? undefined : programOfFile(file, migration);
  const found =
    program && definitionIn({ kind: 'module', path: program }, migration.options.agentClass, migration);
  if (found?.kind !== 'class') return [];
  const codes: NodePath[] = classChain(found.path, migration).flatMap((each) =>
    each.get('body').get('body').filter(runsAtBuilding),
  );
  const thrown: Thrown[] = [];
  const seen = new Set<t.Node>(codes.map(({ node }) => node));
  for (let code = codes.pop(); code; code = codes.pop()) {
    const own =
      code.isClassProperty() || code.isClassPrivateProperty() ? (code.get('value') as NodePath) : code;
    const called = withinOf(own, (each) => thrown.push(...tellable(each, migration)));
    for (const call of called) {
      const fn = calledFunction(call, migration);
      if (!fn || fn.node.async || seen.has(fn.node) || seen.size >= MOST) continue;
      seen.add(fn.node);
      codes.push(fn);
    }
  }
  return thrown;
}

function runsAtBuilding({ node }: NodePath): boolean {
  if (node.type === 'ClassMethod') return node.kind === 'constructor';
  const isField = node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty';
  return isField && !node.static && Boolean(node.value);
}

/** The calls that code makes itself; tells of what it throws and does not catch. */
function withinOf(code: NodePath, tell: (thrown: NodePath) => void): NodePath<t.CallExpression>[] {
  const calls: NodePath<t.CallExpression>[] = [];
  if (code.isCallExpression()) calls.push(code);
  code.traverse({
    Function: (inner) => inner.skip(),
    CallExpression: (call) => void (isCaught(call, code) || calls.push(call)),
    ThrowStatement: (statement) => void (isCaught(statement, code) || tell(statement.get('argument'))),
  });
  return calls;
}

function isCaught(place: NodePath, code: NodePath): boolean {
  const around = place.findParent(
    (each) => each.node === code.node || (each.isTryStatement() && Boolean(each.node.handler)),
  );
  if (!around?.isTryStatement() || around.node === code.node) return false;
  return place.find((each) => each.node === around.node.block) !== null;
}

function tellable(at: NodePath, migration: Surveyed): Thrown[] {
  const { names, hasStatus } = markOf(withoutTypes(at), migration);
  return names.length > 0 || hasStatus ? [{ at, names, hasStatus }] : [];
}

type Mark = Omit<Thrown, 'at'>;

const NONE: Mark = { names: [], hasStatus: false };

function markOf(error: NodePath, migration: Surveyed): Mark {
  if (error.isIdentifier()) {
    const binding = bindingOf(error);
    const init = initBehind(binding);
    const set = (binding?.referencePaths ?? []).flatMap((each) => {
      const member = each.parentPath;
      const assignment = member?.parentPath;
      if (!member || !isMember(member) || !assignment?.isAssignmentExpression()) return [];
      return [markOfPart(propertyName(member.node), assignment.node.right)];
    });
    return both([init ? markOf(withoutTypes(init), migration) : NONE, ...set]);
  }
  if (error.isNewExpression()) return markOfClass(error, migration);
  if (error.isConditionalExpression())
    return both(
      (['consequent', 'alternate'] as const).map((each) => markOf(withoutTypes(error.get(each)), migration)),
    );
  if (error.isObjectExpression()) return markOfParts(error.node);
  if (!error.isCallExpression()) return NONE;
  const callee = error.get('callee') as NodePath;
  if (isMember(callee) && callee.get('object').isIdentifier({ name: 'Object' })) {
    const [first, ...others] = error.get('arguments') as NodePath[];
    const set = others.map((each) => (each.isObjectExpression() ? markOfParts(each.node) : NONE));
    return both([first ? markOf(withoutTypes(first), migration) : NONE, ...set]);
  }
  const made = calledFunction(error, migration);
  if (made) return markOfReturned(made, migration);
  return { names: [], hasStatus: MAKES_ERROR.test(calleeName(callee.node)) };
}

function markOfReturned(fn: FunctionPath, migration: Surveyed): Mark {
  const body = fn.get('body') as NodePath;
  const last = body.isBlockStatement() ? body.get('body').at(-1) : body;
  const value = last?.isReturnStatement() ? (last.get('argument') as NodePath) : last;
  return value && !value.isCallExpression() ? markOf(withoutTypes(value), migration) : NONE;
}

function markOfClass(error: NodePath<t.NewExpression>, migration: Surveyed): Mark {
  const callee = error.get('callee') as NodePath;
  const name = calleeName(callee.node);
  const type = constructedClass(error, migration);
  if (!type)
    return name === '' || BUILT_IN.test(name) ? NONE : { names: [name], hasStatus: isMember(callee) };
  const chain = classChain(type, migration);
  const names = chain.flatMap((each) => {
    const above = superclassOf(each);
    return [each.node.id?.name ?? name, ...(above ? [calleeName(above.node)] : [])];
  });
  const own = both(chain.map(markOfFields));
  const all = [...new Set([...names, ...own.names])];
  return { names: all.filter((each) => each && !BUILT_IN.test(each)), hasStatus: own.hasStatus };
}

/** What instances of a class are told by: `status = 501`, `this.code = 'ENOKEY'`, `readonly status`. */
function markOfFields(type: NodePath<t.Class>): Mark {
  const marks = type.node.body.body.map((member) =>
    markOfPart(keyName(member), ('value' in member && member.value) || member),
  );
  type.traverse({
    TSParameterProperty({ node: { parameter } }) {
      const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      if (declared.type === 'Identifier') marks.push(markOfPart(declared.name, parameter));
    },
    AssignmentExpression({ node: { left, right } }) {
      if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') return;
      marks.push(markOfPart(propertyName(left), right));
    },
  });
  return both(marks);
}

function markOfParts({ properties }: t.ObjectExpression): Mark {
  return both(
    properties.map((part) => markOfPart(keyName(part), part.type === 'ObjectProperty' ? part.value : part)),
  );
}

function markOfPart(name: string | undefined, value: t.Node): Mark {
  if (name === undefined) return NONE;
  if (STATUS.test(name)) return { names: [], hasStatus: true };
  return TOLD_BY.test(name) && value.type === 'StringLiteral'
    ? { names: [value.value], hasStatus: false }
    : NONE;
}

function both(marks: readonly Mark[]): Mark {
  return { names: marks.flatMap(({ names }) => names), hasStatus: marks.some(({ hasStatus }) => hasStatus) };
}

function calleeName(callee: t.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}
