import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { File } from '@babel/types';

const COMMON: ParserPlugin[] = [
  'decoratorAutoAccessors',
  'explicitResourceManagement',
  ['importAttributes', { deprecatedAssertSyntax: true }],
];

/**
 * Parses one file into nodes with exact offsets, with the syntax that its extension stands for.
 * @throws SyntaxError when no parser that fits the extension accepts the text
 */
export function parseSource(path: string, text: string): File {
  const languages = languagesOf(path, text);
  let firstError: unknown;
  for (const language of languages) {
    for (const decorators of ['decorators-legacy', 'decorators'] as const) {
      try {
        return parse(text, parserOptions(path, [...language, decorators]));
      } catch (error) {
        firstError ??= error;
      }
    }
  }
  throw firstError;
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
