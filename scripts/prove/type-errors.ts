import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** An error of the type checker, without the line, which an edit may move. */
export interface TypeFault {
  /** From the top of the tree on. */
  file: string;
  code: number;
  message: string;
}

/** A part of a tree that is checked as one: a `tsconfig.json`, or a folder of JavaScript. */
export interface CheckedPart {
  /** From the top of the tree on. */
  name: string;
  errors: TypeFault[];
}

/** What says only that something is not installed: its types, or those of Node. */
const NOT_INSTALLED = new Set([2307, 2580, 2591, 2688, 2792, 2875, 6053, 7016]);
const MODULE_OF_TREE = /'(\.{1,2}|@|~)\/[^']*'/;

const CHECKED_SCRIPTS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  strict: false,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
};

/** The parts of a tree that have one of the files (absolute): absolute paths of configurations, or of folders. */
export function partsOf(root: string, files: readonly string[]): string[] {
  return [...new Set(files.map((file) => configOf(root, file)))];
}

/**
 * Checks the types of parts of a tree. Where nothing is installed, types of packages are unknown, and what only says so
 * is left out.
 *
 * @param files more files to check, where no configuration names them; absolute
 */
export function typeErrors(root: string, parts: readonly string[], files: readonly string[]): CheckedPart[] {
  return parts.map((part) => ({
    name: path.relative(root, part) || '.',
    errors: errorsOf(root, part, files),
  }));
}

/** The errors that one check has and an earlier one had not: by file, code and message. */
export function addedErrors(before: readonly CheckedPart[], after: readonly CheckedPart[]): TypeFault[] {
  const known = new Set(before.flatMap(({ errors }) => errors.map(keyOf)));
  const added = after.flatMap(({ errors }) => errors).filter((error) => !known.has(keyOf(error)));
  return [...new Map(added.map((error) => [keyOf(error), error])).values()];
}

function keyOf({ file, code, message }: TypeFault): string {
  return `${file}\n${code}\n${message}`;
}

/** The nearest `tsconfig.json` that has the file, or else the folder of its package. */
function configOf(root: string, file: string): string {
  let folder = path.dirname(file);
  let ownPackage: string | undefined;
  for (;;) {
    const config = path.join(folder, 'tsconfig.json');
    if (existsSync(config) && parsed(config).fileNames.some((each) => path.resolve(each) === file))
      return config;
    if (existsSync(path.join(folder, 'package.json'))) ownPackage ??= folder;
    if (folder === root) return ownPackage ?? root;
    folder = path.dirname(folder);
  }
}

function parsed(config: string): ts.ParsedCommandLine {
  const { config: content = {} } = ts.readConfigFile(config, (file) => ts.sys.readFile(file));
  return ts.parseJsonConfigFileContent(content, ts.sys, path.dirname(config), undefined, config);
}

function errorsOf(root: string, config: string, own: readonly string[]): TypeFault[] {
  const isConfig = config.endsWith('.json');
  const { fileNames, options } = isConfig
    ? parsed(config)
    : { fileNames: scriptsBelow(config), options: CHECKED_SCRIPTS };
  const below = own.filter((file) => file.startsWith(`${isConfig ? path.dirname(config) : config}/`));
  const program = ts.createProgram([...new Set([...fileNames, ...below])], {
    ...options,
    noEmit: true,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    tsBuildInfoFile: undefined,
  });
  const diagnostics = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
  const isInstalled = existsSync(path.join(isConfig ? path.dirname(config) : config, 'node_modules'));
  return diagnostics.flatMap(({ file, code, messageText }) => {
    if (!file) return [];
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    if (!isInstalled && NOT_INSTALLED.has(code) && !MODULE_OF_TREE.test(message)) return [];
    // Paths in messages are those of the copy.
    return [{ file: path.relative(root, file.fileName), code, message: message.replaceAll(`${root}/`, '') }];
  });
}

/** A new file is one of its part too, so the folder is read at each check. */
function scriptsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return /^(node_modules|\..*|dist|build|coverage)$/.test(entry.name) ? [] : scriptsBelow(full);
    return /\.[cm]?[jt]sx?$/.test(entry.name) && entry.isFile() ? [full] : [];
  });
}
