import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../survey/code/members.ts';
import { thisOwner } from '../../survey/code/this-owner.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { fitsPromise, givesPromiseToo } from '../../survey/functions/handed-types.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { isPrivateField, usesOfField } from './field-uses.ts';
import { usesAsAWhole } from './uses-as-a-whole.ts';
import { bindingOf } from '../../survey/code/bindings.ts';
import { constructorRun } from '../../survey/code/class-chain.ts';

/** Where a factory that is handed over is called, wherever it goes from there. */
export interface HandedOver {
  calls: NodePath[];
  /** The first place that is declared to take no promise of what it gives. */
  typed: NodePath | undefined;
}

/** Where the factory is in a value: empty for itself, `['makeAgent']` for `{ makeAgent }`. */
type Way = readonly string[];

/** How many functions, classes and names it is handed through. */
const MAX_STEPS = 60;

/**
 * Every call of a factory that is handed to a function or a class, alone or in objects; undefined where some use of it
 * is not seen.
 */
export function callsOfHandedOver(value: NodePath, source: Source): HandedOver | undefined {
  const walk = new Walk(source);
  return walk.follow(value, []) && walk.found.calls.length > 0 ? walk.found : undefined;
}

/**
 * Whether a value that is handed over, alone or in objects, comes to a call of code that nobody can read, to a list, or to
 * a call by a name that nothing tells: what gets it there may take what it gives as its own.
 */
export function isHandedToUnread(value: NodePath, source: Source): boolean {
  if (!isHandedOver(value)) return false;
  const walk = new Walk(source, true);
  walk.follow(value, []);
  return walk.isUnread;
}

/** Whether a value is what a parameter has where its caller gives none: `make = () => new Client()`. */
export function isParameterDefault(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (!parent?.isAssignmentPattern() || value.key !== 'right') return false;
  const param = parent.parentPath?.isTSParameterProperty() ? parent.parentPath : parent;
  return param.listKey === 'params';
}

/** Whether a value stands where it is handed over: as an argument, or in an object. */
export function isHandedOver(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (value.isObjectMethod({ kind: 'method' })) return true;
  if (parent?.isObjectProperty() && value.key === 'value') return parent.parentPath.isObjectExpression();
  return value.listKey === 'arguments' && (parent?.isCallExpression() || parent?.isNewExpression()) === true;
}

class Walk {
  readonly found: HandedOver = { calls: [], typed: undefined };
  /** It came to a call of which the code is not known, or to what may be called by any name. */
  isUnread = false;
  readonly #source: Source;
  readonly #isWide: boolean;
  readonly #seen = new Set<string>();

  /** @param isWide whether objects are followed to where other files use them as a whole, too */
  constructor(source: Source, isWide = false) {
    this.#source = source;
    this.#isWide = isWide;
  }

  /** Whether all that is done with a value is seen, as far as it concerns the factory in it. */
  follow(value: NodePath, way: Way): boolean {
    const { parentPath: parent } = value;
    if (!parent) return false;
    if (this.#isWide && way.length > 0 && value.isObjectExpression()) this.#whole(value, way);
    if (isTypeWrapper(parent)) return this.#asserted(parent, way);
    const use = value;
    if (use.isObjectMethod()) return this.#inObject(parent, [keyName(use.node), ...way]);
    if (parent.isObjectProperty() && use.key === 'value')
      return this.#inObject(parent.parentPath, [keyName(parent.node), ...way]);
    if (parent.isSpreadElement())
      return way.length > 0 && parent.parentPath.isObjectExpression() && this.follow(parent.parentPath, way);
    if (use.listKey === 'arguments') return this.#asArgument(use, parent, way);
    if (parent.isArrayExpression()) this.isUnread = true;
    if (isParameterDefault(use)) return this.#default(parent, way);
    if (parent.isVariableDeclarator() && use.key === 'init')
      return (
        this.#isTyped(parent.get('id') as NodePath, way) && this.#pattern(parent.get('id') as NodePath, way)
      );
    if (parent.isAssignmentExpression({ operator: '=' }) && use.key === 'right')
      return this.#assigned(parent.get('left') as NodePath, way);
    if (parent.isLogicalExpression({ operator: '&&' }) && use.key === 'left') return true;
    if (parent.isLogicalExpression() || (parent.isConditionalExpression() && use.key !== 'test'))
      return this.follow(parent, way);
    if (parent.isClassProperty() || parent.isClassPrivateProperty()) return this.#field(parent, way);
    return this.#read(use, parent, way);
  }

  /** The uses of an object as a whole, by whatever name it comes to them; what they are found for is whether one is unread. */
  #whole(object: NodePath<t.ObjectExpression>, way: Way): void {
    this.#once(object, ['whole', ...way], () => {
      for (const use of usesAsAWhole(object, this.#source)) this.follow(use, way);
      return true;
    });
  }

  /** `{ makeAgent } satisfies Deps` */
  #asserted(wrapper: NodePath, way: Way): boolean {
    const type = 'typeAnnotation' in wrapper.node ? (wrapper.node.typeAnnotation as t.Node) : undefined;
    const isConst =
      type?.type === 'TSTypeReference' &&
      type.typeName.type === 'Identifier' &&
      type.typeName.name === 'const';
    if (type && !isConst && !fitsPromise(type, wrapper, way, this.#source)) this.found.typed ??= wrapper;
    return this.follow(wrapper, way);
  }

  #read(use: NodePath, parent: NodePath, way: Way): boolean {
    const [name, ...rest] = way;
    if (name !== undefined) {
      if (!isMember(parent) || use.key !== 'object') return isTest(use, parent);
      const read = propertyName(parent.node);
      if (read === undefined) this.isUnread = true;
      if (read !== name) return read !== undefined;
      return !isWritten(parent) && this.follow(parent, rest);
    }
    if ((parent.isCallExpression() || parent.isOptionalCallExpression()) && use.key === 'callee') {
      this.found.calls.push(parent);
      return true;
    }
    return isTest(use, parent);
  }

  #inObject(object: NodePath | null, [name, ...way]: readonly (string | undefined)[]): boolean {
    if (!object?.isObjectExpression() || name === undefined) return false;
    return this.follow(object, [name, ...(way as string[])]);
  }

  #asArgument(use: NodePath, call: NodePath, way: Way): boolean {
    if (!call.isCallExpression() && !call.isNewExpression()) return false;
    const given = call.get('arguments') as NodePath[];
    if (given.slice(0, Number(use.key)).some((each) => each.isSpreadElement())) return false;
    const callee = call.get('callee') as NodePath;
    const called = calledDefinition(callee, this.#source);
    if (!called) this.isUnread = true;
    if (call.isNewExpression() || callee.isSuper()) {
      const built = called?.kind === 'class' ? constructorRun(called.path, this.#source) : undefined;
      return built !== undefined && this.#parameter(built, Number(use.key), way);
    }
    return called?.kind === 'function' && this.#parameter(called.path, Number(use.key), way);
  }

  #parameter(fn: FunctionPath, index: number, way: Way): boolean {
    const param = (fn.get('params') as NodePath[])[index];
    if (!param || param.isRestElement()) return false;
    return this.#once(param, way, () => this.#given(param, fn, way));
  }

  #default(pattern: NodePath, way: Way): boolean {
    const param = pattern.parentPath?.isTSParameterProperty() ? pattern.parentPath : pattern;
    const fn = param.parentPath;
    return fn?.isFunction() === true && this.#once(param, way, () => this.#given(param, fn, way));
  }

  #given(param: NodePath, fn: FunctionPath, way: Way): boolean {
    const declared = param.isTSParameterProperty() ? (param.get('parameter') as NodePath) : param;
    const target = declared.isAssignmentPattern() ? (declared.get('left') as NodePath) : declared;
    if (!this.#isTyped(target, way)) return false;
    if (!param.isTSParameterProperty()) return this.#pattern(target, way);
    if (!target.isIdentifier()) return false;
    return this.#members(target.node.name, fn, way) && this.#names(target.node.name, fn, way);
  }

  /** `constructor(private readonly make)`: a name in the constructor too, which scopes do not know. */
  #names(name: string, fn: FunctionPath, way: Way): boolean {
    const uses: NodePath[] = [];
    fn.get('body').traverse({
      Identifier: (use) => {
        const isIt = use.node.name === name && use.isReferencedIdentifier();
        if (isIt && !use.scope.hasBinding(name, true)) uses.push(use);
      },
    });
    return uses.every((use) => this.follow(use, way));
  }

  #pattern(target: NodePath, way: Way): boolean {
    if (target.isIdentifier()) return this.#binding(bindingOf(target), way);
    const [name, ...rest] = way;
    if (!target.isObjectPattern() || name === undefined) return false;
    for (const property of target.get('properties')) {
      if (property.isRestElement()) return this.#pattern(property.get('argument') as NodePath, way);
      const key = keyName(property.node);
      if (key === undefined) this.isUnread = true;
      if (key === undefined) return false;
      if (key !== name || !property.isObjectProperty()) continue;
      const value = property.get('value') as NodePath;
      return this.#pattern(value.isAssignmentPattern() ? (value.get('left') as NodePath) : value, rest);
    }
    return true;
  }

  #binding(binding: Binding | undefined, way: Way): boolean {
    // What is exported goes to other files as a whole.
    const statement = binding?.path.isVariableDeclarator() ? binding.path.parentPath.parentPath : undefined;
    if (!binding?.constant || statement?.isExportDeclaration()) return false;
    return this.#once(binding.path, [binding.identifier.name, '=', ...way], () =>
      binding.referencePaths.every((each) => this.follow(each, way)),
    );
  }

  #assigned(left: NodePath, way: Way): boolean {
    if (!isMember(left) || !(left.get('object') as NodePath).isThisExpression()) return false;
    const name = propertyName(left.node);
    return name !== undefined && this.#members(name, left, way);
  }

  #field(field: NodePath, way: Way): boolean {
    const name = keyName(field.node);
    if (name === undefined || ('static' in field.node && field.node.static === true)) return false;
    return this.#members(name, field, way);
  }

  /** The uses of a field of the class that a place stands in, there and wherever its instances go. */
  #members(name: string, place: NodePath, way: Way): boolean {
    const owner = thisOwner(place);
    if (!owner?.isClass()) return false;
    return this.#once(owner, [name, '.', ...way], () =>
      this.#usesOf(name, owner).every((use) => this.#memberUse(use, name, way)),
    );
  }

  #usesOf(name: string, owner: NodePath<t.Class>): NodePath[] {
    const uses: NodePath[] = [];
    owner.traverse({
      'MemberExpression|OptionalMemberExpression': (member: NodePath) => {
        if (!isMember(member) || propertyName(member.node) !== name) return;
        if ((member.get('object') as NodePath).isThisExpression()) uses.push(member);
      },
      VariableDeclarator: (declarator) => {
        if (declarator.node.init?.type === 'ThisExpression') uses.push(declarator);
      },
      'ClassProperty|ClassPrivateProperty': (field: NodePath) => {
        if (field.parentPath?.parentPath === owner && keyName(field.node) === name) uses.push(field);
      },
    });
    if (!isPrivateField(name, owner))
      uses.push(...usesOfField(name, { kind: 'instance', path: owner }, this.#source));
    return uses;
  }

  #memberUse(use: NodePath, name: string, way: Way): boolean {
    if (use.isVariableDeclarator()) {
      const id = use.get('id');
      return id.isObjectPattern() && this.#pattern(id as NodePath, [name, ...way]);
    }
    if (!isMember(use)) return this.#isTyped(use, way);
    // What else it is given is another factory's.
    return isWritten(use) ? use.parentPath?.isAssignmentExpression() === true : this.follow(use, way);
  }

  #isTyped(declared: NodePath, way: Way): boolean {
    if (!givesPromiseToo(declared, way, this.#source)) this.found.typed ??= declared;
    return true;
  }

  /** Whether what is done from a place on is seen: of a place that was come to before, that is told there. */
  #once(place: NodePath, way: Way, walk: () => boolean): boolean {
    const key = `${fileOf(place, this.#source)}#${place.node.start ?? 0} ${way.join('.')}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return this.#seen.size <= MAX_STEPS && walk();
  }
}

/** `if (make)`, `make && …`, `typeof make`: what only asks whether there is one. */
export function isTest(use: NodePath, parent: NodePath | null): boolean {
  if (parent?.isUnaryExpression()) return /^(!|typeof|void)$/.test(parent.node.operator);
  return use.key === 'test';
}
