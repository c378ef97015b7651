import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  jsx: ts.JsxEmit.Preserve,
};

/**
 * Type-checks files strictly, as one program. Gives each fault as `file:line message`.
 *
 * @param own settings that a tree has otherwise
 */
export function typeErrors(
  files: readonly string[],
  overlay: ReadonlyMap<string, string> = new Map(),
  own: ts.CompilerOptions = {},
): string[] {
  const options = { ...OPTIONS, ...own };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (file) => overlay.get(file) ?? readFile(file);
  host.fileExists = (file) => overlay.has(file) || fileExists(file);
  const program = ts.createProgram([...files], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const { file, start } = diagnostic;
    if (!file || start === undefined) return message;
    return `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ${message}`;
  });
}
