import type * as t from '@babel/types';
import { childrenOf } from './children.ts';
import { parseSource } from './parse.ts';

/** What runs at another time than its module loads, or may not run at all. */
const MAY_NOT_RUN =
  /Function|Method|^(If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(Conditional|Logical)Expression$|^Class|^TS/;

/** Calls that give a router, or what is made of one, something to answer requests with. */
const ROUTES = /^(get|post|put|patch|delete|all|param)$/;

/** A module that is loaded with a file, in the order in which that happens. */
export interface Load {
  specifier: string;
  /** It is there once the file is: its promise is not left alone. */
  waits: boolean;
  /** The file has given routers handlers of its own by then. */
  isBehindRoutes: boolean;
}

/**
 * The modules that are sure to be loaded with a file: by `import`, `export … from`, and a `require` or an `import()` of
 * its top level. Imports of types, and those of names that TypeScript drops since nothing uses them, load nothing; nor do
 * comments and texts. Empty for what does not parse.
 */
export function loadedModules(path: string, text: string): readonly Load[] {
  let program: t.Program;
  try {
    program = parseSource(path, text).program;
  } catch {
    return [];
  }
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const imported: Load[] = [];
  const required: Load[] = [];
  let isBehindRoutes = false;
  for (const statement of program.body) {
    const isImport = /^(Import|ExportAll)Declaration$/.test(statement.type) || 'source' in statement;
    // What is imported is loaded before anything runs.
    for (const each of loadedBy(statement, isTyped ? program : undefined))
      (isImport ? imported : required).push({ ...each, isBehindRoutes: !isImport && isBehindRoutes });
    isBehindRoutes ||= makesRoutes(statement);
  }
  return [...imported, ...required];
}

function makesRoutes(node: t.Node): boolean {
  if (MAY_NOT_RUN.test(node.type)) return false;
  const isRoute =
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    ROUTES.test(node.callee.property.name) &&
    node.arguments.length > 1;
  return isRoute || childrenOf(node).some(makesRoutes);
}

type Loading = Omit<Load, 'isBehindRoutes'>;

const atOnce = (specifier: string): Loading => ({ specifier, waits: true });

/** With the program, imports of what it never names do not count. */
function loadedBy(statement: t.Statement, program: t.Program | undefined): Loading[] {
  switch (statement.type) {
    case 'ImportDeclaration': {
      if (statement.importKind === 'type' || statement.importKind === 'typeof') return [];
      const { specifiers, source } = statement;
      const isKept = specifiers.length === 0 || !program || specifiers.some((each) => isNamed(each, program));
      return isKept ? [atOnce(source.value)] : [];
    }
    case 'ExportAllDeclaration':
      return statement.exportKind === 'type' ? [] : [atOnce(statement.source.value)];
    case 'ExportNamedDeclaration':
      if (statement.exportKind === 'type') return [];
      return statement.source ? [atOnce(statement.source.value)] : required(statement);
    case 'TSImportEqualsDeclaration': {
      const { moduleReference: reference, importKind } = statement;
      const isLoaded = importKind !== 'type' && reference.type === 'TSExternalModuleReference';
      return isLoaded ? [atOnce(reference.expression.value)] : [];
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

function required(node: t.Node, waits = false): Loading[] {
  if (MAY_NOT_RUN.test(node.type)) return [];
  const found = childrenOf(node).flatMap((each) => required(each, node.type === 'AwaitExpression'));
  if (node.type === 'ImportExpression') return [...textOf(node.source, waits), ...found];
  if (node.type !== 'CallExpression') return found;
  const { callee, arguments: given } = node;
  if (callee.type === 'Import') return [...textOf(given[0], waits), ...found];
  return callee.type === 'Identifier' && callee.name === 'require'
    ? [...textOf(given[0], true), ...found]
    : found;
}

function textOf(node: t.Node | undefined, waits: boolean): Loading[] {
  if (node?.type === 'StringLiteral') return [{ specifier: node.value, waits }];
  const isPlain = node?.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? [{ specifier: node.quasis[0]?.value.cooked ?? '', waits }] : [];
}
