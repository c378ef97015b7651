import type * as t from '@babel/types';
import { childrenOf } from './children.ts';
import { parseSource } from './parse.ts';

/** What runs at another time than its module loads, or may not run at all. */
const MAY_NOT_RUN =
  /Function|Method|^(If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(Conditional|Logical)Expression$|^Class|^TS/;

/**
 * The modules that are sure to be loaded with a file: by `import`, `export … from`, and a `require` or an `import()` of
 * its top level. Imports of types, and those of names that TypeScript drops since nothing uses them, load nothing; nor do
 * comments and texts. Empty for what does not parse.
 */
export function loadedModules(path: string, text: string): readonly string[] {
  let program: t.Program;
  try {
    program = parseSource(path, text).program;
  } catch {
    return [];
  }
  const isTyped = /\.[cm]?tsx?$/.test(path);
  return program.body.flatMap((statement) => loadedBy(statement, isTyped ? program : undefined));
}

/** With the program, imports of what it never names do not count. */
function loadedBy(statement: t.Statement, program: t.Program | undefined): string[] {
  switch (statement.type) {
    case 'ImportDeclaration': {
      if (statement.importKind === 'type' || statement.importKind === 'typeof') return [];
      const { specifiers, source } = statement;
      const isKept = specifiers.length === 0 || !program || specifiers.some((each) => isNamed(each, program));
      return isKept ? [source.value] : [];
    }
    case 'ExportAllDeclaration':
      return statement.exportKind === 'type' ? [] : [statement.source.value];
    case 'ExportNamedDeclaration':
      if (statement.exportKind === 'type') return [];
      return statement.source ? [statement.source.value] : required(statement);
    case 'TSImportEqualsDeclaration': {
      const { moduleReference: reference, importKind } = statement;
      const isLoaded = importKind !== 'type' && reference.type === 'TSExternalModuleReference';
      return isLoaded ? [reference.expression.value] : [];
    }
    default:
      return required(statement);
  }
}

function isNamed(specifier: t.ImportDeclaration['specifiers'][number], program: t.Program): boolean {
  if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') return false;
  const { name } = specifier.local;
  return program.body.some((statement) => statement.type !== 'ImportDeclaration' && names(statement, name));
}

/** Whether code names something as a value. */
function names(node: t.Node, name: string): boolean {
  if (/^TS(?!AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|Export)/.test(node.type))
    return false;
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return node.name === name;
  return childrenOf(node).some((child) => names(child, name));
}

function required(node: t.Node): string[] {
  if (MAY_NOT_RUN.test(node.type)) return [];
  const found = childrenOf(node).flatMap(required);
  if (node.type === 'ImportExpression') return [...textOf(node.source), ...found];
  if (node.type !== 'CallExpression') return found;
  const { callee, arguments: given } = node;
  const isLoad = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
  return isLoad ? [...textOf(given[0]), ...found] : found;
}

function textOf(node: t.Node | undefined): string[] {
  if (node?.type === 'StringLiteral') return [node.value];
  const isPlain = node?.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? [node.quasis[0]?.value.cooked ?? ''] : [];
}
