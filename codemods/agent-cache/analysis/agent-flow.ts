import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Problem } from '../migration.ts';
import { changedProblem, closedProblem, keptProblem } from './flow-problems.ts';
import { callersOf } from './callers.ts';
import { isRequestScoped } from './handlers.ts';
import { importedFunction, programsMentioning } from './imported-function.ts';
import { ownMethods } from './own-methods.ts';
import { type FunctionPath, placementOf } from './placement.ts';
import { isTypeWrapper } from './wrappers.ts';

/** Where an agent goes from the place that got it. */
export interface AgentFlow {
  /** The code treats the agent as its own. */
  problem: Problem | undefined;
  /** The references by which the function uses the agent, in the order of the text. */
  uses: NodePath[];
  /** The function gives the agent to its caller. */
  returned: boolean;
}

const CLOSES =
  /^(close|disconnect|destroy|dispose|shutdown|terminate|teardown|quit|release)([A-Z_]|$)|^(end|stop|abort|kill)$/;
const CHANGES = /^(set|configure|switch|change|impersonate|use)([A-Z_]|$)|^(reset|clear|login|logout)$/;
const KEEPS =
  /^(set|add|push|unshift|register|provide|store|save|use|cache|remember|enqueue|subscribe|attach)([A-Z_]|$)/;
const LISTENS = /^(on|once|off)$|Listener$/;
const PART_CHANGES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|set|add|delete|clear|assign)$/;
const MAX_DEPTH = 4;

type Member = NodePath<t.MemberExpression | t.OptionalMemberExpression>;

/** Follows an agent through the file: variables, calls of the file's own functions, properties of the request. */
export function followAgent(expression: NodePath, migration: Migration): AgentFlow {
  const placement = placementOf(expression);
  if ('problem' in placement) return { problem: placement.problem, uses: [], returned: false };
  const tracker = new Tracker(placement.fn, migration);
  tracker.follow(expression, { whole: true, depth: 0 });
  const uses = tracker.uses.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
  return { problem: tracker.problem, uses, returned: tracker.returned };
}

/** How an expression stands for the agent. */
interface Holding {
  /** It is the agent; false for something that only holds it. */
  whole: boolean;
  /** How many calls of the file's own functions lie between. */
  depth: number;
  /** It is reached through something that holds it, or through a part of it. */
  indirect?: boolean;
}

class Tracker {
  problem: Problem | undefined;
  uses: NodePath[] = [];
  returned = false;
  readonly #home: FunctionPath;
  readonly #migration: Migration;
  readonly #seen = new Set<Binding>();

  constructor(home: FunctionPath, migration: Migration) {
    this.#home = home;
    this.#migration = migration;
  }

  follow(value: NodePath, holding: Holding): void {
    const { parentPath: parent, key } = value;
    if (!parent || this.problem) return;
    if (isTypeWrapper(parent) || parent.isAwaitExpression()) this.follow(parent, holding);
    else if (parent.isMemberExpression() || parent.isOptionalMemberExpression()) {
      if (key === 'object') this.#followAccess(parent, holding);
    } else if (parent.isVariableDeclarator() && key === 'init') this.#followVariable(parent, holding);
    else if (parent.isAssignmentExpression() && key === 'right') this.#followAssignment(parent, holding);
    else if (value.listKey === 'arguments') this.#followArgument(value, parent, holding);
    else if (parent.isReturnStatement() || (parent.isArrowFunctionExpression() && key === 'body')) {
      const fn = parent.isReturnStatement() ? parent.getFunctionParent() : parent;
      if (holding.depth === 0 && !holding.indirect && fn?.node === this.#home.node) this.returned = true;
    } else this.#followContainer(value, parent, holding);
  }

  #followContainer(value: NodePath, parent: NodePath, holding: Holding): void {
    if (parent.isConditionalExpression() || parent.isLogicalExpression()) {
      if (value.key !== 'test') this.follow(parent, holding);
    } else if (parent.isObjectProperty() || parent.isSpreadElement()) {
      if (parent.parentPath) this.follow(parent.parentPath, { ...holding, whole: false });
    } else if (parent.isArrayExpression()) this.follow(parent, { ...holding, whole: false });
    else if (parent.isForOfStatement() && value.key === 'right') this.#followLoop(parent, holding);
    else if (parent.isExportDefaultDeclaration() || parent.isClassProperty()) this.#fail(keptProblem(parent));
  }

  /** `agent.x`, or `holder.x`: what a holder gives back is the agent again. */
  #followAccess(member: Member, holding: Holding): void {
    if (holding.whole) this.#followMember(member, false);
    else if (member.parentPath?.isCallExpression() && member.key === 'callee')
      this.#followListMethod(member.parentPath, holding);
    else this.follow(member, { ...holding, whole: true, indirect: true });
  }

  #followMember(member: Member, isPart: boolean): void {
    const { parentPath: parent, key } = member;
    if (!parent) return;
    const name = propertyName(member.node);
    if (isWritten(member)) this.#fail(changedProblem(parent));
    else if (parent.isVariableDeclarator()) this.#followPart(parent.get('id') as NodePath);
    else if (name === undefined) return;
    else if ((parent.isCallExpression() || parent.isOptionalCallExpression()) && key === 'callee') {
      if (isPart ? PART_CHANGES.test(name) : this.#changes(name)) this.#fail(changedProblem(parent));
      else if (CLOSES.test(name) && !isPart) this.#fail(closedProblem(parent));
    } else if ((parent.isMemberExpression() || parent.isOptionalMemberExpression()) && key === 'object') {
      // A part of the agent: what is done to it is done to the agent.
      const called = propertyName(parent.node) ?? '';
      if (/^(bind|call|apply)$/.test(called) && this.#changes(name)) this.#fail(changedProblem(parent));
      else this.#followMember(parent, true);
    }
  }

  /** A name, or the names of a pattern, that stand for parts of the agent. */
  #followPart(id: NodePath): void {
    for (const name of Object.keys(id.getBindingIdentifiers())) {
      const binding = id.scope.getBinding(name);
      if (!binding || this.#seen.has(binding)) continue;
      this.#seen.add(binding);
      for (const reference of binding.referencePaths) {
        const { parentPath: member } = reference;
        if (member?.isMemberExpression() && reference.key === 'object') this.#followMember(member, true);
      }
    }
  }

  /** `[agent].forEach((each) => …)`: the callback is given what the list holds. */
  #followListMethod(call: NodePath<t.CallExpression>, holding: Holding): void {
    const [callback] = call.get('arguments');
    const fn = callback?.isIdentifier() ? localFunction(callback) : callback;
    if (fn?.isFunction()) this.#followParameter(fn.get('params')[0], holding);
  }

  #followParameter(param: NodePath | undefined, holding: Holding): void {
    if (!param?.isIdentifier() || holding.depth >= MAX_DEPTH) return;
    const binding = param.parentPath.scope.getOwnBinding(param.node.name);
    this.#followName(binding, { whole: true, depth: holding.depth + 1, indirect: true });
  }

  #followLoop(loop: NodePath<t.ForOfStatement>, holding: Holding): void {
    const left = loop.get('left');
    const id = left.isVariableDeclaration() ? left.get('declarations')[0]?.get('id') : left;
    if (!id?.isIdentifier()) return;
    this.#followName(loop.scope.getBinding(id.node.name), { ...holding, whole: true, indirect: true });
  }

  #changes(name: string): boolean {
    if (LISTENS.test(name)) return true;
    const facts = ownMethods(this.#migration).get(name);
    return facts ? facts.keepsArgument : CHANGES.test(name);
  }

  #followVariable(declarator: NodePath<t.VariableDeclarator>, holding: Holding): void {
    const statement = declarator.parentPath;
    const { id } = declarator.node;
    if (statement.isVariableDeclaration() && /using/.test(statement.node.kind))
      this.#fail(closedProblem(statement));
    else if (id.type === 'Identifier') this.#followName(declarator.scope.getBinding(id.name), holding);
    else if (holding.whole) this.#followPart(declarator.get('id') as NodePath);
  }

  #followName(binding: Binding | undefined, holding: Holding): void {
    if (!binding || this.#seen.has(binding)) return;
    this.#seen.add(binding);
    for (const reference of binding.referencePaths) {
      if (holding.depth === 0 && holding.whole && !holding.indirect) this.uses.push(reference);
      this.follow(reference, holding);
    }
  }

  #followAssignment(assignment: NodePath<t.AssignmentExpression>, holding: Holding): void {
    const left = assignment.get('left');
    if (left.isIdentifier()) {
      const binding = assignment.scope.getBinding(left.node.name);
      if (binding?.scope.getFunctionParent()?.block === assignment.getFunctionParent()?.node) {
        this.#followName(binding, holding);
      } else this.#fail(keptProblem(assignment));
    } else if (left.isMemberExpression()) {
      const name = propertyName(left.node);
      if (!isRequestScoped(left)) this.#fail(keptProblem(assignment));
      else if (name !== undefined && holding.whole) this.#followProperty(name);
    }
    this.follow(assignment, holding);
  }

  /** What the files of the package do to `req.name` and `res.locals.name`, for an agent that travels with a request. */
  #followProperty(name: string): void {
    const holding: Holding = { whole: true, depth: 1, indirect: true };
    for (const program of programsMentioning(name, this.#migration)) {
      program.traverse({
        MemberExpression: (member) => {
          if (propertyName(member.node) === name && isRequest(member.node.object))
            this.follow(member, holding);
        },
        VariableDeclarator: (declarator) => {
          const { id, init } = declarator.node;
          if (id.type !== 'ObjectPattern' || !init || !isRequest(init)) return;
          const picked = id.properties.find((property) => keyName(property) === name);
          const local =
            picked?.type === 'ObjectProperty' && picked.value.type === 'Identifier'
              ? picked.value.name
              : name;
          if (picked) this.#followName(declarator.scope.getBinding(local), holding);
        },
      });
    }
  }

  #followArgument(value: NodePath, call: NodePath, holding: Holding): void {
    if (!call.isCallExpression() && !call.isNewExpression()) return;
    const callee = call.get('callee') as NodePath;
    if (callee.isMemberExpression()) this.#followMethodArgument(value, call, callee, holding);
    else if (call.isNewExpression()) this.follow(call, { ...holding, whole: false });
    else if (callee.isIdentifier()) {
      const fn = localFunction(callee) ?? importedFunction(callee, this.#migration);
      if (!fn) this.#followCallbacks(callee, Number(value.key), holding);
      if (!fn && keepsByName(callee)) this.#fail(keptProblem(call));
      else if (holding.whole) this.#followParameter(fn?.get('params')[Number(value.key)], holding);
    }
  }

  /** `run(agent)`, where `run` is a parameter: what the callers of the function give for it gets the agent. */
  #followCallbacks(callee: NodePath<t.Identifier>, index: number, holding: Holding): void {
    const param = callee.scope.getBinding(callee.node.name);
    const fn = param?.kind === 'param' ? param.path.parentPath : undefined;
    if (!param || !fn?.isFunction() || typeof param.path.key !== 'number') return;
    for (const call of callersOf(fn) ?? []) {
      const given = call.get('arguments')[param.path.key];
      const callback = given?.isIdentifier() ? localFunction(given) : given;
      if (callback?.isFunction()) this.#followParameter(callback.get('params')[index], holding);
    }
  }

  #followMethodArgument(
    value: NodePath,
    call: NodePath,
    callee: NodePath<t.MemberExpression>,
    holding: Holding,
  ): void {
    const name = propertyName(callee.node) ?? '';
    const { object } = callee.node;
    const receiver = object.type === 'Identifier' ? object.name : '';
    const writes = /^(Object|Reflect)$/.test(receiver) && /^(assign|define|set|freeze|seal)/.test(name);
    if (receiver === 'Promise' && name === 'resolve') this.follow(call, holding);
    const method = object.type === 'MemberExpression' ? (propertyName(object) ?? '') : '';
    if (/^(call|apply|bind)$/.test(name) && this.#changes(method)) this.#fail(changedProblem(call));
    else if (writes && value.key === 0) this.#fail(changedProblem(call));
    else if (!writes && KEEPS.test(name) && !isLocalTo(callee.get('object'), this.#home))
      this.#fail(keptProblem(call));
  }

  #fail(problem: Problem): void {
    this.problem ??= problem;
  }
}

/** Whether a function that the file does not show is called as if it kept its argument (`registerAgent`). */
function keepsByName(callee: NodePath<t.Identifier>): boolean {
  const { name } = callee.node;
  return callee.scope.getBinding(name)?.kind !== 'param' && KEEPS.test(name) && !/^(use|set)$/.test(name);
}

/** `req`, `res.locals` and their like: what travels with a request. */
function isRequest(node: t.Node): boolean {
  if (node.type === 'Identifier') return /^_?(req|request|ctx|context)$/i.test(node.name);
  return node.type === 'MemberExpression' && /^(locals|state|req|request)$/.test(propertyName(node) ?? '');
}

function keyName(property: t.ObjectProperty | t.RestElement): string | undefined {
  return property.type === 'ObjectProperty' && property.key.type === 'Identifier'
    ? property.key.name
    : undefined;
}

function isWritten(member: NodePath): boolean {
  const { parentPath: parent, key } = member;
  if (!parent) return false;
  if (parent.isAssignmentExpression()) return key === 'left';
  if (parent.isUpdateExpression()) return true;
  if (parent.isForOfStatement() || parent.isForInStatement()) return key === 'left';
  if (parent.isObjectProperty()) return key === 'value' && parent.parentPath.isObjectPattern();
  if (parent.isArrayPattern() || parent.isRestElement() || (parent.isAssignmentPattern() && key === 'left'))
    return true;
  return parent.isUnaryExpression() && parent.node.operator === 'delete';
}

function propertyName({
  property,
  computed,
}: t.MemberExpression | t.OptionalMemberExpression): string | undefined {
  if (property.type === 'Identifier' && !computed) return property.name;
  if (property.type === 'StringLiteral') return property.value;
  if (property.type === 'MemberExpression' && property.property.type === 'Identifier')
    return property.property.name;
  return undefined;
}

/** Whether the expression starts from a variable of the function itself, no parameter. */
function isLocalTo(object: NodePath, fn: FunctionPath): boolean {
  let root = object;
  while (root.isMemberExpression()) root = root.get('object');
  if (!root.isIdentifier()) return false;
  const binding = root.scope.getBinding(root.node.name);
  return (
    binding !== undefined && binding.kind !== 'param' && binding.scope.getFunctionParent()?.block === fn.node
  );
}

/** The function of this file that a name stands for. */
export function localFunction(name: NodePath<t.Identifier>): FunctionPath | undefined {
  const path = name.scope.getBinding(name.node.name)?.path;
  if (path?.isFunctionDeclaration()) return path;
  const init = path?.isVariableDeclarator() ? path.get('init') : undefined;
  return init?.isArrowFunctionExpression() || init?.isFunctionExpression() ? init : undefined;
}
