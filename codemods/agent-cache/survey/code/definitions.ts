import type { Binding, NodePath } from '@babel/traverse';
import { aliasOfNamespace, mergedWith } from '../../source/namespaces.ts';
import type * as t from '@babel/types';
import { MAX_HOPS } from '../../source/far.ts';
import type { Reading } from '../../migration.ts';
import { classMember, superclassOf } from './class-members.ts';
import { commonJsTarget } from './exports.ts';
import { isMember, keyName, propertyName } from './members.ts';
import { exportsNamed } from './exports-named.ts';
import { programOfModule } from './opened-files.ts';
import type { FunctionPath } from './placement.ts';
import { requiredModule } from './required-module.ts';
import { returnedAtEnd } from './returned-values.ts';
import { isTypeWrapper } from './wrappers.ts';
import { writtenName } from './written-name.ts';
import { programAround } from './program-around.ts';
import { bindingOf } from './bindings.ts';
import { thisOwner } from './this-owner.ts';
import { typeIn } from './written-types.ts';

/** What the code that can be read says of a value: in this file, or in another one of the tree. */
export type Definition =
  | { kind: 'function'; path: FunctionPath }
  | { kind: 'class' | 'instance'; path: NodePath<t.Class> }
  | { kind: 'object'; path: NodePath<t.ObjectExpression> }
  /** A namespace exports as a module does. */
  | { kind: 'module'; path: NodePath<t.Program | t.TSModuleBlock> };

/** Finds what an expression stands for; undefined where the code does not show it. */
export function definitionOf(expression: NodePath, source: Reading): Definition | undefined {
  return new Search(source, MAX_HOPS).value(expression);
}

/** The function or class that a call of the value runs: a CommonJS module may itself be one. */
export function calledDefinition(callee: NodePath, source: Reading): Definition | undefined {
  const found = definitionOf(callee, source);
  return found?.kind === 'module' ? new Search(source, MAX_HOPS).member(found, 'default') : found;
}

/** What a name stands for of a value that was found. */
export function definitionIn(owner: Definition, name: string, source: Reading): Definition | undefined {
  return new Search(source, MAX_HOPS).member(owner, name);
}

class Search {
  readonly #migration: Reading;
  readonly #steps: number;

  /** What modules and objects were asked for, by names: barrels over barrels lead to one by many ways. */
  readonly #asked: Map<t.Node, Map<string, Definition | undefined>>;

  constructor(
    source: Reading,
    steps: number,
    asked = new Map<t.Node, Map<string, Definition | undefined>>(),
  ) {
    this.#migration = source;
    this.#steps = steps;
    this.#asked = asked;
  }

  value(path: NodePath): Definition | undefined {
    if (isTypeWrapper(path)) return this.#next(path.get('expression') as NodePath);
    if (path.isAwaitExpression()) return this.#next(path.get('argument'));
    if (path.isAssignmentExpression({ operator: '=' })) return this.#next(path.get('right'));
    if (path.isFunction()) return { kind: 'function', path };
    if (path.isClass()) return { kind: 'class', path };
    if (path.isObjectExpression()) return { kind: 'object', path };
    if (path.isTSModuleDeclaration()) return namespaceOf(path);
    if (isOwnExports(path)) return { kind: 'module', path: programAround(path) };
    if (path.isIdentifier()) return this.#named(bindingOf(path));
    if (path.isThisExpression()) return definitionOfThis(path);
    if (path.isSuper()) return this.#parentOf(path);
    if (isMember(path)) {
      const name = propertyName(path.node);
      const owner = name === undefined ? undefined : this.#next(path.get('object') as NodePath);
      return owner && name !== undefined ? this.member(owner, name) : undefined;
    }
    if (path.isNewExpression()) return instanceOf(this.#next(path.get('callee') as NodePath), this);
    return path.isCallExpression() ? this.#result(path) : undefined;
  }

  /** A member of a value, by its name. */
  member(owner: Definition, name: string): Definition | undefined {
    return this.#own(owner, name) ?? this.#merged(owner, name);
  }

  /** What a namespace adds to another one, to a class or to a function of its name. */
  #merged({ kind, path }: Definition, name: string): Definition | undefined {
    const declared = kind === 'module' ? path.parentPath : path;
    if (kind === 'object' || kind === 'instance' || !declared) return undefined;
    for (const each of mergedWith(declared)) {
      const namespace = namespaceOf(each);
      const found = namespace && this.#own(namespace, name);
      if (found) return found;
    }
    return undefined;
  }

  #own(owner: Definition, name: string): Definition | undefined {
    if (owner.kind === 'object') {
      const property = owner.path.get('properties').find(({ node }) => keyName(node) === name);
      if (property?.isObjectMethod()) return { kind: 'function', path: property };
      if (property) return property.isObjectProperty() ? this.#next(property.get('value')) : undefined;
      return this.#once(owner.path.node, name, () => this.#spread(owner.path, name));
    }
    if (owner.kind === 'module')
      return this.#once(owner.path.node, name, () => this.#exported(owner.path, name));
    if (owner.kind === 'function') return undefined;
    const own = classMember(owner.path, name, owner.kind === 'class');
    if (own?.isClassMethod() || own?.isClassPrivateMethod()) return { kind: 'function', path: own };
    if (own) return (own.node ? this.#next(own) : undefined) ?? this.#typed(own);
    const parent = this.#extended(owner.path);
    return parent?.kind === 'class' ? this.#nextMember({ ...parent, kind: owner.kind }, name) : undefined;
  }

  #exported(module: NodePath<t.Program | t.TSModuleBlock>, name: string): Definition | undefined {
    for (const found of exportsNamed(module, name)) {
      const definition = 'value' in found ? this.#next(found.value) : this.#imported(found, module);
      const inner =
        definition && found.member !== undefined ? this.#nextMember(definition, found.member) : definition;
      if (inner) return inner;
    }
    return undefined;
  }

  /** What is asked of a module or an object by a name, once: one that is asked again has nothing of it, or is it. */
  #once(node: t.Node, name: string, find: () => Definition | undefined): Definition | undefined {
    const asked = this.#asked.get(node) ?? new Map<string, Definition | undefined>();
    this.#asked.set(node, asked);
    if (!asked.has(name)) {
      asked.set(name, undefined);
      asked.set(name, find());
    }
    return asked.get(name);
  }

  /** A member of what is spread into an object; what cannot be read may have it too. */
  #spread(object: NodePath<t.ObjectExpression>, name: string): Definition | undefined {
    for (const property of object.get('properties').reverse()) {
      if (!property.isSpreadElement()) continue;
      const owner = this.#next(property.get('argument'));
      const found = owner && this.#nextMember(owner, name);
      if (found || !owner) return found;
    }
    return undefined;
  }

  #next(path: NodePath | undefined): Definition | undefined {
    return path && this.#steps > 0 ? this.#further().value(path) : undefined;
  }

  #further(): Search {
    return new Search(this.#migration, this.#steps - 1, this.#asked);
  }

  #nextMember(owner: Definition, name: string): Definition | undefined {
    return this.#steps > 0 ? this.#further().member(owner, name) : undefined;
  }

  #named(binding: Binding | undefined): Definition | undefined {
    const path = binding?.path;
    if (!binding || !path) return undefined;
    if (path.isFunctionDeclaration() || path.isClass() || path.isTSModuleDeclaration())
      return this.#next(path);
    const alias = aliasOfNamespace(binding);
    if (alias)
      return alias.parts.reduce<Definition | undefined>(
        (owner, part) => owner && this.#nextMember(owner, part),
        this.#named(alias.binding),
      );
    const { parentPath: statement } = path;
    if (statement?.isImportDeclaration()) {
      const { value } = statement.node.source;
      if (path.isImportNamespaceSpecifier()) return this.#imported({ module: value }, path);
      const name = path.isImportSpecifier() ? writtenName(path.node.imported) : 'default';
      const module = this.#imported({ module: value }, path);
      return module && name !== undefined ? this.#nextMember(module, name) : undefined;
    }
    if (binding.kind === 'param') return this.#typed(path);
    if (!path.isVariableDeclarator()) return undefined;
    const init = path.get('init') as NodePath;
    const { id } = path.node;
    if (id.type === 'Identifier')
      return (init.node ? this.#next(init) : undefined) ?? this.#typed(path.get('id') as NodePath);
    if (id.type !== 'ObjectPattern' || !init.node) return undefined;
    const picked = id.properties.find(
      (property) => property.type === 'ObjectProperty' && property.value === binding.identifier,
    );
    const owner = picked && this.#next(init);
    const name = picked && keyName(picked);
    return owner && name !== undefined ? this.#nextMember(owner, name) : undefined;
  }

  #imported({ module }: { module: string }, from: NodePath): Definition | undefined {
    const path = programOfModule(module, from, this.#migration);
    return path && { kind: 'module', path };
  }

  /** `x: Tuner`: what is declared to be of a class is taken for one of its instances. */
  #typed(path: NodePath): Definition | undefined {
    const { node } = path;
    const declared = node.type === 'TSParameterProperty' ? node.parameter : node;
    const annotation = 'typeAnnotation' in declared ? declared.typeAnnotation : undefined;
    const type = typeIn(annotation);
    if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
    const binding = path.scope.getBinding(type.typeName.name);
    // A type may be called as a value is: `report: report`, whose name leads to itself.
    const isType = binding?.path.isClass() || binding?.path.parentPath?.isImportDeclaration();
    return isType ? instanceOf(this.#named(binding), this) : undefined;
  }

  /** What a call gives: a module for `require` and `import`, otherwise what the function returns at its end. */
  #result(call: NodePath<t.CallExpression>): Definition | undefined {
    const required = requiredModule(call.node);
    if (required) return this.#imported({ module: required.module.value }, call);
    const [module] = call.node.arguments;
    if (call.node.callee.type === 'Import')
      return module?.type === 'StringLiteral' ? this.#imported({ module: module.value }, call) : undefined;
    const fn = this.#next(call.get('callee') as NodePath);
    if (fn?.kind !== 'function') return undefined;
    const returned = returnedAtEnd(fn.path);
    return returned && this.#next(returned);
  }

  /** What a class extends: a CommonJS module may itself be a class. */
  #extended(path: NodePath<t.Class>): Definition | undefined {
    const found = this.#next(superclassOf(path));
    return found?.kind === 'module' ? this.#nextMember(found, 'default') : found;
  }

  #parentOf(path: NodePath): Definition | undefined {
    const own = path.findParent((parent) => parent.isClass());
    const parent = own?.isClass() ? this.#extended(own) : undefined;
    const isCalled = path.parentPath?.isCallExpression();
    return isCalled ? parent : instanceOf(parent, this);
  }
}

function instanceOf(definition: Definition | undefined, search: Search): Definition | undefined {
  const found = definition?.kind === 'module' ? search.member(definition, 'default') : definition;
  return found?.kind === 'class' ? { kind: 'instance', path: found.path } : undefined;
}

function namespaceOf(declared: NodePath<t.TSModuleDeclaration>): Definition | undefined {
  const body = declared.get('body') as NodePath;
  return body.isTSModuleBlock() ? { kind: 'module', path: body } : undefined;
}

/** `exports` and `module.exports` of CommonJS. */
function isOwnExports(path: NodePath): boolean {
  const { node, scope } = path;
  if (node.type === 'Identifier') return node.name === 'exports' && !scope.hasBinding('exports', true);
  return commonJsTarget(node) === '' && !scope.hasBinding('module', true);
}

/** What `this` is: the instance of the class, the class itself, or the object whose method a place stands in. */
export function definitionOfThis(place: NodePath): Definition | undefined {
  const owner = thisOwner(place);
  if (owner?.isClass()) return { kind: isStatic(place, owner) ? 'class' : 'instance', path: owner };
  return owner?.isObjectExpression() ? { kind: 'object', path: owner } : undefined;
}

/** Whether a place stands in a static member of a class, where `this` is the class itself. */
function isStatic(path: NodePath, owner: NodePath<t.Class>): boolean {
  const member = path.findParent(({ parentPath }) => parentPath?.parentPath?.node === owner.node)?.node;
  return (
    member?.type === 'StaticBlock' || (member !== undefined && 'static' in member && member.static === true)
  );
}
