import type * as t from '@babel/types';

/**
 * Whether a program may export a function that only builds something and returns it. Asks nodes alone, at the top of
 * the program: a sure answer takes scopes, and for the 250 files of the benchmark those took a fifth of the whole run.
 * `text` is the program's own.
 */
export function mayExportFactory({ body }: t.Program, text: string): boolean {
  const isCommonJs = /\bexports\b/.test(text);
  const exported = new Set(body.flatMap((each) => [...namesExportedBy(each), ...classesBuiltBy(each)]));
  return body.some((statement) => {
    if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      return Boolean(declaration && (hasBuilder(declaration) || builderNames(declaration).length > 0));
    }
    if (statement.type === 'TSExportAssignment') return hasBuilder(statement.expression);
    if (statement.type === 'ExpressionStatement') return isCommonJs && hasBuilder(statement.expression);
    return builderNames(statement).some((name) => isCommonJs || exported.has(name));
  });
}

/** The local names that `export { … }`, `export default name` and `export default { name }` give away. */
function namesExportedBy(statement: t.Statement): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return namesIn(statement.declaration);
  if (statement.type === 'TSExportAssignment') return namesIn(statement.expression);
  if (statement.type !== 'ExportNamedDeclaration') return [];
  return statement.specifiers.flatMap((each) => (each.type === 'ExportSpecifier' ? each.local.name : []));
}

function namesIn(value: t.Node): string[] {
  if (value.type === 'Identifier') return [value.name];
  if (value.type !== 'ObjectExpression') return [];
  return value.properties.flatMap((each) => (each.type === 'ObjectProperty' ? namesIn(each.value) : []));
}

/** The classes that a statement builds at the top of the program: their instances may be exported. */
function classesBuiltBy(statement: t.Statement): string[] {
  const isExport =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  const declared = isExport ? statement.declaration : statement;
  const values =
    declared?.type === 'VariableDeclaration' ? declared.declarations.map(({ init }) => init) : [declared];
  return values.flatMap((value) =>
    value?.type === 'NewExpression' && value.callee.type === 'Identifier' ? [value.callee.name] : [],
  );
}

/** Whether a value is such a function, or an object that has one. */
function hasBuilder(node: t.Node): boolean {
  if (node.type === 'AssignmentExpression') return hasBuilder(node.right);
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression')
    return node.body.body.some(isBuildingMember);
  if (node.type !== 'ObjectExpression') return isBuilder(node);
  return node.properties.some((each) =>
    each.type === 'ObjectProperty' ? hasBuilder(each.value) : isBuildingMember(each),
  );
}

/** Whether a method, or a function in a field, may be a factory: those that only ask their own object are none. */
function isBuildingMember(member: t.Node): boolean {
  const fn = member.type === 'ClassProperty' ? member.value : member;
  return Boolean(fn && isBuilder(fn));
}

/** The names that a statement gives to functions which may be factories. */
function builderNames(statement: t.Node): string[] {
  if (statement.type === 'FunctionDeclaration')
    return statement.id && isBuilder(statement) ? [statement.id.name] : [];
  if (statement.type === 'ClassDeclaration')
    return statement.id && hasBuilder(statement) ? [statement.id.name] : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init && hasBuilder(init) ? [id.name] : [],
  );
}

function isBuilder(node: t.Node): boolean {
  const fn = unwrapped(node);
  if (fn.type === 'CallExpression') return givesBuilder(fn);
  if (fn.type === 'ArrowFunctionExpression' && fn.body.type !== 'BlockStatement')
    return isMade(fn.body) || keeps(fn.body);
  if (
    fn.type !== 'FunctionDeclaration' &&
    fn.type !== 'FunctionExpression' &&
    fn.type !== 'ArrowFunctionExpression' &&
    fn.type !== 'ClassMethod' &&
    fn.type !== 'ObjectMethod'
  ) {
    return false;
  }
  if (fn.body.type !== 'BlockStatement') return false;
  if (keepsWhatIsMade(fn.body.body)) return true;
  const [first, second] = fn.body.body;
  if (second?.type === 'TryStatement') return assignsWhatIsMade(second.block.body);
  return returnsWhatIsMade(first?.type === 'TryStatement' ? first.block.body : fn.body.body);
}

/** `(() => { let kept; return () => (kept ??= make()); })()` */
function givesBuilder({ callee }: t.CallExpression): boolean {
  const outer = unwrapped(callee);
  if (outer.type !== 'ArrowFunctionExpression' && outer.type !== 'FunctionExpression') return false;
  const last = outer.body.type === 'BlockStatement' ? outer.body.body.at(-1) : undefined;
  return last?.type === 'ReturnStatement' && last.argument ? isBuilder(last.argument) : false;
}

/** `made = make();`, in the `try` between the declaration and the `return` of a variable. */
function assignsWhatIsMade([only]: readonly t.Statement[]): boolean {
  if (only?.type !== 'ExpressionStatement' || only.expression.type !== 'AssignmentExpression') return false;
  return isMade(only.expression.right);
}

/** `if (!kept) kept = make(); return kept;` and its like, perhaps in a `try`. */
function keepsWhatIsMade(statements: readonly t.Statement[]): boolean {
  return statements.some((each) => {
    if (each.type === 'TryStatement') return keepsWhatIsMade(each.block.body);
    if (each.type === 'BlockStatement') return keepsWhatIsMade(each.body);
    if (each.type === 'IfStatement') return keepsWhatIsMade([each.consequent]);
    if (each.type === 'ReturnStatement') return Boolean(each.argument && keeps(each.argument));
    return each.type === 'ExpressionStatement' && keeps(each.expression);
  });
}

/** `kept = make()`, also where that is asked for first: `kept ??= make()`, `kept || (kept = make())`. */
function keeps(node: t.Node): boolean {
  const value = unwrapped(node);
  if (value.type === 'ConditionalExpression') return keeps(value.consequent) || keeps(value.alternate);
  if (value.type === 'LogicalExpression') return keeps(value.right);
  return value.type === 'AssignmentExpression' && (isMade(value.right) || choosesWhatIsMade(value.right));
}

/** `kept ?? make()` */
function choosesWhatIsMade(node: t.Node): boolean {
  const value = unwrapped(node);
  if (value.type === 'ConditionalExpression') return isMade(value.consequent) || isMade(value.alternate);
  return value.type === 'LogicalExpression' && isMade(value.right);
}

/** `return make();`, or `const made = make(); return made;`. */
function returnsWhatIsMade(statements: readonly t.Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.type !== 'ReturnStatement' || !last.argument || statements.length > 2) return false;
  const [first] = statements;
  if (statements.length === 1) return isMade(last.argument);
  const init = first?.type === 'VariableDeclaration' ? first.declarations[0]?.init : undefined;
  return Boolean(init && isMade(init));
}

function isMade(node: t.Node): boolean {
  const made = unwrapped(node);
  if (made.type === 'CallExpression' && ofItself(made.callee)) return false;
  return made.type === 'NewExpression' || (made.type === 'CallExpression' && made.arguments.length === 0);
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

/** `this.x.y`: a method asks its own object, whose values nobody takes for another module's. */
function ofItself(node: t.Node): boolean {
  if (node.type === 'MemberExpression') return ofItself(node.object);
  return node.type === 'ThisExpression';
}
