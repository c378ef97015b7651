import ts from 'typescript';

/** What builds an agent, as the codemod's options say it. */
export interface BuiltClass {
  agentClass: string;
  agentModule: string;
  /** `new`, a static method, or `function`. */
  builtBy: string;
}

/**
 * The lines of a file (1-based) that build the class. They are found with TypeScript's parser and by names alone, so
 * that they tell what the codemod, which has a parser and an analysis of its own, does not see.
 */
export function constructionsIn(file: string, text: string, built: BuiltClass): number[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names = new Set([built.agentClass]);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    for (const name of namesGiven(node, built)) names.add(name);
    if (builds(node, names, built))
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

/** `import { X as Y }`, `import Y from '…/x'`, `const Y = require('…/x')`, `const { X: Y } = …`. */
function namesGiven(node: ts.Node, { agentClass, agentModule }: BuiltClass): string[] {
  if (ts.isImportSpecifier(node) && node.propertyName?.text === agentClass) return [node.name.text];
  if (ts.isBindingElement(node) && ts.isIdentifier(node.name) && node.propertyName)
    return node.propertyName.getText() === agentClass ? [node.name.text] : [];
  if (ts.isImportDeclaration(node) && isModule(node.moduleSpecifier, agentModule))
    return node.importClause?.name ? [node.importClause.name.text] : [];
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return [];
  const { initializer } = node;
  const isRequire =
    ts.isCallExpression(initializer) &&
    initializer.expression.getText() === 'require' &&
    isModule(initializer.arguments[0], agentModule);
  return isRequire ? [node.name.text] : [];
}

function isModule(specifier: ts.Node | undefined, agentModule: string): boolean {
  if (!specifier || !ts.isStringLiteralLike(specifier)) return false;
  const bare = specifier.text.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return bare === agentModule || bare.endsWith(`/${agentModule.split('/').at(-1) ?? ''}`);
}

function builds(node: ts.Node, names: ReadonlySet<string>, { builtBy }: BuiltClass): boolean {
  if (builtBy === 'new') return ts.isNewExpression(node) && names.has(lastName(node.expression));
  if (!ts.isCallExpression(node)) return false;
  if (builtBy === 'function') return names.has(lastName(node.expression));
  return (
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === builtBy &&
    names.has(lastName(node.expression.expression))
  );
}

/** `X` of `X`, and of `sdk.X`. */
function lastName(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}
