import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Surveyed } from '../../migration.ts';
import { bindingNamed, bindingOf } from '../../survey/code/bindings.ts';
import { calledFunction, constructedClass } from '../../survey/code/called-code.ts';
import { classChain } from '../../survey/code/class-chain.ts';
import { definitionIn } from '../../survey/code/definitions.ts';
import { programOfFile } from '../../survey/code/opened-files.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { classFileOf } from '../effects/own-methods.ts';
import { type Mark, markOf } from './mark-of-error.ts';
import { thrownByForeign } from './thrown-by-packages.ts';

/** An error that building an agent throws, and by what it can be told from others. */
export interface Thrown extends Mark {
  at: NodePath;
  /** A package whose classes it may be of. */
  from?: string;
}

/** How many functions a constructor may call on its way to what it throws. */
const MOST = 40;

/** What building an agent throws that can be told from other errors, as far as the tree shows it. */
export function thrownByConstructor(migration: Surveyed): Thrown[] {
  const file = classFileOf(migration);
  const program = file === undefined ? undefined : programOfFile(file, migration);
  const found =
    program && definitionIn({ kind: 'module', path: program }, migration.options.agentClass, migration);
  if (found?.kind !== 'class') return [];
  const codes = codesAtBuilding(found.path, migration);
  const thrown: Thrown[] = [];
  const seen = new Set<t.Node>(codes.map(({ node }) => node));
  for (let code = codes.pop(); code; code = codes.pop()) {
    const own =
      code.isClassProperty() || code.isClassPrivateProperty() ? (code.get('value') as NodePath) : code;
    const called = withinOf(own, (at) => thrown.push({ at, ...markOf(at, migration) }));
    for (const call of called) {
      const fn = call.isCallExpression() ? calledFunction(call, migration) : undefined;
      const foreign = fn ? undefined : thrownByForeign(call, migration);
      if (foreign) thrown.push(markOfForeign(call, foreign));
      const built = call.isNewExpression() ? constructedClass(call, migration) : undefined;
      for (const run of built ? codesAtBuilding(built, migration) : fn && !fn.node.async ? [fn] : []) {
        if (seen.has(run.node) || seen.size >= MOST) continue;
        seen.add(run.node);
        codes.push(run);
      }
    }
  }
  return thrown;
}

/** What runs where a class, and those that it extends, are built. */
function codesAtBuilding(type: NodePath<t.Class>, source: Surveyed): NodePath[] {
  return classChain(type, source).flatMap((each) => each.get('body').get('body').filter(runsAtBuilding));
}

function markOfForeign(
  at: NodePath,
  { names, from, parts }: NonNullable<ReturnType<typeof thrownByForeign>>,
): Thrown {
  const open = parts.map((name) => ({ name, texts: undefined }));
  return { at, names, from, parts: open, messages: [], hasStatus: false, hasClass: false };
}

function runsAtBuilding({ node }: NodePath): boolean {
  if (node.type === 'ClassMethod') return node.kind === 'constructor';
  const isField = node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty';
  return isField && !node.static && Boolean(node.value);
}

type Called = NodePath<t.CallExpression | t.NewExpression>;

/** The calls that code makes itself; tells of what it throws and does not catch. */
function withinOf(code: NodePath, tell: (thrown: NodePath) => void): Called[] {
  const calls: Called[] = [];
  if (code.isCallExpression() || code.isNewExpression()) calls.push(code);
  code.traverse({
    Function: (inner) => inner.skip(),
    'CallExpression|NewExpression': (call: NodePath) =>
      void (isCaught(call, code) || calls.push(call as Called)),
    ThrowStatement(statement) {
      const error = statement.get('argument');
      // What is caught and thrown on is told of where it is thrown first.
      if (!isCaught(statement, code) && bindingOf(withoutTypes(error))?.path.isCatchClause() !== true)
        tell(error);
    },
  });
  return calls;
}

/** Whether what is thrown at a place ends in a `catch` of the code, which does not throw it on. */
function isCaught(place: NodePath, code: NodePath): boolean {
  for (let path = place; path.node !== code.node && path.parentPath; path = path.parentPath) {
    const around: NodePath = path.parentPath;
    if (around.isTryStatement() && path.key === 'block' && around.node.handler && !throwsOn(around))
      return true;
  }
  return false;
}

function throwsOn(tried: NodePath<t.TryStatement>): boolean {
  const handler = tried.get('handler');
  if (!handler.isCatchClause()) return false;
  const caught = bindingNamed(handler.node.param, handler.scope);
  return caught?.referencePaths.some(({ parent }) => parent.type === 'ThrowStatement') ?? false;
}
