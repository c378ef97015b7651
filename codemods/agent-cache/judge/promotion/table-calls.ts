import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { isGivenRequest } from './called-by-hand.ts';
import { calledDefinition, definitionOf } from '../../survey/code/definitions.ts';
import { isWaitedFor } from './dropped-calls.ts';
import { exportedNameAt, exportStatementOf } from '../../survey/code/exports.ts';
import { methodOf } from '../../survey/functions/failure-handlers.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';
import { referencesTo } from '../../survey/functions/handlers.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isRegistration } from '../../survey/functions/registrations.ts';
import { outermostSame, withoutTypes } from '../../survey/code/wrappers.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** What a file has that calls what it looks up in a table. */
const LOOKS_UP = /\bObject\s*\.\s*(?:entries|values)\b|[\w$)\]]\s*(?:\?\.\s*)?\[\s*[\w$`([]/;

/**
 * A call of whatever a table holds under a key that is not written (`actions[name](req, res)`), which may be the
 * function, and which does not wait.
 */
export function droppedTableCall(fn: FunctionPath, source: Source): NodePath | undefined {
  return callInReach(fn, source, (call) => {
    if (!isGivenRequest(call) || isWaitedFor(call)) return false;
    const table = tableOf(call.get('callee') as NodePath);
    return table !== undefined && mayHold(table, fn, source);
  });
}

/** Whether a router is given what a table holds under such a key (`router.get(path, actions[name])`). */
export function isRegisteredByTable(fn: FunctionPath, source: Source): boolean {
  const call = callInReach(fn, source, (each) => {
    if (!isRegistration(each)) return false;
    const tables = each.get('arguments').flatMap((given) => tableOf(withoutTypes(given)) ?? []);
    return tables.some((table) => definitionOf(table, source) && mayHold(table, fn, source));
  });
  return call !== undefined;
}

function callInReach(
  fn: FunctionPath,
  source: Source,
  isIt: (call: NodePath<t.CallExpression>) => boolean,
): NodePath<t.CallExpression> | undefined {
  if (!isHeld(fn)) return undefined;
  for (const program of programsReaching(fn, LOOKS_UP, source)) {
    let found: NodePath<t.CallExpression> | undefined;
    program.traverse({
      CallExpression(call) {
        if (!found && isIt(call)) found = call;
      },
    });
    if (found) return found;
  }
  return undefined;
}

/** Whether the function is a member of something: an object, a class, or what its module exports. */
function isHeld(fn: FunctionPath): boolean {
  if (fn.isObjectMethod() || fn.isClassMethod() || exportStatementOf(fn)) return true;
  return [outermostSame(fn), ...referencesTo(fn)].some(
    (each) =>
      exportedNameAt(each) !== undefined ||
      (each.parentPath?.isObjectProperty() === true && each.key === 'value'),
  );
}

/** What a called value was looked up in: directly, by a variable, or while its entries are walked. */
function tableOf(callee: NodePath): NodePath | undefined {
  if (callee.isMemberExpression() || callee.isOptionalMemberExpression())
    return callee.node.computed ? (callee.get('object') as NodePath) : undefined;
  const binding = bindingOf(callee);
  const path = binding?.path;
  if (path?.isVariableDeclarator() && path.node.init) return tableOf(path.get('init') as NodePath);
  const walked = path?.find((each) => each.isForOfStatement() || each.isFunction());
  if (walked?.isForOfStatement()) return entriesOf(walked.get('right'));
  const iterated = walked && outermostSame(walked).parentPath;
  return iterated?.isCallExpression() && /^(forEach|map|some|every)$/.test(methodOf(iterated) ?? '')
    ? entriesOf((iterated.get('callee') as NodePath).get('object') as NodePath)
    : undefined;
}

/** The table in `Object.entries(table)` and `Object.values(table)`. */
function entriesOf(list: NodePath): NodePath | undefined {
  if (!list.isCallExpression() || !/^(entries|values)$/.test(methodOf(list) ?? '')) return undefined;
  return list.get('arguments')[0];
}

/** What is spread into an object, and what a module has, is taken to be the function as well. */
function mayHold(table: NodePath, fn: FunctionPath, source: Source): boolean {
  const known = definitionOf(table, source);
  if (known?.kind !== 'object') return true;
  return known.path.get('properties').some((property) => {
    if (property.isSpreadElement() || property.node === fn.node) return true;
    const held = property.isObjectProperty()
      ? calledDefinition(property.get('value') as NodePath, source)
      : undefined;
    return held !== undefined && isSameNode(held.path, fn, source);
  });
}
