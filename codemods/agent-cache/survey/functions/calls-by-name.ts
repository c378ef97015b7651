import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading, Source } from '../../migration.ts';
import { calledDefinition } from '../code/definitions.ts';
import { FileFacts } from '../code/file-facts.ts';
import { exportedNameAt } from '../code/exports.ts';
import { keyName, propertyName, isMember } from '../code/members.ts';
import { fileOf, isSameNode, programsReaching } from '../code/opened-files.ts';
import type { FunctionPath } from '../code/placement.ts';
import { callGiven, isLaterCallback } from './later-callbacks.ts';
import { isRegistration } from './registrations.ts';
import { isOverridden, methodsRunOn } from './receivers.ts';
import { outermostSame } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';
import { bindingOf } from '../code/bindings.ts';

export type Called = NodePath<t.CallExpression | t.OptionalCallExpression>;

/**
 * The calls of a function in the files that get at it: by its name, unless they show to be of another one; of one
 * without a name, the call that is given it and does not only note it for later.
 */
export function callsByName(fn: FunctionPath, source: Reading): Called[] {
  const name = calledNameOf(fn);
  const calls: Called[] = [];
  const given = callGiven(fn);
  if (given && !isLaterCallback(fn) && !isRegistration(given)) return [given];
  if (fn.key === 'callee' && fn.parentPath?.isCallExpression()) return [fn.parentPath];
  if (name === undefined) return calls;
  for (const program of programsReaching(fn, name === 'default' ? undefined : name, source)) {
    program.traverse({
      'CallExpression|OptionalCallExpression'(path: NodePath) {
        const call = path as Called;
        const callee = call.get('callee') as NodePath;
        if (calledAs(callee) !== name && !(callee.isIdentifier() && callee.node.name === name)) return;
        const called = calledDefinition(callee, source);
        const isOfIt =
          !called || isSameNode(called.path, fn, source) || isOverridden(called.path, fn, source);
        if (isOfIt) calls.push(call);
      },
    });
  }
  return calls;
}

/**
 * The calls of a method by its name on what nothing shows to be of another class or object, in files that name neither:
 * `container.get('service').load()`.
 */
export function unseenCallsOf(fn: FunctionPath, source: Source): Called[] {
  const name = calledNameOf(fn);
  const { project } = source;
  if (name === undefined || !project || !/^\w+$/.test(name)) return [];
  const own = fileOf(fn, source);
  const near = new Set([own, ...project.dependentsOf(own)]);
  const files = project.filesOfAllMentioning(own, name).filter((file) => !near.has(file));
  const isCalled = new RegExp(`\\.${name}\\s*\\??\\.?\\(`);
  return namedCalls
    .ofFiles(
      files.filter((file) => isCalled.test(project.read(file) ?? '')),
      source,
    )
    .filter((call) => isUnseenCall(call, fn, name, source));
}

const namedCalls = new FileFacts<Called>('calls of methods', undefined, (program) => {
  const found: Called[] = [];
  program.traverse({
    'CallExpression|OptionalCallExpression'(path: NodePath) {
      const call = path as Called;
      if (isMember(call.get('callee') as NodePath) && call.getFunctionParent()) found.push(call);
    },
  });
  return found;
});

function isUnseenCall(call: Called, fn: FunctionPath, name: string, source: Source): boolean {
  const callee = call.get('callee') as NodePath;
  if (!isMember(callee) || propertyName(callee.node) !== name) return false;
  const called = calledDefinition(callee, source);
  if (called) return isOverridden(called.path, fn, source);
  return methodsRunOn(callee.get('object') as NodePath, source)?.(fn) === true;
}

function calledAs(callee: NodePath): string | undefined {
  if (isMember(callee)) return propertyName(callee.node);
  const path = bindingOf(callee)?.path;
  if (path?.isImportSpecifier()) return writtenName(path.node.imported);
  return path?.isImportDefaultSpecifier() ? 'default' : undefined;
}

/** The name by which a function is called. */
export function calledNameOf(fn: FunctionPath): string | undefined {
  const { node } = fn;
  if (node.type === 'FunctionDeclaration')
    return fn.parentPath?.isExportDefaultDeclaration() ? 'default' : node.id?.name;
  if (node.type === 'ObjectMethod' || node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod')
    return keyName(node);
  const value = outermostSame(fn);
  const { parent } = value;
  if (parent.type === 'VariableDeclarator')
    return parent.id.type === 'Identifier' ? parent.id.name : undefined;
  if (parent.type === 'ObjectProperty' || parent.type.startsWith('Class')) return keyName(parent);
  return methodAssigned(value) ?? exportedNameAt(value);
}

/** `Service.prototype.load = function () { … }` */
function methodAssigned({ parentPath: assignment, key }: NodePath): string | undefined {
  const left = assignment?.isAssignmentExpression() && key === 'right' ? assignment.node.left : undefined;
  if (left?.type !== 'MemberExpression' || left.object.type !== 'MemberExpression') return undefined;
  return propertyName(left.object) === 'prototype' ? propertyName(left) : undefined;
}
