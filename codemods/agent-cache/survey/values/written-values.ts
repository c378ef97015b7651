import type { Binding, NodePath } from '@babel/traverse';
import type { Migration } from '../../migration.ts';
import { calledDefinition, definitionOf } from '../code/definitions.ts';
import { commonJsTarget } from '../code/exports.ts';
import { wordsOf } from '../code/words.ts';
import { isMember, isWritten, keyName, propertyName } from '../code/members.ts';
import { isSameNode, programsReaching } from '../code/opened-files.ts';
import { outermostSame, withoutTypes } from '../code/wrappers.ts';
import { writtenName } from '../code/written-name.ts';

const MUTATES =
  /^(add|set|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|merge|load|override|update)$/;
/** How functions that cannot be read are named where they write to what they are given. */
const WRITES =
  /(^|\.)(merge\w*|deepMerge|extend|deepExtend|assign\w*|defaults\w*|defineProperty|defineProperties|setPrototypeOf|set|unset|mutate|patch|override|configure)$/;
const MAX_DEPTH = 4;

/**
 * Whether some code writes to what a name holds, at or around the members `names` of it. Functions that cannot be read
 * are judged by their names.
 */
export function mayBeWritten(binding: Binding, names: readonly string[], migration: Migration): boolean {
  return new Writes(names, migration).ofBinding(binding, [], 0);
}

class Writes {
  readonly #names: readonly string[];
  readonly #migration: Migration;
  readonly #seen = new Set<Binding>();

  constructor(names: readonly string[], migration: Migration) {
    this.#names = names;
    this.#migration = migration;
  }

  /** `path` is what of the value the name holds: the members on the way to it. */
  ofBinding(binding: Binding, path: readonly string[], depth: number): boolean {
    if (!binding.path || this.#seen.has(binding) || depth > MAX_DEPTH) return false;
    this.#seen.add(binding);
    if (!binding.constant && binding.kind !== 'param') return true;
    if (binding.referencePaths.some((each) => this.#ofUse(each, path, depth))) return true;
    return depth === 0 && this.#elsewhere(binding);
  }

  /** The uses in the files that import the name. */
  #elsewhere(binding: Binding): boolean {
    if (!binding.scope.path.isProgram()) return false;
    for (const program of programsReaching(binding.path, undefined, this.#migration)) {
      if (program.node === binding.scope.path.node) continue;
      for (const other of Object.values(program.scope.bindings)) {
        const names = this.#importedAs(other, binding);
        if (names && this.ofBinding(other, names, 1)) return true;
      }
    }
    return false;
  }

  /** What an import of another file is of the value: undefined where it is something else. */
  #importedAs(other: Binding, binding: Binding): readonly string[] | undefined {
    const { path } = other;
    const isImport = path.parentPath?.isImportDeclaration() || isRequired(path);
    if (!isImport || path.isImportNamespaceSpecifier()) return undefined;
    const name = path.isImportSpecifier() ? writtenName(path.node.imported) : binding.identifier?.name;
    if (name === undefined) return undefined;
    const reference = other.referencePaths[0];
    const found = reference && definitionOf(reference, this.#migration);
    const init = binding.path.isVariableDeclarator()
      ? withoutTypes(binding.path.get('init') as NodePath)
      : binding.path;
    if (found) return isSameNode(found.path, init, this.#migration) ? [] : undefined;
    // What cannot be followed and has the same name is taken for it.
    return other.identifier.name === binding.identifier?.name ? [] : undefined;
  }

  #ofUse(reference: NodePath, path: readonly string[], depth: number): boolean {
    let use = outermostSame(reference);
    const own = [...path];
    while (isMember(use.parentPath) && use.key === 'object') {
      const name = propertyName(use.parentPath.node);
      if (isWritten(use.parentPath)) return this.#concerns(name === undefined ? own : [...own, name]);
      if (name === undefined) return this.#afterUse(use.parentPath, own, depth);
      const { parentPath: outer } = use.parentPath;
      if (outer?.isCallExpression() && use.parentPath.key === 'callee')
        return MUTATES.test(name) && this.#concerns(own);
      own.push(name);
      use = outermostSame(use.parentPath);
    }
    return this.#afterUse(use, own, depth);
  }

  /** What is done with the value itself, which `own` leads to. */
  #afterUse(use: NodePath, own: readonly string[], depth: number): boolean {
    if (!this.#concerns(own)) return false;
    const { parentPath: parent } = use;
    if (parent?.isVariableDeclarator() && use.key === 'init')
      return this.#ofPattern(parent.get('id') as NodePath, own, depth);
    if (use.listKey === 'arguments' && (parent?.isCallExpression() || parent?.isNewExpression()))
      return this.#ofArgument(use, parent, own, depth);
    return (
      parent?.isAssignmentExpression() === true &&
      use.key === 'right' &&
      commonJsTarget(parent.node.left) === undefined
    );
  }

  #ofPattern(id: NodePath, own: readonly string[], depth: number): boolean {
    if (id.isIdentifier()) {
      const binding = id.scope.getBinding(id.node.name);
      return !binding || this.ofBinding(binding, own, depth + 1);
    }
    if (!id.isObjectPattern()) return false;
    return id.get('properties').some((property) => {
      if (!property.isObjectProperty()) return false;
      const name = keyName(property.node);
      const value = property.get('value') as NodePath;
      const target = value.isAssignmentPattern() ? (value.get('left') as NodePath) : value;
      const path = name === undefined ? own : [...own, name];
      return this.#concerns(path) && this.#ofPattern(target, path, depth);
    });
  }

  #ofArgument(use: NodePath, call: NodePath, own: readonly string[], depth: number): boolean {
    const callee = call.get('callee') as NodePath;
    const found = calledDefinition(callee, this.#migration);
    if (found?.kind !== 'function') return use.key === 0 && WRITES.test(wordsOf(callee.node));
    const param = (found.path.get('params') as NodePath[])[Number(use.key)];
    if (!param) return false;
    return this.#ofPattern(param.isAssignmentPattern() ? (param.get('left') as NodePath) : param, own, depth);
  }

  /** Whether a path and that of the value in question lie on one line: a change at one is a change at the other. */
  #concerns(path: readonly string[]): boolean {
    const length = Math.min(path.length, this.#names.length);
    return path.slice(0, length).every((name, index) => name === this.#names[index]);
  }
}

function isRequired(path: NodePath): boolean {
  const init = path.isVariableDeclarator() ? path.node.init : undefined;
  return (
    init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require'
  );
}
