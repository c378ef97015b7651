import type { Binding, NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { calledDefinition } from '../code/definitions.ts';
import { modelOf } from '../code/module-model.ts';
import { programOfModule } from '../code/opened-files.ts';
import { type StateUse, usesOf } from '../code/shared-state.ts';
import { writtenName } from '../code/written-name.ts';

/** How many modules may hand a name on. */
const MAX_MODULES = 6;

/** The calls of the file that give a value to a function of another module which keeps it in what is read here. */
export function settersOfImported({ binding, state }: StateUse, source: Source): NodePath[] {
  const declared = binding && declaredBehind(binding, source);
  if (!declared) return [];
  const parts = usesOf(declared).filter((use) => use.isWrite && isSamePart(use.state, state));
  const writes = [...parts.map(({ at }) => at), ...declared.constantViolations];
  const setters = new Set(writes.flatMap((at) => at.getFunctionParent()?.node ?? []));
  const calls: NodePath[] = [];
  if (setters.size === 0) return calls;
  source.program.traverse({
    CallExpression(call) {
      if (call.node.arguments.length === 0 || call.parentPath.isAwaitExpression()) return;
      const called = calledDefinition(call.get('callee') as NodePath, source);
      if (called?.kind === 'function' && setters.has(called.path.node)) calls.push(call);
    },
  });
  return calls;
}

/** The variable of another file of the tree that an imported name stands for. */
function declaredBehind({ path }: Binding, source: Source): Binding | undefined {
  const statement = path.parentPath;
  if (!path.isImportSpecifier() || !statement?.isImportDeclaration()) return undefined;
  let name = writtenName(path.node.imported);
  let program = programOfModule(statement.node.source.value, path, source);
  for (let steps = 0; program && name !== undefined && steps < MAX_MODULES; steps++) {
    const model = modelOf('', program.node);
    const exported = model.exports.get(name);
    if (exported && 'local' in exported) {
      const imported = model.imports.get(exported.local);
      if (!imported) return program.scope.getBinding(exported.local);
      name = imported.name;
      program = programOfModule(imported.specifier, program, source);
    } else if (exported && 'specifier' in exported) {
      name = exported.name;
      program = programOfModule(exported.specifier, program, source);
    } else return undefined;
  }
  return undefined;
}

/** `state.id` of one name for the variable, and `store.id` of another. */
function isSamePart(one: string, other: string): boolean {
  const [a, b] = [one, other].map((each) => `${each.split('.').slice(1).join('.')}.`);
  return a === '.' || b === '.' || (a ?? '').startsWith(b ?? '') || (b ?? '').startsWith(a ?? '');
}
