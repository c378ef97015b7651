import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { keptWith } from '../../source/kept-with.ts';
import { joinPaths } from '../code/exported-paths.ts';
import { commonJsTarget, exportedNameAt } from '../code/exports.ts';
import { isMember, isWritten, keyName, type Member, propertyName } from '../code/members.ts';
import { thisOwner } from '../code/this-owner.ts';
import { outermostSame } from '../code/wrappers.ts';
import { bindingNamed } from '../code/bindings.ts';

/** What a file itself does with something that it exports, by `exports.name`, `module.exports.name` and `this.name`. */
export interface OwnExportUses {
  references: NodePath[];
  /** The first place that may use or replace it, and cannot be followed. */
  blocking: NodePath | undefined;
}

/** An expression that stands for what the file exports at a path. */
interface Exported {
  at: NodePath;
  path: string;
}

/**
 * Every use of what is exported at `path`; `values` are the expressions that are given that path. What is done with
 * members of a function are none of its uses, unless `withMembers` asks for them.
 */
export function usesOfOwnExport(
  path: string,
  values: readonly NodePath[],
  { program, text }: Pick<Migration, 'program' | 'text'>,
  withMembers = false,
): OwnExportUses {
  // A walk costs as much as the scopes of a file: only a member of an object has uses without this word.
  if (!path.includes('.') && !/\bexports\b|\bexport\s*=/.test(text))
    return { references: [], blocking: undefined };
  const search = new Search(path, new Set(values.map(({ node }) => node)), withMembers);
  for (const each of keptWith(program, 'own exports', () => exportedIn(program))) search.follow(each);
  return search.found;
}

class Search {
  readonly found: OwnExportUses = { references: [], blocking: undefined };
  readonly #target: string;
  readonly #values: ReadonlySet<t.Node>;
  readonly #withMembers: boolean;
  readonly #seen = new Set<t.Node>();

  constructor(target: string, values: ReadonlySet<t.Node>, withMembers: boolean) {
    this.#target = target;
    this.#values = values;
    this.#withMembers = withMembers;
  }

  follow({ at, path }: Exported): void {
    const { parentPath: parent, key } = at;
    if (!parent || this.#seen.has(at.node)) return;
    if (path !== '' && path !== this.#target && !this.#target.startsWith(`${path}.`)) return;
    this.#seen.add(at.node);
    if (isWritten(at)) this.#written(at, path);
    else if (parent.isVariableDeclarator()) this.#named(parent, at, path);
    else if (isMember(parent) && key === 'object') this.#member(parent, at, path);
    else if (isHarmless(at)) return;
    else if (path === this.#target) this.found.references.push(at);
    else this.#block(at);
  }

  #member(member: Member, at: NodePath, path: string): void {
    const name = propertyName(member.node);
    if (name === undefined) this.#block(member);
    else if (path !== this.#target) this.follow({ at: member, path: joinPaths(path, name) });
    else if (this.#withMembers || /^(call|apply|bind)$/.test(name)) this.found.references.push(at);
  }

  /** What is put in the place of an export, or of what holds it: its own value, once. */
  #written(at: NodePath, path: string): void {
    const { parentPath: assignment } = at;
    if (assignment?.isAssignmentExpression()) this.#followAssigned(assignment, path);
    // The whole of a module is replaced before anything is added to it.
    if (path === '' && !this.#isObject()) return;
    let value = assignment?.isAssignmentExpression({ operator: '=' }) ? assignment.node.right : undefined;
    while (value?.type === 'AssignmentExpression') value = value.right;
    if (path === '' && value?.type === 'MemberExpression' && commonJsTarget(value) === '') return;
    if (!value || !this.#values.has(value)) this.#block(at);
  }

  /** `const service = (module.exports = { … })` has another name for it. */
  #followAssigned(assignment: NodePath<t.AssignmentExpression>, path: string): void {
    const { parentPath: parent } = assignment;
    if (parent.isVariableDeclarator()) this.#named(parent, assignment, path);
    else if (parent.isAssignmentExpression() && isExports(parent.node.left))
      this.#followAssigned(parent, path);
    else if (!parent.isExpressionStatement()) this.#block(assignment);
  }

  /** Whether the export is a member of an object that is written out. */
  #isObject(): boolean {
    return [...this.#values].some(({ type }) => type === 'ObjectExpression');
  }

  #named(declarator: NodePath<t.VariableDeclarator>, at: NodePath, path: string): void {
    const { id } = declarator.node;
    const binding = bindingNamed(id, declarator.scope);
    if (binding?.constant) for (const each of binding.referencePaths) this.follow({ at: each, path });
    else if (id.type !== 'ObjectPattern' || !id.properties.every((each) => this.#isOther(each, path)))
      this.#block(at);
  }

  #isOther(property: t.ObjectPattern['properties'][number], path: string): boolean {
    const name = property.type === 'ObjectProperty' ? keyName(property) : undefined;
    const picked = name === undefined ? this.#target : joinPaths(path, name);
    return picked !== this.#target && !this.#target.startsWith(`${picked}.`);
  }

  #block(at: NodePath): void {
    this.found.blocking ??= at;
  }
}

/** Exported again as a whole, asked for its type, or marked as an ES module. */
function isHarmless(at: NodePath): boolean {
  const { parentPath: parent, key, listKey } = at;
  if (!parent || exportedNameAt(at) === 'default') return true;
  if (parent.isExpressionStatement() || parent.isUnaryExpression() || parent.isBinaryExpression())
    return true;
  if (parent.isAssignmentExpression()) return isExports(parent.node.left);
  if (!parent.isCallExpression() || listKey !== 'arguments' || key !== 0) return false;
  const [, name] = parent.node.arguments;
  const callee = parent.get('callee');
  return (
    isMember(callee) &&
    propertyName(callee.node) === 'defineProperty' &&
    name?.type === 'StringLiteral' &&
    name.value === '__esModule'
  );
}

function isExports(node: t.Node): boolean {
  return (node.type === 'Identifier' && node.name === 'exports') || commonJsTarget(node) === '';
}

function exportedIn(program: NodePath<t.Program>): Exported[] {
  const found: Exported[] = [];
  const isCommonJs = program.node.sourceType === 'script';
  program.traverse({
    Identifier(path) {
      const { parentPath: parent, key } = path;
      const isName = (parent.isMemberExpression() && key === 'property') || key === 'key';
      if (isName || path.scope.hasBinding(path.node.name, true)) return;
      if (path.node.name === 'exports') found.push({ at: path, path: '' });
      if (path.node.name !== 'module') return;
      const isWhole = commonJsTarget(parent.node) === '';
      if (isWhole || (isCommonJs && !isMember(parent) && !parent.isBinaryExpression()))
        found.push({ at: isWhole ? parent : path, path: '' });
    },
    ThisExpression(self) {
      const owner = thisOwner(self);
      if (owner?.isProgram() && isCommonJs) found.push({ at: self, path: '' });
      else if (owner?.isObjectExpression()) {
        const path = exportedNameAt(owner);
        if (path !== undefined) found.push({ at: self, path });
      } else if (owner?.isFunctionExpression() && isMethodOfModule(owner)) found.push({ at: self, path: '' });
    },
  });
  return found;
}

/** `exports.list = function () { … }`, whose `this` is the module's exports when it is called as their member. */
function isMethodOfModule(fn: NodePath): boolean {
  const { parentPath: parent } = outermostSame(fn);
  return Boolean(parent?.isAssignmentExpression() && commonJsTarget(parent.node.left));
}
