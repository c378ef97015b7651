import { optionsFromFlags } from './options.ts';
import { isToMigrate, projectAround } from './project-around.ts';
import { migrateSource } from './run.ts';
import type { SourceFile } from './run-passes.ts';

/**
 * The codemod as a jscodeshift transform:
 * `npx jscodeshift -t codemods/agent-cache/transform.ts --extensions=ts --parser=ts <paths>`.
 * Nothing of jscodeshift's own API is used: its printer does not keep a file's layout.
 * @returns the new text, or undefined when the file stays as it is
 * @throws SyntaxError for a file that does not parse, so that jscodeshift counts it as an error
 */
export default function transform(
  file: SourceFile,
  _api: unknown,
  flags: Readonly<Record<string, unknown>>,
): string | undefined {
  const options = optionsFromFlags(flags);
  if (!isToMigrate(file.path, file.source, options)) return undefined;
  const result = migrateSource(file, options, projectAround(options));
  if (result.status === 'error') throw new SyntaxError(result.error);
  return result.output;
}
