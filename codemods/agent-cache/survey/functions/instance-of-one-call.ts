import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { fileOf, programsReaching } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { writtenName } from '../code/written-name.ts';
import { outermostSame } from '../code/wrappers.ts';

/** How often each method of an object is called that does nothing but to have its methods called. */
type CallsOfObject = ReadonlyMap<string, number>;

/**
 * Whether `this` in a method is of its one call: each object of the class is built in a function that calls the method
 * once, and gives it to nobody.
 */
export function isInstanceOfOneCall(fn: FunctionPath, source: Source): boolean {
  const owner = fn.parentPath?.parentPath;
  const name = keyName(fn.node);
  if (!fn.isClassMethod() || fn.node.static || !owner?.isClassDeclaration() || name === undefined)
    return false;
  if (isHandedOnAsItself(owner) || isRunBesideItself(owner, name)) return false;
  const objects = objectsOf(owner, source);
  return objects.length > 0 && objects.every((calls) => calls !== undefined && (calls.get(name) ?? 0) <= 1);
}

/** Each file that is migrated asks it of all methods of a class, and to answer is to walk all files that name it. */
const known = new OncePerProject<readonly (CallsOfObject | undefined)[]>();

/** The objects that are built of a class; undefined for one that is more than called, and for a use that tells nothing. */
function objectsOf(
  owner: NodePath<t.ClassDeclaration>,
  source: Source,
): readonly (CallsOfObject | undefined)[] {
  const className = owner.node.id?.name;
  if (className === undefined) return [];
  const find = () => {
    const found: (CallsOfObject | undefined)[] = [];
    for (const program of programsReaching(owner, className, source)) {
      found.push(...objectsIn(program, className));
      if (found.includes(undefined)) return [undefined];
    }
    return found;
  };
  const place = `${fileOf(owner, source)}#${owner.node.start ?? 0}`;
  return source.project ? known.of(source.project, place, find) : find();
}

/** Whether others may have an object of a class that is not built for them: a decorator, or code of its own, gives it on. */
function isHandedOnAsItself(owner: NodePath<t.ClassDeclaration>): boolean {
  if (owner.parentPath.isExportDefaultDeclaration() || (owner.node.decorators?.length ?? 0) > 0) return true;
  let isGiven = false;
  owner.traverse({
    ThisExpression({ parentPath: parent, key }) {
      isGiven ||= !isMember(parent) || key !== 'object';
    },
  });
  return isGiven;
}

/** Whether another method runs one beside other code of the object: `ids.map((id) => this.at(id))`. */
function isRunBesideItself(owner: NodePath<t.ClassDeclaration>, name: string): boolean {
  let isBeside = false;
  owner.traverse({
    'MemberExpression|OptionalMemberExpression'(member: NodePath) {
      if (!isMember(member) || !(member.get('object') as NodePath).isThisExpression()) return;
      const read = propertyName(member.node);
      if (read !== undefined && read !== name) return;
      const isAwaited = isCallee(member) && /^(Await|Return)/.test(member.parentPath.parent.type);
      isBeside ||= !isAwaited || member.getFunctionParent()?.isClassMethod() !== true;
    },
  });
  return isBeside;
}

function objectsIn(program: NodePath<t.Program>, className: string): (CallsOfObject | undefined)[] {
  const found: (CallsOfObject | undefined)[] = [];
  const noteRenamed = (local: string, other: string | undefined) => {
    if (local !== other && (local === className || other === className)) found.push(undefined);
  };
  program.traverse({
    Identifier(path) {
      if (path.node.name !== className || isOnlyNamed(path)) return;
      const { parentPath: construction } = path;
      const isBuilt = path.key === 'callee' && construction.isNewExpression();
      found.push(isBuilt ? callsOfObject(construction) : undefined);
    },
    ImportSpecifier: ({ node }) => noteRenamed(node.local.name, writtenName(node.imported)),
    ExportSpecifier: ({ node }) => noteRenamed(node.local.name, writtenName(node.exported)),
    // By its name in a text, or as one of all that a module has, it is built where nothing shows it.
    StringLiteral({ node: { value } }) {
      if (value === className) found.push(undefined);
    },
  });
  return found;
}

/** Its declaration, an import or export of it under its own name, a type. */
function isOnlyNamed({ parent, key }: NodePath<t.Identifier>): boolean {
  if (/^TS|^(Import|Export)Specifier$/.test(parent.type)) return true;
  return parent.type === 'ClassDeclaration' && key === 'id';
}

/** Undefined where something else is done with the object, or beside one of its calls. */
function callsOfObject(construction: NodePath<t.NewExpression>): CallsOfObject | undefined {
  const home = construction.getFunctionParent();
  if (!home) return undefined;
  const value = outermostSame(construction);
  const { parentPath: parent } = value;
  if (isMember(parent)) return value.key === 'object' && isCallee(parent) ? new Map() : undefined;
  if (!parent?.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return undefined;
  const binding = parent.scope.getBinding(parent.node.id.name);
  if (!binding?.constant) return undefined;
  const calls = new Map<string, number>();
  for (const reference of binding.referencePaths) {
    const member = outermostSame(reference).parentPath;
    if (!isMember(member) || !isCallee(member) || reference.getFunctionParent()?.node !== home.node)
      return undefined;
    const name = propertyName(member.node);
    if (name === undefined) return undefined;
    calls.set(name, (calls.get(name) ?? 0) + 1);
    const declared = parent.findParent((each) => each.isLoop() || each.isFunction());
    const used = reference.findParent((each) => each.isLoop() || each.isFunction());
    if (declared?.node !== used?.node || !isWaitedFor(member.parentPath)) return undefined;
  }
  return calls;
}

function isCallee({ key, parentPath: call }: NodePath): boolean {
  return key === 'callee' && call?.isCallExpression() === true;
}

/** Whether nothing else of its function runs beside a call: it is waited for, or a statement of its own. */
function isWaitedFor(call: NodePath | null): boolean {
  const parent = call?.parentPath;
  return Boolean(
    parent?.isAwaitExpression() || parent?.isExpressionStatement() || parent?.isReturnStatement(),
  );
}
