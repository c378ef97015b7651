import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { constructorOf } from '../code/class-members.ts';
import { calledDefinition } from '../code/definitions.ts';
import { partOf as originByName } from '../code/aliases.ts';
import { isMember, keyName, propertyName } from '../code/members.ts';
import { isOfPlainValues } from '../code/plain-methods.ts';
import { withoutTypes } from '../code/wrappers.ts';
import type { Construction } from './own-construction.ts';
import { givenValueOf, originsOf } from '../values/origins.ts';
import { bindingOf } from '../code/bindings.ts';
import { classChain } from '../code/class-chain.ts';

/** A part of what a constructor is given: `['0', 'log']` is the property `log` of the first argument. */
type Part = readonly string[];

/** What a parameter or a field stands for: a part, or an object that a class of the chain writes out, by its names. */
type Given = Part | ReadonlyMap<string, Given>;

type Call = NodePath<t.CallExpression | t.OptionalCallExpression>;

const known = new WeakMap<t.Node, readonly Part[]>();

/**
 * The arguments of a construction that its class, or one that this extends, calls methods of which no plain value has
 * any: a connection, a logger, a function. Of an object that is written out, the parts that it calls so.
 */
export function calledArguments(construction: Construction, source: Source): NodePath[] {
  const found = calledDefinition(construction.get('callee') as NodePath, source);
  if (found?.kind !== 'class') return [];
  const given = construction.get('arguments') as NodePath[];
  return calledParts(found.path, source).flatMap(([position, ...names]) => {
    const argument = given[Number(position)];
    return argument ? partOf(argument, names) : [];
  });
}

/** The value of a part in an argument: what cannot be looked into is taken as a whole. */
function partOf(argument: NodePath, names: readonly string[]): NodePath[] {
  const value = withoutTypes(argument);
  const [name, ...more] = names;
  if (name === undefined) return [value];
  const behind = value.isIdentifier() ? givenValueOf(value) : undefined;
  if (behind) return partOf(behind, names);
  if (!value.isObjectExpression()) return [value];
  const own = value.get('properties').find(({ node }) => keyName(node) === name);
  if (own?.isObjectMethod()) return [own];
  return own?.isObjectProperty() ? partOf(own.get('value') as NodePath, more) : [];
}

function calledParts(declared: NodePath<t.Class>, source: Source): readonly Part[] {
  const { node } = declared;
  const parts = known.get(node) ?? new ReadingClass(declared, source).parts();
  known.set(node, parts);
  return parts;
}

/** Follows the parameters of a constructor to the fields that keep them, and to the calls of their methods. */
class ReadingClass {
  readonly #chain: NodePath<t.Class>[];
  readonly #fields = new Map<string, Given>();
  readonly #called = new Map<string, Part>();

  constructor(declared: NodePath<t.Class>, source: Source) {
    this.#chain = classChain(declared, source);
  }

  parts(): Part[] {
    this.#construct(0, (position) => [String(position)]);
    const note = (call: Call) => this.#noteField(call);
    for (const { node, scope } of this.#chain)
      scope.traverse(node, { CallExpression: note, OptionalCallExpression: note });
    return [...this.#called.values()];
  }

  /** @param partAt what the constructor of a class of the chain, or the next one that has any, is given there */
  #construct(from: number, partAt: (position: number) => Given | undefined): void {
    const at = this.#chain.findIndex((each, index) => index >= from && constructorOf(each));
    const built = this.#chain[at] && constructorOf(this.#chain[at]);
    if (!built) return;
    const params = new Map<string, Given>();
    for (const [position, param] of built.get('params').entries()) {
      const part = partAt(position);
      if (part) this.#take(param, part, params);
    }
    const paramAt = (root: NodePath) =>
      root.isIdentifier() && built.scope.getBinding(root.node.name) === bindingOf(root)
        ? params.get(root.node.name)
        : undefined;
    const note = (call: Call) => this.#note(call, paramAt);
    built.traverse({
      OptionalCallExpression: note,
      AssignmentExpression: (assignment) => {
        const { left } = assignment.node;
        if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') return;
        const name = propertyName(left);
        const part = this.#partBehind(assignment.get('right'), paramAt);
        if (name !== undefined && part) this.#fields.set(name, part);
      },
      CallExpression: (call) => {
        const given = call.get('arguments') as NodePath[];
        if (!call.get('callee').isSuper()) note(call);
        else
          this.#construct(
            at + 1,
            (position) => given[position] && this.#partBehind(given[position], paramAt),
          );
      },
    });
  }

  /** Gives the names of a parameter what they stand for; one that declares a field is kept there. */
  #take(param: NodePath, part: Given, params: Map<string, Given>): void {
    if (param.isTSParameterProperty()) {
      const inner = param.get('parameter') as NodePath;
      const name = inner.isAssignmentPattern() ? inner.get('left') : inner;
      if (name.isIdentifier()) this.#fields.set(name.node.name, part);
      this.#take(inner, part, params);
    } else if (param.isAssignmentPattern()) this.#take(param.get('left') as NodePath, part, params);
    else if (param.isIdentifier()) params.set(param.node.name, part);
    else if (param.isObjectPattern())
      for (const property of param.get('properties')) {
        const name = keyName(property.node);
        const inner = name === undefined ? undefined : behind(part, [name]);
        if (property.isObjectProperty() && inner)
          this.#take(property.get('value') as NodePath, inner, params);
      }
  }

  /** `this.part.method()`, by whatever constant names: `const { part } = this; part.method()`. */
  #noteField(call: Call): void {
    const origin = originByName(withoutTypes(call.get('callee') as NodePath));
    const [root, field, ...path] = origin && !origin.binding ? origin.state.split('.') : [];
    const base = root === 'this' && field !== undefined ? this.#fields.get(field) : undefined;
    if (base) this.#noteCalled(base, path);
  }

  /** `part.method()`, or `part()` itself */
  #note(call: Call, partAt: (root: NodePath) => Given | undefined): void {
    const names = namesOf(withoutTypes(call.get('callee') as NodePath));
    const base = names && partAt(names.root);
    if (base) this.#noteCalled(base, names.path);
  }

  #noteCalled(base: Given, path: readonly string[]): void {
    const method = path.at(-1);
    if (method !== undefined && isOfPlainValues(method)) return;
    const part = behind(base, path.slice(0, -1));
    if (part && isPart(part)) this.#called.set(part.join('.'), part);
  }

  /** What a parameter, or a member of one, is part of; a member for which there is another value need not be there. */
  #partBehind(value: NodePath, paramAt: (root: NodePath) => Given | undefined): Given | undefined {
    const written = withoutTypes(value);
    if (written.isObjectExpression()) {
      const named = written.get('properties').flatMap((each): [string, Given][] => {
        const name = keyName(each.node);
        const part = each.isObjectProperty()
          ? this.#partBehind(each.get('value') as NodePath, paramAt)
          : undefined;
        return name !== undefined && part ? [[name, part]] : [];
      });
      return new Map(named);
    }
    const origins = originsOf(value);
    for (const origin of origins) {
      const names = namesOf(origin);
      const base = names && paramAt(names.root);
      const part = base && behind(base, names.path);
      if (part && (origins.length === 1 || (isPart(part) && part.length === 1))) return part;
    }
    return undefined;
  }
}

function isPart(given: Given): given is Part {
  return Array.isArray(given);
}

/** What stands behind names on what is given; undefined where an object that is written out has no such name. */
function behind(given: Given, [name, ...more]: readonly string[]): Given | undefined {
  if (name === undefined) return given;
  if (isPart(given)) return [...given, name, ...more];
  const inner = given.get(name);
  return inner && behind(inner, more);
}

/** The root of a chain of members, and the names on it; undefined where one is computed. */
function namesOf(path: NodePath): { root: NodePath; path: string[] } | undefined {
  const value = withoutTypes(path);
  if (!isMember(value)) return { root: value, path: [] };
  const inner = namesOf(value.get('object') as NodePath);
  const name = propertyName(value.node);
  return inner && name !== undefined ? { root: inner.root, path: [...inner.path, name] } : undefined;
}
