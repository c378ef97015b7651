import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { partAt } from '../../survey/code/exported-paths.ts';
import { moduleHolders } from '../../survey/modules/module-holders.ts';
import { usesOf } from '../../survey/modules/module-uses.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import { usesOfOwnExport } from '../../survey/modules/own-exports.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { programAround } from '../../survey/code/program-around.ts';
import { codeOf } from '../../source/code-of.ts';
import { asImported, filesGiven, type FileGiven } from '../../survey/modules/files-given.ts';

/**
 * What stands for the value at `at`, which its file exports as `exported`, in that file and in those that it is handed
 * to. Undefined when something is done with the export that cannot be followed.
 */
export function usesOfExported(
  exported: string,
  at: NodePath,
  source: Source,
): readonly NodePath[] | undefined {
  const file = absolutePath(fileOf(at, source));
  const program = programAround(at);
  const own = usesOfOwnExport(exported, [at], { program, text: codeOf(file, source.project) }, true);
  if (own.blocking || !source.project) return undefined;
  const found = [...own.references];
  for (const { there, exportsOf } of filesGiven(file, asImported([exported], program), source)) {
    const uses = there && usesIn(there, exportsOf);
    if (!uses) return undefined;
    found.push(...uses);
  }
  return found;
}

function usesIn(there: Source, exportsOf: FileGiven['exportsOf']): NodePath[] | undefined {
  const found: NodePath[] = [];
  for (const { specifier, path, expressions, opaque } of moduleHolders(there)) {
    const part = partAt(exportsOf(specifier), path);
    if (part.size === 0) continue;
    if (opaque) return undefined;
    for (const use of expressions.flatMap((each) => usesOf(each, part))) {
      if (use.form === 'call') return undefined;
      if (use.form === 'value') found.push(usedAt(use.at));
    }
  }
  return found;
}

/** `table.forEach` is a use of the table before it. */
function usedAt(at: NodePath): NodePath {
  return at.isMemberExpression() && at.key === 'callee' ? at.get('object') : at;
}
