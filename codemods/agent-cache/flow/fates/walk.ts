import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Problem } from '../../migration.ts';
import { changesPart, effectOf } from '../effects/agent-verbs.ts';
import { agentEffects } from '../effects/effects.ts';
import { ANY, type Flow, type Frame, type Holding, heldIn, isAgent, partOf } from './flow.ts';
import { judgeTakenOut } from './flow-by-name.ts';
import { followAssignment } from './flow-into-assignments.ts';
import { LIST_METHODS, followArgument, followCallback, followListMethod } from './flow-into-calls.ts';
import { followContainer } from './flow-into-containers.ts';
import { followOutOf, followOutOfMember } from './flow-out-of-functions.ts';
import { changedByProblem, madeProblem, stateProblem } from './flow-problems.ts';
import { iteratedProblem } from './iterated.ts';
import { keptUnseen } from './kept-unseen.ts';
import { evaluationIn } from './evaluated.ts';
import { calledNames, unnamedProblem } from './unnamed-calls.ts';
import { isWrittenDown } from './written-down.ts';
import { heldUse, isBuiltIntoKept } from './use-of-holder.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { isMember, isWritten, keyName, type Member, propertyName } from '../../survey/code/members.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/**
 * The walk of one agent, or of what holds one, from the place that got it to all that the code does with it.
 */
export class Walk implements Flow {
  problem: Problem | undefined;
  readonly uses: NodePath[] = [];
  readonly frames = new Map<object, Frame>();
  readonly properties = new Set<string>();
  readonly home: Frame;
  readonly migration: Judged;
  /** What was given is given on to the caller's own callers. */
  givesOn = false;
  readonly #seen = new Map<Binding, Set<string>>();
  readonly #given: NodePath | undefined;

  /** `given` is the call that gave what holds the agent, when it is not followed from where it was got. */
  constructor(home: Frame, migration: Judged, given?: NodePath) {
    this.home = home;
    this.migration = migration;
    this.#given = given;
  }

  follow(value: NodePath, holding: Holding): void {
    const { parentPath: parent, key } = value;
    if (!parent || this.problem) return;
    if (isTypeWrapper(parent) || parent.isAwaitExpression()) this.follow(parent, holding);
    else if (isMember(parent)) {
      if (key === 'object') this.#followAccess(parent, holding);
    } else if (key === 'callee' && holding.part && holding.way && isCall(parent))
      this.#followTaken(parent, holding.way, holding);
    else if (parent.isVariableDeclarator() && key === 'init') this.#followVariable(parent, holding);
    else if (parent.isAssignmentExpression() && key === 'right') followAssignment(this, parent, holding);
    else if (value.listKey === 'arguments') followArgument(this, value, parent, holding);
    else if (parent.isReturnStatement() || (parent.isArrowFunctionExpression() && key === 'body'))
      this.#followReturn(value, parent, holding);
    else if (parent.isYieldExpression() && !(parent.node.delegate && isAgent(holding))) {
      const path = parent.node.delegate ? holding.path : [ANY, ...holding.path];
      this.#followReturn(value, parent, { ...holding, path });
    } else followContainer(this, value, parent, holding);
  }

  /** Follows what a function gives to its callers: a generator gives a list of what it yields. */
  #followReturn(value: NodePath, place: NodePath, holding: Holding): void {
    const fn = place.isFunction() ? place : place.getFunctionParent();
    if (fn?.node !== holding.frame.fn?.node) {
      if (fn) followOutOf(this, fn as FunctionPath, holding);
      return;
    }
    holding.frame.returned.push(holding);
    if (fn && holding.frame !== this.home && !holding.frame.call)
      followOutOfMember(this, fn as FunctionPath, holding);
    if (holding.frame === this.home && !holding.part) this.givesOn ||= !isOtherCall(value, this.#given);
  }

  followTarget(target: NodePath, holding: Holding): void {
    if (target.isAssignmentPattern()) this.followTarget(target.get('left'), holding);
    else if (target.isIdentifier()) this.followBinding(bindingOf(target), holding);
    else if (target.isObjectPattern() || target.isArrayPattern()) {
      const iterated =
        target.isArrayPattern() && isAgent(holding) ? iteratedProblem(target, this.migration) : undefined;
      if (iterated) this.fail(iterated);
      const elements: NodePath[] = target.isObjectPattern()
        ? target.get('properties')
        : (target.get('elements') as NodePath[]);
      for (const [index, element] of elements.entries()) {
        if (!element.node) continue;
        if (element.isRestElement()) {
          if (target.isObjectPattern() && picks(target, holding.path[0])) continue;
          if (isAgent(holding) && this.showsState(element, undefined)) return;
          const rest =
            holding.path.length > 0 ? holding : { ...holding, path: [ANY], part: true, way: undefined };
          this.followTarget(element.get('argument') as NodePath, { ...rest, indirect: true });
          continue;
        }
        const picked = target.isObjectPattern() ? keyName(element.node) : String(index);
        if (isAgent(holding) && (this.showsState(element, picked) || judgeTakenOut(this, element, picked)))
          return;
        const held = heldIn(holding, picked);
        const name = element.isObjectProperty() ? (element.get('value') as NodePath) : element;
        if (held) this.followTarget(name, held);
      }
    }
  }

  followBinding(binding: Binding | undefined, holding: Holding): void {
    if (!binding) return;
    const seen = this.#seen.get(binding) ?? new Set();
    this.#seen.set(binding, seen);
    const kind = `${holding.path.join('.')} ${holding.part}`;
    if (seen.has(kind)) return;
    seen.add(kind);
    const evaluated = isAgent(holding) ? evaluationIn(binding, this.migration) : undefined;
    if (evaluated) this.fail(reasonAt('agent-changed', evaluated, this.migration));
    for (const reference of binding.referencePaths) {
      if (this.#given) this.#noteHeld(reference, holding);
      else if (holding.frame === this.home && isAgent(holding) && !holding.indirect) {
        this.uses.push(reference);
        if (isInLaterHandler(reference, this.home))
          this.fail(reasonAt('agent-kept', reference, this.migration));
      }
      this.follow(reference, holding);
    }
  }

  followMember(path: NodePath, holding: Holding): void {
    if (!isMember(path)) return;
    const { parentPath: parent, key } = path;
    if (!parent) return;
    const name = propertyName(path.node);
    const isCalled = isCall(parent) && key === 'callee';
    if (isWritten(path)) this.fail(reasonAt('agent-changed', parent, this.migration));
    else if (!holding.part && !isCalled && this.#showsAny(path)) return;
    else if (isCalled) {
      const isIterated = !holding.part && /^(async)?iterator$/i.test(name ?? '');
      const iterated = isIterated ? iteratedProblem(parent, this.migration) : undefined;
      if (iterated) this.fail(iterated);
      for (const each of calledNames(path, this.migration)) this.#followCall(parent, each, holding);
      const unnamed = name === undefined ? unnamedProblem(path, parent, this.migration) : undefined;
      if (unnamed && !holding.part) this.fail(unnamed);
    } else if (isMember(parent) && key === 'object') {
      // A part of the agent: what is done to it is done to the agent.
      const isBound = /^(bind|call|apply)$/.test(propertyName(parent.node) ?? '');
      if (isBound && !holding.part && judgeTakenOut(this, parent, name)) return;
      this.followMember(parent, partOf(holding, name));
    } else if (holding.part || parent.isUnaryExpression() || !judgeTakenOut(this, path, name))
      this.follow(path, { ...partOf(holding, name), indirect: true });
  }

  fail(problem: Problem): void {
    this.problem ??= problem;
  }

  showsState(place: NodePath, name: string | undefined): boolean {
    const effects = agentEffects(this.migration);
    if (name !== undefined && effects?.isMade(name)) {
      if (isWrittenDown(place, this.migration)) return false;
      this.fail(madeProblem(place, name, this.migration));
      return true;
    }
    const written = effects?.shownBy(name ?? ANY);
    if (written) this.fail(stateProblem(place, { name: name ?? 'state', written }, this.migration));
    return written !== undefined;
  }

  #showsAny(member: Member): boolean {
    const name = propertyName(member.node);
    const names = name === undefined ? calledNames(member, this.migration) : [name];
    return names.length === 0
      ? this.showsState(member, undefined)
      : names.some((each) => this.showsState(member, each));
  }

  /** A use of what holds the agent: it may live no longer than the call. */
  #noteHeld(reference: NodePath, holding: Holding): void {
    if (holding.part) return;
    const use = heldUse(reference, holding);
    if (use && holding.frame === this.home) this.uses.push(use);
    const isBuiltIn = use && isBuiltIntoKept(use);
    const mayStay = isBuiltIn && this.home.fn && !isHandler(this.home.fn);
    if (mayStay || isInLaterHandler(reference, holding.frame))
      this.fail(reasonAt('agent-kept', reference, this.migration));
  }

  /** `agent.x`, or `holder.x`: what a holder gives back is the agent again. */
  #followAccess(member: Member, holding: Holding): void {
    if (holding.path.length === 0) {
      this.followMember(member, holding);
      return;
    }
    const { parentPath: parent, key } = member;
    if (parent?.isCallExpression() && key === 'callee') followListMethod(this, parent, holding);
    else {
      const held = heldIn(holding, propertyName(member.node));
      if (held) this.follow(member, held);
    }
  }

  /** A call of a method that was taken out of the agent, or of a part of it: `const { send } = agent.queue`. */
  #followTaken(call: NodePath, way: readonly string[], holding: Holding): void {
    const name = way.at(-1);
    const above = way.slice(0, -1);
    if (name !== undefined) this.#followCall(call, name, { ...holding, part: above.length > 0, way: above });
  }

  /** A call of a method of the agent, or of a part of it. */
  #followCall(call: NodePath, name: string, holding: Holding): void {
    const effect = effectOf(name, this.migration);
    if (holding.part && changesPart(name)) this.fail(reasonAt('agent-changed', call, this.migration));
    else if (!holding.part && effect === 'change') this.fail(changedByProblem(call, name, this.migration));
    else if (!holding.part && effect === 'close') this.fail(reasonAt('agent-closed', call, this.migration));
    else if (holding.part && holding.way && /^(call|apply)$/.test(name))
      this.#followTaken(call, holding.way, holding);
    else if (holding.part && LIST_METHODS.test(name) && call.isCallExpression())
      followListMethod(this, call, holding);
    else if (!this.#keepsUnseen(call, name, holding)) {
      // What a promise of it comes to is the agent, or what the callback makes of that.
      if (name === 'then' && call.isCallExpression())
        followCallback(this, call.get('arguments')[0], 0, { ...holding, indirect: true }, call);
      else if (/^(catch|finally)$/.test(name)) this.follow(call, { ...holding, indirect: true });
      const effects = holding.part ? undefined : agentEffects(this.migration);
      if (effects?.givesKeptIterator(name)) this.fail(reasonAt('agent-changed', call, this.migration));
      // What a method gives and the agent keeps is a part of it.
      if (effects?.givesItself(name)) this.follow(call, { ...holding, indirect: true });
      else if (effects?.givesItsOwn(name))
        this.follow(call, { ...holding, part: true, way: undefined, indirect: true });
    }
  }

  /** Fails where a call may keep what it is given, and nothing tells. */
  #keepsUnseen(call: NodePath, name: string, { part, way }: Holding): boolean {
    const problem = keptUnseen(call, { name, isPart: part, way }, this.migration);
    if (problem) this.fail(problem);
    return problem !== undefined;
  }

  #followVariable(declarator: NodePath<t.VariableDeclarator>, holding: Holding): void {
    const statement = declarator.parentPath;
    if (statement.isVariableDeclaration() && /using/.test(statement.node.kind) && !holding.part)
      this.fail(reasonAt('agent-closed', statement, this.migration));
    else this.followTarget(declarator.get('id') as NodePath, holding);
  }
}

function isCall(path: NodePath): boolean {
  return path.isCallExpression() || path.isOptionalCallExpression();
}

/** Whether a pattern takes a property by its name: what it calls the rest does not have that. */
function picks({ node }: NodePath<t.ObjectPattern>, name: string | undefined): boolean {
  return name !== undefined && name !== ANY && node.properties.some((each) => keyName(each) === name);
}

/** Whether a handler that the function only declares uses the agent: it answers requests long after. */
function isInLaterHandler(reference: NodePath, { fn, ofRequest }: Frame): boolean {
  if (ofRequest) return false;
  for (let own = reference.getFunctionParent(); own && own.node !== fn?.node; own = own.getFunctionParent()) {
    if (isHandler(own)) return true;
  }
  return false;
}

/** Whether a value is what another call gives: something made of the agent, not what holds it. */
function isOtherCall(value: NodePath, given: NodePath | undefined): boolean {
  let inner = value;
  while (inner.isAwaitExpression() || isTypeWrapper(inner))
    inner = inner.get(inner.isAwaitExpression() ? 'argument' : 'expression') as NodePath;
  return inner.isCallExpression() && inner.node !== given?.node;
}
