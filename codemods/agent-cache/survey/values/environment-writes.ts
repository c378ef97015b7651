import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, isWritten, keyName, propertyName } from '../code/members.ts';
import { wordsOf } from '../code/words.ts';
import { withoutTypes, withTypes } from '../code/wrappers.ts';
import { keptWith } from '../../source/kept-with.ts';
import { bindingOf } from '../code/bindings.ts';

/** Stands for a name that only shows when the code runs. */
export const ANY_NAME = '*';

/** How a text looks that may write to a variable whose name it does not say, or to all of them. */
const MAY_WRITE_ANY =
  /\]\s*(?:\?\?|\|\||&&|\+)?=(?![=>])|\b(?:assign|define(?:Property|Properties)|deleteProperty|set)\s*\(|\benv\s*(?:\?\?|\|\|)?=(?![=>])|\bdelete\b/;
const WRITERS =
  /^(Object\.(assign|defineProperty|defineProperties)|Reflect\.(set|defineProperty|deleteProperty))$/;
const PROCESS_MODULE = /^(node:)?process$/;

/** Whether a file may write to variables of the environment without their names in its text. */
export function mayWriteAnyVariable(text: string): boolean {
  return /\bprocess\b/.test(text) && MAY_WRITE_ANY.test(text);
}

/**
 * The variables of the environment that a file writes to, by their names; `ANY_NAME` where a function writes to one that
 * it is told, or to all. What does the latter while files load has done it before a request.
 */
export function environmentWritesIn(program: NodePath<t.Program>): ReadonlySet<string> {
  return keptWith(program, 'assigned environment', () => {
    const names = new Set<string>();
    const note = (name: string | undefined, at: NodePath) => {
      if (name !== undefined) names.add(name);
      else if (at.getFunctionParent()) names.add(ANY_NAME);
    };
    for (const environment of environmentsIn(program)) noteWrites(withTypes(environment), note);
    return names;
  });
}

type Note = (name: string | undefined, at: NodePath) => void;

function noteWrites(environment: NodePath, note: Note): void {
  const { parentPath: parent } = environment;
  if (isMember(environment) && isWritten(environment)) note(undefined, environment);
  if (isMember(parent) && environment.key === 'object' && isWritten(withTypes(parent)))
    note(propertyName(parent.node), parent);
  if (!parent?.isCallExpression() || environment.key !== 0 || environment.listKey !== 'arguments') return;
  const writer = wordsOf(parent.node.callee);
  if (!WRITERS.test(writer)) return;
  const [, ...given] = parent.get('arguments') as NodePath[];
  if (/assign|Properties/.test(writer)) for (const each of given) noteKeys(each, note);
  else note(given[0]?.isStringLiteral() ? given[0].node.value : undefined, parent);
}

function noteKeys(path: NodePath, note: Note): void {
  const value = withoutTypes(path);
  if (value.isObjectExpression()) for (const each of value.node.properties) note(keyName(each), value);
  else note(undefined, path);
}

/** The expressions of a file that stand for the environment, also by another name of it. */
function environmentsIn(program: NodePath<t.Program>): readonly NodePath[] {
  const found: NodePath[] = [];
  program.traverse({
    'MemberExpression|OptionalMemberExpression'(path: NodePath) {
      if (isMember(path) && propertyName(path.node) === 'env' && isProcess(path.get('object') as NodePath))
        found.push(path);
    },
    ImportSpecifier({ node, scope, parent }) {
      const imported = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      const { source } = parent as t.ImportDeclaration;
      if (imported === 'env' && PROCESS_MODULE.test(source.value))
        found.push(...(scope.getBinding(node.local.name)?.referencePaths ?? []));
    },
    ObjectPattern(pattern) {
      const { parentPath: declarator } = pattern;
      if (!declarator.isVariableDeclarator() || !declarator.node.init) return;
      if (!isProcess(declarator.get('init') as NodePath)) return;
      for (const property of pattern.node.properties) {
        if (property.type !== 'ObjectProperty' || keyName(property) !== 'env') continue;
        if (property.value.type === 'Identifier')
          found.push(...(pattern.scope.getBinding(property.value.name)?.referencePaths ?? []));
      }
    },
  });
  // The list grows while it is gone through: a name of a name stands for it too.
  for (const each of found) found.push(...otherNamesOf(each));
  return found;
}

/** Where a constant that holds the expression is read. */
function otherNamesOf(path: NodePath): readonly NodePath[] {
  const declarator = withTypes(path).parentPath;
  if (!declarator?.isVariableDeclarator() || declarator.node.init !== withTypes(path).node) return [];
  const { id } = declarator.node;
  return id.type === 'Identifier' ? (declarator.scope.getBinding(id.name)?.referencePaths ?? []) : [];
}

function isProcess(path: NodePath): boolean {
  const value = withoutTypes(path);
  if (isMember(value))
    return /^(globalThis|global)$/.test(wordsOf(value.node.object)) && propertyName(value.node) === 'process';
  if (value.isCallExpression()) {
    const [first] = value.node.arguments;
    const isLoad = value.get('callee').isIdentifier({ name: 'require' });
    return isLoad && first?.type === 'StringLiteral' && PROCESS_MODULE.test(first.value);
  }
  if (!value.isIdentifier()) return false;
  if (value.node.name === 'process') return true;
  const declaration = bindingOf(value)?.path;
  if (declaration?.isImportDefaultSpecifier() || declaration?.isImportNamespaceSpecifier())
    return PROCESS_MODULE.test((declaration.parent as t.ImportDeclaration).source.value);
  return declaration?.isVariableDeclarator() === true && declaration.node.id.type === 'Identifier'
    ? isLoaded(declaration.get('init') as NodePath)
    : false;
}

function isLoaded(init: NodePath): boolean {
  return init.isCallExpression() && isProcess(init);
}
