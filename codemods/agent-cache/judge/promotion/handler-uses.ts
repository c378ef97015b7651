import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import { exportedNameAt, exportStatementOf } from '../../survey/code/exports.ts';
import { usesInList, usesOfAdded } from './list-uses.ts';
import { isMember, keyName, propertyName } from '../../survey/code/members.ts';
import {
  type Naming,
  namingsInAncestors,
  namingsOf,
  namingsOfWhole,
} from '../../survey/code/named-elsewhere.ts';
import { callWithOptions, usesOfOption } from '../../survey/factories/option-uses.ts';
import { passesPromiseOn } from '../../flow/failures/passes-promise-on.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isGivenToRegistration, isRegistration } from '../../survey/functions/registrations.ts';
import { usesOfRowElement, usesOfRowProperty } from './table-rows.ts';
import type { Walks } from './table-walks.ts';
import { isUsedLikeHandler } from './used-like-handler.ts';
import { isTypeWrapper } from '../../survey/code/wrappers.ts';
import { paramAt, usesOfParam } from '../../survey/code/parameters.ts';

/** Where a function ends up that answers requests. */
export interface HandlerUse {
  /** `call`: it is called by hand; `route`: a router is given it as it is; `wrapped`: a call that takes care of its
   * failure is given it; `other`: it goes where nobody follows it. */
  form: 'call' | 'route' | 'wrapped' | 'other';
  at: NodePath;
}

/** How many functions may give each other the one in question. */
const MAX_DEPTH = 4;

/** Every use of a function that the files of the tree show: by its name, a member, an export, behind barrels and `bind`. */
export function handlerUses(fn: FunctionPath, source: Source, depth = MAX_DEPTH): HandlerUse[] {
  const walk = new Walk(fn, source, depth);
  walk.start();
  return walk.found;
}

class Walk {
  readonly found: HandlerUse[] = [];
  readonly #fn: FunctionPath;
  readonly #migration: Source;
  readonly #depth: number;
  readonly #seen = new Set<t.Node | string>();
  /** What is followed is a parameter or an element of a list: which members and exports are it, no name tells. */
  #isUnnamed = false;

  constructor(fn: FunctionPath, source: Source, depth: number) {
    this.#fn = fn;
    this.#migration = source;
    this.#depth = depth;
  }

  start(): void {
    const fn = this.#fn;
    if (fn.isFunctionDeclaration()) this.#followDeclared(fn);
    else if (fn.isObjectMethod()) this.#followMember(fn);
    else if (fn.isClassMethod() || fn.isClassPrivateMethod()) this.#followName(keyName(fn.node));
    else this.#follow(fn);
  }

  #followDeclared(fn: NodePath<t.FunctionDeclaration>): void {
    const name = fn.node.id?.name;
    if (name !== undefined) this.#followBinding(name, fn.parentPath);
    const exported = exportStatementOf(fn);
    if (exported) this.#followExport(exported.isExportDefaultDeclaration() ? 'default' : name);
  }

  #follow(value: NodePath): void {
    const { parentPath: parent, key } = value;
    // Babel counts the export of a declaration among the references to it.
    if (!parent || value.isExportDeclaration() || !this.#isNew(value.node)) return;
    const exported = exportedNameAt(value);
    if (isTypeWrapper(parent) || parent.isLogicalExpression()) this.#follow(parent);
    else if (parent.isConditionalExpression()) this.#follow(parent);
    else if (parent.isCallExpression()) this.#followInto(parent, value);
    else if (isMember(parent) && key === 'object') this.#followMethod(parent);
    else if (parent.isArrayExpression() && isGivenToRegistration(parent)) this.#add('route', parent);
    else if (parent.isArrayExpression()) this.#followElement(value);
    else if (parent.isVariableDeclarator() && parent.node.id.type === 'Identifier') {
      const { name } = parent.node.id;
      this.#followBinding(name, parent);
      if (parent.parentPath.parentPath?.isExportNamedDeclaration()) this.#followExport(name);
    } else if (exported !== undefined) this.#followExport(exported);
    else if (parent.isObjectProperty()) this.#followProperty(parent);
    else if (parent.isClassProperty() || parent.isClassPrivateProperty())
      this.#followName(keyName(parent.node));
    else if (parent.isAssignmentExpression() && key === 'right') this.#followAssignment(parent.get('left'));
    else if (parent.isReturnStatement() || parent.isArrowFunctionExpression()) this.#followResult(value);
    else if (!isOnlyMentioned(parent)) this.#add('other', value);
  }

  #followInto(call: NodePath<t.CallExpression>, value: NodePath): void {
    const index = Number(value.key);
    const migration = this.#migration;
    const fn = value.key === 'callee' ? undefined : calledFunction(call, migration);
    if (value.key === 'callee') this.#add('call', call);
    else if (!fn && isRegistration(call)) this.#add('route', call);
    else if (passesPromiseOn(call, index, true, migration)) this.#add('wrapped', call);
    else if (passesPromiseOn(call, index, false, migration)) this.#follow(call);
    else if (fn) this.#followParam(paramAt(fn, index), value);
    else this.#followList(usesOfAdded(call, migration), value);
  }

  /** What a function does with the handler that it is given. */
  #followParam(param: NodePath | undefined, value: NodePath): void {
    const uses = usesOfParam(param);
    if (param?.isRestElement()) this.#followList(usesInList(uses, this.#migration), value);
    else this.#followUnnamed(uses, value);
  }

  #followElement(element: NodePath): void {
    const inRow = usesOfRowElement(element, this.#migration);
    if (inRow) this.#followUses(inRow, element);
    else this.#followList(usesInList([element.parentPath as NodePath], this.#migration), element);
  }

  #followList(uses: Walks | undefined, value: NodePath): void {
    for (const route of uses?.routes ?? []) this.#add('route', route);
    this.#followUnnamed(uses?.rows, value);
  }

  #followUnnamed(uses: readonly NodePath[] | undefined, at: NodePath): void {
    const outer = this.#isUnnamed;
    this.#isUnnamed = true;
    this.#followUses(uses, at);
    this.#isUnnamed = outer;
  }

  /** `handler.bind(owner)` is the handler; what is asked of it otherwise does not matter. */
  #followMethod(member: NodePath<t.MemberExpression | t.OptionalMemberExpression>): void {
    const { parentPath: call } = member;
    if (!call?.isCallExpression() || member.key !== 'callee') return;
    const name = propertyName(member.node);
    if (name === 'bind') this.#follow(call);
    else if (name === 'call' || name === 'apply') this.#add('call', call);
  }

  #followAssignment(target: NodePath): void {
    if (target.isIdentifier()) this.#followBinding(target.node.name, target);
    else if (isMember(target)) this.#followName(propertyName(target.node));
  }

  #followProperty(property: NodePath<t.ObjectProperty>): void {
    const call = callWithOptions(property);
    if (call) this.#followUses(usesOfOption(property, call, this.#migration), call);
    else this.#followMember(property);
  }

  /** A member of a row is what the walks over its table call so; that of any other object goes by its name. */
  #followMember(member: NodePath<t.ObjectProperty | t.ObjectMethod>): void {
    const uses = usesOfRowProperty(member, this.#migration);
    if (uses) this.#followUses(uses, member);
    else this.#followName(keyName(member.node));
  }

  /** Uses under another name, when they are known. */
  #followUses(uses: readonly NodePath[] | undefined, at: NodePath): void {
    if (!uses) this.#add('other', at);
    for (const use of uses ?? []) this.#follow(use);
  }

  /** The function is what another one gives: it is wherever that one is called. */
  #followResult(value: NodePath): void {
    const maker = this.#depth > 0 ? value.getFunctionParent() : undefined;
    if (!maker) this.#add('other', value);
    for (const { form, at } of maker ? handlerUses(maker, this.#migration, this.#depth - 1) : []) {
      if (form === 'call') this.#follow(at);
      else this.#add('other', at);
    }
  }

  #followBinding(name: string, { scope }: NodePath): void {
    for (const reference of scope.getBinding(name)?.referencePaths ?? []) this.#follow(reference);
  }

  #followExport(path: string | undefined): void {
    const name = path?.split('.').at(-1);
    if (this.#isUnnamed) this.#add('other', this.#fn);
    else if (name !== '' && name !== 'default') this.#followName(name);
    else if (this.#isNew('whole module'))
      for (const naming of namingsOfWhole(this.#fn, this.#migration)) this.#followNaming(naming);
  }

  #followName(name: string | undefined): void {
    if (name === undefined || this.#isUnnamed) this.#add('other', this.#fn);
    else if (this.#isNew(`.${name}`)) {
      for (const naming of namingsOf(this.#fn, name, this.#migration)) this.#followNaming(naming);
      for (const naming of namingsInAncestors(this.#fn, name, this.#migration)) this.#followNaming(naming);
    }
  }

  /** What only may be the function counts where it is used like a handler. */
  #followNaming({ at, certain }: Naming): void {
    if (certain || isUsedLikeHandler(at)) this.#follow(at);
  }

  #add(form: HandlerUse['form'], at: NodePath): void {
    this.found.push({ form, at });
  }

  #isNew(key: t.Node | string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

/** Its type is taken, or it is a statement of its own. */
function isOnlyMentioned(parent: NodePath): boolean {
  return (
    parent.isTSTypeQuery() ||
    parent.isExpressionStatement() ||
    parent.isUnaryExpression() ||
    parent.isBinaryExpression()
  );
}
