import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isInStatementList, soleDeclarator } from '../survey/code/declarations.ts';
import { commonJsTarget, exportStatementOf } from '../survey/code/exports.ts';
import { declarationOf } from '../survey/code/where-given.ts';
import { moduleHolders } from '../survey/modules/module-holders.ts';
import { programOfModule } from '../survey/code/opened-files.ts';
import { requiredModule } from '../survey/code/required-module.ts';
import { isWithoutEffect } from '../survey/code/without-effect.ts';
import { referencesOf } from '../survey/code/references.ts';
import type { Factory, Migration, Site, Source } from '../migration.ts';
import { offsetsOfWord } from '../source/names.ts';
import { rangeOf } from '../source/edit.ts';
import { replacedMemos } from './forms/replace-memo.ts';
import { dropFromList } from './text/drop-from-list.ts';
import { removeStatement } from './text/remove-statement.ts';
import { initBehind } from '../survey/code/bindings.ts';

/**
 * Takes away what only the removed factories used: types of their parameters and results, constants that they were
 * given. A tree that allows no unused names would not type-check any more.
 */
export function removeOrphans(migration: Migration): void {
  const factories = migration.factories
    .filter(isGone)
    .map(({ fn, member }) => member?.path ?? exportStatementOf(fn) ?? declarationOf(fn));
  const calls = migration.sites.filter(isRewiredWhole).map(({ expression }) => expression);
  const replaced = migration.factories
    .filter((each) => takesTheShared(each) || isGone(each))
    .map(({ source }) => source);
  const removed: NodePath[] = [...factories, ...calls, ...replaced];
  const kept = replacedMemos(migration).flatMap(({ code }) => code);
  const gone = [...removed, ...kept];
  for (const each of removed) for (const name of namesIn(each)) removeOrphan(name, each, gone, migration);
  for (const each of kept) for (const name of namesIn(each, true)) removeOrphan(name, each, gone, migration);
  removeParts(gone, migration);
}

/** Removes from patterns the names that nothing uses any more: `const { token, port } = process.env`. */
function removeParts(gone: NodePath[], migration: Migration): void {
  const patterns = new Map<NodePath<t.ObjectPattern>, Set<t.Node>>();
  for (const { parentPath, node } of gone) {
    if (!parentPath?.isObjectPattern()) continue;
    patterns.set(parentPath, (patterns.get(parentPath) ?? new Set()).add(node));
  }
  for (const [pattern, parts] of patterns) {
    const { properties } = pattern.node;
    const { parentPath: statement } = pattern.parentPath ?? {};
    if (parts.size < properties.length || !statement) {
      dropFromList(migration, properties, parts);
      continue;
    }
    gone.push(statement);
    removeStatement(migration, statement.node);
    for (const name of namesIn(statement)) removeOrphan(name, statement, gone, migration);
  }
}

/** What a factory maps a failure with moves to its callers, and is still used. */
function isGone({ fate, guard }: Factory): boolean {
  return !guard && (fate === 'remove' || fate === 'reexport');
}

/** A factory that stays takes the shared agent in the place of one that it built with arguments. */
function takesTheShared({ fate, over, source }: Factory): boolean {
  return fate === 'wrap' && !over && source.node.arguments.length > 0;
}

function isRewiredWhole({ plan, factory, remote, expression, keyed, kind }: Site): boolean {
  if (plan?.form === 'manual' || keyed || expression.node.arguments.length === 0) return false;
  if (kind === 'construction') return true;
  return factory ? isGone(factory) : remote?.exported.guarded === false;
}

/** The names in a declaration or a call, without those in blocks, or those in all of some code. */
function namesIn(path: NodePath, isWhole = false): Set<string> {
  const names = new Set<string>();
  path.traverse({
    BlockStatement: (block) => void (isWhole || block.skip()),
    Identifier: ({ node }: NodePath<t.Identifier>) => void names.add(node.name),
  });
  return names;
}

/** Removes what a name stands for, where nothing but `gone` uses it, and then what only that used. */
function removeOrphan(name: string, from: NodePath, gone: NodePath[], migration: Migration): void {
  // What loads the class becomes what loads the cache, or goes with the other imports.
  if (migration.agentBindings.some(({ binding }) => binding.identifier.name === name)) return;
  const orphan = unusedConstant(name, from, gone, migration) ?? unusedType(name, gone, migration);
  if (orphan) {
    gone.push(orphan);
    removeStatement(migration, orphan.node);
    for (const inner of namesIn(orphan)) if (inner !== name) removeOrphan(inner, orphan, gone, migration);
    return;
  }
  const part = unusedPart(name, from, gone, migration);
  if (part) gone.push(part);
  else noteUnusedImport(name, gone, migration);
}

/** What takes a name out of an object, in a statement of its own that does nothing else. */
function unusedPart(
  name: string,
  from: NodePath,
  gone: readonly NodePath[],
  source: Source,
): NodePath | undefined {
  const binding = from.scope.getBinding(name);
  const declarator = binding?.path;
  if (!binding?.constant || !declarator?.isVariableDeclarator()) return undefined;
  const id = declarator.get('id') as NodePath;
  const statement = declarator.parentPath;
  if (!id.isObjectPattern() || !declarator.node.init || !isIdle(declarator.node.init, source))
    return undefined;
  const isPlain = statement.isVariableDeclaration() && statement.node.declarations.length === 1;
  if (!isPlain || !isInStatementList(statement)) return undefined;
  const properties = id.get('properties');
  // What a rest takes is all that is not named.
  if (properties.some((each) => !each.isObjectProperty() || !isName(each.node.value))) return undefined;
  if (!isUsedOnlyIn(gone, binding, source)) return undefined;
  return properties.find(
    ({ node }) => node.type === 'ObjectProperty' && nameOf(node.value) === name && !isWithin(node, gone),
  );
}

function isName(node: t.Node): boolean {
  return nameOf(node) !== undefined;
}

/** The name in a pattern, with a default that does nothing or without one. */
function nameOf(node: t.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'AssignmentPattern' || !isWithoutEffect(node.right)) return undefined;
  return node.left.type === 'Identifier' ? node.left.name : undefined;
}

function unusedConstant(
  name: string,
  from: NodePath,
  gone: readonly NodePath[],
  source: Source,
): NodePath | undefined {
  const binding = from.scope.getBinding(name);
  const init = initBehind(binding);
  if (!binding?.constant || !init?.node || !isIdle(init.node, source)) return undefined;
  const statement = soleDeclarator(init as NodePath)?.statement;
  if (!statement || statement.parentPath.isExportDeclaration() || isWithin(statement.node, gone))
    return undefined;
  return isUsedOnlyIn(gone, binding, source) ? statement : undefined;
}

/** Whether nobody misses it when an expression goes: it does nothing, or loads a module that does nothing by itself. */
function isIdle(init: t.Node, source: Source): boolean {
  const loaded = requiredModule(init);
  return loaded ? doesNothingElse(loaded.module.value, source) : isWithoutEffect(init);
}

/** Whether a name is used, and all its uses are gone. */
function isUsedOnlyIn(gone: readonly NodePath[], binding: Binding, { program, text }: Source): boolean {
  const uses = referencesOf(binding, program, text);
  return uses.length > 0 && uses.every((use) => isWithin(use.node, gone));
}

function unusedType(name: string, gone: readonly NodePath[], source: Source): NodePath | undefined {
  const declared = source.program
    .get('body')
    .filter(
      ({ node }) =>
        (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') &&
        node.id.name === name,
    );
  const [only, ...others] = declared;
  return only && others.length === 0 && isOnlyIn(name, [only, ...gone], source) ? only : undefined;
}

/** An import of a value may be there for what loading its module does, and then stays. */
function noteUnusedImport(name: string, gone: readonly NodePath[], migration: Migration): void {
  const own = moduleHolders(migration).find(
    ({ import: each }) => each?.binding.identifier.name === name,
  )?.import;
  if (!own?.statement.isImportDeclaration()) return;
  const isValue = own.binding.referencePaths.length > 0;
  if (isValue && !own.binding.referencePaths.every((use) => isWithin(use.node, gone))) return;
  if (isValue && !doesNothingElse(own.module.value, migration)) return;
  // The module is often called by the same name.
  if (!isOnlyIn(name, [own.statement, ...gone], migration)) return;
  if (migration.orphans.every(({ binding }) => binding !== own.binding))
    migration.orphans.push({ ...own, holds: 'class' });
}

/** Whether loading a module of the tree only declares things, so that nobody misses it who does not use them. */
function doesNothingElse(specifier: string, source: Source): boolean {
  if (specifier.endsWith('.json')) return true;
  const module = programOfModule(specifier, source.program, source);
  return module?.node.body.every((statement) => !hasEffect(statement)) ?? false;
}

function hasEffect(statement: t.Statement): boolean {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.length === 0;
  if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
    const { left, right } = statement.expression;
    return commonJsTarget(left) === undefined || !isWithoutEffect(right);
  }
  return /^(Expression|If|Try|For|While|Block|Throw|Switch|ExportAll)/.test(statement.type);
}

/** Whether a text has a name only in some of its parts: comments and strings count as uses. */
function isOnlyIn(name: string, parts: readonly NodePath[], { text }: Source): boolean {
  const ranges = parts.map(({ node }) => rangeOf(node));
  return offsetsOfWord(text, name).every((at) => ranges.some(({ start, end }) => start <= at && at < end));
}

function isWithin(node: t.Node, paths: readonly NodePath[]): boolean {
  const { start, end } = rangeOf(node);
  return paths.some((path) => {
    const outer = rangeOf(path.node);
    return outer.start <= start && end <= outer.end;
  });
}
