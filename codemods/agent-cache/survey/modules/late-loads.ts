import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding, LateConstruction, Source } from '../../migration.ts';
import { classNamedBy } from '../code/class-names.ts';
import { isInStatementList } from '../code/declarations.ts';
import { type Exports, partAt } from '../code/exported-paths.ts';
import { keyName, propertyName } from '../code/members.ts';
import { outermostSame } from '../code/wrappers.ts';
import { builtAt } from './built-at.ts';
import { moduleHolders } from './module-holders.ts';
import { agentExports } from './module-paths.ts';

/** What a file makes of a module of the class that it loads inside of other code. */
export interface LateLoads {
  /** The names that declarations in functions give to the class, or to what holds it. */
  bindings: AgentBinding[];
  /** Agents that are built of the load itself: `new (require('…').FacebookAdsAgent)()`. */
  constructions: LateConstruction[];
}

/**
 * The loads of the class in functions of which all is seen: nothing is done with the class but to build agents, where
 * the load stands or behind it.
 */
export function lateLoads(source: Source): LateLoads {
  const found: LateLoads = { bindings: [], constructions: [] };
  for (const { specifier, path, expressions, import: own, opaque } of moduleHolders(source)) {
    const part = own || opaque ? undefined : partAt(agentExports(specifier, source), path);
    for (const expression of part && part.size > 0 ? expressions : []) {
      const module = moduleOf(expression);
      if (!part || !module) continue;
      const { value, part: taken } = memberTaken(expression, part);
      const built = builtOf(value, taken, source);
      if (built) found.constructions.push({ construction: built, load: expression, module });
      else if (expression.getFunctionParent())
        found.bindings.push(...declaredOf(value, { module, part: taken }, source));
    }
  }
  return found;
}

/** The text of the module, where `require` or `await import` is given no more than that. */
function moduleOf({ node }: NodePath): t.StringLiteral | undefined {
  const load = node.type === 'AwaitExpression' ? node.argument : node;
  const isImport = load.type === 'CallExpression' && load.callee.type === 'Import';
  const isRequire = load.type === 'CallExpression' && load.callee.type === 'Identifier';
  if (load.type !== 'CallExpression' || load.arguments.length !== 1) return undefined;
  if (isImport !== (node.type === 'AwaitExpression') || !(isImport || isRequire)) return undefined;
  const [module] = load.arguments;
  return module?.type === 'StringLiteral' ? module : undefined;
}

/** `require('…').sdk.FacebookAdsAgent`: the outermost member, and what is reached by it. */
function memberTaken(load: NodePath, exports: Exports<unknown>) {
  let value = outermostSame(load);
  let part = exports;
  for (let { parentPath } = value; parentPath?.isMemberExpression(); { parentPath } = value) {
    const name = value.key === 'object' ? propertyName(parentPath.node) : undefined;
    const inner = name === undefined ? undefined : partAt(part, name);
    if (!inner || inner.size === 0) break;
    part = inner;
    value = outermostSame(parentPath);
  }
  return { value, part };
}

function builtOf(value: NodePath, part: Exports<unknown>, { options }: Source) {
  return part.has('') || part.has(options.agentClass) ? builtAt(value, options.builtBy) : undefined;
}

/** The names that a declaration of its own gives to what was loaded; none where one of them gets anywhere else. */
function declaredOf(
  value: NodePath,
  { module, part }: { module: t.StringLiteral; part: Exports<unknown> },
  source: Source,
): AgentBinding[] {
  const { parentPath: declarator } = value;
  const statement = declarator?.parentPath;
  if (!declarator?.isVariableDeclarator() || value.key !== 'init') return [];
  if (!statement?.isVariableDeclaration() || !isInStatementList(statement)) return [];
  if (statement.node.declarations.length !== 1) return [];
  const names = namesIn(declarator.node.id, part, source);
  const found = names?.flatMap(({ name, part: own, isWhole }): AgentBinding[] => {
    const binding = declarator.scope.getBinding(name);
    const holds = own.has('') && !isWhole ? 'class' : 'namespace';
    const common = { statement, module, typeOnly: false, isLate: true } as const;
    return binding ? [{ ...common, binding, holds, classPaths: [...own.keys()] }] : [];
  });
  const isSeen = found?.every((each) => each.binding.constant && isOnlyBuilt(each.binding, each, source));
  return isSeen ? (found ?? []) : [];
}

interface Named {
  name: string;
  part: Exports<unknown>;
  isWhole: boolean;
}

/** The names of a pattern that stand for the class or hold it; undefined where the pattern may hide one. */
function namesIn(id: t.Node, part: Exports<unknown>, { options }: Source): Named[] | undefined {
  if (id.type === 'Identifier') return [{ name: id.name, part, isWhole: part.has(options.agentClass) }];
  if (id.type !== 'ObjectPattern') return undefined;
  const names: Named[] = [];
  for (const each of id.properties) {
    const key = each.type === 'ObjectProperty' ? keyName(each) : undefined;
    if (each.type !== 'ObjectProperty' || key === undefined) return undefined;
    const own = partAt(part, key);
    if (own.size === 0) continue;
    if (each.value.type !== 'Identifier') return undefined;
    names.push({ name: each.value.name, part: own, isWhole: false });
  }
  return names;
}

/** Whether each use of a name builds an agent; of a namespace, also those that take something else of it. */
function isOnlyBuilt(binding: Binding, agent: AgentBinding, { options }: Source): boolean {
  return binding.referencePaths.every((reference) => {
    const named = classNamedBy(reference, agent);
    if (named) return builtAt(outermostSame(named), options.builtBy) !== undefined;
    const isBuilt = agent.classPaths?.includes('') && builtAt(outermostSame(reference), options.builtBy);
    const { parentPath: member } = reference;
    const isOther = agent.holds === 'namespace' && member?.isMemberExpression() && reference.key === 'object';
    return Boolean(isBuilt) || Boolean(isOther && propertyName(member.node) !== undefined);
  });
}
