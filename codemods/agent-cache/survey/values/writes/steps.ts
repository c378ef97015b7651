import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { commonJsTarget } from '../../code/exports.ts';
import { memberName } from '../../code/member-name.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';
import { outermostSame, withoutTypes } from '../../code/wrappers.ts';
import { definitionOf } from '../../code/definitions.ts';
import { isGlobal } from '../global-values.ts';
import type { Asked, Outcome, Step } from './outcome.ts';
import { argumentSteps } from './argument-steps.ts';
import { providedSteps } from './given-on.ts';
import { anyMethodSteps, methodSteps } from './method-steps.ts';
import { all, patternSteps } from './pattern-steps.ts';
import { asList, CALLED, copied, heldBy, into, isHit, SOME, type Leaf, type Way } from './way.ts';

const NOTHING: Outcome = [];

/** What is done with the value of an expression, where that stands. */
export function stepsOf(expression: NodePath, way: Way, asked: Asked): Outcome {
  const use = outermostSame(expression);
  const { parentPath: parent, key } = use;
  // Of what is exported where it is declared, that statement counts as a use.
  if (!parent || use.isExportDeclaration()) return parent ? NOTHING : 'untold';
  if (isMember(parent)) return key === 'object' ? memberSteps(parent, way, asked) : NOTHING;
  if (use.listKey === 'arguments') return argumentSteps(use, parent, way, asked);
  if (key === 'callee') return resultSteps(parent, way);
  return given(use, parent, way, asked) ?? passed(use, parent, way);
}

/** What is called gives what the way leads to, or something else. */
function resultSteps(call: NodePath, { names: [first, ...names], free }: Way): Outcome {
  if (first === CALLED) return [{ kind: 'value', at: call, way: { names, free: Math.max(0, free - 1) } }];
  return first === undefined ? 'untold' : NOTHING;
}

function memberSteps(
  member: NodePath<t.MemberExpression | t.OptionalMemberExpression>,
  way: Way,
  asked: Asked,
): Outcome {
  const name = memberName(member);
  if (isWritten(member)) return isHit(way, name, asked.leaf) ? 'written' : NOTHING;
  const call = member.parentPath;
  const isCalled = (call?.isCallExpression() || call?.isOptionalCallExpression()) && member.key === 'callee';
  if (isCalled && name !== undefined) return methodSteps(member, name, call, way, asked);
  const inner = into(way, name, asked.leaf);
  const part: Outcome = inner ? [{ kind: 'value', at: member, way: inner }] : NOTHING;
  return isCalled ? all([part, anyMethodSteps(member, way, asked)], (each) => each) : part;
}

/** Names, members and literals that are given the value; undefined where it stands in none. */
function given(use: NodePath, parent: NodePath, way: Way, asked: Asked): Outcome | undefined {
  const { key } = use;
  if (parent.isVariableDeclarator()) return patternSteps(parent.get('id') as NodePath, way, asked.leaf);
  if (parent.isAssignmentPattern()) return key === 'right' ? patternSteps(parent, way, asked.leaf) : NOTHING;
  if (parent.isAssignmentExpression()) return key === 'right' ? assignmentSteps(parent, way, asked) : NOTHING;
  if (parent.isObjectProperty() && key === 'value') {
    const provided = providedSteps(parent, way);
    if (provided) return provided;
  }
  if (parent.isObjectProperty())
    return key === 'value' ? holderSteps(parent.parentPath, keyName(parent.node) ?? SOME, way) : NOTHING;
  if (parent.isArrayExpression()) return holderSteps(parent, SOME, way);
  if (parent.isSpreadElement()) return spreadSteps(parent, way);
  if (parent.isClassProperty() || parent.isClassPrivateProperty() || parent.isClassAccessorProperty())
    return key === 'value' ? fieldSteps(parent, way) : NOTHING;
  // A class that extends another one reads its statics, and sets its own.
  if (parent.isClass()) return key === 'superClass' ? NOTHING : undefined;
  if (parent.isForOfStatement() && key === 'right') return elementSteps(parent, way, asked.leaf);
  return undefined;
}

/** Expressions that are the value themselves, functions that give it, and what only asks for it. */
function passed({ key, container }: NodePath, parent: NodePath, way: Way): Outcome {
  const same: Outcome = [{ kind: 'value', at: parent, way }];
  if (parent.isConditionalExpression()) return key === 'test' ? NOTHING : same;
  if (parent.isLogicalExpression()) return key === 'left' && parent.node.operator === '&&' ? NOTHING : same;
  if (parent.isSequenceExpression())
    return Array.isArray(container) && key === container.length - 1 ? same : NOTHING;
  if (parent.isReturnStatement() || (parent.isArrowFunctionExpression() && key === 'body')) {
    const fn = parent.isArrowFunctionExpression() ? parent : parent.getFunctionParent();
    return fn ? [{ kind: 'result', fn, way: heldBy(way, CALLED) }] : 'untold';
  }
  if (parent.isYieldExpression()) {
    const fn = parent.getFunctionParent();
    const isAll = parent.node.delegate === true;
    return fn ? [{ kind: 'result', fn, way: heldBy(isAll ? way : heldBy(way, SOME), CALLED) }] : 'untold';
  }
  if (parent.isTemplateLiteral()) return parent.parentPath.isTaggedTemplateExpression() ? 'untold' : NOTHING;
  return ASKS.test(parent.type) ? NOTHING : 'untold';
}

/** What reads a value as a condition or a text, or stands for it as a type or an export, which are followed by name. */
const ASKS =
  /^(Unary|Binary|Update)Expression$|^(If|While|DoWhile|For|ForIn|Switch|Expression)Statement$|^SwitchCase$|^(Export|TS)|^Decorator$/;

/** A list or an object that holds the value. */
function holderSteps(holder: NodePath, name: string, way: Way): Outcome {
  return [{ kind: 'value', at: holder, way: heldBy(way, name) }];
}

function spreadSteps(spread: NodePath<t.SpreadElement>, way: Way): Outcome {
  const { parentPath: parent } = spread;
  const isLiteral = parent.isObjectExpression() || parent.isArrayExpression();
  return isLiteral ? [{ kind: 'value', at: parent, way: copied(asList(way)) }] : 'untold';
}

function elementSteps(loop: NodePath<t.ForOfStatement>, way: Way, leaf: Leaf): Outcome {
  const inner = into(asList(way), SOME, leaf);
  if (!inner) return NOTHING;
  const left = loop.get('left') as NodePath;
  const [declared] = left.isVariableDeclaration() ? left.get('declarations') : [];
  return patternSteps(declared ? (declared.get('id') as NodePath) : left, inner, leaf);
}

/** Names that are given the value, or parts of it, and the assignment itself, which is the value, too. */
function assignmentSteps(assignment: NodePath<t.AssignmentExpression>, way: Way, asked: Asked): Outcome {
  const { leaf, shared } = asked;
  if (!/^(=|\?\?=|\|\|=|&&=)$/.test(assignment.node.operator)) return NOTHING;
  const left = assignment.get('left') as NodePath;
  const itself: Step = { kind: 'value', at: assignment, way };
  if (commonJsTarget(left.node) !== undefined || (shared && isGlobal(left, shared))) return [itself];
  const names = isMember(left) ? memberOfSteps(left, way, asked.source) : patternSteps(left, way, leaf);
  return typeof names === 'string' ? names : [...names, itself];
}

/** `this.settings = settings`, `Settings.current = settings`, `kept.settings = settings`: a member of what the code shows. */
function memberOfSteps(
  member: NodePath<t.MemberExpression | t.OptionalMemberExpression>,
  way: Way,
  source: Reading,
): Outcome {
  const name = propertyName(member.node);
  // The environment makes a text of what it is given.
  if (isGlobal(member.get('object') as NodePath, { of: 'process', name: 'env' })) return NOTHING;
  const owner = definitionOf(member.get('object') as NodePath, source);
  if (owner?.kind === 'object') return holderSteps(owner.path, name ?? SOME, way);
  if (name === undefined) return 'untold';
  if (owner?.kind === 'class' || owner?.kind === 'instance')
    return [{ kind: 'field', owner: owner.path, name, way }];
  const object = withoutTypes(member.get('object') as NodePath);
  const holder = isMember(object)
    ? propertyName(object.node)
    : object.isIdentifier()
      ? object.node.name
      : undefined;
  return [{ kind: 'named', name, ...(holder !== undefined && { holder }), way }];
}

function fieldSteps(field: NodePath, way: Way): Outcome {
  const name = keyName(field.node);
  const owner = field.parentPath?.parentPath;
  return name !== undefined && owner?.isClass() ? [{ kind: 'field', owner, name, way }] : 'untold';
}
