import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { keptOf } from '../../source/kept-with.ts';
import { calledDefinition } from '../code/definitions.ts';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { runsAtOnce } from '../code/shared-state.ts';
import { withoutTypes } from '../code/wrappers.ts';

/** A function that runs within another, though no call of that one names it. */
interface Run {
  called: FunctionPath;
  object: NodePath | undefined;
  given: NodePath[];
  /** Where in the function around it. */
  by: NodePath;
  isAwaited: boolean;
}

/**
 * The functions that a function runs otherwise than by a call of them: tags of templates, what a promise is built with,
 * and callbacks of promises that it waits for.
 */
export function runBeside(fn: FunctionPath, source: Source): readonly Run[] {
  return keptOf(programAround(fn), 'run beside calls', fn.node, () => findRun(fn, source));
}

function findRun(fn: FunctionPath, source: Source): Run[] {
  const found: Run[] = [];
  fn.get('body').traverse({
    Function(inner) {
      if (!runsAtOnce(inner)) inner.skip();
    },
    TaggedTemplateExpression(path) {
      const tag = withoutTypes(path.get('tag'));
      const called = calledDefinition(tag, source);
      if (called?.kind !== 'function') return;
      const quasi = path.get('quasi');
      const object = isMember(tag) ? (tag.get('object') as NodePath) : undefined;
      const given = [quasi, ...quasi.get('expressions')] as NodePath[];
      const isAwaited = path.parentPath.isAwaitExpression();
      found.push({ called: called.path, object, given, by: path, isAwaited });
    },
    NewExpression(path) {
      const [executor] = path.get('arguments');
      const isPromise = path.get('callee').isIdentifier({ name: 'Promise' });
      if (isPromise && executor?.isFunction()) found.push(runAt(path, executor, false));
    },
    CallExpression(path) {
      const callee = path.get('callee');
      const name = isMember(callee) ? propertyName(callee.node) : undefined;
      if (!/^(then|catch|finally)$/.test(name ?? '') || !isAwaitedChain(path)) return;
      for (const given of path.get('arguments'))
        if (given.isFunction()) found.push(runAt(path, given as FunctionPath, true));
    },
  });
  return found;
}

function runAt(by: NodePath, called: NodePath, isAwaited: boolean): Run {
  return { called: called as FunctionPath, object: undefined, given: [], by, isAwaited };
}

/** `await found.then(…).catch(…)` */
function isAwaitedChain(call: NodePath): boolean {
  const { parentPath: parent } = call;
  if (parent?.isAwaitExpression()) return true;
  const outer =
    isMember(parent) && call.key === 'object' && parent.key === 'callee' ? parent.parentPath : undefined;
  return outer?.isCallExpression() === true && isAwaitedChain(outer);
}
