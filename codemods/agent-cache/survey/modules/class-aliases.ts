import type { Binding, NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentBinding } from '../../migration.ts';
import { exportedNameAt } from '../code/exports.ts';
import { classNamedBy } from '../code/class-names.ts';
import { keyName } from '../code/members.ts';
import { outermostSame } from '../code/wrappers.ts';
import { bindingNamed } from '../code/bindings.ts';

/**
 * The constants that are only another name of the class: `const Api = sdk.FacebookAdsAgent`, `const { FacebookAdsAgent:
 * Api } = sdk`. Nothing is done with them but to build agents; one that is exported or given on is none.
 */
export function aliasesOf(agent: AgentBinding): AgentBinding[] {
  if (agent.typeOnly) return [];
  return agent.binding.referencePaths.flatMap((reference) => {
    const named = classNamedBy(reference, agent);
    const names = named ? aliasBy(outermostSame(named)) : [];
    // The default import of a package may be the class, or have it.
    const taken = named === undefined || named.node === reference.node ? aliasTaken(reference, agent) : [];
    return [...names, ...taken].flatMap((binding) => asAlias(binding, agent));
  });
}

/** `const Api = FacebookAdsAgent` */
function aliasBy(value: NodePath): Binding[] {
  const { parentPath: declarator } = value;
  if (!declarator?.isVariableDeclarator() || value.key !== 'init') return [];
  const { id } = declarator.node;
  const binding = bindingNamed(id, declarator.scope);
  return binding ? [binding] : [];
}

/** `const { FacebookAdsAgent: Api } = sdk` */
function aliasTaken(reference: NodePath, { holds, classPaths = [] }: AgentBinding): Binding[] {
  const { parentPath: declarator } = outermostSame(reference);
  if (holds !== 'namespace' || !declarator?.isVariableDeclarator() || outermostSame(reference).key !== 'init')
    return [];
  const { id } = declarator.node;
  // What takes the rest of a module may have the class in that.
  if (id.type !== 'ObjectPattern' || id.properties.some(({ type }) => type === 'RestElement')) return [];
  return id.properties.flatMap((each) => {
    const name = each.type === 'ObjectProperty' ? keyName(each) : undefined;
    if (each.type !== 'ObjectProperty' || name === undefined || !classPaths.includes(name)) return [];
    const binding = bindingNamed(each.value, declarator.scope);
    return binding ? [binding] : [];
  });
}

/** How many names a class may be given, one after the other. */
const MAX_NAMES = 5;

/** An alias, behind those that only name it again. */
function asAlias(binding: Binding, agent: AgentBinding, names = 1): AgentBinding[] {
  const statement = binding.path.parentPath;
  if (!binding.constant || !statement?.isVariableDeclaration({ kind: 'const' })) return [];
  const named = binding.referencePaths.map((reference) =>
    names < MAX_NAMES
      ? aliasBy(outermostSame(reference)).flatMap((each) => asAlias(each, agent, names + 1))
      : [],
  );
  const isShared =
    statement.parentPath.isExportDeclaration() ||
    binding.referencePaths.some((reference, index) => named[index]?.length === 0 && isGivenOn(reference));
  return isShared || binding.referencePaths.length === 0
    ? []
    : [
        ...named.flat(),
        {
          binding,
          statement: statement as NodePath<t.VariableDeclaration>,
          module: agent.module,
          holds: 'class',
          typeOnly: false,
          isAlias: true,
        },
      ];
}

function isGivenOn(reference: NodePath): boolean {
  if (exportedNameAt(reference) !== undefined) return true;
  const callee = outermostSame(reference);
  const isBuilt = callee.parentPath?.isNewExpression() === true && callee.key === 'callee';
  return !isBuilt && !callee.parentPath?.isTSTypeQuery();
}
