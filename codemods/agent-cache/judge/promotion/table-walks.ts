import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { exportedNameAt } from '../../survey/code/exports.ts';
import { usesOfExported } from './exported-uses.ts';
import { methodOf } from '../../survey/functions/failure-handlers.ts';
import { isRegistration } from '../../survey/functions/registrations.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { bindingNamed } from '../../survey/code/bindings.ts';
import { paramAt, usesOfParam } from '../../survey/code/parameters.ts';

/** What is done with a list, in its own file and in those that it is exported to. */
export interface Walks {
  /** What each walk calls the elements: `for (const row of list)`, `list.forEach((row) => …)`. */
  rows: NodePath[];
  /** Calls that register all of it: `router.use(list)`, `router.get('/', ...list)`. */
  routes: NodePath[];
}

/** Methods that give a callback each element, by the place of the element among its parameters. */
const WALKING = new Map([
  ['forEach', 0],
  ['map', 0],
  ['flatMap', 0],
  ['filter', 0],
  ['some', 0],
  ['every', 0],
  ['reduce', 1],
  ['reduceRight', 1],
]);
/** Methods that give a list of the same elements. */
const SELECTS = /^(filter|slice|concat|reverse|toReversed)$/;
/** What adds to a list, or asks for its length, says nothing of what is in it. */
const HARMLESS = /^(push|unshift|length)$/;

/** The walks over a list, by the expressions that stand for it. Undefined when something else is done with it. */
export function walksOver(lists: readonly NodePath[], source: Source): Walks | undefined {
  const walk = new Walk(source);
  return lists.every((each) => walk.follow(each)) ? walk : undefined;
}

class Walk implements Walks {
  readonly rows: NodePath[] = [];
  readonly routes: NodePath[] = [];
  readonly #migration: Source;
  readonly #seen = new Set<t.Node>();

  constructor(source: Source) {
    this.#migration = source;
  }

  /** Follows an expression that stands for the list; false when it goes where nobody follows it. */
  follow(value: NodePath): boolean {
    const { parentPath: parent, key } = value;
    if (!parent || value.isExportDeclaration() || this.#seen.has(value.node)) return true;
    this.#seen.add(value.node);
    const exported = exportedNameAt(value);
    if (exported !== undefined) return this.#followAll(usesOfExported(exported, value, this.#migration));
    if (isTypeWrapper(parent) || parent.isConditionalExpression() || parent.isLogicalExpression())
      return this.follow(parent);
    if (parent.isForOfStatement() && key === 'right') return this.#addVariable(parent.get('left'));
    if (parent.isMemberExpression() && key === 'object') return this.#followMethod(parent);
    if (parent.isSpreadElement()) return this.#followSpread(parent);
    if (parent.isCallExpression() && value.listKey === 'arguments')
      return this.#followInto(parent, Number(key), false);
    return parent.isVariableDeclarator() && key === 'init' && this.#followVariable(parent);
  }

  #followAll(uses: readonly NodePath[] | undefined): boolean {
    return uses?.every((each) => this.follow(each)) === true;
  }

  #followVariable(declarator: NodePath<t.VariableDeclarator>): boolean {
    const { id } = declarator.node;
    const binding = bindingNamed(id, declarator.scope);
    if (!binding?.constant || !this.#followAll(binding.referencePaths)) return false;
    const isExported = declarator.parentPath.parentPath?.isExportNamedDeclaration();
    const { name } = binding.identifier;
    return !isExported || this.#followAll(usesOfExported(name, declarator, this.#migration));
  }

  /** `[...campaigns, ...accounts]`, `use(...hooks)` */
  #followSpread(spread: NodePath<t.SpreadElement>): boolean {
    const { parentPath: parent } = spread;
    if (parent.isArrayExpression()) return this.follow(parent);
    return parent.isCallExpression() && this.#followInto(parent, Number(spread.key), true);
  }

  #followInto(call: NodePath<t.CallExpression>, index: number, isSpread: boolean): boolean {
    const fn = calledFunction(call, this.#migration);
    if (fn) {
      const param = paramAt(fn, index);
      return param?.isRestElement() === isSpread && this.#followAll(usesOfParam(param));
    }
    if (isRegistration(call)) this.routes.push(call);
    return isRegistration(call);
  }

  #addVariable(left: NodePath): boolean {
    if (left.isVariableDeclaration()) this.rows.push(left.get('declarations.0.id') as NodePath);
    return left.isVariableDeclaration();
  }

  #followMethod(member: NodePath<t.MemberExpression>): boolean {
    const call = member.parentPath;
    const { property, computed } = member.node;
    if (!computed && property.type === 'Identifier' && HARMLESS.test(property.name)) return true;
    if (!call.isCallExpression() || member.key !== 'callee') return false;
    const method = methodOf(call) ?? '';
    const isOf = SELECTS.test(method);
    const isWalked = this.#addCallback(call, WALKING.get(method));
    return (isOf || isWalked) && (!isOf || this.follow(call));
  }

  #addCallback(call: NodePath<t.CallExpression>, index: number | undefined): boolean {
    const [given] = call.get('arguments');
    const row = given?.isFunction() && index !== undefined ? given.get('params')[index] : undefined;
    if (row) this.rows.push(row);
    return row !== undefined;
  }
}
