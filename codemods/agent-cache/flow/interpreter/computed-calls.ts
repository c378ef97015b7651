import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../migration.ts';
import { classChain } from '../../survey/code/class-chain.ts';
import { calledDefinition, type Definition, definitionOf } from '../../survey/code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { isSameNode, programsReaching } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { calledNameOf } from '../../survey/functions/calls-by-name.ts';
import { ownerOfMethod } from '../../survey/functions/owner-of-method.ts';
import { nameOf } from './deeds.ts';

/** How a text looks that calls a member by a name which the code computes. */
const COMPUTED = /\]\s*(?:\?\.)?\s*\(/;

/** The calls of some member of what a function is a member of, by a name that only a run tells: `settings[name](token)`. */
export function computedCallsOf(fn: FunctionPath, source: Reading): NodePath[] {
  const owner = ownerOfMethod(fn, source)?.declared ?? programAround(fn);
  const found: NodePath[] = [];
  for (const program of programsReaching(fn, COMPUTED, source))
    program.traverse({
      'CallExpression|OptionalCallExpression'(path: NodePath) {
        const callee = (path as NodePath<t.CallExpression>).get('callee') as NodePath;
        if (!isMember(callee) || propertyName(callee.node) !== undefined) return;
        const is = definitionOf(callee.get('object') as NodePath, source);
        if (is && membersOf(is, source).some((each) => isSameNode(each, owner, source))) found.push(path);
      },
    });
  return found;
}

/** How a text looks that may take functions out of what has them by other names than theirs. */
const TAKES = /\[|\bObject\b|\{/;

/** Whether a member of an object is taken out by another name than its own: `Object.values(actions)`, `{ use: put }`. */
export function isTakenByOtherNames(fn: FunctionPath, source: Reading): boolean {
  const owner = ownerOfMethod(fn, source)?.declared;
  const name = calledNameOf(fn);
  if (!owner?.isObjectExpression()) return false;
  let isTaken = false;
  const isIt = (value: NodePath) => {
    const is = definitionOf(value, source);
    return is !== undefined && isSameNode(is.path, owner, source);
  };
  for (const program of programsReaching(fn, TAKES, source))
    program.traverse({
      MemberExpression(member) {
        const isCall = member.key === 'callee' && member.parentPath.isCallExpression();
        if (propertyName(member.node) === undefined && !isCall && !isWritten(member))
          isTaken ||= isIt(member.get('object'));
      },
      CallExpression(call) {
        const isGiven = /^(values|entries)$/.test(nameOf(call.get('callee') as NodePath)) || isOfTree(call);
        for (const given of isGiven ? (call.get('arguments') as NodePath[]) : [])
          if (given.isIdentifier()) isTaken ||= isIt(given);
      },
      ObjectPattern(pattern) {
        const { parentPath: declarator } = pattern;
        const isOther = pattern.node.properties.some(
          (each) =>
            each.type === 'RestElement' ||
            (keyName(each) === name && !each.shorthand) ||
            keyName(each) === undefined,
        );
        if (isOther && declarator.isVariableDeclarator() && declarator.node.init)
          isTaken ||= isIt(declarator.get('init') as NodePath);
      },
    });
  return isTaken;

  /** A function of the tree that does something by computed names. */
  function isOfTree(call: NodePath<t.CallExpression>): boolean {
    const called = calledDefinition(call.get('callee') as NodePath, source);
    if (called?.kind !== 'function') return false;
    let isComputed = false;
    called.path.traverse({
      MemberExpression({ node }) {
        isComputed ||= propertyName(node) === undefined;
      },
    });
    return isComputed;
  }
}

function membersOf({ path }: Definition, source: Reading): readonly NodePath[] {
  return path.isClass() ? classChain(path, source) : [path];
}
