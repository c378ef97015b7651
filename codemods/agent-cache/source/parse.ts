import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { File } from '@babel/types';

const COMMON: ParserPlugin[] = [
  'decoratorAutoAccessors',
  'deferredImportEvaluation',
  'explicitResourceManagement',
  'sourcePhaseImports',
  ['importAttributes', { deprecatedAssertSyntax: true }],
];

const DECORATORS = ['decorators-legacy', 'decorators'] as const;

/**
 * Parses one file into nodes with exact offsets, with the syntax that its extension stands for. A file of JSON is read as
 * the module that imports see; the offsets of such a tree are not those of the file.
 * @throws SyntaxError when no parser that fits the extension accepts the text
 */
export function parseSource(path: string, text: string): File {
  const languages = languagesOf(path, text);
  const code = path.endsWith('.json') ? `module.exports = ${text}` : text;
  let firstError: unknown;
  for (const language of languages) {
    for (const decorators of DECORATORS) {
      try {
        return parse(code, parserOptions(path, [...language, decorators]));
      } catch (error) {
        firstError ??= error;
      }
    }
  }
  throw firstError;
}

/** Whether a file of that path may hold the text. Comments are not given to nodes, which saves time. */
export function parses(path: string, text: string): boolean {
  return languagesOf(path, text).some((language) =>
    DECORATORS.some((decorators) => {
      try {
        parse(text, { ...parserOptions(path, [...language, decorators]), attachComment: false });
        return true;
      } catch {
        return false;
      }
    }),
  );
}

function languagesOf(path: string, text: string): ParserPlugin[][] {
  if (/\.[cm]?ts$/.test(path)) return [['typescript']];
  if (path.endsWith('.tsx')) return [['typescript', 'jsx']];
  if (/^\s*(\/\/|\/\*)[^\n]*@flow/m.test(text)) return [['flow', 'jsx']];
  return [['jsx']];
}

function parserOptions(path: string, plugins: ParserPlugin[]): ParserOptions {
  return {
    sourceType: /\.m[jt]s$/.test(path) ? 'module' : 'unambiguous',
    allowReturnOutsideFunction: true,
    allowUndeclaredExports: true,
    plugins: [...COMMON, ...plugins],
  };
}
