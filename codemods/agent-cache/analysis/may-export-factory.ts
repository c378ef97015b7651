import type * as t from '@babel/types';

/**
 * Whether a program may export a function that only builds something and returns it, or hands on what another
 * module exports. Asks nodes alone, at the top of the program: a sure answer takes scopes, and for the 250 files
 * of the benchmark those took a fifth of the whole run. `text` is the program's own.
 */
export function mayExportFactory({ body }: t.Program, text: string): boolean {
  if (/\bexports\b/.test(text)) return true;
  const exported = new Set(body.flatMap(namesExportedBy));
  return body.some((statement) => {
    if (statement.type === 'ExportAllDeclaration') return true;
    if (statement.type !== 'ExportNamedDeclaration' && statement.type !== 'ExportDefaultDeclaration') {
      return builderNames(statement).some((name) => exported.has(name));
    }
    if (statement.type === 'ExportNamedDeclaration' && statement.source) return true;
    const { declaration } = statement;
    return Boolean(declaration && (isBuilder(declaration) || builderNames(declaration).length > 0));
  });
}

/** The local names that `export { … }` and `export default name` give away. */
function namesExportedBy(statement: t.Statement): string[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    return statement.declaration.type === 'Identifier' ? [statement.declaration.name] : [];
  }
  if (statement.type !== 'ExportNamedDeclaration') return [];
  return statement.specifiers.flatMap((each) => (each.type === 'ExportSpecifier' ? each.local.name : []));
}

/** The names that a statement gives to functions which may be factories. */
function builderNames(statement: t.Node): string[] {
  if (statement.type === 'FunctionDeclaration')
    return statement.id && isBuilder(statement) ? [statement.id.name] : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init && isBuilder(init) ? [id.name] : [],
  );
}

function isBuilder(node: t.Node): boolean {
  const fn = unwrapped(node);
  if (fn.type === 'ArrowFunctionExpression' && fn.body.type !== 'BlockStatement') return isMade(fn.body);
  if (
    fn.type !== 'FunctionDeclaration' &&
    fn.type !== 'FunctionExpression' &&
    fn.type !== 'ArrowFunctionExpression'
  ) {
    return false;
  }
  if (fn.body.type !== 'BlockStatement') return false;
  const [only] = fn.body.body;
  return returnsWhatIsMade(only?.type === 'TryStatement' ? only.block.body : fn.body.body);
}

/** `return make();`, or `const made = make(); return made;`. */
function returnsWhatIsMade(statements: readonly t.Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.type !== 'ReturnStatement' || !last.argument || statements.length > 2) return false;
  return statements.length === 2 || isMade(last.argument);
}

function isMade(node: t.Node): boolean {
  const { type } = unwrapped(node);
  return type === 'NewExpression' || type === 'CallExpression';
}

/** The expression without type assertions, parentheses and `await`. */
function unwrapped(node: t.Node): t.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return unwrapped(node.expression);
    case 'AwaitExpression':
      return unwrapped(node.argument);
    default:
      return node;
  }
}
