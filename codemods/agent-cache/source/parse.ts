import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { File } from '@babel/types';

const COMMON: ParserPlugin[] = [
  'decoratorAutoAccessors',
  'explicitResourceManagement',
  ['importAttributes', { deprecatedAssertSyntax: true }],
];

/** How many syntax trees are kept: a file is asked for its exports, for its callees and for its places in turn. */
const KEPT = 8;
const kept = new Map<string, { text: string; file: File }>();

/**
 * Parses one file as `parseSource` does, unless it did so not long ago. Nobody changes the nodes.
 * @throws SyntaxError when no parser that fits the extension accepts the text
 */
export function parsedSource(path: string, text: string): File {
  const present = kept.get(path);
  if (present?.text === text) return present.file;
  const file = parseSource(path, text);
  kept.delete(path);
  kept.set(path, { text, file });
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return file;
}

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
