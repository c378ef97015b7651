import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, Migration, Source } from '../migration.ts';
import { countOfWord } from '../source/names.ts';
import { referencesOf } from '../survey/code/references.ts';
import { isNamedInTypes } from './text/jsdoc.ts';
import { commentsOf } from '../source/comments.ts';

/** `untouched`: no edit took away any use; otherwise what is left of them. */
export type RemainingUse = 'untouched' | 'value' | 'type' | 'none';

/** What the file still needs a name of the class for, after the edits. */
export function remainingUse(migration: Migration, agentBinding: AgentBinding): RemainingUse {
  const { binding, typeOnly } = agentBinding;
  const { program, text } = migration;
  const uses = [...referencesOf(binding, program, text), ...typeUses(migration, agentBinding)];
  const left = uses.filter((use) => !isRemoved(migration, use));
  if (left.length === uses.length) return 'untouched';
  // A type that was imported as such goes with its last use, and stays what it is before that.
  if (typeOnly) return left.length > 0 || migration.keptTypes.has(agentBinding) ? 'untouched' : 'none';
  if (isInDocumentation(migration, binding.identifier.name)) return 'value';
  if (migration.keptImports.has(binding) || left.some((use) => !isInType(use) || isEmitted(use)))
    return 'value';
  return left.length > 0 || migration.keptTypes.has(agentBinding) ? 'type' : 'none';
}

/** JavaScript is type-checked by its comments, whose names have to be imported as values. */
function isInDocumentation({ path, program, removedLines }: Migration, name: string): boolean {
  const comments = commentsOf(program);
  const left = comments.filter(
    ({ start, end }) => !removedLines.some(({ from, to }) => from <= (start ?? 0) && (end ?? 0) <= to),
  );
  return /\.[cm]?jsx?$/.test(path) && isNamedInTypes(name, left);
}

function typeUses(source: Source, { binding }: AgentBinding): NodePath[] {
  const { name } = binding.identifier;
  // Its import and the references that are known already: no other mention, no type.
  if (countOfWord(source.text, name) <= binding.referencePaths.length + 1) return [];
  const named = source.names().types.get(name) ?? [];
  return named.filter((use) => use.scope.getBinding(name) === binding);
}

function isRemoved({ removedNodes, keptNodes }: Migration, use: NodePath): boolean {
  const decided = use.find(({ node }) => keptNodes.has(node) || removedNodes.has(node));
  return decided !== null && !keptNodes.has(decided.node);
}

function isInType(use: NodePath): boolean {
  const { parentPath } = use;
  if (!parentPath) return false;
  return parentPath.isTSType() || parentPath.isTSEntityName() || parentPath.isTSExpressionWithTypeArguments();
}

/**
 * Whether a type stands in the signature of a decorated class. With `emitDecoratorMetadata` the compiler writes such
 * types as values, by which containers find what to inject.
 */
function isEmitted(use: NodePath): boolean {
  const block = use.findParent((path) => path.isBlockStatement() || path.isClassBody());
  const owner = block?.isClassBody() ? block.parentPath : undefined;
  return owner?.isClass() === true && [owner.node, ...owner.node.body.body].some(isDecorated);
}

function isDecorated(node: t.Node): boolean {
  if ('decorators' in node && node.decorators && node.decorators.length > 0) return true;
  return 'params' in node && Array.isArray(node.params) && (node.params as t.Node[]).some(isDecorated);
}
