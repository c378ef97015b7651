import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { classNamedBy } from '../code/class-names.ts';
import { isCacheModule } from './module-paths.ts';
import { outermostSame } from '../code/wrappers.ts';
import { builtAt } from './built-at.ts';
import type { AgentBinding, Source, Surveyed } from '../../migration.ts';
import { bindingOf } from '../code/bindings.ts';

/** Finds every `new` of the agent's class, whatever name the file knows it by. */
export function findConstructions(migration: Surveyed): void {
  for (const agentBinding of migration.agentBindings) {
    for (const reference of agentBinding.binding.referencePaths) {
      const named = classNamedBy(reference, agentBinding) ?? wholeModule(reference, agentBinding);
      // `new (FacebookAdsAgent as any)()` builds one too.
      const built = named && builtAt(outermostSame(named), migration.options.builtBy);
      if (built && !tellsTheCache(built, migration)) migration.constructions.push(built);
    }
  }
  migration.constructions.push(...migration.lateConstructions.map(({ construction }) => construction));
  migration.constructions.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
}

/** What `module.exports` is in CommonJS: a required module may itself be the class, or the function. */
function wholeModule(reference: NodePath, { holds, classPaths = [] }: AgentBinding): NodePath | undefined {
  return holds === 'namespace' && classPaths.includes('') ? reference : undefined;
}

/** Whether the construction is an argument of the cache module's own functions: that is how a cache is told to build. */
function tellsTheCache(construction: NodePath, source: Source): boolean {
  const call = construction.findParent((path) => {
    if (!path.isCallExpression() && !path.isNewExpression()) return false;
    const callee: NodePath = path.get('callee') as NodePath;
    const root = callee.isMemberExpression() ? callee.get('object') : callee;
    return root.isIdentifier() && isFromTheCache(root, source);
  });
  return call !== null;
}

function isFromTheCache(name: NodePath<t.Identifier>, source: Source): boolean {
  const statement = bindingOf(name)?.path.parentPath;
  if (!statement?.isImportDeclaration()) return false;
  const module = statement.node.source.value;
  if (isCacheModule(module, source)) return true;
  const file = source.project?.resolve(source.path, module);
  return file !== undefined && source.project?.isCacheFile(file) === true && /cache/.test(module);
}
