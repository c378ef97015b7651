import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { CONTEXT_PACKAGES } from '../code/context-packages.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { loadedBy } from '../code/loaded-by.ts';
import { isMember, keyName, type Member, propertyName } from '../code/members.ts';
import { runsAtOnce } from '../code/shared-state.ts';
import { returnedAtEnd } from '../code/returned-values.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { isGivenOwn } from './calls-given-own.ts';
import { isForeignField, isForeignName, isOfPackage } from './foreign-types.ts';
import { looksLikeRequest } from './handlers.ts';
import { isSharedOnRequests } from './set-on-requests.ts';
import { isUniqueKey } from './unique-key.ts';
import { bindingOf, constantBehind } from '../code/bindings.ts';

/** How many names, members and calls an object may be away. */
const MAX_STEPS = 6;

/** What Express and its usual middleware put on a request, each request its own. */
const OF_ONE_REQUEST =
  /^(body|query|params|headers|rawHeaders|cookies|signedCookies|user|session|file|files|ip|ips|path|url|originalUrl|method|hostname|host|protocol|get|header|accepts|is|log|id|auth|t|i18n|locale|language|signal)$/;

/** Functions and methods that give what they have just made. */
const MAKES = /^(create|make|build|new|clone|copy|parse|from|to)([A-Z_]|$)/;

/**
 * Whether an expression may stand for an object that other requests get as well, though nothing tells which it is:
 * `container.get('service')`, `app.locals.service`, a parameter without a type.
 */
export function isUnseen(expression: NodePath, source: Source): boolean {
  return new Look(source, MAX_STEPS).at(expression);
}

/** Whether a name is one for what some call or some object gave at once, and was given to keep: `const s = app.get('s')`. */
export function isNameOfUnseen({ path, constant }: Binding, source: Source): boolean {
  if (!constant || !path.isVariableDeclarator() || path.node.id.type !== 'Identifier') return false;
  return isGotUnseen(path.get('init') as NodePath, source);
}

/** The same of a call: `app.get('s')`, by nothing that differs by request. */
export function isGotUnseen(expression: NodePath, source: Source): boolean {
  const value = expression.node ? withoutTypes(expression) : expression;
  return value.isCallExpression() && !isGivenOwn(value) && isUnseen(value, source);
}

class Look {
  readonly #source: Source;
  readonly #steps: number;

  constructor(source: Source, steps: number) {
    this.#source = source;
    this.#steps = steps;
  }

  at(expression: NodePath): boolean {
    if (this.#steps === 0) return true;
    const value = withoutTypes(expression);
    if (value.isIdentifier()) return this.#name(value);
    if (value.isAssignmentExpression()) return this.#next(value.get('left') as NodePath);
    if (value.isLogicalExpression())
      return [value.get('left'), value.get('right')].some((each) => this.#next(each));
    if (value.isConditionalExpression())
      return [value.get('consequent'), value.get('alternate')].some((each) => this.#next(each));
    if (value.isAwaitExpression()) {
      const got = withoutTypes(value.get('argument'));
      // What is looked up for a request is its own.
      return !(got.isCallExpression() && isGivenOwn(got)) && this.#next(got);
    }
    if (value.isCallExpression() || value.isOptionalCallExpression()) return this.#call(value);
    return isMember(value) && this.#member(value);
  }

  #next(path: NodePath): boolean {
    return new Look(this.#source, this.#steps - 1).at(path);
  }

  #name(name: NodePath<t.Identifier>): boolean {
    const binding = bindingOf(name);
    if (!binding || isForeignName(binding, this.#source)) return false;
    if (binding.kind === 'param') return !looksLikeRequest(name.node.name) && this.#param(binding);
    const loaded = loadedBy(binding);
    if (loaded)
      return !isOfPackage(loaded.specifier, binding.path, this.#source) && !definitionOf(name, this.#source);
    // What a namespace has is found by its name alone.
    if (binding.path.isTSModuleDeclaration()) return true;
    if (!binding.path.isVariableDeclarator()) return false;
    if (binding.scope.path.isProgram() && this.#isBuiltByFunction(binding.path)) return true;
    // What a module keeps is of all that use it.
    if (!binding.constant && binding.scope.path.isProgram()) return !definitionOf(name, this.#source);
    const values = binding.constantViolations.flatMap((each) =>
      each.isAssignmentExpression() ? [each.get('right') as NodePath] : [],
    );
    return this.#declared(binding) || values.some((each) => this.#isOpen(each));
  }

  /** `const service = new Service()`, where that is a function whose methods are those of its prototype. */
  #isBuiltByFunction(declarator: NodePath<t.VariableDeclarator>): boolean {
    const init = declarator.get('init') as NodePath;
    const built = init.node ? withoutTypes(init) : undefined;
    if (!built?.isNewExpression()) return false;
    return definitionOf(built.get('callee') as NodePath, this.#source)?.kind === 'function';
  }

  /** Of a callback of a list it is an element of that. */
  #param({ scope: { path } }: Binding): boolean {
    const callee =
      path.isFunction() && runsAtOnce(path) && path.parentPath.isCallExpression()
        ? (path.parentPath.get('callee') as NodePath)
        : undefined;
    return !isMember(callee) || this.#element(callee.get('object') as NodePath);
  }

  /** Whether an element of a list may be one that requests share: what was waited for was looked up. */
  #element(list: NodePath): boolean {
    const value = withoutTypes(list);
    if (value.isAwaitExpression()) return false;
    const binding = bindingOf(value);
    const init = constantBehind(binding);
    return init?.node ? this.#element(init as NodePath) : this.#next(value);
  }

  #declared({ path, identifier, constant }: Binding): boolean {
    const { id, init } = path.node as t.VariableDeclarator;
    const loop = path.parentPath?.parentPath;
    if (loop?.isForOfStatement() && path.parentPath?.key === 'left') return this.#element(loop.get('right'));
    if (!init) return constant;
    const value = path.get('init') as NodePath;
    if (id.type === 'Identifier') return this.#isOpen(value);
    if (id.type !== 'ObjectPattern') return false;
    const picked = id.properties.find((each) => each.type === 'ObjectProperty' && each.value === identifier);
    const name = picked && keyName(picked);
    return name === undefined || this.#part(withoutTypes(value), name);
  }

  #isOpen(value: NodePath): boolean {
    return !definitionOf(value, this.#source) && this.#next(value);
  }

  #member(member: Member): boolean {
    if (definitionOf(member, this.#source)) return false;
    return this.#part(withoutTypes(member.get('object') as NodePath), propertyName(member.node));
  }

  /** Whether a part of an object may be one that requests share. */
  #part(object: NodePath, name: string | undefined): boolean {
    if (object.isThisExpression()) return name === undefined || !isForeignField(object, name, this.#source);
    if (isMember(object)) {
      if (isRequest(object.get('object') as NodePath) && propertyName(object.node) === 'locals')
        return name === undefined || isSharedOnRequests(name, this.#source);
      return definitionOf(object, this.#source) !== undefined || this.#member(object);
    }
    if (!object.isIdentifier()) return object.isCallExpression() && this.#call(object);
    const binding = bindingOf(object);
    if (!binding) return /^global(This)?$/.test(object.node.name);
    if (isRequest(object)) return name === 'app' || (name !== undefined && isSharedPart(name, this.#source));
    if (isForeignName(binding, this.#source)) return /^(app|locals)$/.test(name ?? '');
    const loaded = loadedBy(binding);
    if (loaded) return !isOfPackage(loaded.specifier, binding.path, this.#source);
    return binding.scope.path.isProgram() || binding.kind === 'param' || this.#name(object);
  }

  #call(call: NodePath<t.CallExpression | t.OptionalCallExpression>): boolean {
    const callee = withoutTypes(call.get('callee') as NodePath);
    const name = isMember(callee) ? propertyName(callee.node) : callee.isIdentifier() ? callee.node.name : '';
    const given = call.get('arguments') as NodePath[];
    if (given.some((each) => isRequest(each) || isUniqueKey(each))) return false;
    const called = calledDefinition(callee, this.#source);
    if (called) {
      if (called.kind !== 'function' || definitionOf(call, this.#source)) return false;
      const returned = returnedAtEnd(called.path);
      return !returned || this.#next(returned);
    }
    if (MAKES.test(name ?? '') || name === 'getStore') return false;
    if (isMember(callee)) return this.#gives(withoutTypes(callee.get('object') as NodePath));
    const binding = bindingOf(callee);
    return binding !== undefined && !isOfContext(binding);
  }

  /** Whether what a method of an object gives may be one that requests share. */
  #gives(object: NodePath): boolean {
    if (object.isThisExpression()) return true;
    if (object.isIdentifier()) {
      const binding = bindingOf(object);
      return binding !== undefined && !isRequest(object) && !isOfContext(binding);
    }
    if (isMember(object)) {
      const inner = withoutTypes(object.get('object') as NodePath);
      if (isRequest(inner)) return !OF_ONE_REQUEST.test(propertyName(object.node) ?? '');
      return this.#gives(inner);
    }
    return object.isCallExpression() || object.isAwaitExpression();
  }
}

function isSharedPart(name: string, source: Source): boolean {
  return !OF_ONE_REQUEST.test(name) && isSharedOnRequests(name, source);
}

/** A request or a response, by the name that it is given. */
function isRequest(path: NodePath): boolean {
  const value = withoutTypes(path);
  if (!value.isIdentifier() || !looksLikeRequest(value.node.name)) return false;
  return bindingOf(value)?.kind === 'param';
}

function isOfContext(binding: Binding): boolean {
  const loaded = loadedBy(binding);
  return loaded !== undefined && CONTEXT_PACKAGES.test(loaded.specifier);
}
