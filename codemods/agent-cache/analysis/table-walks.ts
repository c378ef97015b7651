import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';
import { calledFunction } from './called-code.ts';
import { type Exports, partAt } from './exported-paths.ts';
import { exportedNameAt } from './exports.ts';
import { methodOf } from './failure-handlers.ts';
import { asImportedByDefault, handedOn, isCommonJs } from './handed-on.ts';
import { moduleHolders } from './module-holders.ts';
import { usesOf } from './module-uses.ts';
import { fileOf, programOfFile } from './opened-files.ts';
import { usesOfOwnExport } from './own-exports.ts';
import { toPosix } from './specifiers.ts';
import { isTypeWrapper } from './wrappers.ts';

/**
 * What each walk over a table calls its rows (`for (const row of table)`, `table.forEach((row) => …)`), in its own file
 * and in those that it is exported to. Undefined when something else is done with the table.
 */
export function walksOver(table: NodePath<t.ArrayExpression>, migration: Migration): NodePath[] | undefined {
  const walk = new Walk(migration);
  return walk.follow(table) ? walk.rows : undefined;
}

class Walk {
  readonly rows: NodePath[] = [];
  readonly #migration: Migration;
  readonly #seen = new Set<t.Node | string>();

  constructor(migration: Migration) {
    this.#migration = migration;
  }

  /** Follows an expression that stands for the table; false when it goes where nobody follows it. */
  follow(value: NodePath): boolean {
    const { parentPath: parent, key } = value;
    if (!parent || value.isExportDeclaration() || this.#seen.has(value.node)) return true;
    this.#seen.add(value.node);
    const exported = exportedNameAt(value);
    if (exported !== undefined) return this.#followExport(exported, value);
    if (isTypeWrapper(parent)) return this.follow(parent);
    if (parent.isForOfStatement() && key === 'right') return this.#addVariable(parent.get('left'));
    if (parent.isMemberExpression() && key === 'object') return this.#addCallback(parent);
    // `[...campaigns, ...accounts]`
    if (parent.isSpreadElement() && parent.parentPath.isArrayExpression())
      return this.follow(parent.parentPath);
    if (parent.isCallExpression() && value.listKey === 'arguments')
      return this.#followParam(parent, Number(key));
    return parent.isVariableDeclarator() && key === 'init' && this.#followVariable(parent);
  }

  #followVariable(declarator: NodePath<t.VariableDeclarator>): boolean {
    const { id } = declarator.node;
    const binding = id.type === 'Identifier' ? declarator.scope.getBinding(id.name) : undefined;
    if (!binding?.constant) return false;
    const isExported = declarator.parentPath.parentPath?.isExportNamedDeclaration();
    return (
      binding.referencePaths.every((each) => this.follow(each)) &&
      (!isExported || this.#followExport(binding.identifier.name, declarator))
    );
  }

  #followParam(call: NodePath<t.CallExpression>, index: number): boolean {
    const param = calledFunction(call, this.#migration)?.get('params')[index];
    const binding = param?.isIdentifier() ? param.scope.getOwnBinding(param.node.name) : undefined;
    return binding?.constant === true && binding.referencePaths.every((each) => this.follow(each));
  }

  #addVariable(left: NodePath): boolean {
    if (left.isVariableDeclaration()) this.rows.push(left.get('declarations.0.id') as NodePath);
    return left.isVariableDeclaration();
  }

  #addCallback(member: NodePath<t.MemberExpression>): boolean {
    const call = member.parentPath;
    if (!call.isCallExpression() || member.key !== 'callee' || !/^(forEach|map)$/.test(methodOf(call) ?? ''))
      return false;
    const [given] = call.get('arguments');
    const row = given?.isFunction() ? given.get('params')[0] : undefined;
    if (row) this.rows.push(row);
    return row !== undefined;
  }

  #followExport(exported: string, at: NodePath): boolean {
    const file = toPosix(path.resolve(fileOf(at, this.#migration)));
    const program = at.scope.getProgramParent().path as NodePath<t.Program>;
    const text = textOf(file, this.#migration);
    const { references, blocking } = usesOfOwnExport(exported, [at], { program, text }, true);
    if (blocking || !references.every((each) => this.follow(each))) return false;
    const own = new Map([[exported, true]]);
    return this.#followInto(file, isCommonJs(program.node) ? asImportedByDefault(own) : own);
  }

  /** Follows the table into the files that import it from `file`, and on from those that hand it on. */
  #followInto(file: string, exports: Exports<boolean>): boolean {
    const { project } = this.#migration;
    const key = `${file} ${[...exports.keys()].join()}`;
    if (!project || this.#seen.has(key)) return project !== undefined;
    this.#seen.add(key);
    const importers = new Set(project.importersOf(file));
    // Tests are among those that import the file, and register nothing.
    return project.dependentsOf(file).every((other) => {
      if (!importers.has(other)) return true;
      const program = programOfFile(other, this.#migration);
      if (!program) return false;
      const text = textOf(other, this.#migration);
      const there: Migration = { ...this.#migration, path: other, text, program };
      const exportsOf = (specifier: string) =>
        project.resolve(other, specifier) === file ? exports : new Map<string, boolean>();
      const on = handedOn(there, exportsOf);
      return this.#followUses(there, exportsOf) && (on.size === 0 || this.#followInto(other, on));
    });
  }

  #followUses(there: Migration, exportsOf: (specifier: string) => Exports<boolean>): boolean {
    return moduleHolders(there).every(({ specifier, path: at, expressions, opaque }) => {
      const part = partAt(exportsOf(specifier), at);
      if (part.size === 0) return true;
      if (opaque) return false;
      return expressions
        .flatMap((each) => usesOf(each, part))
        .every((use) => use.form === 'export' || (use.form === 'value' && this.#followValue(use.at)));
    });
  }

  /** `table.forEach` is a use of the table before it. */
  #followValue(at: NodePath): boolean {
    const isCalled = at.isMemberExpression() && at.key === 'callee';
    return this.follow(isCalled ? at.get('object') : at);
  }
}

function textOf(file: string, { project }: Migration): string {
  return (project?.read(file) ?? '').replace(/^\uFEFF/, '');
}
